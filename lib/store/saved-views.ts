import { getDatabase } from "./client";
import type { Prisma } from "./generated/client";

export type StoredView = { id: string; object: string; name: string; owner: string | null; filters: unknown };

const COLUMNS = { id: true, object: true, name: true, owner: true, filters: true } as const;

/** Shared ones and those of `owner`, by name. */
export function listViews(connectionId: string, object: string, owner: string): Promise<StoredView[]> {
  return getDatabase().savedView.findMany({
    where: { connectionId, object, OR: [{ owner: null }, { owner }] },
    select: COLUMNS,
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
}

/** Null when there is none. `id` must be a UUID. */
export function readView(connectionId: string, id: string): Promise<StoredView | null> {
  return getDatabase().savedView.findUnique({ where: { connectionId_id: { connectionId, id } }, select: COLUMNS });
}

export function addView(
  connectionId: string,
  view: { object: string; name: string; owner: string | null; filters: object },
): Promise<StoredView> {
  const filters = view.filters as Prisma.InputJsonObject;
  return getDatabase().savedView.create({ data: { connectionId, ...view, filters }, select: COLUMNS });
}

/** Null when it is gone. */
export async function updateView(
  connectionId: string,
  id: string,
  change: { name: string; filters: object },
): Promise<StoredView | null> {
  const [saved] = await getDatabase().savedView.updateManyAndReturn({
    where: { connectionId, id },
    data: { name: change.name, filters: change.filters as Prisma.InputJsonObject },
    select: COLUMNS,
  });
  return saved ?? null;
}

/** Does nothing when it is gone. */
export async function deleteView(connectionId: string, id: string): Promise<void> {
  await getDatabase().savedView.deleteMany({ where: { connectionId, id } });
}
