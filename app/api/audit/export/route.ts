import { writeAudit } from "@/lib/access/write-audit";
import { auditExportQuerySchema } from "@/lib/contracts/audit";
import { toCsvLine } from "@/lib/server/csv";
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
    const name = `audit-${new Date().toISOString().slice(0, 10)}.csv`;
    return new Response(toStream(lines), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  },
});

/** The mark at the beginning lets Excel read Japanese. */
async function* writeLines(filter: ReturnType<typeof readAuditFilter>): AsyncGenerator<string> {
  yield `\uFEFF${toCsvLine(HEAD)}`;
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

function toStream(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
