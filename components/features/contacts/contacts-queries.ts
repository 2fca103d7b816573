import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { ContactFilters } from "./contact-filters";

const loadList = () => import("@/lib/contracts/records").then((file) => file.recordListSchema);

/** 100 rows of 36 px are about four screens: the next page is there before the last row comes into sight. */
const PAGE_SIZE = 100;

const contactKeys = {
  list: (filters: ContactFilters) => ["records", "list", filters.search, filters.state] as const,
};

/** Keyset pages of the list; each page also carries the counts per state. Refreshes quietly while it is open. */
export function contactListQuery(filters: ContactFilters) {
  return infiniteQueryOptions({
    queryKey: contactKeys.list(filters),
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: String(PAGE_SIZE) });
      if (filters.search !== "") params.set("search", filters.search);
      if (filters.state !== null) params.set("state", filters.state);
      if (pageParam !== null) params.set("cursor", pageParam);
      return apiGet(`/api/records?${params}`, loadList, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    // Someone deep in the list is reading, not watching: a refetch would fetch every page again.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 3 ? false : 15_000),
  });
}
