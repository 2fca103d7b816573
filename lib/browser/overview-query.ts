import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadSchema = () => import("@/lib/contracts/overview").then((file) => file.overviewSchema);

/** Health of the connection, counts, runs. Shared by the navigation (badge, countdown) and the overview page: one poll for both. */
export const overviewQuery = queryOptions({
  queryKey: ["overview"] as const,
  queryFn: ({ signal }) => apiGet("/api/overview", loadSchema, signal),
  // 1.5 s while a check moves the numbers, else 15 s: the check itself runs once in 1 to 60 minutes
  refetchInterval: (query) => (query.state.data?.checkRunning ? 1_500 : 15_000),
});
