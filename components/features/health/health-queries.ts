import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { HealthView, PanelTarget } from "./health-filters";

const loadSummary = () => import("@/lib/contracts/errors").then((file) => file.errorSummarySchema);
const loadRecords = () => import("@/lib/contracts/errors").then((file) => file.errorRecordsSchema);

const PAGE_SIZE = 50;
/** While somebody cures errors they should see them go. */
const LIVE_MS = 4_000;
const QUIET_MS = 15_000;

/** Everything that is kept here about errors; a resync makes it old. */
export const healthKey = ["health"] as const;

type Asked = Pick<HealthView, "search" | "state">;

/** What fails, of all objects and sides: the chips narrow it in the browser, so that they can say how many each has. */
export function errorSummaryQuery({ search, state }: Asked, live: boolean) {
  return queryOptions({
    queryKey: [...healthKey, "summary", state, search] as const,
    queryFn: ({ signal }) => apiGet(`/api/errors?${new URLSearchParams({ state, search })}`, loadSummary, signal),
    placeholderData: keepPreviousData,
    refetchInterval: live ? LIVE_MS : QUIET_MS,
  });
}

/** The records of one error, newest first. Far down in the list nobody waits for it to move. */
export function errorRecordsQuery(asked: Asked, target: PanelTarget) {
  const params = toParams(asked, target);
  return infiniteQueryOptions({
    queryKey: [...healthKey, "records", params.toString()] as const,
    queryFn: ({ pageParam, signal }) => {
      const page = new URLSearchParams(params);
      page.set("limit", String(PAGE_SIZE));
      if (pageParam !== null) page.set("cursor", pageParam);
      return apiGet(`/api/errors/records?${page}`, loadRecords, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 2 ? false : LIVE_MS),
  });
}

/** Where the file of these errors is. */
export function errorExportPath(asked: Asked, target: Partial<PanelTarget>, language: string): string {
  const params = toParams(asked, { type: "", object: null, side: null, ...target });
  params.set("language", language === "ja" ? "ja" : "en");
  return `/api/errors/export?${params}`;
}

function toParams({ search, state }: Asked, { type, object, side }: PanelTarget): URLSearchParams {
  const params = new URLSearchParams({ state });
  for (const [name, value] of Object.entries({ search, type, object, side })) if (value) params.set(name, value);
  return params;
}
