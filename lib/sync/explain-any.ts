import type { ExplainQuery, Explanation } from "@/lib/contracts/explain";
import { isHubSpotObject } from "@/lib/crm/face";
import { checkGates } from "@/lib/decide/check-gates";
import { emailsOfSalesforce } from "@/lib/decide/match-records";
import { objectOfSalesforce } from "@/lib/decide/object-of";
import type { RecordSnapshot } from "@/lib/decide/record-snapshot";
import { SALESFORCE_TYPES_OF, type SyncObject } from "@/lib/decide/record-types";
import { toLongId } from "@/lib/decide/salesforce-id";
import { readConnection } from "@/lib/store/connections";
import { findHubSpotByEmails } from "@/lib/store/record-claims";
import { findRecordIds } from "@/lib/store/record-marks";
import { readRecordRow } from "@/lib/store/record-queries";
import { mergeFields } from "./check-for-changes";
import { explainRecord, readInList } from "./explain-record";
import { loadSyncContexts, type SyncContext } from "./load-sync-context";
import { openCrms } from "./open-crms";

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
  const query = given.salesforceId === undefined ? given : { ...given, salesforceId: toLongId(given.salesforceId) };
  const known = await explainKnown(connectionId, query);
  if (known) return known;
  const connection = await readConnection(connectionId);
  if (!connection?.accounts.hubspot || !connection.accounts.salesforce) return "not_connected";
  const contexts = (await loadSyncContexts(connectionId)) ?? [];
  const asked = await (query.salesforceId === undefined
    ? askHubSpot(contexts, query.object, query.hubspotId ?? "")
    : askSalesforce(contexts, query.salesforceId));
  const context = contexts.find((one) => one.object === asked?.object);
  if (!asked || !context) return "not_found";
  const inList = await readInList(context, query.hubspotId ?? null);
  return {
    recordId: null,
    object: asked.object,
    state: null,
    exclusionReason: null,
    hubspotId: query.hubspotId ?? null,
    salesforceId: query.salesforceId ?? null,
    found: asked.found,
    survivorId: asked.survivorId,
    gates: checkGates({ ...asked.snapshot, inList }, context.settings).gates,
  };
}

async function explainKnown(connectionId: string, query: ExplainQuery): Promise<Explanation | null> {
  const side = query.hubspotId === undefined ? "salesforce" : "hubspot";
  const remoteId = query.hubspotId ?? query.salesforceId ?? "";
  const objects = side === "hubspot" ? [query.object] : (Object.keys(SALESFORCE_TYPES_OF) as SyncObject[]);
  const found = (await findRecordIds(connectionId, side, objects, [remoteId])).get(remoteId);
  if (!found) return null;
  const [row, explained] = await Promise.all([
    readRecordRow(connectionId, found.recordId),
    explainRecord(connectionId, found.recordId),
  ]);
  if (!row || !explained) return null;
  const { state, exclusionReason, hubspotId, salesforceId } = row;
  const { recordId, object } = found;
  const ids = { recordId, object, hubspotId, salesforceId };
  return { ...ids, state, exclusionReason, found: "known", survivorId: null, gates: explained.gates };
}

async function askHubSpot(contexts: SyncContext[], object: SyncObject, id: string): Promise<Asked | null> {
  const context = contexts.find((one) => one.object === object);
  if (!context || !isHubSpotObject(object)) return null;
  const records = (await openCrms(context.connectionId)).hubspot.of(object);
  const [hubspot] = await records.readByIds([id], context.properties);
  if (hubspot) return { object, found: "here", survivorId: null, snapshot: { ...NOTHING, hubspot } };
  if ((await records.readArchived([id])).length > 0) {
    return { object, found: "deleted", survivorId: null, snapshot: { ...NOTHING, deletedIn: "hubspot" } };
  }
  const survivor = (await records.readMerged([id], [])).get(id);
  const snapshot: RecordSnapshot = { ...NOTHING, missing: "hubspot" };
  return { object, found: survivor ? "merged" : "not_visible", survivorId: survivor?.id ?? null, snapshot };
}

async function askSalesforce(contexts: SyncContext[], id: string): Promise<Asked | null> {
  const [first] = contexts;
  if (!first) return null;
  const { salesforce } = await openCrms(first.connectionId);
  const [reading] = await salesforce.readByIds([id], mergeFields(contexts));
  if (reading) {
    const object = objectOfSalesforce(reading.type, reading.values);
    const emails = object === "contact" ? emailsOfSalesforce(reading.values) : [];
    const partners = await findHubSpotByEmails(first.connectionId, emails);
    const partnerTaken = partners.some((partner) => partner.salesforceId !== null);
    return { object, found: "here", survivorId: null, snapshot: { ...NOTHING, salesforce: reading, partnerTaken } };
  }
  const [gone] = await salesforce.readDeleted([id]);
  const object = "contact" as const;
  if (!gone) return { object, found: "not_visible", survivorId: null, snapshot: { ...NOTHING, missing: "salesforce" } };
  const snapshot: RecordSnapshot = { ...NOTHING, deletedIn: "salesforce" };
  return { object, found: gone.masterId ? "merged" : "deleted", survivorId: gone.masterId, snapshot };
}
