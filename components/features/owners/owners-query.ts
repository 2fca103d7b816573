import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadOwners = () => import("@/lib/contracts/owners").then((file) => file.ownersSchema);

/** The people of both sides as they were last read. */
export const ownersQuery = queryOptions({
  queryKey: ["owners"] as const,
  queryFn: ({ signal }) => apiGet("/api/owners", loadOwners, signal),
  staleTime: 60_000,
});
