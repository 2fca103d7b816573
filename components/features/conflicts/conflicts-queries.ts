import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import { type ConflictFilters, toConflictQuery } from "./conflict-filters";

const loadList = () => import("@/lib/contracts/conflicts").then((file) => file.conflictListSchema);

/** Pages of conflicts, newest first. Somebody deep in the list is reading, not watching. */
export function conflictsQuery(filters: ConflictFilters) {
  const asked = toConflictQuery(filters);
  return infiniteQueryOptions({
    queryKey: ["conflicts", asked.toString()] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(asked);
      if (pageParam !== null) params.set("cursor", pageParam);
      return apiGet(`/api/conflicts?${params}`, loadList, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 2 ? false : 15_000),
  });
}
