import type { z } from "zod";
import type { conflictExportQuerySchema } from "@/lib/contracts/conflicts";
import type { ConflictFilter } from "@/lib/store/conflict-queries";

/** The filters of the address as the store takes them. */
export function readConflictFilter(query: z.output<typeof conflictExportQuerySchema>): ConflictFilter {
  return {
    object: query.object,
    field: query.field || undefined,
    winner: query.winner,
    from: query.from ? new Date(query.from) : undefined,
    to: query.to ? new Date(query.to) : undefined,
  };
}
