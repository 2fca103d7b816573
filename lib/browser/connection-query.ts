import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadConnection = () => import("@/lib/contracts/connection").then((file) => file.connectionSchema);

/** Both accounts and the settings. */
export const connectionQuery = queryOptions({
  queryKey: ["connection"] as const,
  queryFn: ({ signal }) => apiGet("/api/connection", loadConnection, signal),
});
