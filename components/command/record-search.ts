import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadList = () => import("@/lib/contracts/records").then((file) => file.recordListSchema);

const OBJECTS = ["contact", "company", "deal"] as const;
const FOUND_PER_OBJECT = 5;
/** Shorter texts match half of everything. */
export const SEARCH_FROM = 2;

/** Contacts, companies and deals by name, address or id of either side; up to five each. */
export function recordSearchQuery(search: string) {
  return queryOptions({
    queryKey: ["record-search", search] as const,
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        OBJECTS.map((object) => {
          const params = new URLSearchParams({ object, search, limit: String(FOUND_PER_OBJECT) });
          return apiGet(`/api/records?${params}`, loadList, signal);
        }),
      );
      return lists.flatMap(({ rows }) => rows);
    },
    enabled: search.length >= SEARCH_FROM,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
}
