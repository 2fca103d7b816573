import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { JobFilter, RunFilter } from "./runs-filter";

const loadRuns = () => import("@/lib/contracts/runs").then((file) => file.runListSchema);
const loadDetail = () => import("@/lib/contracts/runs").then((file) => file.runDetailSchema);
const loadJobs = () => import("@/lib/contracts/jobs").then((file) => file.jobListSchema);

const RUNS_PAGE = 50;
const JOBS_PAGE = 20;

/** Someone deep in a list is reading, not watching: a refetch would fetch every page again. */
const watchFirst = (query: { state: { data?: { pages: unknown[] } | undefined } }, ms: number) =>
  (query.state.data?.pages.length ?? 0) > 1 ? (false as const) : ms;

/** Checks and syncs, newest first. */
export function runsQuery({ kind, status }: RunFilter) {
  return infiniteQueryOptions({
    queryKey: ["runs", "list", kind, status] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: String(RUNS_PAGE) });
      if (kind) params.set("kind", kind);
      if (status) params.set("status", status);
      if (pageParam) params.set("before", pageParam);
      return apiGet(`/api/runs?${params}`, loadRuns, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => watchFirst(query, 5_000),
  });
}

/** One run and what it did, page by page. */
export function runQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["runs", "one", id] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(pageParam ? { before: pageParam } : {});
      return apiGet(`/api/runs/${encodeURIComponent(id)}?${params}`, loadDetail, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: (query) =>
      query.state.data?.pages[0]?.run.status === "running" ? watchFirst(query, 2_000) : false,
  });
}

/** Jobs, newest first. */
export function jobsQuery(status: JobFilter) {
  return infiniteQueryOptions({
    queryKey: ["jobs", "list", status] as const,
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: String(JOBS_PAGE) });
      if (status) params.set("status", status);
      if (pageParam) params.set("before", pageParam);
      return apiGet(`/api/jobs?${params}`, loadJobs, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => watchFirst(query, 5_000),
  });
}
