import { listAuditActions } from "@/lib/access/write-audit";
import { type AuditList, auditQuerySchema } from "@/lib/contracts/audit";
import { defineRoute } from "@/lib/server/route";
import { listAudit, listAuditActors } from "@/lib/store/audit-queries";
import { readAuditFilter } from "./audit-filter";

export const GET = defineRoute({
  allow: "administer",
  query: auditQuerySchema,
  handle: async ({ query }): Promise<AuditList> => {
    const { cursor, limit } = query;
    const isFirst = cursor === undefined;
    const [page, actors] = await Promise.all([
      listAudit(readAuditFilter(query), { cursor, limit }),
      isFirst ? listAuditActors() : [],
    ]);
    return {
      entries: page.rows.map((row) => ({
        ...row,
        at: row.at.toISOString(),
        detail: (row.detail ?? {}) as Record<string, unknown>,
      })),
      nextCursor: page.nextCursor,
      actors,
      actions: isFirst ? [...listAuditActions()] : [],
    };
  },
});
