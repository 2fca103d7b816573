import type { SalesforceType, Side, SyncObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";

/** As shown: "syncing" = leased by a worker now, "paused" = due while the connection is suspended. */
export type ShownState = "in_sync" | "due" | "syncing" | "failing" | "excluded" | "paused";

export type RecordListRow = {
  id: string;
  object: SyncObject;
  name: string;
  company: string;
  email: string | null;
  state: ShownState;
  exclusionReason: string | null;
  errorType: string | null;
  /** The side that said so */
  errorSide: Side | null;
  hubspotId: string | null;
  salesforceId: string | null;
  salesforceType: SalesforceType | null;
  lastSyncedAt: Date | null;
};

export type RecordListPage = {
  rows: RecordListRow[];
  nextCursor: string | null;
  counts: Record<ShownState, number>;
  /** Capped at 10,001 */
  matching: number;
};

export type RecordFilter = { object: SyncObject; search: string; state: ShownState | undefined };

const MATCHING_CAP = 10_001;

/** A column of the newest open error; asked per shown row, so that the list's order still comes from its index. */
function newestError(column: "type" | "side"): Prisma.Sql {
  return Prisma.sql`(SELECT e.${Prisma.raw(column)} FROM sync_error e
    WHERE e.connection_id = r.connection_id AND e.record_id = r.id AND e.closed_at IS NULL
    ORDER BY e.last_seen_at DESC LIMIT 1)`;
}

/** What every list row needs; `state` as shown. */
const ROW_COLUMNS = Prisma.sql`r.id, r.object, r.display_name AS name, r.company, r.email,
  CASE WHEN r.lease_until > now() THEN 'syncing' WHEN r.state = 'due' AND c.status = 'suspended' THEN 'paused' ELSE r.state END AS state,
  r.exclusion_reason AS "exclusionReason", r.hubspot_id AS "hubspotId", r.salesforce_id AS "salesforceId",
  r.salesforce_type AS "salesforceType", r.last_synced_at AS "lastSyncedAt",
  ${newestError("type")} AS "errorType", ${newestError("side")} AS "errorSide"`;

/**
 * One keyset page in the order of name, id, with the counts of the whole connection. Every part is answered from an
 * index, so a page costs the same at 10,000 and at 1,000,000 records, wherever it lies.
 * An unreadable cursor starts at the beginning.
 */
export async function listRecords(
  connectionId: string,
  filter: RecordFilter,
  page: { cursor: string | undefined; limit: number },
): Promise<RecordListPage> {
  const where = whereOf(connectionId, filter);
  const after = readCursor(page.cursor);
  const beyond = after ? Prisma.sql`AND (r.display_name, r.id) > (${after.name}, ${after.id}::uuid)` : Prisma.empty;
  const [rows, counts] = await Promise.all([
    getDatabase().$queryRaw<RecordListRow[]>`
      SELECT ${ROW_COLUMNS} FROM sync_record r JOIN connection c ON c.id = r.connection_id
      WHERE ${where} ${beyond} ORDER BY r.display_name, r.id LIMIT ${page.limit + 1}`,
    countStates(connectionId, filter.object),
  ]);
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    rows: shown,
    nextCursor: last ? writeCursor(last) : null,
    counts,
    matching: await countMatching(connectionId, filter, counts),
  };
}

/** Records of one object per state as shown. */
export function countStates(connectionId: string, object: SyncObject): Promise<Record<ShownState, number>> {
  return cacheBriefly(`states ${connectionId} ${object}`, async () => {
    const [all, leased, connection] = await Promise.all([
      getDatabase().$queryRaw<{ state: string; count: bigint }[]>`
        SELECT state, count(*) AS count FROM sync_record
        WHERE connection_id = ${connectionId}::uuid AND object = ${object} GROUP BY state`,
      getDatabase().$queryRaw<{ state: string; count: bigint }[]>`
        SELECT state, count(*) AS count FROM sync_record
        WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND requested_version > synced_version AND lease_until > now()
        GROUP BY state`,
      getDatabase().connection.findUnique({ where: { id: connectionId }, select: { status: true } }),
    ]);
    const counts: Record<ShownState, number> = { in_sync: 0, due: 0, syncing: 0, failing: 0, excluded: 0, paused: 0 };
    for (const row of all) if (row.state in counts) counts[row.state as ShownState] += Number(row.count);
    for (const row of leased) {
      counts.syncing += Number(row.count);
      if (row.state in counts) counts[row.state as ShownState] -= Number(row.count);
    }
    return connection?.status === "suspended" ? { ...counts, due: 0, paused: counts.due } : counts;
  });
}

/** The record that carries this id or address, its row; null when there is none. */
export async function findRecord(
  connectionId: string,
  by: { hubspotId?: string; salesforceId?: string; email?: string },
): Promise<RecordListRow | null> {
  const email = by.email?.trim().toLowerCase();
  const match = by.hubspotId
    ? Prisma.sql`r.hubspot_id = ${by.hubspotId}`
    : by.salesforceId
      ? matchSalesforceId(by.salesforceId)
      : Prisma.sql`r.email = ${email ?? ""}`;
  const found = await readOne(
    Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.object = 'contact' AND ${match}`,
  );
  if (found || !email) return found;
  // A secondary address; search_text holds them all and has an index.
  return readOne(Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.object = 'contact'
    AND r.search_text LIKE ${`%${escapeLike(email)}%`} AND ${email} = ANY(r.other_emails)`);
}

export function readRecordRow(connectionId: string, id: string): Promise<RecordListRow | null> {
  return readOne(Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.id = ${id}::uuid`);
}

/** Whether any HubSpot record is linked to a Salesforce record. */
export async function hasPairs(connectionId: string): Promise<boolean> {
  const pair = await getDatabase().syncRecord.findFirst({
    where: { connectionId, hubspotId: { not: null }, salesforceId: { not: null } },
    select: { id: true },
  });
  return pair !== null;
}

async function readOne(where: Prisma.Sql): Promise<RecordListRow | null> {
  const rows = await getDatabase().$queryRaw<RecordListRow[]>`
    SELECT ${ROW_COLUMNS} FROM sync_record r JOIN connection c ON c.id = r.connection_id
    WHERE ${where} ORDER BY (r.hubspot_id IS NULL OR r.salesforce_id IS NULL), r.id LIMIT 1`;
  return rows[0] ?? null;
}

/** People copy 15-character ids from reports; the 18-character form begins with them. */
function matchSalesforceId(id: string): Prisma.Sql {
  return id.length === 15
    ? Prisma.sql`r.salesforce_id >= ${id} AND r.salesforce_id < ${`${id}~`}`
    : Prisma.sql`r.salesforce_id = ${id}`;
}

function whereOf(connectionId: string, filter: RecordFilter): Prisma.Sql {
  const conditions = [Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.object = ${filter.object}`];
  for (const word of searchWords(filter.search)) conditions.push(matchWord(word));
  if (filter.state) conditions.push(matchState(filter.state));
  return Prisma.join(conditions, " AND ");
}

function matchState(state: ShownState): Prisma.Sql {
  if (state === "syncing") return Prisma.sql`r.requested_version > r.synced_version AND r.lease_until > now()`;
  const free = Prisma.sql`(r.lease_until IS NULL OR r.lease_until <= now())`;
  if (state === "paused") return Prisma.sql`r.state = 'due' AND c.status = 'suspended' AND ${free}`;
  if (state === "due") return Prisma.sql`r.state = 'due' AND c.status <> 'suspended' AND ${free}`;
  return Prisma.sql`r.state = ${state} AND ${free}`;
}

/** One or two characters match beginnings of words only: the trigram index knows those, but not the middle of a word. */
function matchWord(word: string): Prisma.Sql {
  const text = escapeLike(word);
  if ([...word].length > 2) return Prisma.sql`r.search_text LIKE ${`%${text}%`}`;
  return Prisma.sql`(r.search_text LIKE ${`${text}%`} OR r.search_text LIKE ${`% ${text}%`})`;
}

function searchWords(search: string): string[] {
  const words = search.toLowerCase().replaceAll("\u0000", "").split(/\s+/);
  return words.filter((word) => word !== "").slice(0, 8);
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

async function countMatching(
  connectionId: string,
  filter: RecordFilter,
  counts: Record<ShownState, number>,
): Promise<number> {
  if (searchWords(filter.search).length === 0) {
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return Math.min(MATCHING_CAP, filter.state ? counts[filter.state] : all);
  }
  const rows = await getDatabase().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM sync_record r JOIN connection c ON c.id = r.connection_id
      WHERE ${whereOf(connectionId, filter)} LIMIT ${MATCHING_CAP}) AS found`;
  return Number(rows[0]?.count ?? 0);
}

function writeCursor(row: { name: string; id: string }): string {
  return Buffer.from(JSON.stringify([row.name.slice(0, 400), row.id])).toString("base64url");
}

function readCursor(cursor: string | undefined): { name: string; id: string } | null {
  if (!cursor) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (!Array.isArray(value)) return null;
    const [name, id] = value;
    const isCursor = typeof name === "string" && typeof id === "string" && /^[0-9a-f-]{36}$/.test(id);
    return isCursor && !name.includes("\u0000") ? { name, id } : null;
  } catch {
    return null;
  }
}
