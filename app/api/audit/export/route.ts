import { writeAudit } from "@/lib/access/write-audit";
import { auditExportQuerySchema } from "@/lib/contracts/audit";
import { csvResponse, toCsvLine } from "@/lib/server/csv";
import { defineRoute } from "@/lib/server/route";
import { type AuditRow, listAudit } from "@/lib/store/audit-queries";
import { readAuditFilter } from "../audit-filter";

const PAGE = 1_000;
const HEAD = ["at", "by", "action", "detail", "id", "hash"];

/** The audit log as CSV, newest first, under the same filters as the list; sent while it is read. */
export const GET = defineRoute({
  allow: "administer",
  query: auditExportQuerySchema,
  handle: async ({ caller, query }) => {
    const lines = writeLines(readAuditFilter(query));
    await writeAudit(caller.name, "audit_exported", null, query);
    return csvResponse("audit", lines);
  },
});

async function* writeLines(filter: ReturnType<typeof readAuditFilter>): AsyncGenerator<string> {
  yield toCsvLine(HEAD);
  let cursor: string | undefined;
  do {
    const page = await listAudit(filter, { cursor, limit: PAGE });
    yield page.rows.map((row) => toCsvLine(toCells(row))).join("");
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function toCells(row: AuditRow): string[] {
  return [row.at.toISOString(), row.by, row.action, JSON.stringify(row.detail ?? {}), row.id, row.hash ?? ""];
}
