import { getDatabase } from "./client";
import { Prisma } from "./generated/client";

export type AuditRow = { id: string; at: Date; by: string; action: string; detail: unknown; hash: string | null };

/** `from` and `to` are moments: from ≤ at < to. */
export type AuditFilter = {
  by: string | undefined;
  action: string | undefined;
  from: Date | undefined;
  to: Date | undefined;
  /** Part of a name, a value or an id, any case */
  search: string | undefined;
};

export type AuditPage = { rows: AuditRow[]; nextCursor: string | null };

type Row = Omit<AuditRow, "detail"> & { detail: unknown; seq: bigint };

/** One keyset page, newest first. A cursor that cannot be read begins at the newest. */
export async function listAudit(
  filter: AuditFilter,
  page: { cursor: string | undefined; limit: number },
): Promise<AuditPage> {
  const before = readCursor(page.cursor);
  const wishes = [
    filter.by === undefined ? null : Prisma.sql`"by" = ${filter.by}`,
    filter.action === undefined ? null : Prisma.sql`action = ${filter.action}`,
    filter.from === undefined ? null : Prisma.sql`at >= ${filter.from}`,
    filter.to === undefined ? null : Prisma.sql`at < ${filter.to}`,
    filter.search === undefined
      ? null
      : Prisma.sql`("by" || ' ' || detail::text) ILIKE ${`%${filter.search.replace(/[\\%_]/g, "\\$&")}%`}`,
    before === null ? null : Prisma.sql`seq < ${before}`,
  ].filter((wish) => wish !== null);
  const where = wishes.length > 0 ? Prisma.sql`WHERE ${Prisma.join(wishes, " AND ")}` : Prisma.empty;
  const rows = await getDatabase().$queryRaw<Row[]>`
    SELECT id, at, "by", action, detail, hash, seq FROM audit_entry ${where} ORDER BY seq DESC LIMIT ${page.limit + 1}`;
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    rows: shown.map(({ seq: _, ...row }) => row),
    nextCursor: last ? last.seq.toString() : null,
  };
}

/** Who appears in the log, for the filter; the 200 latest. */
export async function listAuditActors(): Promise<string[]> {
  const rows = await getDatabase().$queryRaw<{ by: string }[]>`
    SELECT "by" FROM audit_entry GROUP BY "by" ORDER BY max(seq) DESC LIMIT 200`;
  return rows.map((row) => row.by).sort();
}

function readCursor(cursor: string | undefined): bigint | null {
  return cursor !== undefined && /^\d{1,18}$/.test(cursor) ? BigInt(cursor) : null;
}
