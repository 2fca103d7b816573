import type { MappedObject } from "@/lib/decide/record-types";
import { getDatabase } from "@/lib/store/client";
import type { MappingValues } from "@/lib/store/field-mappings";
import { insertMapping } from "@/lib/store/field-mappings";
import type { JournalChange } from "@/lib/store/journal";
import type { SyncWorld } from "./world";

export type Fields = Record<string, string | number | boolean | null>;

/** A HubSpot contact made by a person; answers its id. */
export async function makeContact(world: SyncWorld, properties: Fields): Promise<string> {
  const made = await world.hubspotAct("createContact", { properties });
  return (made.result as { id: string }).id;
}

/** A Salesforce record made by a person; answers its id. */
export async function makeRecord(world: SyncWorld, object: "Lead" | "Contact", fields: Fields): Promise<string> {
  const made = await world.salesforceAct("createRecord", { object, fields });
  return (made.result as { id: string }).id;
}

export async function editContact(world: SyncWorld, id: string, properties: Fields): Promise<void> {
  await world.hubspotAct("updateContact", { id, properties });
}

export async function editRecord(
  world: SyncWorld,
  object: "Lead" | "Contact",
  id: string,
  fields: Fields,
): Promise<void> {
  await world.salesforceAct("updateRecord", { object, id, fields });
}

/** These properties of one contact, by HubSpot's own answer; a property without a value is null. */
export async function readContact(world: SyncWorld, id: string, names: string[]): Promise<Fields> {
  const path = `/crm/v3/objects/contacts/${id}?properties=${names.join(",")}`;
  const { properties } = (await world.door("hubspot", "GET", path)) as { properties: Fields };
  return Object.fromEntries(names.map((name) => [name, properties[name] || null]));
}

/** These fields of one record; `{}` when it is not there. */
export async function readRecord(
  world: SyncWorld,
  object: "Lead" | "Contact",
  id: string,
  names: string[],
): Promise<Fields> {
  const [row] = await world.soql(`SELECT ${names.join(", ")} FROM ${object} WHERE Id = '${id}'`);
  return row ? Object.fromEntries(names.map((name) => [name, row[name] as Fields[string]])) : {};
}

type StoredRow = Awaited<ReturnType<typeof listRows>>[number];

/** Our rows that hold this HubSpot or Salesforce id. */
export function listRows(remoteId: string) {
  return getDatabase().syncRecord.findMany({ where: { OR: [{ hubspotId: remoteId }, { salesforceId: remoteId }] } });
}

/** The one row that holds this id. Throws when there is none or more than one. */
export async function findRow(remoteId: string): Promise<StoredRow> {
  const [row, ...more] = await listRows(remoteId);
  if (!row || more.length > 0) throw new Error(`${remoteId} is held by ${row ? more.length + 1 : 0} rows`);
  return row;
}

type HistoryEntry = { outcome: string; changes: JournalChange[]; triggers: { code: string }[] };

/** What the timeline of the record shows, oldest first. */
export async function readHistory(recordId: string): Promise<HistoryEntry[]> {
  const entries = await getDatabase().journalEntry.findMany({
    where: { recordId, status: "settled" },
    orderBy: { at: "asc" },
  });
  return entries as unknown as HistoryEntry[];
}

/** Gives the default mapping of this property another rule. */
export async function setRule(property: string, rule: MappingValues["rule"]): Promise<void> {
  await getDatabase().fieldMapping.updateMany({ where: { hubspotProperty: property }, data: { rule } });
}

export async function addMapping(
  world: SyncWorld,
  mapping: Pick<MappingValues, "hubspotProperty" | "rule"> & Partial<MappingValues> & { object?: MappedObject },
): Promise<void> {
  const whole = { leadField: null, contactField: null, valueMap: {}, ...mapping };
  await insertMapping(world.connectionId, mapping.object ?? "contact", whole, "tester@example.com");
}

/** A custom property of HubSpot contacts. `type` as HubSpot names it, e.g. "enumeration/checkbox". */
export async function addProperty(world: SyncWorld, name: string, type: string, options: string[] = []): Promise<void> {
  const [kind, fieldType] = type.split("/");
  await world.door("hubspot", "POST", "/crm/v3/properties/contacts", {
    name,
    label: name,
    type: kind,
    fieldType,
    groupName: "contactinformation",
    options: options.map((value) => ({ label: value, value })),
  });
}

/** A custom field of Salesforce contacts. */
export async function addField(world: SyncWorld, name: string, metadata: Record<string, unknown>): Promise<void> {
  await world.door("salesforce", "POST", "/services/data/v67.0/tooling/sobjects/CustomField", {
    FullName: `Contact.${name}`,
    Metadata: { label: name, ...metadata },
  });
}

/** Waits that end failing or deferred records become due now instead of in minutes or tomorrow. */
export async function endWaits(): Promise<void> {
  await getDatabase().$executeRaw`UPDATE sync_record SET next_attempt_at = now() - interval '1 second'`;
}

/** Runs syncs until nothing is due any more, three at most: both sides are equal by then (target: within 3 checks). */
export async function settle(world: SyncWorld): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    const { due, remaining } = await world.sync();
    if (due === 0 && remaining === 0) return;
  }
}
