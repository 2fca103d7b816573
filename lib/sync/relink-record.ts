import { randomUUID } from "node:crypto";
import { HUBSPOT_ID_PROPERTIES, isHubSpotObject, SALESFORCE_ID_FIELDS } from "@/lib/crm/face";
import { describeRecord } from "@/lib/decide/find-due";
import { SALESFORCE_TYPES_OF, type SalesforceReading } from "@/lib/decide/record-types";
import { getDatabase } from "@/lib/store/client";
import { type JournalChange, settleJournal } from "@/lib/store/journal";
import { findHolders } from "@/lib/store/merge-rows";
import { type ClaimedRecord, claimRecord, linkPairs, readObjectOf, releaseRecords } from "@/lib/store/record-claims";
import { saveCandidates } from "@/lib/store/record-outcomes";
import { loadSyncContext, type SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";
import { type OpenCrms, openCrms } from "./open-crms";
import { LEASE_MS } from "./sync-batch";
import { type SyncNowAnswer, syncRecordNow } from "./sync-now";

/** Why the wished record cannot be the partner; codes under `problems.fields`. */
export type RelinkRefusal =
  | "not_visible"
  | "wrong_type"
  | "lead_is_converted"
  | "linked_elsewhere"
  | "same_record"
  | "no_hubspot_record";
export type RelinkAnswer = SyncNowAnswer | { kind: "refused"; why: RelinkRefusal };

/**
 * M2: an admin's choice among duplicates. The old partner gives back the contact's id, the pair goes over to the new one
 * without a base, history says so, and it is synced at once. The link is pinned as every link.
 * @throws CrmCallError
 */
export async function relinkRecord(
  connectionId: string,
  recordId: string,
  salesforceId: string,
  by: string,
): Promise<RelinkAnswer> {
  const object = await readObjectOf(connectionId, recordId);
  const context = object && (await loadSyncContext(connectionId, object));
  if (!context) return { kind: "not_found" };
  if (context.connection.status !== "active") return { kind: "suspended" };
  const claim = await claimRecord(connectionId, recordId, newTrigger("relinked", null, [], by), LEASE_MS);
  if (claim === "not_found") return { kind: "not_found" };
  const [record] = claim === "held" ? [] : claim.records;
  if (claim === "held" || !record) return { kind: "already_running" };
  const crms = await openCrms(connectionId);
  try {
    const found = await findPartner(context, crms, record, salesforceId);
    if (typeof found === "string") return { kind: "refused", why: found };
    await releaseOldPartner(context, crms, record);
    if (!(await moveLink(context, record, found, claim.token, by))) return { kind: "already_running" };
    await clearShownId(context, crms, record, found);
  } finally {
    await releaseRecords(connectionId, claim.token, [recordId], new Date(), { needsRead: true });
  }
  return syncRecordNow(connectionId, recordId, by);
}

async function findPartner(
  { connectionId, object, fields }: SyncContext,
  { salesforce }: OpenCrms,
  record: ClaimedRecord,
  salesforceId: string,
): Promise<SalesforceReading | RelinkRefusal> {
  if (record.hubspotId === null) return "no_hubspot_record";
  const [reading] = await salesforce.readByIds([salesforceId], fields);
  if (!reading) return "not_visible";
  if (reading.id === record.salesforceId) return "same_record";
  if (!SALESFORCE_TYPES_OF[object].includes(reading.type)) return "wrong_type";
  if (reading.values.IsConverted === true) return "lead_is_converted";
  const holders = await findHolders(connectionId, object, { hubspotId: null, salesforceIds: [reading.id] });
  return holders.some((holder) => holder.hubspotId !== null) ? "linked_elsewhere" : reading;
}

/** The id field is unique: the new partner can carry the contact's id only when the old one no longer does. */
async function releaseOldPartner(
  { idFields }: SyncContext,
  { salesforce }: OpenCrms,
  { id, salesforceId, salesforceType, hubspotId }: ClaimedRecord,
): Promise<void> {
  const field = salesforceType && SALESFORCE_ID_FIELDS[salesforceType];
  if (!idFields.salesforce || !field || !salesforceType || salesforceId === null) return;
  const write = { key: id, operation: "update" as const, type: salesforceType, id: salesforceId, hubspotId };
  await salesforce.write([{ ...write, values: { [field]: null } }], true);
}

/** M7: HubSpot shows one id for each kind of record. After a conversion that of the lead stays; a person's choice ends it. */
async function clearShownId(
  { object, idFields }: SyncContext,
  { hubspot }: OpenCrms,
  { id, hubspotId, salesforceType }: ClaimedRecord,
  partner: SalesforceReading,
): Promise<void> {
  const shown = salesforceType && salesforceType !== partner.type ? HUBSPOT_ID_PROPERTIES[salesforceType] : undefined;
  if (!idFields.hubspot || shown === undefined || hubspotId === null || !isHubSpotObject(object)) return;
  const write = { key: id, operation: "update" as const, id: hubspotId, salesforceId: partner.id };
  await hubspot.of(object).write([{ ...write, values: { [shown]: null } }], true);
}

async function moveLink(
  context: SyncContext,
  record: ClaimedRecord,
  partner: SalesforceReading,
  token: bigint,
  by: string,
): Promise<boolean> {
  const { connectionId, object } = context;
  const { id: salesforceId, type: salesforceType } = partner;
  const link = { recordId: record.id, hubspotId: record.hubspotId ?? "", salesforceId, salesforceType };
  if (!(await linkPairs(connectionId, object, token, [link])).has(record.id)) return false;
  const change: JournalChange = {
    mappingId: "link",
    hubspotProperty: "hs_object_id",
    salesforceField: "Id",
    side: "hubspot",
    before: record.salesforceId,
    after: salesforceId,
    winner: "salesforce",
    rule: "two_way",
    reason: "relinked_by_person",
    conflict: false,
  };
  const triggers = [newTrigger("relinked", null, [], by)];
  const entry = { id: randomUUID(), recordId: record.id, runId: null, triggers, changes: [change], by };
  const settled = { ...entry, outcome: "relinked" as const, planned: false, error: null, calls: 1 };
  await settleJournal(getDatabase(), connectionId, [settled]);
  await saveCandidates(connectionId, record.id, salesforceId, oldCandidate(context, record));
  return true;
}

/** The old partner stays in the list of records that could be chosen. */
function oldCandidate({ object }: SyncContext, { salesforceId, salesforceType, salesforceValues }: ClaimedRecord) {
  if (salesforceId === null || salesforceType === null) return null;
  const { name, emails } = describeRecord(object, "salesforce", salesforceValues ?? {});
  return { id: salesforceId, type: salesforceType, name, email: emails[0] ?? null };
}
