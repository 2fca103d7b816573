import type { SyncFailure } from "@/lib/decide/classify-error";
import type { Base, SalesforceType, Side, SyncObject, Values } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase, inTransaction, isKeyTaken } from "./client";
import { Prisma } from "./generated/client";
import { settleItems } from "./job-item-ends";
import { closeInterruptedPlans, type JournalSettlement, settleJournal } from "./journal";
import { absorbPartners, holdsLease } from "./record-claims";
import { splitIntoParts } from "./split-into-parts";

/** How one claimed record ends. Everything of one batch is committed in one transaction. */
export type RecordOutcome = {
  recordId: string;
  claimedVersion: bigint;
  state: "in_sync" | "failing" | "excluded" | "due";
  exclusionReason: string | null;
  hubspotId: string | null;
  salesforceId: string | null;
  salesforceType: SalesforceType | null;
  base: Base | null;
  /** Values now held by each side where they differ from the base; null when equal */
  hubspotSeen: Values | null;
  salesforceSeen: Values | null;
  hubspotStamp: number | null;
  salesforceStamp: number | null;
  name: string | null;
  company: string | null;
  emails: string[] | null;
  /** Null when no partner was looked for: what is known stays */
  candidates: unknown;
  /** false keeps the record due (it will be tried again at nextAttemptAt) */
  settled: boolean;
  needsRead: boolean;
  attempts: number;
  nextAttemptAt: Date;
  failures: SyncFailure[];
  /** Parents that must be in sync first, "contact/hubspot/123" each */
  waitsFor: string[];
  /** The side whose record was deleted along and no longer belongs to it */
  unlink: Side | null;
  /** The side where it was deleted, while that excludes it */
  deletedIn: Side | null;
  journal: JournalSettlement | null;
};

/** Enters a batch into the books of its run, with the records that were saved and how they ended. */
type SettleRun = (db: DatabaseOrTransaction, saved: RecordOutcome[]) => Promise<void>;

/**
 * Records a batch: pair, base, errors, journal, state. Only rows still under `token` change (fencing); answers the ids
 * that were. A mark that arrived meanwhile keeps its record due and makes it be read again: what it saw may be older
 * than what we wrote.
 */
export async function saveOutcomes(
  connectionId: string,
  object: SyncObject,
  token: bigint,
  outcomes: RecordOutcome[],
  settleRun: SettleRun,
): Promise<Set<string>> {
  const save = () => saveOnce(connectionId, object, token, outcomes, settleRun);
  for (let left = MAX_TRIES; left > 1; left -= 1) {
    try {
      return await save();
    } catch (error) {
      if (!isKeyTaken(error)) throw error;
    }
  }
  return saveOnce(connectionId, object, token, await giveWay(connectionId, object, outcomes), settleRun);
}

/**
 * A record whose new partner belongs to another pair after all (a key that a merge or a person carried over) takes
 * nothing from it and says so; it must not hold up the batch that it is in.
 */
async function giveWay(connectionId: string, object: SyncObject, outcomes: RecordOutcome[]): Promise<RecordOutcome[]> {
  const idsOf = (side: "hubspotId" | "salesforceId") => outcomes.map((o) => o[side]).filter((id) => id !== null);
  const holders = await getDatabase().syncRecord.findMany({
    where: {
      ...{ connectionId, object },
      OR: [{ hubspotId: { in: idsOf("hubspotId") } }, { salesforceId: { in: idsOf("salesforceId") } }],
    },
    select: { id: true, hubspotId: true, salesforceId: true },
  });
  const holderOf = new Map<string, string>();
  for (const { id, hubspotId, salesforceId } of holders) {
    for (const held of [hubspotId, salesforceId]) if (held !== null) holderOf.set(held, id);
  }
  return outcomes.map((o) => {
    const ids = [o.hubspotId, o.salesforceId].filter((id) => id !== null);
    const isTaken = ids.some((id) => (holderOf.get(id) ?? o.recordId) !== o.recordId);
    for (const id of ids) if (!isTaken) holderOf.set(id, o.recordId);
    return isTaken ? endTaken(o) : o;
  });
}

function endTaken(outcome: RecordOutcome): RecordOutcome {
  return {
    ...outcome,
    ...{ state: "excluded", exclusionReason: "another_record_is_linked" },
    ...{ hubspotId: null, salesforceId: null, salesforceType: null, base: null, failures: [], unlink: null },
    ...{ settled: true, needsRead: false, attempts: 0, nextAttemptAt: new Date() },
    journal: outcome.journal && { ...outcome.journal, outcome: "excluded" },
  };
}

/**
 * A check of another process may find what we have just created and give it a row of its own, between our looking for
 * such rows and our taking the id. Nothing is saved then; the next try takes that row in.
 */
const MAX_TRIES = 4;

function saveOnce(
  connectionId: string,
  object: SyncObject,
  token: bigint,
  outcomes: RecordOutcome[],
  settleRun: SettleRun,
): Promise<Set<string>> {
  return inTransaction(async (tx) => {
    const saved = await updateRecords(tx, connectionId, object, token, outcomes);
    const kept = outcomes.filter((o) => saved.has(o.recordId));
    await saveErrors(tx, connectionId, object, kept);
    const entries = kept.flatMap((o) => (o.journal ? [o.journal] : []));
    await closeInterruptedPlans(
      tx,
      connectionId,
      [...saved],
      entries.map((entry) => entry.id),
    );
    await settleJournal(tx, connectionId, entries);
    await markWaiting(tx, connectionId, object, kept);
    await settleItems(tx, connectionId, kept);
    await markCompanies(tx, connectionId, object, kept);
    await settleRun(tx, kept);
    return saved;
  });
}

async function updateRecords(
  tx: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  token: bigint,
  outcomes: RecordOutcome[],
): Promise<Set<string>> {
  await absorbPartners(
    tx,
    connectionId,
    object,
    JSON.stringify(
      outcomes
        .filter((o) => o.hubspotId !== null && o.salesforceId !== null)
        .map((o) => ({ id: o.recordId, hubspot_id: o.hubspotId, salesforce_id: o.salesforceId })),
    ),
    null,
  );
  const saved = new Set<string>();
  for (const part of splitIntoParts(outcomes)) {
    for (const id of await updatePart(tx, connectionId, token, part)) saved.add(id);
  }
  return saved;
}

async function updatePart(
  tx: DatabaseOrTransaction,
  connectionId: string,
  token: bigint,
  outcomes: RecordOutcome[],
): Promise<string[]> {
  const rows = JSON.stringify(
    outcomes.map((o) => ({
      id: o.recordId,
      claimed_version: String(o.claimedVersion),
      state: o.state,
      exclusion_reason: o.exclusionReason,
      error_type: o.failures[0]?.type ?? null,
      hubspot_id: o.hubspotId,
      salesforce_id: o.salesforceId,
      salesforce_type: o.salesforceType,
      hubspot_base: o.base?.hubspot ?? null,
      salesforce_base: o.base?.salesforce ?? null,
      hubspot_seen: o.hubspotSeen,
      salesforce_seen: o.salesforceSeen,
      hubspot_stamp: o.hubspotStamp === null ? null : new Date(o.hubspotStamp).toISOString(),
      salesforce_stamp: o.salesforceStamp === null ? null : new Date(o.salesforceStamp).toISOString(),
      name: o.name,
      company: o.company,
      emails: o.emails,
      candidates: o.candidates,
      settled: o.settled,
      needs_read: o.needsRead,
      attempts: o.attempts,
      next_attempt_at: o.nextAttemptAt.toISOString(),
      waits_for: o.waitsFor,
      unlink: o.unlink,
      deleted_in: o.deletedIn,
    })),
  );
  const saved = await tx.$queryRaw<{ id: string }[]>`
    UPDATE sync_record r SET
      state = CASE WHEN r.requested_version > o.claimed_version THEN 'due' ELSE o.state END,
      exclusion_reason = o.exclusion_reason, error_type = o.error_type,
      hubspot_id = CASE WHEN o.unlink = 'hubspot' THEN NULL ELSE COALESCE(o.hubspot_id, r.hubspot_id) END,
      salesforce_id = CASE WHEN o.unlink = 'salesforce' THEN NULL ELSE COALESCE(o.salesforce_id, r.salesforce_id) END,
      deleted_in = o.deleted_in,
      salesforce_type = COALESCE(o.salesforce_type, r.salesforce_type),
      hubspot_base = o.hubspot_base, salesforce_base = o.salesforce_base,
      hubspot_seen = CASE WHEN r.requested_version > o.claimed_version THEN r.hubspot_seen ELSE o.hubspot_seen END,
      salesforce_seen = CASE WHEN r.requested_version > o.claimed_version THEN r.salesforce_seen ELSE o.salesforce_seen END,
      hubspot_stamp = GREATEST(r.hubspot_stamp, o.hubspot_stamp), salesforce_stamp = GREATEST(r.salesforce_stamp, o.salesforce_stamp),
      display_name = COALESCE(o.name, r.display_name), company = COALESCE(o.company, r.company),
      email = CASE WHEN o.emails IS NULL THEN r.email ELSE o.emails[1] END,
      other_emails = CASE WHEN o.emails IS NULL THEN r.other_emails ELSE o.emails[2:] END,
      search_text = lower(concat_ws(' ', COALESCE(o.name, r.display_name), COALESCE(o.company, r.company),
        array_to_string(COALESCE(o.emails, r.email || r.other_emails), ' '), COALESCE(o.hubspot_id, r.hubspot_id), COALESCE(o.salesforce_id, r.salesforce_id))),
      candidates = COALESCE(o.candidates, r.candidates),
      synced_version = CASE WHEN o.settled THEN o.claimed_version ELSE r.synced_version END,
      needs_read = CASE WHEN r.requested_version > o.claimed_version THEN true ELSE o.needs_read END,
      check_no = CASE WHEN r.requested_version > o.claimed_version THEN 0 ELSE r.check_no END,
      triggers = CASE WHEN r.requested_version = o.claimed_version AND o.settled THEN '[]'::jsonb ELSE r.triggers END,
      last_triggers = CASE WHEN o.settled THEN r.triggers ELSE r.last_triggers END,
      last_synced_at = CASE WHEN o.state = 'in_sync' THEN now() ELSE r.last_synced_at END,
      attempts = o.attempts,
      next_attempt_at = CASE WHEN r.requested_version > o.claimed_version THEN now() ELSE o.next_attempt_at END,
      waits_for = o.waits_for, lease_token = NULL, lease_until = NULL, updated_at = now()
    FROM jsonb_to_recordset(${rows}::jsonb) AS o(id uuid, claimed_version bigint, state text, exclusion_reason text, error_type text, hubspot_id text, salesforce_id text,
      salesforce_type text, hubspot_base jsonb, salesforce_base jsonb, hubspot_seen jsonb, salesforce_seen jsonb, hubspot_stamp timestamptz,
      salesforce_stamp timestamptz, name text, company text, emails text[], candidates jsonb, settled boolean, needs_read boolean, attempts int,
      next_attempt_at timestamptz, waits_for text[], unlink text, deleted_in text)
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = o.id AND ${holdsLease(token)}
    RETURNING r.id`;
  return saved.map((s) => s.id);
}

/** How a waiting record names the parent that it waits for. */
export function parentKey(object: SyncObject, side: Side, id: string): string {
  return `${object}/${side}/${id}`;
}

/** What follows a contact only once it is a Salesforce contact: a lead has neither account nor role (spec P2). */
export function contactKey(hubspotId: string): string {
  return `contact/Contact/${hubspotId}`;
}

/** What waited for a record that is in sync now follows by itself (spec P2, A5). */
async function markWaiting(
  tx: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  outcomes: RecordOutcome[],
): Promise<void> {
  const keys = outcomes.flatMap((o) => {
    if (o.state !== "in_sync") return [];
    return [
      ...(o.hubspotId === null ? [] : [parentKey(object, "hubspot", o.hubspotId)]),
      ...(o.salesforceId === null ? [] : [parentKey(object, "salesforce", o.salesforceId)]),
      ...(o.hubspotId !== null && o.salesforceType === "Contact" ? [contactKey(o.hubspotId)] : []),
    ];
  });
  if (keys.length === 0) return;
  const trigger = JSON.stringify([
    { code: "parent_synced", side: null, fields: [], at: new Date().toISOString(), by: null },
  ]);
  await tx.$executeRaw`
    UPDATE sync_record SET requested_version = requested_version + 1, triggers = triggers || ${trigger}::jsonb, needs_read = ${IS_STALE},
      waits_for = ARRAY[]::text[], check_no = 0, next_attempt_at = now(), requested_at = now(), updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND waits_for && ${keys}`;
}

/** What was recorded moments ago in the same run need not be read again: a check takes its readings as long for fresh. */
const IS_STALE = Prisma.sql`(needs_read OR updated_at < now() - interval '30 seconds')`;

/** P1: a company that was left out for want of a syncing contact has one now. */
async function markCompanies(
  tx: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  outcomes: RecordOutcome[],
): Promise<void> {
  if (object !== "contact") return;
  const synced = outcomes.filter((o) => o.state === "in_sync" && o.salesforceType === "Contact");
  const ids = synced.flatMap((o) => o.waitsFor.flatMap((key) => /^company\/hubspot\/(.+)$/.exec(key)?.[1] ?? []));
  if (ids.length === 0) return;
  const trigger = JSON.stringify([
    { code: "contact_synced", side: null, fields: [], at: new Date().toISOString(), by: null },
  ]);
  await tx.$executeRaw`
    UPDATE sync_record SET requested_version = requested_version + 1, triggers = triggers || ${trigger}::jsonb, needs_read = ${IS_STALE},
      check_no = 0, next_attempt_at = now(), requested_at = now(), updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND object = 'company' AND hubspot_id = ANY(${[...new Set(ids)]})
      AND exclusion_reason = 'no_syncing_contact' AND requested_version = synced_version`;
}

/** E4: what no longer fails is closed with the time; the same failure again only moves its last-seen time. */
async function saveErrors(
  tx: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  outcomes: RecordOutcome[],
): Promise<void> {
  const settledIds = outcomes.map((o) => o.recordId);
  const failures = outcomes.flatMap((o) =>
    o.failures.map((f) => ({
      record_id: o.recordId,
      type: f.type,
      category: f.category,
      side: f.side,
      fields: f.fields,
      remote_code: f.remoteCode,
      remote_message: f.remoteMessage,
      retry: f.retry,
    })),
  );
  const rows = JSON.stringify(failures);
  await tx.$executeRaw`
    UPDATE sync_error e SET closed_at = now()
    WHERE e.connection_id = ${connectionId}::uuid AND e.record_id = ANY(${settledIds}::uuid[]) AND e.closed_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${rows}::jsonb) AS f(record_id uuid, type text, side text)
        WHERE f.record_id = e.record_id AND f.type = e.type AND f.side = e.side)`;
  if (failures.length === 0) return;
  await tx.$executeRaw`
    WITH f AS (SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS f(record_id uuid, type text, category text, side text, fields jsonb,
      remote_code text, remote_message text, retry text)),
    again AS (
      UPDATE sync_error e SET last_seen_at = now(), occurrences = e.occurrences + 1, fields = f.fields, remote_code = f.remote_code,
        remote_message = f.remote_message
      FROM f WHERE e.connection_id = ${connectionId}::uuid AND e.record_id = f.record_id AND e.type = f.type AND e.side = f.side AND e.closed_at IS NULL
      RETURNING e.record_id, e.type, e.side
    )
    INSERT INTO sync_error (connection_id, id, object, record_id, type, category, side, fields, remote_code, remote_message, retry)
    SELECT ${connectionId}::uuid, gen_random_uuid(), ${object}, f.record_id, f.type, f.category, f.side, f.fields, f.remote_code, f.remote_message, f.retry
    FROM f WHERE NOT EXISTS (SELECT 1 FROM again a WHERE a.record_id = f.record_id AND a.type = f.type AND a.side = f.side)`;
}

/** After a person chose another partner: it leaves the list of candidates, and the old partner joins it. */
export async function saveCandidates(
  connectionId: string,
  recordId: string,
  chosenId: string,
  old: { id: string; type: string; name: string; email: string | null } | null,
): Promise<void> {
  await getDatabase().$executeRaw`
    UPDATE sync_record SET candidates = COALESCE((SELECT jsonb_agg(c) FROM jsonb_array_elements(COALESCE(candidates, '[]'::jsonb)) c
      WHERE c->>'id' <> ${chosenId}), '[]'::jsonb) || ${JSON.stringify(old ? [old] : [])}::jsonb
    WHERE connection_id = ${connectionId}::uuid AND id = ${recordId}::uuid`;
}
