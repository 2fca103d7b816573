import type { SyncWorld } from "../world";
import { FIELDS, type Person } from "./edit-log";
import { type History, withoutFaults } from "./history";

type StandingContact = { id: string; properties: Record<string, string | null> };
type StandingRecord = { id: string; type: "Lead" | "Contact"; values: Record<string, unknown> };

/** What stands in the two CRMs, read as any client would read it, never from our own tables. */
export type Standing = { contacts: Map<string, StandingContact>; records: Map<string, StandingRecord> };

const PROPERTIES = [
  ...FIELDS.map((field) => field.property),
  ...["email", "lastname", "hs_additional_emails", "hubspot_owner_id", "associatedcompanyid"],
  ...["kakehashi_salesforce_id", "salesforceleadid", "salesforcecontactid"],
];

/** All live records of one HubSpot type. */
export async function listAll(world: SyncWorld, type: string, names: readonly string[]): Promise<StandingContact[]> {
  const found: StandingContact[] = [];
  let after: string | undefined;
  do {
    const query = `limit=100&properties=${names.join(",")}${after ? `&after=${after}` : ""}`;
    const page = (await world.door("hubspot", "GET", `/crm/v3/objects/${type}?${query}`)) as {
      results: StandingContact[];
      paging?: { next?: { after: string } };
    };
    found.push(...page.results);
    after = page.paging?.next?.after;
  } while (after);
  return found;
}

export async function readStanding(world: SyncWorld): Promise<Standing> {
  const contacts = await listAll(world, "contacts", PROPERTIES);
  const records: StandingRecord[] = [];
  for (const type of ["Lead", "Contact"] as const) {
    const fields = FIELDS.map((field) => (type === "Lead" ? field.lead : field.contact));
    const own = type === "Lead" ? [] : ["AccountId"];
    const open = type === "Lead" ? "WHERE IsConverted = false" : "";
    const names = ["Id", "Email", "OwnerId", "HubSpot_Contact_Id__c", ...own, ...fields];
    const rows = await world.soql(`SELECT ${names.join(", ")} FROM ${type} ${open}`);
    records.push(...rows.map((values) => ({ id: String(values.Id), type, values })));
  }
  return {
    contacts: new Map(contacts.map((contact) => [contact.id, contact])),
    records: new Map(records.map((record) => [record.id, record])),
  };
}

export function emailsOf({ properties }: StandingContact): string[] {
  const more = (properties.hs_additional_emails ?? "").split(";");
  return [properties.email ?? "", ...more].map((email) => email.trim().toLowerCase()).filter((email) => email !== "");
}

/** The Salesforce record that our unique property names. */
const keyOf = ({ properties }: StandingContact): string => properties.kakehashi_salesforce_id ?? "";

export function emailOf({ values }: StandingRecord): string {
  return String(values.Email ?? "").toLowerCase();
}

/** The oracle finds partners by looking into the CRMs, as a person would. */
export async function learnPartners(history: History): Promise<Standing> {
  const standing = await withoutFaults(history, () => readStanding(history.world));
  const contacts = [...standing.contacts.values()];
  const records = [...standing.records.values()];
  for (const person of history.log.people.filter((one) => one.isJudged)) {
    if (person.group) learnGroup(person, contacts, records);
    else learnOne(person, contacts, records);
  }
  return standing;
}

function learnOne(person: Person, contacts: StandingContact[], records: StandingRecord[]): void {
  person.hubspotId ??= contacts.find((contact) => emailsOf(contact).includes(person.email))?.id ?? null;
  if (person.salesforceId !== null) return;
  const record = records.find((one) => emailOf(one) === person.email);
  if (record) Object.assign(person, { salesforceId: record.id, type: record.type });
}

/** Of people who were merged the two that carry each other's id are the pair. */
function learnGroup(person: Person, contacts: StandingContact[], records: StandingRecord[]): void {
  const { group } = person;
  if (!group) return;
  for (const contact of contacts) {
    const isOwn = group.unlinkedContact !== null && group.salesforceIds.has(keyOf(contact));
    if (isOwn || (emailsOf(contact).some((email) => group.emails.includes(email)) && group.hubspotIds.size === 0))
      group.hubspotIds.add(contact.id);
  }
  for (const record of records) {
    const isOwn = group.unlinkedContact !== null && record.values.HubSpot_Contact_Id__c === group.unlinkedContact;
    if (isOwn || (group.emails.includes(emailOf(record)) && group.salesforceIds.size === 0))
      group.salesforceIds.add(record.id);
  }
  const pair = records.find(
    ({ id, values }) =>
      group.salesforceIds.has(id) &&
      group.hubspotIds.has(String(values.HubSpot_Contact_Id__c)) &&
      (person.salesforceId === null || person.salesforceId === id) &&
      (person.hubspotId === null || person.hubspotId === values.HubSpot_Contact_Id__c),
  );
  if (!pair) return;
  Object.assign(person, {
    salesforceId: pair.id,
    type: pair.type,
    hubspotId: String(pair.values.HubSpot_Contact_Id__c),
  });
}
