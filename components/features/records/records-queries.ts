import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import { type ListedObject, type RecordFilters, toParams, writeFilters } from "./record-filters";

const loadList = () => import("@/lib/contracts/records").then((file) => file.recordListSchema);
const loadReasons = () => import("@/lib/contracts/records").then((file) => file.recordReasonsSchema);

/** 100 rows of 36 px are about four screens: the next page is there before the last row comes into sight. */
const PAGE_SIZE = 100;
/** The most that the API takes at once. */
const LARGEST_PAGE = 200;
const REFRESH_MS = 15_000;

function fetchPage(
  object: ListedObject,
  filters: RecordFilters,
  cursor: string | null,
  limit: number,
  signal?: AbortSignal,
) {
  const params = toParams(filters);
  params.set("object", object);
  params.set("limit", String(limit));
  if (cursor !== null) params.set("cursor", cursor);
  return apiGet(`/api/records?${params}`, loadList, signal);
}

/** Keyset pages of the list; each page also carries the counts per state. Refreshes quietly while it is open. */
export function recordListQuery(object: ListedObject, filters: RecordFilters) {
  return infiniteQueryOptions({
    queryKey: ["records", "list", object, writeFilters(filters)] as const,
    queryFn: ({ pageParam, signal }) => fetchPage(object, filters, pageParam, PAGE_SIZE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    // Someone deep in the list is reading, not watching: a refetch would fetch every page again.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 3 ? false : REFRESH_MS),
  });
}

/** How many records, or members of a list, fail with each error and are excluded for each reason. */
export function reasonsQuery(object: ListedObject, list: string | null) {
  return queryOptions({
    queryKey: ["records", "list", object, "reasons", list] as const,
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ object });
      if (list !== null) params.set("list", list);
      return apiGet(`/api/records/reasons?${params}`, loadReasons, signal);
    },
    refetchInterval: REFRESH_MS,
  });
}

/** The ids of what matches, in the order of the list, up to `most`. @throws ApiProblem */
export async function fetchMatchingIds(object: ListedObject, filters: RecordFilters, most: number): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof fetchPage>> = await fetchPage(object, filters, cursor, LARGEST_PAGE);
    ids.push(...page.rows.map((row) => row.id));
    cursor = page.nextCursor;
  } while (cursor !== null && ids.length < most);
  return ids.slice(0, most);
}
