import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadSchema = () => import("@/lib/contracts/connection").then((file) => file.meSchema);

/** Who is signed in, with role and language. */
export const meQuery = queryOptions({
  queryKey: ["me"] as const,
  queryFn: ({ signal }) => apiGet("/api/me", loadSchema, signal),
  staleTime: 5 * 60_000,
});
