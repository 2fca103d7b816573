import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { Job, Preview } from "@/lib/contracts/jobs";

const loadJob = () => import("@/lib/contracts/jobs").then((file) => file.jobSchema);
const loadJobs = () => import("@/lib/contracts/jobs").then((file) => file.jobListSchema);
const loadPreview = () => import("@/lib/contracts/jobs").then((file) => file.previewSchema);

/** A bar that moves once a second reads as one that moves. */
const POLL_MS = 1_000;
/** How often other people's jobs are looked for while nothing runs here. */
const LOOK_MS = 5_000;
const OPEN_SHOWN = 20;

export function isOpenJob({ status }: Pick<Job, "status">): boolean {
  return status === "queued" || status === "running";
}

/** One job; asked once a second until it has ended. */
export function jobQuery(id: string) {
  return queryOptions({
    queryKey: ["jobs", "one", id] as const,
    queryFn: ({ signal }) => apiGet(`/api/jobs/${id}`, loadJob, signal),
    refetchInterval: (query) => (query.state.data && !isOpenJob(query.state.data) ? false : POLL_MS),
  });
}

/** Jobs that are under way now, whoever started them: how a bar is found again after a reload or in another browser. */
export const openJobsQuery = queryOptions({
  queryKey: ["jobs", "open"] as const,
  queryFn: ({ signal }) => apiGet(`/api/jobs?status=open&limit=${OPEN_SHOWN}`, loadJobs, signal),
  refetchInterval: LOOK_MS,
});

/** Counts of a preview, without its records; asked once a second while it counts. */
export function previewQuery(id: string) {
  return queryOptions({
    queryKey: ["jobs", "preview", id] as const,
    queryFn: ({ signal }) => apiGet(`/api/previews/${id}?limit=0`, loadPreview, signal),
    refetchInterval: (query) => (query.state.data && !isOpenJob(query.state.data) ? false : POLL_MS),
  });
}

export type PreviewFilter = { outcome: "written" | "unchanged" | "excluded" | "failed" };

const PAGE_SIZE = 25;

/** One page of a preview's records. */
export function loadPreviewPage(id: string, filter: PreviewFilter, after: string | null, signal: AbortSignal) {
  const params = new URLSearchParams({ outcome: filter.outcome, limit: String(PAGE_SIZE) });
  if (after !== null) params.set("after", after);
  return apiGet<Preview>(`/api/previews/${id}?${params}`, loadPreview, signal);
}
