import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadSchema = () => import("@/lib/contracts/budget").then((file) => file.budgetSchema);

/** Salesforce calls of the last 24 h. Once a minute: hours are counted whole, and work goes on by the minute. */
export const budgetQuery = queryOptions({
  queryKey: ["budget"] as const,
  queryFn: ({ signal }) => apiGet("/api/budget", loadSchema, signal),
  refetchInterval: 60_000,
});
