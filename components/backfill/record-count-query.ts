import { queryOptions } from "@tanstack/react-query";
import { apiGet } from "@/lib/browser/api-client";
import type { MappedObject } from "@/lib/decide/record-types";

const loadRecords = () => import("@/lib/contracts/records").then((file) => file.recordListSchema);

/** How many known records a backfill of this object would look at; 10,001 stands for more. */
export function recordCountQuery(object: MappedObject) {
  return queryOptions({
    queryKey: ["records", "count", object] as const,
    queryFn: ({ signal }) => apiGet(`/api/records?object=${object}&limit=1`, loadRecords, signal),
    select: (list) => list.matching,
    staleTime: 60_000,
  });
}
