import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import { connectionSchema } from "@/lib/contracts/connection";
import { mappingListSchema } from "@/lib/contracts/mappings";

/** Both accounts and the settings. */
export const connectionQuery = queryOptions({
  queryKey: ["connection"] as const,
  queryFn: ({ signal }) => apiGet("/api/connection", connectionSchema, signal),
});

/** Required Salesforce fields that nothing fills yet, so that the settings warn before the first record fails (spec C2). */
export const requiredUnfilledQuery = queryOptions({
  queryKey: ["mappings", "required-unfilled"] as const,
  queryFn: ({ signal }) => apiGet("/api/mappings", mappingListSchema.pick({ requiredUnfilled: true }), signal),
  select: (list) => list.requiredUnfilled,
});
