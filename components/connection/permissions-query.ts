import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadSchema = () => import("@/lib/contracts/permissions").then((file) => file.permissionsSchema);
const loadSetup = () => import("@/lib/contracts/connection").then((file) => file.setupSchema);

/** What both sign-ins may. It asks both systems, so it is kept until somebody checks again. */
export const permissionsQuery = queryOptions({
  queryKey: ["permissions"] as const,
  queryFn: ({ signal }) => apiGet("/api/connection/permissions", loadSchema, signal),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

/** What the server signs in with; it changes only with a restart. */
export const setupQuery = queryOptions({
  queryKey: ["setup"] as const,
  queryFn: ({ signal }) => apiGet("/api/setup", loadSetup, signal),
  staleTime: 5 * 60_000,
});
