import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { ObjectGroup } from "@/lib/contracts/overview";

const loadHistory = () => import("@/lib/contracts/overview").then((file) => file.historySchema);

/** How the states of an object moved over 1 to 30 days. Points are an hour apart, so once a minute is enough. */
export function historyQuery(object: ObjectGroup, days: number) {
  return queryOptions({
    queryKey: ["overview-history", object, days] as const,
    queryFn: ({ signal }) => apiGet(`/api/overview/history?object=${object}&days=${days}`, loadHistory, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
