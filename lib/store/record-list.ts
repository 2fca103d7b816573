import type { SyncObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import { type MemberFilter, type RecordFilter, type ShownState, searchWords, whereOf } from "./record-filter";
import { countStates, type RecordListRow, ROW_COLUMNS, SHOWN_STATE } from "./record-queries";

/** By name or by the time of the last sync; "-" turns it round. */
export type RecordSort = "name" | "-name" | "synced" | "-synced";

export type RecordListPage = {
  rows: RecordListRow[];
  nextCursor: string | null;
  /** Of all records of the object, or of the members that it is narrowed to */
  counts: Record<ShownState, number>;
  /** Capped at 10,001, of a search at 2,001 */
  matching: number;
};

type Page = { cursor: string | undefined; limit: number; sort: RecordSort };
type Cursor = { value: string; id: string };

const MATCHING_CAP = 10_001;
/** Up to so many matches of a search are looked up at once; more are not counted. */
const SEARCHED_CAP = 2_001;
/** As stored; what is shown besides them is made of these. */
const STORED_STATES = ["in_sync", "due", "failing", "excluded"];
/** Stands in a cursor for "never"; PostgreSQL reads it as the time before all times. */
const NEVER = "-infinity";
const LAST_SYNCED = Prisma.sql`COALESCE(r.last_synced_at, '-infinity'::timestamptz)`;
const NOT_NARROWED = { search: "", state: undefined, error: undefined, reason: undefined };
const FROM = Prisma.sql`sync_record r JOIN connection c ON c.id = r.connection_id`;

/**
 * One keyset page with the counts of the whole connection. Every part is answered from an index, so a page costs about the
 * same at 10,000 and at 1,000,000 records, wherever it lies. An unreadable cursor, or one of another order, starts at the
 * beginning.
 */
export async function listRecords(connectionId: string, filter: RecordFilter, page: Page): Promise<RecordListPage> {
  const after = readCursor(page.cursor, page.sort);
  const isSearch = searchWords(filter.search).length > 0;
  // Named members are 10,000 at most, and each is found by its own id: putting them in order beats walking the order.
  const cap = Array.isArray(filter.members) ? MATCHING_CAP : isSearch ? SEARCHED_CAP : null;
  const [found, counts] = await Promise.all([
    cap === null ? null : listFew(connectionId, filter, page, after, cap),
    filter.members === undefined
      ? countStates(connectionId, filter.object)
      : countMemberStates(connectionId, filter.object, filter.members),
  ]);
  const rows = found?.rows ?? (await listMany(connectionId, filter, page, after));
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    rows: shown,
    nextCursor: last ? writeCursor(last, page.sort) : null,
    counts,
    matching: cap === null ? await countMatching(connectionId, filter, counts) : (found?.matching ?? cap),
  };
}

/**
 * What few records match: all of them are looked up by their text or their ids and then put in order. Null when they are
 * as many as `cap`: then the order is walked instead, because the next match is never far.
 */
async function listFew(
  connectionId: string,
  filter: RecordFilter,
  { sort, limit }: Page,
  after: Cursor | null,
  cap: number,
): Promise<{ rows: RecordListRow[]; matching: number } | null> {
  const { direction, beyond } = turn(sort);
  const key = isByName(sort) ? Prisma.sql`r.display_name` : LAST_SYNCED;
  const value = after && (isByName(sort) ? Prisma.sql`${after.value}` : Prisma.sql`${after.value}::timestamptz`);
  const from = after ? Prisma.sql`WHERE (key, id) ${beyond} (${value}, ${after.id}::uuid)` : Prisma.empty;
  // One line comes in any case, with the number; without an id when the page is empty.
  const lines = await getDatabase().$queryRaw<(RecordListRow & { found: bigint })[]>`
    WITH found AS MATERIALIZED (
      SELECT r.id, ${key} AS key FROM ${FROM} WHERE ${whereOf(connectionId, filter)} LIMIT ${cap}),
    page AS (SELECT id, key FROM found ${from} ORDER BY key ${direction}, id ${direction} LIMIT ${limit + 1})
    SELECT ${ROW_COLUMNS}, number.found FROM (SELECT count(*) AS found FROM found) AS number
    LEFT JOIN page ON true LEFT JOIN sync_record r ON r.connection_id = ${connectionId}::uuid AND r.id = page.id
    LEFT JOIN connection c ON c.id = r.connection_id
    ORDER BY page.key ${direction}, r.id ${direction}`;
  const matching = Number(lines[0]?.found ?? 0);
  const rows = lines.flatMap(({ found: _, ...row }) => (row.id === null ? [] : [row]));
  return matching < cap ? { rows, matching } : null;
}

function listMany(connectionId: string, filter: RecordFilter, page: Page, after: Cursor | null) {
  const list = isByName(page.sort) ? listByName : listBySync;
  return getDatabase().$queryRaw<RecordListRow[]>(list(connectionId, filter, page, after));
}

function isByName(sort: RecordSort): boolean {
  return sort.endsWith("name");
}

/** The walk itself needs no more than the index holds; only the rows of the page are fetched. */
function listByName(connectionId: string, filter: RecordFilter, { sort, limit }: Page, after: Cursor | null) {
  const { direction, beyond } = turn(sort);
  const from = after
    ? Prisma.sql`AND (r.display_name, r.id) ${beyond} (${after.value}, ${after.id}::uuid)`
    : Prisma.empty;
  // As the index says: it holds no records without a text.
  const texts = searchWords(filter.search).length > 0 ? Prisma.sql`AND r.search_text <> ''` : Prisma.empty;
  return Prisma.sql`SELECT ${ROW_COLUMNS} FROM (
      SELECT r.id, r.display_name FROM ${FROM} WHERE ${whereOf(connectionId, filter)} ${texts} ${from}
      ORDER BY r.display_name ${direction}, r.id ${direction} LIMIT ${limit + 1}) AS page
    JOIN sync_record r ON r.connection_id = ${connectionId}::uuid AND r.id = page.id JOIN connection c ON c.id = r.connection_id
    ORDER BY page.display_name ${direction}, r.id ${direction}`;
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
  const walks =
    filter.state === undefined
      ? STORED_STATES.map((state) => walk(Prisma.sql`AND r.state = ${state}`))
      : [walk(Prisma.empty)];
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

/** How many records of one object, or of some of its members, fail with each error and are excluded for each reason. */
export function countReasons(
  connectionId: string,
  object: SyncObject,
  members: MemberFilter | undefined,
): Promise<ReasonCounts> {
  if (members !== undefined) return countMemberReasons(connectionId, object, members);
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

async function countMemberReasons(
  connectionId: string,
  object: SyncObject,
  members: MemberFilter,
): Promise<ReasonCounts> {
  const where = whereOf(connectionId, { ...NOT_NARROWED, object, members });
  const rows = await getDatabase().$queryRaw<{ state: string; name: string; count: bigint }[]>`
    SELECT r.state, CASE r.state WHEN 'failing' THEN r.error_type ELSE r.exclusion_reason END AS name, count(*) AS count
    FROM ${FROM} WHERE ${where} AND (r.state = 'failing' AND r.error_type IS NOT NULL
      OR r.state = 'excluded' AND r.exclusion_reason IS NOT NULL) GROUP BY 1, 2`;
  const [errors, reasons] = ["failing", "excluded"].map((state) => toCounts(rows.filter((row) => row.state === state)));
  return { errors: errors ?? {}, reasons: reasons ?? {} };
}

/** Members of a list per state as shown. Those of a long inclusion list are counted as seldom as all records are. */
async function countMemberStates(
  connectionId: string,
  object: SyncObject,
  members: MemberFilter,
): Promise<Record<ShownState, number>> {
  const where = whereOf(connectionId, { ...NOT_NARROWED, object, members });
  const count = async () => {
    const rows = await getDatabase().$queryRaw<{ name: string; count: bigint }[]>`
      SELECT ${SHOWN_STATE} AS name, count(*) AS count FROM ${FROM} WHERE ${where} GROUP BY 1`;
    return { in_sync: 0, due: 0, syncing: 0, failing: 0, excluded: 0, paused: 0, ...toCounts(rows) };
  };
  return members === "inclusion_list" ? cacheBriefly(`member states ${connectionId} ${object}`, count) : count();
}

/** Without a search every number is one of those that are counted anyway. */
async function countMatching(
  connectionId: string,
  { object, state, error, reason, members }: RecordFilter,
  counts: Record<ShownState, number>,
): Promise<number> {
  if (error !== undefined || reason !== undefined) {
    const { errors, reasons } = await countReasons(connectionId, object, members);
    const numbers = [
      ...(error === undefined ? [] : [errors[error] ?? 0]),
      ...(reason === undefined ? [] : [reasons[reason] ?? 0]),
    ];
    return Math.min(MATCHING_CAP, ...numbers);
  }
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return Math.min(MATCHING_CAP, state ? counts[state] : all);
}

function writeCursor(row: RecordListRow, sort: RecordSort): string {
  const value = isByName(sort) ? row.name.slice(0, 400) : (row.lastSyncedAt?.toISOString() ?? NEVER);
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
    return isByName(sort) || isTime ? { value, id } : null;
  } catch {
    return null;
  }
}
