import { editContact, editRecord, type Fields, makeContact, makeRecord } from "../pairs";
import { FIELDS, type Person } from "./edit-log";
import { type History, type Kind, moveClocks, type Step } from "./history";
import type { Value } from "./value-log";

const VALUES = ["A", "Bé", "佐藤", "C-3", "Dd dd", "😀 E", "F.f", "東京都", "G'g", 'H"h', "I\\i", "J;j"];
/** People work side by side: one step is up to so many edits of different records. */
const AT_ONCE = 3;

/** New people, edits on either side or both, conversions. `leads` = false: contacts alone, none of them converted. */
export function playPeople({ leads } = { leads: true }): Kind {
  const steps: Step[] = [
    { weight: 8, name: "new in HubSpot", run: async (history) => void (await makeInHubSpot(history)) },
    { weight: 8, name: "new in Salesforce", run: (history) => makeInSalesforce(history, leads) },
    { weight: 4, name: "new on both sides", run: (history) => makeOnBothSides(history, leads) },
    { weight: 18, name: "edits in HubSpot", run: (history) => editSome(history, "hubspot") },
    { weight: 18, name: "edits in Salesforce", run: (history) => editSome(history, "salesforce") },
    { weight: 6, name: "edit on both sides", run: editOnBothSides },
  ];
  if (leads) steps.push({ weight: 4, name: "convert a lead", run: convertLead });
  return { name: "people", steps };
}

/** Someone whom the history still judges, who is known to stand on this side and may be edited there. */
export function pickKnown({ log, random }: History, side: "hubspot" | "salesforce"): Person | undefined {
  const known = log.people.filter(
    (p) => p.isJudged && (side === "hubspot" ? p.hubspotId : p.salesforceId && p.lockedUntil < log.second),
  );
  return known.length === 0 ? undefined : random.pick(known);
}

export async function makeInHubSpot(
  history: History,
  extra: Fields = {},
  person = newPerson(history),
): Promise<Person> {
  const values = randomValues(history, person);
  const properties = { email: person.email, lastname: person.key, company: "Co", ...values, ...extra };
  person.hubspotId = await makeContact(history.world, properties);
  history.log.noteEdit(person, "hubspot", values);
  return person;
}

async function makeInSalesforce(history: History, leads: boolean, person = newPerson(history)): Promise<void> {
  person.type = leads && history.random.chance(0.5) ? "Lead" : "Contact";
  const values = randomValues(history, person);
  const owner = history.pickOwner?.();
  // People type addresses as they like: another case is the same address (spec M1).
  const Email = history.random.chance(0.3) ? person.email.toUpperCase() : person.email;
  const company: Fields = person.type === "Lead" ? { Company: "Co" } : {};
  const own: Fields = owner ? { OwnerId: owner.userId } : {};
  const fields: Fields = { LastName: person.key, Email, ...company, ...own, ...toSalesforce(person.type, values) };
  person.salesforceId = await makeRecord(history.world, person.type, fields);
  history.log.noteEdit(person, "salesforce", { ...values, ...(owner ? { hubspot_owner_id: owner.email } : {}) });
}

async function makeOnBothSides(history: History, leads: boolean): Promise<void> {
  const person = newPerson(history);
  await makeInHubSpot(history, {}, person);
  await moveClocks(history);
  await makeInSalesforce(history, leads, person);
}

export async function editSome(history: History, side: "hubspot" | "salesforce"): Promise<void> {
  const people = new Set(Array.from({ length: 1 + history.random.below(AT_ONCE) }, () => pickKnown(history, side)));
  for (const person of people) if (person) await editOne(history, side, person);
}

export async function editOne(history: History, side: "hubspot" | "salesforce", person: Person): Promise<void> {
  const { world } = history;
  const values = randomValues(history, person);
  if (side === "hubspot") await editContact(world, person.hubspotId ?? "", values);
  else await editRecord(world, person.type, person.salesforceId ?? "", toSalesforce(person.type, values));
  history.log.noteEdit(person, side, values);
}

async function editOnBothSides(history: History): Promise<void> {
  const { people, second } = history.log;
  const both = people.filter((p) => p.isJudged && p.hubspotId && p.salesforceId && p.lockedUntil < second);
  if (both.length === 0) return;
  const person = history.random.pick(both);
  await editOne(history, "hubspot", person);
  await moveClocks(history);
  await editOne(history, "salesforce", person);
}

async function convertLead(history: History): Promise<void> {
  const { log, random, world } = history;
  const leads = log.people.filter(
    (p) => p.isJudged && p.salesforceId && p.type === "Lead" && p.lockedUntil < log.second,
  );
  if (leads.length === 0) return;
  const person = random.pick(leads);
  const { result } = await world.salesforceAct("convertLead", { leadId: person.salesforceId });
  log.noteAct(person, "converted");
  const { contactId } = result as { contactId: string };
  person.group?.salesforceIds.delete(person.salesforceId ?? "");
  person.group?.salesforceIds.add(contactId);
  person.type = "Contact";
  person.salesforceId = contactId;
  // Conversion writes a new record: its time is that of every value on it.
  person.values.salesforceEditedAt = log.second;
}

function newPerson({ log }: History): Person {
  return log.addPerson(`p${log.people.length}@history.example`);
}

function randomValues(history: History, person: Person): Record<string, Value> {
  const { random, log } = history;
  return Object.fromEntries(
    Array.from({ length: 1 + random.below(2) }, () => {
      const name = random.pick(FIELDS).property;
      const isClear = random.chance(0.15) && mayClear(person, name);
      return [name, isClear ? null : `${random.pick(VALUES)}${log.takeNumber()}`];
    }),
  );
}

/**
 * Whether clearing the field is an edit: it holds a value on both sides since a clean sync. A blank before the first
 * sync erases nothing (spec F8), and what is blank already cannot be cleared.
 */
function mayClear({ values, hubspotId, salesforceId }: Person, name: string): boolean {
  const isKnownOnBoth = hubspotId !== null && salesforceId !== null;
  return isKnownOnBoth && values.isSettled(name) && !values.allowed(name).includes(null);
}

function toSalesforce(type: Person["type"], values: Record<string, Value>): Fields {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = FIELDS.find((known) => known.property === name);
      return [(type === "Lead" ? field?.lead : field?.contact) ?? name, value];
    }),
  );
}
