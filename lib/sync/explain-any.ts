import { randomUUID } from "node:crypto";
import type { ExplainQuery, Explanation } from "@/lib/contracts/explain";
import { isHubSpotObject } from "@/lib/crm/face";
import { checkGates, type Gate } from "@/lib/decide/check-gates";
import { emailsOfSalesforce } from "@/lib/decide/match-records";
import { objectOfSalesforce } from "@/lib/decide/object-of";
import type { RecordSnapshot } from "@/lib/decide/record-snapshot";
import { SALESFORCE_TYPES_OF, type SyncObject } from "@/lib/decide/record-types";
import { toLongId, typeOfId } from "@/lib/decide/salesforce-id";
import { readConnection } from "@/lib/store/connections";
import { describeUnknown } from "@/lib/store/preview-items";
import { DRY_TOKEN, findHubSpotByEmails } from "@/lib/store/record-claims";
import { findRecordIds } from "@/lib/store/record-marks";
import { findRecord, readRecordRow } from "@/lib/store/record-queries";
import { readRecordSnapshot } from "@/lib/store/record-snapshots";
import { mergeFields } from "./check-for-changes";
import { explainRecord, readInList } from "./explain-record";
import { loadSyncContexts, type SyncContext } from "./load-sync-context";
import { type OpenCrms, openCrms } from "./open-crms";
import { openBatch, planBatch } from "./sync-batch";

type Asked = { object: SyncObject; found: Explanation["found"]; survivorId: string | null; snapshot: RecordSnapshot };

const NOTHING: RecordSnapshot = {
  hubspot: null,
  salesforce: null,
  base: null,
  partnerTaken: false,
  missing: null,
  hubspotEditTimes: {},
};

/**
 * G6: every gate of any record of either side. One that we know is answered from what was last read; any other is read
 * now, which writes nothing and makes nothing due.
 * @throws CrmCallError
 */
export async function explainAny(
  connectionId: string,
  given: ExplainQuery,
): Promise<Explanation | "not_connected" | "not_found"> {
  const asking = given.salesforceId === undefined ? given : { ...given, salesforceId: toLongId(given.salesforceId) };
  const knownId = await findKnown(connectionId, asking);
  const known = knownId === null ? null : await explainKnown(connectionId, knownId);
  if (known) return known;
  const connection = await readConnection(connectionId);
  if (!connection?.accounts.hubspot || !connection.accounts.salesforce) return "not_connected";
  const contexts = (await loadSyncContexts(connectionId)) ?? [];
  const crms = await openCrms(connectionId);
  const query = asking.email === undefined ? asking : await findByAddress(contexts, crms, asking.email);
  if (query === null) return "not_found";
  const asked = await (query.salesforceId === undefined
    ? askHubSpot(contexts, crms, query.object, query.hubspotId ?? "")
    : askSalesforce(contexts, crms, query.salesforceId));
  const context = contexts.find((one) => one.object === asked?.object);
  if (!asked || !context) return "not_found";
  return {
    recordId: null,
    object: asked.object,
    state: null,
    exclusionReason: null,
    hubspotId: query.hubspotId ?? null,
    salesforceId: query.salesforceId ?? null,
    found: asked.found,
    survivorId: asked.survivorId,
    gates: await answerGates(context, crms, asked),
  };
}

/** A record that is there is decided as a sync would decide it, by the same steps; one that is gone by what is known of it. */
async function answerGates(context: SyncContext, crms: OpenCrms, { found, snapshot }: Asked): Promise<Gate[]> {
  const { connectionId, settings, object } = context;
  const { hubspot, salesforce } = snapshot;
  const inList = await readInList(context, hubspot?.id ?? null);
  const own = hubspot ?? salesforce;
  if (found !== "here" || own === null) return checkGates({ ...snapshot, inList }, settings).gates;
  const claim = describeUnknown({
    object,
    hubspotId: hubspot?.id ?? null,
    salesforceId: salesforce?.id ?? null,
    salesforceType: salesforce?.type ?? null,
    values: own.values,
    stamp: own.modifiedAt,
  });
  const batch = openBatch(context, crms, { token: DRY_TOKEN, records: [claim] }, { id: randomUUID(), by: null });
  await planBatch(batch);
  const [work] = batch.works;
  if (work?.decision) return work.decision.gates;
  // It gives way to a record of the other side, which will be joined with it.
  const partner = salesforce === null ? null : await findPartner(connectionId, snapshot);
  return checkGates({ ...snapshot, hubspot: hubspot ?? partner, inList }, settings).gates;
}

/** The HubSpot contact without a partner that has this record's address, as last read. */
async function findPartner(connectionId: string, { salesforce }: RecordSnapshot): Promise<RecordSnapshot["hubspot"]> {
  const known = await findHubSpotByEmails(connectionId, emailsOfSalesforce(salesforce?.values ?? {}));
  const lone = known.find((one) => one.salesforceId === null);
  return (lone && (await readRecordSnapshot(connectionId, lone.id))?.snapshot.hubspot) ?? null;
}

/** Our id of the record that carries this id or address; null when there is none. */
async function findKnown(
  connectionId: string,
  { object, hubspotId, salesforceId, email }: ExplainQuery,
): Promise<string | null> {
  if (email !== undefined) return (await findRecord(connectionId, "contact", { email }))?.id ?? null;
  const side = hubspotId === undefined ? "salesforce" : "hubspot";
  const remoteId = hubspotId ?? salesforceId ?? "";
  const objects = side === "hubspot" ? [object] : (Object.keys(SALESFORCE_TYPES_OF) as SyncObject[]);
  return (await findRecordIds(connectionId, side, objects, [remoteId])).get(remoteId)?.recordId ?? null;
}

async function explainKnown(connectionId: string, recordId: string): Promise<Explanation | null> {
  const [row, explained] = await Promise.all([
    readRecordRow(connectionId, recordId),
    explainRecord(connectionId, recordId),
  ]);
  if (!row || !explained) return null;
  const { object, state, exclusionReason, hubspotId, salesforceId } = row;
  const ids = { recordId, object, hubspotId, salesforceId };
  return { ...ids, state, exclusionReason, found: "known", survivorId: null, gates: explained.gates };
}

/** The id of the person with this address, whom no check has named yet: HubSpot has one at most, Salesforce perhaps several. */
async function findByAddress(
  contexts: SyncContext[],
  { hubspot, salesforce }: OpenCrms,
  email: string,
): Promise<ExplainQuery | null> {
  const [contact] = await hubspot.readByEmails([email], []);
  if (contact) return { object: "contact", hubspotId: contact.id };
  const [person] = await salesforce.readMatches({ emails: [email], hubspotIds: [] }, mergeFields(contexts), false);
  return person ? { object: "contact", salesforceId: person.id } : null;
}

async function askHubSpot(
  contexts: SyncContext[],
  { hubspot: crm }: OpenCrms,
  object: SyncObject,
  id: string,
): Promise<Asked | null> {
  const context = contexts.find((one) => one.object === object);
  if (!context || !isHubSpotObject(object)) return null;
  const records = crm.of(object);
  const [hubspot] = await records.readByIds([id], context.properties);
  if (hubspot) return { object, found: "here", survivorId: null, snapshot: { ...NOTHING, hubspot } };
  if ((await records.readArchived([id])).length > 0) {
    return { object, found: "deleted", survivorId: null, snapshot: { ...NOTHING, deletedIn: "hubspot" } };
  }
  const survivor = (await records.readMerged([id], [])).get(id);
  const snapshot: RecordSnapshot = { ...NOTHING, missing: "hubspot" };
  return { object, found: survivor ? "merged" : "not_visible", survivorId: survivor?.id ?? null, snapshot };
}

async function askSalesforce(contexts: SyncContext[], { salesforce }: OpenCrms, id: string): Promise<Asked | null> {
  const [reading] = await salesforce.readByIds([id], mergeFields(contexts));
  if (reading) {
    const object = objectOfSalesforce(reading.type, reading.values);
    return { object, found: "here", survivorId: null, snapshot: { ...NOTHING, salesforce: reading } };
  }
  const type = typeOfId(id);
  if (type === undefined) return null;
  const object = objectOfSalesforce(type, {});
  const [gone] = await salesforce.readDeleted([id]);
  if (!gone) return { object, found: "not_visible", survivorId: null, snapshot: { ...NOTHING, missing: "salesforce" } };
  const snapshot: RecordSnapshot = { ...NOTHING, deletedIn: "salesforce" };
  return { object, found: gone.masterId ? "merged" : "deleted", survivorId: gone.masterId, snapshot };
}
