import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";

const loadStages = () => import("@/lib/contracts/stages").then((file) => file.stagesSchema);

/** What there is to choose from on both sides, as last read. */
export const stagesQuery = queryOptions({
  queryKey: ["stages"] as const,
  queryFn: ({ signal }) => apiGet("/api/stages", loadStages, signal),
  staleTime: 60_000,
});
