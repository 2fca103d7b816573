import type { z } from "zod";
import type { auditExportQuerySchema } from "@/lib/contracts/audit";

/** The filters of the address as the store takes them; an empty one filters nothing. */
export function readAuditFilter(query: z.output<typeof auditExportQuerySchema>) {
  return {
    by: query.by || undefined,
    action: query.action || undefined,
    from: query.from ? new Date(query.from) : undefined,
    to: query.to ? new Date(query.to) : undefined,
    search: query.search || undefined,
  };
}
