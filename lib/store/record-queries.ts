import type { SalesforceType, Side, SyncObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import { escapeLike, type ShownState } from "./record-filter";

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
  deal: DealFacts | null;
};

/** Raw values: the stage by HubSpot's value and by Salesforce's */
export type DealFacts = {
  amount: string | null;
  currency: string | null;
  stage: string | null;
  salesforceStage: string | null;
};

/** Side of the newest open error; asked per shown row, so that the list's order still comes from its index. */
const ERROR_SIDE = Prisma.sql`(SELECT e.side FROM sync_error e
    WHERE e.connection_id = r.connection_id AND e.record_id = r.id AND e.closed_at IS NULL AND e.type = r.error_type
    ORDER BY e.last_seen_at DESC LIMIT 1)`;

/** What a deal's row tells, from the values last read; null for other objects. */
const DEAL_FACTS = Prisma.sql`CASE WHEN r.object = 'deal' THEN (
    SELECT json_build_object(
      'amount', COALESCE(v.h->>'amount', v.s->>'Amount'), 'currency', COALESCE(v.h->>'deal_currency_code', v.s->>'CurrencyIsoCode'),
      'stage', v.h->>'dealstage', 'salesforceStage', v.s->>'StageName')
    FROM (SELECT COALESCE(r.hubspot_seen, r.hubspot_base) AS h, COALESCE(r.salesforce_seen, r.salesforce_base) AS s) v) END`;

/** The state as people see it: a lease and a pause show through it. */
export const SHOWN_STATE = Prisma.sql`CASE WHEN r.lease_until > now() THEN 'syncing'
  WHEN r.state = 'due' AND c.status = 'suspended' THEN 'paused' ELSE r.state END`;

/** What every list row needs; `state` as shown. */
export const ROW_COLUMNS = Prisma.sql`r.id, r.object, r.display_name AS name, r.company, r.email,
  ${SHOWN_STATE} AS state,
  r.exclusion_reason AS "exclusionReason", r.hubspot_id AS "hubspotId", r.salesforce_id AS "salesforceId",
  r.salesforce_type AS "salesforceType", r.last_synced_at AS "lastSyncedAt",
  r.error_type AS "errorType", ${ERROR_SIDE} AS "errorSide", ${DEAL_FACTS} AS deal`;

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

/** The record of this object that carries this id or address, its row; null when there is none. */
export async function findRecord(
  connectionId: string,
  object: SyncObject,
  by: { hubspotId?: string; salesforceId?: string; email?: string },
): Promise<RecordListRow | null> {
  const email = by.email?.trim().toLowerCase();
  const match = by.hubspotId
    ? Prisma.sql`r.hubspot_id = ${by.hubspotId}`
    : by.salesforceId
      ? matchSalesforceId(by.salesforceId)
      : Prisma.sql`r.email = ${email ?? ""}`;
  const found = await readOne(
    Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.object = ${object} AND ${match}`,
  );
  if (found || !email) return found;
  // A secondary address; search_text holds them all and has an index.
  return readOne(Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.object = ${object}
    AND r.search_text LIKE ${`%${escapeLike(email)}%`} AND ${email} = ANY(r.other_emails)`);
}

export function readRecordRow(connectionId: string, id: string): Promise<RecordListRow | null> {
  return readOne(Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.id = ${id}::uuid`);
}

/** Whether any record of this side is known, linked or not. */
export async function hasRecordsOf(connectionId: string, side: Side): Promise<boolean> {
  const where = side === "hubspot" ? { hubspotId: { not: null } } : { salesforceId: { not: null } };
  const record = await getDatabase().syncRecord.findFirst({ where: { connectionId, ...where }, select: { id: true } });
  return record !== null;
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
