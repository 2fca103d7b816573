import type { SyncObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import { type RecordFilter, type ShownState, searchWords, whereOf } from "./record-filter";
import { countStates, type RecordListRow, ROW_COLUMNS } from "./record-queries";

/** By name or by the time of the last sync; "-" turns it round. */
export type RecordSort = "name" | "-name" | "synced" | "-synced";

export type RecordListPage = {
  rows: RecordListRow[];
  nextCursor: string | null;
  counts: Record<ShownState, number>;
  /** Capped at 10,001 */
  matching: number;
};

type Page = { cursor: string | undefined; limit: number; sort: RecordSort };
type Cursor = { value: string; id: string };

const MATCHING_CAP = 10_001;
/** As stored; what is shown besides them is made of these. */
const STORED_STATES = ["in_sync", "due", "failing", "excluded"];
/** Stands in a cursor for "never"; PostgreSQL reads it as the time before all times. */
const NEVER = "-infinity";
const LAST_SYNCED = Prisma.sql`COALESCE(r.last_synced_at, '-infinity'::timestamptz)`;
const FROM = Prisma.sql`sync_record r JOIN connection c ON c.id = r.connection_id`;

/**
 * One keyset page with the counts of the whole connection. Every part is answered from an index, so a page costs the
 * same at 10,000 and at 1,000,000 records, wherever it lies. An unreadable cursor, or one of another order, starts at
 * the beginning.
 */
export async function listRecords(connectionId: string, filter: RecordFilter, page: Page): Promise<RecordListPage> {
  const after = readCursor(page.cursor, page.sort);
  const byName = page.sort === "name" || page.sort === "-name";
  const query = (byName ? listByName : listBySync)(connectionId, filter, page, after);
  const [rows, counts] = await Promise.all([
    getDatabase().$queryRaw<RecordListRow[]>(query),
    countStates(connectionId, filter.object),
  ]);
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    rows: shown,
    nextCursor: last ? writeCursor(last, page.sort) : null,
    counts,
    matching: await countMatching(connectionId, filter, counts),
  };
}

function listByName(connectionId: string, filter: RecordFilter, { sort, limit }: Page, after: Cursor | null) {
  const { direction, beyond } = turn(sort);
  const from = after
    ? Prisma.sql`AND (r.display_name, r.id) ${beyond} (${after.value}, ${after.id}::uuid)`
    : Prisma.empty;
  return Prisma.sql`SELECT ${ROW_COLUMNS} FROM ${FROM} WHERE ${whereOf(connectionId, filter)} ${from}
    ORDER BY r.display_name ${direction}, r.id ${direction} LIMIT ${limit + 1}`;
}

/** The index has the state before the time: several states are one walk each, and the nearest of all are taken. */
function listBySync(connectionId: string, filter: RecordFilter, { sort, limit }: Page, after: Cursor | null) {
  const { direction, beyond } = turn(sort);
  const from = after
    ? Prisma.sql`AND (${LAST_SYNCED}, r.id) ${beyond} (${after.value}::timestamptz, ${after.id}::uuid)`
    : Prisma.empty;
  const walk = (state: Prisma.Sql) => Prisma.sql`(SELECT r.id, ${LAST_SYNCED} AS synced FROM ${FROM}
    WHERE ${whereOf(connectionId, filter)} ${state} ${from}
    ORDER BY ${LAST_SYNCED} ${direction}, r.id ${direction} LIMIT ${limit + 1})`;
  // A search finds its rows by their text; looking four times would find them no faster.
  const isOneWalk = filter.state !== undefined || searchWords(filter.search).length > 0;
  const walks = isOneWalk
    ? [walk(Prisma.empty)]
    : STORED_STATES.map((state) => walk(Prisma.sql`AND r.state = ${state}`));
  return Prisma.sql`SELECT ${ROW_COLUMNS} FROM (
      SELECT id, synced FROM (${Prisma.join(walks, " UNION ALL ")}) AS walked
      ORDER BY synced ${direction}, id ${direction} LIMIT ${limit + 1}) AS page
    JOIN sync_record r ON r.connection_id = ${connectionId}::uuid AND r.id = page.id JOIN connection c ON c.id = r.connection_id
    ORDER BY page.synced ${direction}, r.id ${direction}`;
}

function turn(sort: RecordSort): { direction: Prisma.Sql; beyond: Prisma.Sql } {
  const isDown = sort.startsWith("-");
  return { direction: Prisma.raw(isDown ? "DESC" : "ASC"), beyond: Prisma.raw(isDown ? "<" : ">") };
}

export type ReasonCounts = { errors: Record<string, number>; reasons: Record<string, number> };

/** How many records of one object fail with each error, and are excluded for each reason. */
export function countReasons(connectionId: string, object: SyncObject): Promise<ReasonCounts> {
  return cacheBriefly(`reasons ${connectionId} ${object}`, async () => {
    const [errors, reasons] = await Promise.all([
      getDatabase().$queryRaw<{ name: string; count: bigint }[]>`
        SELECT error_type AS name, count(*) AS count FROM sync_record
        WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND error_type IS NOT NULL AND state = 'failing'
        GROUP BY error_type`,
      getDatabase().$queryRaw<{ name: string; count: bigint }[]>`
        SELECT exclusion_reason AS name, count(*) AS count FROM sync_record
        WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND exclusion_reason IS NOT NULL AND state = 'excluded'
        GROUP BY exclusion_reason`,
    ]);
    return { errors: toCounts(errors), reasons: toCounts(reasons) };
  });
}

function toCounts(rows: { name: string; count: bigint }[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]));
}

async function countMatching(
  connectionId: string,
  filter: RecordFilter,
  counts: Record<ShownState, number>,
): Promise<number> {
  const isPlain = searchWords(filter.search).length === 0 && filter.error === undefined && filter.reason === undefined;
  if (isPlain) {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return Math.min(MATCHING_CAP, filter.state ? counts[filter.state] : all);
  }
  const rows = await getDatabase().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM ${FROM} WHERE ${whereOf(connectionId, filter)} LIMIT ${MATCHING_CAP}) AS found`;
  return Number(rows[0]?.count ?? 0);
}

function writeCursor(row: RecordListRow, sort: RecordSort): string {
  const value = sort.endsWith("name") ? row.name.slice(0, 400) : (row.lastSyncedAt?.toISOString() ?? NEVER);
  return Buffer.from(JSON.stringify([sort, value, row.id])).toString("base64url");
}

function readCursor(cursor: string | undefined, sort: RecordSort): Cursor | null {
  if (!cursor) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (!Array.isArray(parts)) return null;
    const [of, value, id] = parts;
    const isCursor = of === sort && typeof value === "string" && typeof id === "string" && /^[0-9a-f-]{36}$/.test(id);
    if (!isCursor || value.includes("\u0000")) return null;
    const isTime = value === NEVER || !Number.isNaN(Date.parse(value));
    return sort.endsWith("name") || isTime ? { value, id } : null;
  } catch {
    return null;
  }
}
