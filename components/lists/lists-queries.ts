import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadChoices = () => import("@/lib/contracts/lists").then((file) => file.listChoicesSchema);
const loadStates = () => import("@/lib/contracts/lists").then((file) => file.listStatesSchema);
const loadEffect = () => import("@/lib/contracts/lists").then((file) => file.listEffectSchema);

export const LIST_OBJECTS = ["contact", "company", "deal"] as const;
export type ListObject = (typeof LIST_OBJECTS)[number];

/** HubSpot's lists of one object; the search is HubSpot's own. Sizes move slowly: a minute-old answer does. */
export function listChoicesQuery(object: ListObject, search: string) {
  return queryOptions({
    queryKey: ["lists", "choices", object, search] as const,
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ object });
      if (search !== "") params.set("query", search);
      return apiGet(`/api/lists?${params}`, loadChoices, signal);
    },
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** How a list's members stand with us; reads them from HubSpot unless it is the inclusion list. */
export function listStatesQuery(object: ListObject, listId: string) {
  return queryOptions({
    queryKey: ["lists", "states", object, listId] as const,
    queryFn: ({ signal }) => apiGet(`/api/lists/${listId}/states?object=${object}`, loadStates, signal),
    staleTime: 60_000,
  });
}

/** Who would newly sync and who would stop, were this the inclusion list; nothing changes by asking. */
export function listEffectQuery(object: ListObject, listId: string) {
  return queryOptions({
    queryKey: ["lists", "effect", object, listId] as const,
    queryFn: ({ signal }) => apiGet(`/api/lists/${listId}/effect?object=${object}`, loadEffect, signal),
    // As long as somebody goes from choosing to saving: reading a long list takes a while
    staleTime: 20_000,
  });
}
