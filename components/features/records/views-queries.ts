import { queryOptions } from "@tanstack/react-query";
import { apiGet, apiSend } from "@/lib/browser/api-client";
import type { SavedView } from "@/lib/contracts/views";
import type { ListedObject, RecordFilters } from "./record-filters";

/** What the dialog is about: a new view of the filters as they stand, or another name */
export type ViewEdit = { kind: "save" } | { kind: "rename"; view: SavedView };

const contracts = () => import("@/lib/contracts/views");
const loadViews = () => contracts().then((file) => file.viewListSchema);
const loadView = () => contracts().then((file) => file.savedViewSchema);

/** Saved views of one object's list, by name. */
export function viewsQuery(object: ListedObject) {
  return queryOptions({
    queryKey: ["views", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/views?object=${object}`, loadViews, signal),
    select: ({ views }) => views,
    staleTime: 60_000,
  });
}

export type NewView = { object: ListedObject; name: string; shared: boolean; filters: RecordFilters };

/** @throws ApiProblem with the field "name" when it is taken */
export function createView(view: NewView): Promise<SavedView> {
  return apiSend("POST", "/api/views", view, loadView);
}

/** @throws ApiProblem with the field "name" when it is taken */
export function renameView(id: string, name: string): Promise<SavedView> {
  return apiSend("PATCH", `/api/views/${id}`, { name }, loadView);
}

export function removeView(id: string): Promise<void> {
  return apiSend("DELETE", `/api/views/${id}`);
}
