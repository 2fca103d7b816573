import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadConnection = () => import("@/lib/contracts/connection").then((file) => file.connectionSchema);
const loadUnfilled = () =>
  import("@/lib/contracts/mappings").then((file) => file.mappingListSchema.pick({ requiredUnfilled: true }));

/** Both accounts and the settings. */
export const connectionQuery = queryOptions({
  queryKey: ["connection"] as const,
  queryFn: ({ signal }) => apiGet("/api/connection", loadConnection, signal),
});

/** Required Salesforce fields that nothing fills yet, so that the settings warn before the first record fails (spec C2). */
export const requiredUnfilledQuery = queryOptions({
  queryKey: ["mappings", "required-unfilled"] as const,
  queryFn: ({ signal }) => apiGet("/api/mappings", loadUnfilled, signal),
  select: (list) => list.requiredUnfilled,
});
