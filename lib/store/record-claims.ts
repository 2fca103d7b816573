import type { Base, SalesforceType, Side, SyncObject, Values } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase, inTransaction, isKeyTaken } from "./client";
import { Prisma } from "./generated/client";
import { moveItems } from "./job-item-ends";
import type { TriggerMark } from "./record-marks";

/** A due record under lease. `token` fences: a commit under an older token changes nothing. */
export type ClaimedRecord = {
  id: string;
  object: SyncObject;
  hubspotId: string | null;
  salesforceId: string | null;
  salesforceType: SalesforceType | null;
  base: Base | null;
  hubspotValues: Values | null;
  salesforceValues: Values | null;
  hubspotStamp: number;
  salesforceStamp: number;
  claimedVersion: bigint;
  triggers: TriggerMark[];
  needsRead: boolean;
  attempts: number;
  state: string;
  /** Why it was excluded when it was last decided */
  exclusionReason: string | null;
};

export type Claim = { token: bigint; records: ClaimedRecord[] };

type ClaimRow = {
  id: string;
  object: SyncObject;
  hubspot_id: string | null;
  salesforce_id: string | null;
  salesforce_type: SalesforceType | null;
  hubspot_base: Values | null;
  salesforce_base: Values | null;
  hubspot_seen: Values | null;
  salesforce_seen: Values | null;
  hubspot_stamp: Date | null;
  salesforce_stamp: Date | null;
  requested_version: bigint;
  triggers: TriggerMark[];
  needs_read: boolean;
  attempts: number;
  state: string;
  exclusion_reason: string | null;
  /** What we know of it is old, or its last holder never gave it back: whatever that one was writing may have arrived */
  is_stale?: boolean;
};

const CLAIMED_COLUMNS = Prisma.sql`r.id, r.object, r.hubspot_id, r.salesforce_id, r.salesforce_type, r.hubspot_base, r.salesforce_base, r.hubspot_seen,
  r.salesforce_seen, r.hubspot_stamp, r.salesforce_stamp, r.requested_version, r.triggers, r.needs_read, r.attempts, r.state, r.exclusion_reason`;

/**
 * What is known of a record, by its own reading or because a check has asked both systems since, counts for so long; then
 * it is read again before anything is decided. Longer than the pause between two checks of a process that works off what
 * they found: this is for those that come without a check of their own, to help, for an event or for a job.
 */
const READING_AGE_MS = 45_000;

/** Takes up to `limit` due records of one object under a lease of `leaseMs`, oldest request first; two workers never get the same one. */
export async function claimDueRecords(
  connectionId: string,
  object: SyncObject,
  limit: number,
  leaseMs: number,
  /** Only records that this job named and that are open for it */
  jobId: string | null = null,
  /** Only what was due by then: what a person let go on (spec C4) */
  until: Date | null = null,
): Promise<Claim> {
  const token = await nextToken();
  const isOfJob =
    jobId === null
      ? Prisma.empty
      : // IS TRUE keeps it a set that is looked up: as a join, each record is compared with all of the job while a table is new.
        Prisma.sql`AND (d.id IN (SELECT i.record_id FROM job_item i
          WHERE i.connection_id = ${connectionId}::uuid AND i.job_id = ${jobId}::uuid AND i.outcome IS NULL)) IS TRUE`;
  const rows = await getDatabase().$queryRaw<ClaimRow[]>`
    UPDATE sync_record r SET lease_token = ${token}, lease_until = now() + ${leaseMs} * interval '1 millisecond'
    FROM (
      SELECT d.id, d.lease_token IS NOT NULL OR GREATEST(d.updated_at, c.checks_done_at) < now() - ${READING_AGE_MS} * interval '1 millisecond' AS is_stale
      FROM sync_record d JOIN connection c ON c.id = d.connection_id
      WHERE d.connection_id = ${connectionId}::uuid AND d.object = ${object} AND d.requested_version > d.synced_version AND d.next_attempt_at <= now()
        AND (d.lease_until IS NULL OR d.lease_until < now()) AND d.check_no <= c.checks_done AND c.status = 'active' ${isOfJob}
        AND (${until}::timestamptz IS NULL OR d.requested_at <= ${until}::timestamptz)
      ORDER BY d.next_attempt_at, d.requested_at LIMIT ${limit} FOR UPDATE OF d SKIP LOCKED
    ) due
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = due.id
    RETURNING ${CLAIMED_COLUMNS}, due.is_stale`;
  return { token, records: rows.map(toClaimed) };
}

/** Takes these due records once more, after they were given back; those that somebody else took meanwhile are left out. */
export async function claimAgain(connectionId: string, ids: string[], leaseMs: number): Promise<Claim> {
  const token = await nextToken();
  const rows = await getDatabase().$queryRaw<ClaimRow[]>`
    UPDATE sync_record r SET lease_token = ${token}, lease_until = now() + ${leaseMs} * interval '1 millisecond'
    FROM (
      SELECT d.id FROM sync_record d JOIN connection c ON c.id = d.connection_id
      WHERE d.connection_id = ${connectionId}::uuid AND d.id = ANY(${ids}::uuid[]) AND d.requested_version > d.synced_version
        AND (d.lease_until IS NULL OR d.lease_until < now()) AND c.status = 'active'
      FOR UPDATE OF d SKIP LOCKED
    ) due
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = due.id
    RETURNING ${CLAIMED_COLUMNS}`;
  return { token, records: rows.map(toClaimed) };
}

/** Rows as a batch would get them, by rising id; nothing is claimed. */
export async function readClaimedRows(
  where: Prisma.Sql,
  limit: number,
): Promise<(ClaimedRecord & { name: string; email: string | null })[]> {
  const rows = await getDatabase().$queryRaw<(ClaimRow & { display_name: string | null; email: string | null })[]>`
    SELECT ${CLAIMED_COLUMNS}, r.display_name, r.email FROM sync_record r WHERE ${where} ORDER BY r.id LIMIT ${limit}`;
  return rows.map((row) => ({ ...toClaimed(row), name: row.display_name ?? "", email: row.email }));
}

/**
 * Marks one record due and takes it in one go, with both sides to be read again. A record that somebody else holds is
 * neither marked nor taken.
 */
export async function claimRecord(
  connectionId: string,
  recordId: string,
  trigger: TriggerMark,
  leaseMs: number,
): Promise<Claim | "held" | "not_found"> {
  const token = await nextToken();
  const rows = await getDatabase().$queryRaw<ClaimRow[]>`
    UPDATE sync_record r SET lease_token = ${token}, lease_until = now() + ${leaseMs} * interval '1 millisecond',
      requested_version = r.requested_version + 1, triggers = r.triggers || ${JSON.stringify([trigger])}::jsonb, needs_read = true, check_no = 0,
      next_attempt_at = now(), requested_at = now(), updated_at = now()
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = ${recordId}::uuid AND (r.lease_until IS NULL OR r.lease_until < now())
    RETURNING ${CLAIMED_COLUMNS}`;
  if (rows.length > 0) return { token, records: rows.map(toClaimed) };
  const known = await getDatabase().syncRecord.findUnique({
    where: { connectionId_id: { connectionId, id: recordId } },
    select: { id: true },
  });
  return known ? "held" : "not_found";
}

/** What a record is; null for an unknown id. */
export async function readObjectOf(connectionId: string, recordId: string): Promise<SyncObject | null> {
  const row = await getDatabase().syncRecord.findUnique({
    where: { connectionId_id: { connectionId, id: recordId } },
    select: { object: true },
  });
  return (row?.object as SyncObject | undefined) ?? null;
}

/** Gives records back undone, to be tried again at `nextAttemptAt`; they stay due. */
export async function releaseRecords(
  connectionId: string,
  token: bigint,
  ids: string[],
  nextAttemptAt: Date,
  options: { needsRead?: boolean } = {},
): Promise<void> {
  if (ids.length === 0) return;
  await getDatabase().$executeRaw`
    UPDATE sync_record SET lease_token = NULL, lease_until = NULL, next_attempt_at = ${nextAttemptAt},
      needs_read = needs_read OR ${options.needsRead ?? false}
    WHERE connection_id = ${connectionId}::uuid AND id = ANY(${ids}::uuid[]) AND lease_token = ${token}`;
}

/** Milliseconds until the next due record may be claimed, when that is within `withinMs`; null when none is. */
export async function readWaitForNextDue(connectionId: string, withinMs: number): Promise<number | null> {
  const rows = await getDatabase().$queryRaw<{ wait: number | null }[]>`
    SELECT (EXTRACT(EPOCH FROM min(next_attempt_at) - now()) * 1000)::float8 AS wait FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND requested_version > synced_version AND next_attempt_at > now()
      AND next_attempt_at <= now() + ${withinMs} * interval '1 millisecond' AND (lease_until IS NULL OR lease_until < now())`;
  return rows[0]?.wait ?? null;
}

/** Longer work keeps its lease; the answer is false when it was lost to another worker. */
export async function renewLease(
  connectionId: string,
  token: bigint,
  ids: string[],
  leaseMs: number,
): Promise<boolean> {
  const count = await getDatabase().$executeRaw`
    UPDATE sync_record SET lease_until = now() + ${leaseMs} * interval '1 millisecond'
    WHERE connection_id = ${connectionId}::uuid AND id = ANY(${ids}::uuid[]) AND lease_token = ${token}`;
  return count === ids.length;
}

export type PartnerRow = { id: string; hubspotId: string | null; salesforceId: string | null };

/** Which of these remote records we already know, to tell whether a partner by email is taken. */
export async function findPartnerRows(
  connectionId: string,
  object: SyncObject,
  hubspotIds: string[],
  salesforceIds: string[],
  db: DatabaseOrTransaction = getDatabase(),
): Promise<PartnerRow[]> {
  const rows = await db.$queryRaw<
    { id: string; hubspot_id: string | null; salesforce_id: string | null }[]
  >`SELECT id, hubspot_id, salesforce_id FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ${object}
      AND (hubspot_id = ANY(${hubspotIds}) OR salesforce_id = ANY(${salesforceIds}))`;
  return rows.map((r) => ({ id: r.id, hubspotId: r.hubspot_id, salesforceId: r.salesforce_id }));
}

/** The lone HubSpot contacts that carry one of these addresses, by our own records (no remote call). */
export async function findHubSpotByEmails(
  connectionId: string,
  emails: string[],
): Promise<{ id: string; hubspotId: string; salesforceId: string | null; emails: string[]; isDue: boolean }[]> {
  if (emails.length === 0) return [];
  // Two index look-ups; one OR over both columns would read the whole table.
  const rows = await getDatabase().$queryRaw<
    {
      id: string;
      hubspot_id: string;
      salesforce_id: string | null;
      email: string | null;
      other_emails: string[];
      is_due: boolean;
    }[]
  >`SELECT id, hubspot_id, salesforce_id, email, other_emails, requested_version > synced_version AS is_due FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND hubspot_id IS NOT NULL AND email = ANY(${emails})
    UNION
    SELECT id, hubspot_id, salesforce_id, email, other_emails, requested_version > synced_version FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND hubspot_id IS NOT NULL AND other_emails && ${emails}`;
  return rows.map((r) => ({
    id: r.id,
    hubspotId: r.hubspot_id,
    salesforceId: r.salesforce_id,
    emails: [...(r.email ? [r.email] : []), ...r.other_emails],
    isDue: r.is_due,
  }));
}

/** A record of ours that another one may belong to, and the lease that it is under. */
export type LoneRow = { recordId: string; heldBy: bigint | null };

/** Our records of this side without a partner, by their remote ids; what was deleted makes no pair any more. */
export async function findLoneRows(
  connectionId: string,
  object: SyncObject,
  side: Side,
  remoteIds: string[],
): Promise<Map<string, LoneRow>> {
  if (remoteIds.length === 0) return new Map();
  const idColumn = Prisma.raw(side === "hubspot" ? "hubspot_id" : "salesforce_id");
  const partnerColumn = Prisma.raw(side === "hubspot" ? "salesforce_id" : "hubspot_id");
  const rows = await getDatabase().$queryRaw<{ id: string; remote_id: string; held_by: bigint | null }[]>`
    SELECT id, ${idColumn} AS remote_id, CASE WHEN lease_until > now() THEN lease_token END AS held_by FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND ${idColumn} = ANY(${remoteIds})
      AND ${partnerColumn} IS NULL AND deleted_in IS NULL`;
  return new Map(rows.map((row) => [row.remote_id, { recordId: row.id, heldBy: row.held_by }]));
}

/**
 * `r` is still held under this token, for statements that join `r` with a batch. Not a plain comparison: leases come and
 * go faster than PostgreSQL counts them. It would expect one such row, and compare each with all others of the batch.
 */
export function holdsLease(token: bigint): Prisma.Sql {
  return Prisma.sql`CASE WHEN r.lease_token = ${token} THEN true ELSE false END`;
}

/** Tokens of leases begin at 1. Under this one nothing is held and nothing is written: a preview only looks. */
export const DRY_TOKEN = 0n;

export type PairLink = {
  recordId: string;
  hubspotId: string;
  salesforceId: string;
  salesforceType: SalesforceType;
  /** What the lead and the contact that it became have in common (spec M4); null for another record altogether */
  carriedBase?: Values | null;
};

/** The pair goes over to another Salesforce record: what it held in common with the old one says nothing of the new one. */
const MOVES = Prisma.sql`r.salesforce_id IS NOT NULL AND r.salesforce_id <> w.salesforce_id`;
/** The same for another HubSpot record, which only a merge leads to (spec M5). */
const MOVES_IN_HUBSPOT = Prisma.sql`r.hubspot_id IS NOT NULL AND r.hubspot_id <> w.hubspot_id`;

/**
 * Joins matched records into pairs. The partner's own lone row is taken in (its history and errors move over) unless
 * another worker holds it: then the link is refused and the caller tries again later. Answers the ids that were linked.
 */
export async function linkPairs(
  connectionId: string,
  object: SyncObject,
  token: bigint,
  links: PairLink[],
): Promise<Set<string>> {
  if (links.length === 0) return new Set();
  if (token === DRY_TOKEN) return new Set(links.map((l) => l.recordId));
  const wanted = keepFirst(links);
  const link = inTransaction(async (tx) => {
    await absorbPartners(tx, connectionId, object, describeLinks(wanted), token);
    // A partner row that could not be taken in still holds its id, and would fail the batch at the unique key.
    const free = await keepFree(tx, connectionId, object, wanted);
    const linked = await tx.$queryRaw<{ id: string }[]>`
      UPDATE sync_record r SET hubspot_id = w.hubspot_id, salesforce_id = w.salesforce_id, salesforce_type = w.salesforce_type,
        hubspot_base = CASE WHEN ${MOVES_IN_HUBSPOT} OR ${MOVES} AND w.carried_base IS NULL THEN NULL ELSE r.hubspot_base END,
        hubspot_seen = CASE WHEN ${MOVES_IN_HUBSPOT} THEN NULL ELSE r.hubspot_seen END,
        hubspot_stamp = CASE WHEN ${MOVES_IN_HUBSPOT} THEN NULL ELSE r.hubspot_stamp END,
        salesforce_base = CASE WHEN ${MOVES_IN_HUBSPOT} THEN NULL WHEN ${MOVES} THEN w.carried_base ELSE r.salesforce_base END,
        salesforce_seen = CASE WHEN ${MOVES} THEN NULL ELSE r.salesforce_seen END,
        salesforce_stamp = CASE WHEN ${MOVES} THEN NULL ELSE r.salesforce_stamp END,
        search_text = r.search_text || ' ' || lower(w.hubspot_id || ' ' || w.salesforce_id), updated_at = now()
      FROM jsonb_to_recordset(${describeLinks(free)}::jsonb) AS w(id uuid, hubspot_id text, salesforce_id text, salesforce_type text, carried_base jsonb)
      WHERE r.connection_id = ${connectionId}::uuid AND r.id = w.id AND ${holdsLease(token)}
      RETURNING r.id`;
    return new Set(linked.map((l) => l.id));
  });
  // A check of another process has just made a row for one of the partners: next time it is taken in.
  return link.catch((error: unknown) => {
    if (isKeyTaken(error)) return new Set<string>();
    throw error;
  });
}

function describeLinks(links: PairLink[]): string {
  return JSON.stringify(
    links.map((l) => ({
      id: l.recordId,
      hubspot_id: l.hubspotId,
      salesforce_id: l.salesforceId,
      salesforce_type: l.salesforceType,
      carried_base: l.carriedBase ?? null,
    })),
  );
}

/** Links whose ids no other row holds. */
async function keepFree(
  tx: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  links: PairLink[],
): Promise<PairLink[]> {
  const hubspotIds = links.map((l) => l.hubspotId);
  const salesforceIds = links.map((l) => l.salesforceId);
  const holders = await findPartnerRows(connectionId, object, hubspotIds, salesforceIds, tx);
  const byHubSpotId = new Map(holders.map((row) => [row.hubspotId, row.id]));
  const bySalesforceId = new Map(holders.map((row) => [row.salesforceId, row.id]));
  const isFree = (holder: string | undefined, recordId: string) => holder === undefined || holder === recordId;
  return links.filter(
    (l) => isFree(byHubSpotId.get(l.hubspotId), l.recordId) && isFree(bySalesforceId.get(l.salesforceId), l.recordId),
  );
}

/** Two records that want the same partner: the first has it, and the other one comes back. */
function keepFirst(links: PairLink[]): PairLink[] {
  const taken = new Set<string>();
  return links.filter(({ hubspotId, salesforceId }) => {
    const isFree = !taken.has(hubspotId) && !taken.has(salesforceId);
    if (isFree) taken.add(hubspotId).add(salesforceId);
    return isFree;
  });
}

/**
 * Takes the lone rows of partners into the records they now belong to; their history moves over, their errors close.
 * `rows` is the JSON of [{id, hubspot_id, salesforce_id}]. With `token` null a row is taken even from under a lease: its
 * holder's commit then changes nothing.
 */
export async function absorbPartners(
  tx: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  rows: string,
  token: bigint | null,
): Promise<void> {
  const absorbed = await tx.$queryRaw<{ partner_id: string; record_id: string }[]>`
    WITH wanted AS (SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS w(id uuid, hubspot_id text, salesforce_id text)),
    partner AS (
      SELECT p.id AS partner_id, w.id AS record_id FROM wanted w JOIN sync_record p
        ON p.connection_id = ${connectionId}::uuid AND p.object = ${object} AND p.salesforce_id = w.salesforce_id AND p.id <> w.id AND p.hubspot_id IS NULL
      UNION
      SELECT p.id, w.id FROM wanted w JOIN sync_record p
        ON p.connection_id = ${connectionId}::uuid AND p.object = ${object} AND p.hubspot_id = w.hubspot_id AND p.id <> w.id AND p.salesforce_id IS NULL
    )
    DELETE FROM sync_record d USING partner
    WHERE d.connection_id = ${connectionId}::uuid AND d.id = partner.partner_id
      AND (${token === null} OR d.lease_until IS NULL OR d.lease_until < now() OR d.lease_token = ${token})
    RETURNING partner.partner_id, partner.record_id`;
  if (absorbed.length === 0) return;
  const pairs = JSON.stringify(absorbed);
  await moveItems(tx, connectionId, pairs);
  await tx.$executeRaw`UPDATE journal_entry j SET record_id = a.record_id
    FROM jsonb_to_recordset(${pairs}::jsonb) AS a(partner_id uuid, record_id uuid)
    WHERE j.connection_id = ${connectionId}::uuid AND j.record_id = a.partner_id`;
  await tx.$executeRaw`UPDATE sync_error e SET record_id = a.record_id, closed_at = COALESCE(e.closed_at, now())
    FROM jsonb_to_recordset(${pairs}::jsonb) AS a(partner_id uuid, record_id uuid)
    WHERE e.connection_id = ${connectionId}::uuid AND e.record_id = a.partner_id`;
}

async function nextToken(): Promise<bigint> {
  const rows = await getDatabase().$queryRaw<{ token: bigint }[]>`SELECT nextval('lease_token_seq') AS token`;
  const token = rows[0]?.token;
  if (token === undefined) throw new Error("lease_token_seq gave no token");
  return token;
}

function toClaimed(row: ClaimRow): ClaimedRecord {
  return {
    id: row.id,
    object: row.object,
    hubspotId: row.hubspot_id,
    salesforceId: row.salesforce_id,
    salesforceType: row.salesforce_type,
    base:
      row.hubspot_base && row.salesforce_base ? { hubspot: row.hubspot_base, salesforce: row.salesforce_base } : null,
    hubspotValues: row.hubspot_seen ?? row.hubspot_base,
    salesforceValues: row.salesforce_seen ?? row.salesforce_base,
    hubspotStamp: row.hubspot_stamp?.getTime() ?? 0,
    salesforceStamp: row.salesforce_stamp?.getTime() ?? 0,
    claimedVersion: row.requested_version,
    triggers: row.triggers,
    needsRead: row.needs_read || row.is_stale === true,
    attempts: row.attempts,
    state: row.state,
    exclusionReason: row.exclusion_reason,
  };
}
