import { randomUUID } from "node:crypto";
import type { SalesforceType, SyncObject } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase, inTransaction, isKeyTaken } from "./client";
import { moveItems } from "./job-item-ends";
import { settleJournal } from "./journal";
import type { LoneRow } from "./record-claims";
import type { TriggerMark } from "./record-marks";
import { addToRun } from "./sync-runs";

export type PairIds = {
  hubspotId: string | null;
  salesforceId: string | null;
  salesforceType: SalesforceType | null;
};

type Fold = {
  connectionId: string;
  token: bigint;
  runId: string;
  /** The row that ends; it is under our lease */
  from: string;
  /** The row that goes on, with these ids */
  into: string;
  ids: PairIds;
  /** Rows without a partner that hold one of these ids: a check had met the survivor before; they end too */
  taken: string[];
  trigger: TriggerMark;
};

/**
 * M5: one record becomes part of another: its history and its errors move over, and what goes on is read and decided
 * anew, without a base. False when another worker holds one of the rows, or has just made one for the survivor; then
 * nothing is changed.
 */
export async function foldRow(fold: Fold): Promise<boolean> {
  return inTransaction((tx) => foldOnce(tx, fold)).catch(falseIfTaken);
}

function falseIfTaken(error: unknown): false {
  if (isKeyTaken(error)) return false;
  throw error;
}

async function foldOnce(
  tx: DatabaseOrTransaction,
  { connectionId, token, runId, from, into, ids, taken, trigger }: Fold,
): Promise<boolean> {
  const free = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM sync_record
      WHERE connection_id = ${connectionId}::uuid AND id = ANY(${[from, into, ...taken]}::uuid[])
        AND (lease_token = ${token} OR id <> ${from}::uuid AND (lease_until IS NULL OR lease_until < now()))
      ORDER BY id FOR UPDATE`;
  if (free.length !== 2 + taken.length) return false;
  for (const gone of [from, ...taken]) await endRow(tx, connectionId, gone, into);
  await tx.$executeRaw`
      UPDATE sync_record SET
        hubspot_seen = CASE WHEN hubspot_id IS NOT DISTINCT FROM ${ids.hubspotId}::text THEN COALESCE(hubspot_seen, hubspot_base) END,
        salesforce_seen = CASE WHEN salesforce_id IS NOT DISTINCT FROM ${ids.salesforceId}::text THEN COALESCE(salesforce_seen, salesforce_base) END,
        hubspot_stamp = CASE WHEN hubspot_id IS NOT DISTINCT FROM ${ids.hubspotId}::text THEN hubspot_stamp END,
        salesforce_stamp = CASE WHEN salesforce_id IS NOT DISTINCT FROM ${ids.salesforceId}::text THEN salesforce_stamp END,
        hubspot_id = ${ids.hubspotId}, salesforce_id = ${ids.salesforceId}, salesforce_type = ${ids.salesforceType},
        hubspot_base = NULL, salesforce_base = NULL, requested_version = requested_version + 1, state = 'due', needs_read = true,
        check_no = 0, triggers = triggers || ${JSON.stringify([trigger])}::jsonb, next_attempt_at = now(), requested_at = now(), updated_at = now()
      WHERE connection_id = ${connectionId}::uuid AND id = ${into}::uuid`;
  const entry = { id: randomUUID(), recordId: into, runId, triggers: [trigger], changes: [], by: null };
  await settleJournal(tx, connectionId, [{ ...entry, outcome: "merged", planned: false, error: null, calls: 0 }]);
  await addToRun(tx, connectionId, runId, { synced: 1 });
  return true;
}

async function endRow(tx: DatabaseOrTransaction, connectionId: string, from: string, into: string): Promise<void> {
  await tx.syncRecord.delete({ where: { connectionId_id: { connectionId, id: from } } });
  await tx.journalEntry.updateMany({ where: { connectionId, recordId: from }, data: { recordId: into } });
  await tx.$executeRaw`UPDATE sync_error SET record_id = ${into}::uuid, closed_at = COALESCE(closed_at, now())
    WHERE connection_id = ${connectionId}::uuid AND record_id = ${from}::uuid`;
  await moveItems(tx, connectionId, JSON.stringify([{ partner_id: from, record_id: into }]));
}

/** A record without a partner goes over to the id of the survivor. False when our lease is gone or the id is taken. */
export async function moveLone(connectionId: string, token: bigint, id: string, ids: PairIds): Promise<boolean> {
  const { hubspotId, salesforceId } = ids;
  const move = getDatabase().$executeRaw`
    UPDATE sync_record r SET hubspot_id = ${hubspotId}, salesforce_id = ${salesforceId}, hubspot_seen = NULL, salesforce_seen = NULL,
      hubspot_stamp = NULL, salesforce_stamp = NULL, updated_at = now()
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = ${id}::uuid AND r.lease_token = ${token}
      AND NOT EXISTS (SELECT 1 FROM sync_record o WHERE o.connection_id = r.connection_id AND o.object = r.object AND o.id <> r.id
        AND (o.hubspot_id = ${hubspotId} OR o.salesforce_id = ${salesforceId}))`;
  return (await move.catch(falseIfTaken)) === 1;
}

/** Which rows of this object hold this HubSpot id or one of these Salesforce ids. */
export async function findHolders(
  connectionId: string,
  object: SyncObject,
  { hubspotId, salesforceIds }: { hubspotId: string | null; salesforceIds: string[] },
): Promise<(PairIds & { id: string })[]> {
  const or = [
    ...(hubspotId === null ? [] : [{ hubspotId }]),
    ...(salesforceIds.length === 0 ? [] : [{ salesforceId: { in: salesforceIds } }]),
  ];
  const rows = await getDatabase().syncRecord.findMany({
    where: { connectionId, object, OR: or },
    select: { id: true, hubspotId: true, salesforceId: true, salesforceType: true },
  });
  return rows.map((row) => ({ ...row, salesforceType: row.salesforceType as SalesforceType | null }));
}

/** Pairs that are due and whose Salesforce record was merged into one of these, by the id of the survivor. */
export async function findMergingPairs(
  connectionId: string,
  object: SyncObject,
  salesforceIds: string[],
): Promise<Map<string, LoneRow>> {
  if (salesforceIds.length === 0) return new Map();
  const rows = await getDatabase().$queryRaw<{ id: string; master: string; held_by: bigint | null }[]>`
    SELECT id, salesforce_seen->>'MasterRecordId' AS master, CASE WHEN lease_until > now() THEN lease_token END AS held_by
    FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND salesforce_seen->>'MasterRecordId' = ANY(${salesforceIds})
      AND salesforce_seen->>'MasterRecordId' <> '' AND hubspot_id IS NOT NULL AND requested_version > synced_version`;
  return new Map(rows.map((row) => [row.master, { recordId: row.id, heldBy: row.held_by }]));
}

/** It was looked at for that reason last, and stayed where it was. */
const TOLD = JSON.stringify([{ code: "merged", side: "hubspot" }]);

/**
 * Our rows that hold one of these merged-away HubSpot ids and do not know of it yet. One that is due for another reason
 * must hear of it too: it would be synced with what was read before the merge.
 */
export async function findMergedRows(
  connectionId: string,
  object: SyncObject,
  hubspotIds: string[],
): Promise<{ id: string; hubspotId: string }[]> {
  const rows = await getDatabase().$queryRaw<{ id: string; hubspot_id: string }[]>`
    SELECT id, hubspot_id FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND hubspot_id = ANY(${hubspotIds})
      AND NOT (requested_version > synced_version AND triggers @> ${TOLD}::jsonb)
      AND NOT (state = 'excluded' AND COALESCE(last_triggers, '[]') @> ${TOLD}::jsonb)`;
  return rows.map((row) => ({ id: row.id, hubspotId: row.hubspot_id }));
}
