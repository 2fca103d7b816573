import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import { meSchema } from "@/lib/contracts/connection";

/** Who is signed in, with role and language. */
export const meQuery = queryOptions({
  queryKey: ["me"] as const,
  queryFn: ({ signal }) => apiGet("/api/me", meSchema, signal),
  staleTime: 5 * 60_000,
});
