import { isHubSpotObject } from "@/lib/crm/face";
import { defaultMappings, LEAD_SOURCE_PROPERTY } from "@/lib/decide/default-mappings";
import { isObjectOn } from "@/lib/decide/objects-on";
import {
  MAPPED_OBJECTS,
  type MappedObject,
  SALESFORCE_TYPES_OF,
  type SalesforceType,
  type Side,
  SYNC_OBJECTS,
  type SyncObject,
} from "@/lib/decide/record-types";
import { withTaskWords } from "@/lib/decide/task-words";
import { readActivityFacts, saveActivityFacts } from "@/lib/store/activity-facts";
import {
  readConnection,
  resumeConnection,
  type StoredConnection,
  saveAccount,
  saveCapabilities,
} from "@/lib/store/connections";
import { insertDefaultMappings, listMappings } from "@/lib/store/field-mappings";
import { readSchemas, savePeople, saveSchema } from "@/lib/store/schema-snapshots";
import { CAMPAIGN_NAMES_PROPERTY } from "./campaign-names-property";
import { refreshDealFacts } from "./deal-facts";
import { isPrepared } from "./load-sync-context";
import { type OpenCrms, openCrms } from "./open-crms";

export type PrepareResult = "prepared" | "not_found" | "not_connected";

/** `turnOn: false`: made ready only, for somebody who looks first what would happen. */
export type PrepareWish = { createIdFields: boolean; turnOn?: boolean };

/**
 * Makes a connection whose two sides are signed in ready to sync and turns it on: account names, field descriptions,
 * owners and users, id fields (created where `createIdFields` carries the consent), the default mappings; due for a check
 * now. Repeating it is harmless.
 * @throws CrmCallError when a CRM cannot be asked or refuses.
 */
export async function prepareConnection(connectionId: string, wish: PrepareWish): Promise<PrepareResult> {
  const connection = await readConnection(connectionId);
  if (!connection) return "not_found";
  if (!connection.accounts.hubspot || !connection.accounts.salesforce) return "not_connected";
  await prepareObjects(connection, wish.createIdFields);
  if (wish.turnOn ?? true) await resumeConnection(connectionId);
  return "prepared";
}

/**
 * What every object that is on needs before it syncs: descriptions, id fields, default mappings.
 * @throws CrmCallError when a CRM cannot be asked or refuses.
 */
export async function prepareObjects(connection: StoredConnection, createIdFields: boolean): Promise<void> {
  await readBothSides(connection, createIdFields);
  const { taskWords } = await readActivityFacts(connection.id);
  for (const object of mappedObjects(connection)) {
    if ((await listMappings(connection.id, object)).length > 0) continue;
    const schemas = await readSchemas(connection.id, object);
    const mappings = defaultMappings(object, schemas);
    const worded = object === "task" ? withTaskWords(mappings, taskWords) : mappings;
    await insertDefaultMappings(connection.id, object, worded);
  }
}

/** Objects that were turned on since somebody last looked what they need. */
export function listUnprepared(connection: StoredConnection): SyncObject[] {
  return objectsOf(connection).filter((object) => !isPrepared(object, connection));
}

/** Objects that are on, contacts always: only what syncs is described and gets id fields. */
function objectsOf(connection: StoredConnection): SyncObject[] {
  return SYNC_OBJECTS.filter((object) => object === "contact" || isObjectOn(object, connection.settings));
}

function mappedObjects(connection: StoredConnection): MappedObject[] {
  return MAPPED_OBJECTS.filter((object) => objectsOf(connection).includes(object));
}

function typesOf(connection: StoredConnection): SalesforceType[] {
  return [...new Set(objectsOf(connection).flatMap((object) => SALESFORCE_TYPES_OF[object]))];
}

/** Whose fields are read again and again: those of objects that are on. */
export function listDescribed(connection: StoredConnection): Record<Side, readonly string[]> {
  return { hubspot: mappedObjects(connection), salesforce: typesOf(connection) };
}

async function readBothSides(connection: StoredConnection, createIdFields: boolean): Promise<void> {
  const crms = await openCrms(connection.id);
  if (createIdFields) {
    // One after the other: HubSpot is asked only if Salesforce, the stricter one, let us.
    await crms.salesforce.createIdFields(typesOf(connection));
    for (const object of objectsOf(connection).filter(isHubSpotObject)) await crms.hubspot.of(object).createIdFields();
    await crms.hubspot.of("contact").createTextProperty(LEAD_SOURCE_PROPERTY);
    if (connection.settings.campaigns.namesProperty)
      await crms.hubspot.of("contact").createTextProperty(CAMPAIGN_NAMES_PROPERTY);
  }
  await Promise.all([readHubSpotSide(connection, crms), readSalesforceSide(connection, crms)]);
  if (connection.settings.deal.on) await refreshDealFacts(connection.id, crms);
}

/** What a freshly signed-in side says of itself: account, fields, people, id fields. */
export async function readSide(connectionId: string, side: Side): Promise<void> {
  const connection = await readConnection(connectionId);
  if (!connection) return;
  const crms = await openCrms(connectionId);
  await (side === "hubspot" ? readHubSpotSide(connection, crms) : readSalesforceSide(connection, crms));
}

/** Reads fields and people of both sides again; a run does so once a day or on a hint (spec Q2). */
export async function refreshSchemas(connectionId: string): Promise<void> {
  const connection = await readConnection(connectionId);
  if (connection) await readBothSides(connection, false);
}

async function readHubSpotSide(connection: StoredConnection, { hubspot }: OpenCrms): Promise<void> {
  const { id } = connection;
  const [account, people] = await Promise.all([hubspot.readAccount(), hubspot.listOwners()]);
  const objects = objectsOf(connection);
  const missing: string[] = [];
  for (const object of objects.filter(isHubSpotObject)) {
    const records = hubspot.of(object);
    const idFields = await records.findIdFields();
    missing.push(...idFields.missing.map((name) => `${object}.${name}`));
    const mapped = MAPPED_OBJECTS.find((one) => one === object);
    if (mapped) await saveSchema(id, { side: "hubspot", object: mapped }, await records.describe());
  }
  if (objects.includes("call"))
    await saveActivityFacts(id, "hubspot", { callOutcomes: await hubspot.readCallOutcomes() });
  await savePeople(id, "hubspot", people);
  await saveCapabilities(id, "hubspot", { present: missing.length === 0, missing, objects });
  await saveAccount(id, "hubspot", {
    id: account.portalId,
    name: account.name,
    userName: null,
    connectedAt: connection.accounts.hubspot?.connectedAt ?? new Date(),
    timeZone: account.timeZone,
  });
}

async function readSalesforceSide(connection: StoredConnection, { salesforce }: OpenCrms): Promise<void> {
  const { id } = connection;
  const types = typesOf(connection);
  const [account, people, idFields] = await Promise.all([
    salesforce.readAccount(),
    salesforce.listUsers(),
    salesforce.findIdFields(types),
  ]);
  for (const type of types) await saveSchema(id, { side: "salesforce", object: type }, await salesforce.describe(type));
  if (types.includes("Task"))
    await saveActivityFacts(id, "salesforce", { taskWords: await salesforce.readTaskWords() });
  await savePeople(id, "salesforce", people);
  await saveCapabilities(id, "salesforce", { ...idFields, objects: objectsOf(connection) });
  await saveAccount(id, "salesforce", {
    id: account.orgId,
    name: account.name,
    userName: account.userName,
    connectedAt: connection.accounts.salesforce?.connectedAt ?? new Date(),
  });
}
