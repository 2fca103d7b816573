import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { ApiProblem, apiGet, apiSend } from "@/lib/browser/api-client";
import type { RecordDetail, RecordState, SyncResult } from "@/lib/contracts/records";

const contracts = () => import("@/lib/contracts/records");
const loadDetail = () => contracts().then((file) => file.recordDetailSchema);
const loadTimeline = () => contracts().then((file) => file.timelineSchema);
const loadResult = () => contracts().then((file) => file.syncResultSchema);

/** Entries per page of the timeline. */
const TIMELINE_PAGE = 20;
/** While a sync is due or running its result is seconds away; else a look every 30 s keeps an open card true. */
const BUSY_MS = 2_000;
const IDLE_MS = 30_000;

export const recordKeys = {
  detail: (id: string) => ["records", "detail", id] as const,
  timeline: (id: string) => ["records", "timeline", id] as const,
};

export function pollEvery(state: RecordState | undefined): number {
  return state === "due" || state === "syncing" ? BUSY_MS : IDLE_MS;
}

/** Everything on the card of one record. A wrong id ends in `ApiProblem` with code `not_found`. */
export function recordQuery(id: string) {
  return queryOptions({
    queryKey: recordKeys.detail(id),
    queryFn: ({ signal }) => apiGet(`/api/records/${encodeURIComponent(id)}`, loadDetail, signal),
    refetchInterval: (query) => (isNotFound(query.state.error) ? false : pollEvery(query.state.data?.state)),
  });
}

/** The record's syncs, newest first. */
export function timelineQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: recordKeys.timeline(id),
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams({ limit: String(TIMELINE_PAGE) });
      if (pageParam !== null) params.set("before", pageParam);
      return apiGet(`/api/records/${encodeURIComponent(id)}/timeline?${params}`, loadTimeline, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextBefore,
  });
}

/** Syncs one record and waits for its result. 409 `already_running` while another holds it. */
export function syncRecord(id: string): Promise<SyncResult> {
  return apiSend("POST", `/api/records/${encodeURIComponent(id)}/sync`, {}, loadResult);
}

/** Links the record with another Salesforce record and syncs it (spec M2). @throws ApiProblem naming the field "salesforceId" */
export function relinkRecord(id: string, salesforceId: string): Promise<SyncResult> {
  return apiSend("POST", `/api/records/${encodeURIComponent(id)}/relink`, { salesforceId }, loadResult);
}

/** The record that now carries the CRM id of one that is gone. */
export function partnerQuery(
  gone: Pick<RecordDetail, "object" | "hubspotId" | "salesforceId"> | undefined,
  enabled: boolean,
) {
  const [key, id] = gone?.hubspotId ? ["hubspotId", gone.hubspotId] : ["salesforceId", gone?.salesforceId ?? ""];
  const params = new URLSearchParams({ object: gone?.object ?? "contact", [key]: id });
  return queryOptions({
    queryKey: ["records", "find", params.toString()] as const,
    queryFn: ({ signal }) => apiGet(`/api/records/find?${params}`, loadDetail, signal),
    enabled,
    staleTime: 0,
  });
}

/** A record that is not there, or an id in the URL that is none. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 404 || error.code === "not_found");
}
