import type { SavedView, ViewCreate, ViewUpdate } from "@/lib/contracts/views";
import { addView, deleteView, listViews, readView, type StoredView, updateView } from "@/lib/store/saved-views";

/** Who asks: `name` is their address; `mayShare`: views that everybody sees are theirs to make and change. */
export type ViewCaller = { name: string; mayShare: boolean };
/** Why not: somebody else's private view does not exist for the caller. */
export type ViewRefusal = "not_allowed" | "not_found" | "name_taken" | "too_many";

/** More than this nobody finds again. */
const MOST_VIEWS = 50;

/** Views of one object that the caller sees, by name. */
export async function listSavedViews(connectionId: string, object: string, { name }: ViewCaller): Promise<SavedView[]> {
  return (await listViews(connectionId, object, name)).map(viewOf);
}

export async function createSavedView(
  connectionId: string,
  wish: ViewCreate,
  caller: ViewCaller,
): Promise<SavedView | ViewRefusal> {
  if (wish.shared && !caller.mayShare) return "not_allowed";
  const seen = await listViews(connectionId, wish.object, caller.name);
  if (seen.length >= MOST_VIEWS) return "too_many";
  if (isTaken(seen, wish.name)) return "name_taken";
  const { object, name, filters, shared } = wish;
  return viewOf(await addView(connectionId, { object, name, filters, owner: shared ? null : caller.name }));
}

export async function changeSavedView(
  connectionId: string,
  id: string,
  change: ViewUpdate,
  caller: ViewCaller,
): Promise<SavedView | ViewRefusal> {
  const view = await readOwn(connectionId, id, caller);
  if (typeof view === "string") return view;
  const others = (await listViews(connectionId, view.object, caller.name)).filter((one) => one.id !== id);
  if (change.name !== undefined && isTaken(others, change.name)) return "name_taken";
  const filters = change.filters ?? (view.filters as object);
  const saved = await updateView(connectionId, id, { name: change.name ?? view.name, filters });
  return saved ? viewOf(saved) : "not_found";
}

/** Answers null when it is gone now. */
export async function removeSavedView(
  connectionId: string,
  id: string,
  caller: ViewCaller,
): Promise<ViewRefusal | null> {
  const view = await readOwn(connectionId, id, caller);
  if (typeof view === "string") return view;
  await deleteView(connectionId, id);
  return null;
}

async function readOwn(connectionId: string, id: string, caller: ViewCaller): Promise<StoredView | ViewRefusal> {
  const view = await readView(connectionId, id);
  if (!view || (view.owner !== null && view.owner !== caller.name)) return "not_found";
  return view.owner === null && !caller.mayShare ? "not_allowed" : view;
}

/** Two views of one name, as a person sees them, cannot be told apart. */
function isTaken(views: StoredView[], name: string): boolean {
  return views.some((view) => view.name.toLowerCase() === name.toLowerCase());
}

/** A view that was saved before lists could be asked for is of no list. */
function viewOf({ id, object, name, owner, filters }: StoredView): SavedView {
  return { id, object, name, filters: { list: null, ...(filters as object) }, shared: owner === null } as SavedView;
}
