import { readConnection, resumeConnection } from "@/lib/store/connections";
import { runSync } from "@/lib/sync/run-sync";
import type { Fault } from "@/sandbox/shared/faults";
import { editContact, editRecord, endWaits, type Fields, makeContact, makeRecord } from "../pairs";
import { spawnWorker } from "../worker-process";
import type { SyncWorld } from "../world";
import { EditLog, FIELDS, type FieldName, type Person } from "./edit-log";
import { makeRandom, type SeededRandom } from "./seeded-random";

/** A history under way: the world, what people did in it, and the chances that a seed repeats. */
export type History = { world: SyncWorld; log: EditLog; random: SeededRandom; trace: string[]; faultsSet: boolean };

const STEPS = 120;
const VALUES = ["A", "Bé", "佐藤", "C-3", "Dd dd", "😀 E", "F.f", "東京都", "G'g", 'H"h', "I\\i", "J;j"];

type Step = { weight: number; name: string; run: (history: History) => Promise<void> };

const STEPS_OF_PEOPLE: Step[] = [
  { weight: 8, name: "new in HubSpot", run: makeInHubSpot },
  { weight: 8, name: "new in Salesforce", run: makeInSalesforce },
  { weight: 4, name: "new on both sides", run: makeOnBothSides },
  { weight: 24, name: "edit in HubSpot", run: editInHubSpot },
  { weight: 24, name: "edit in Salesforce", run: editInSalesforce },
  { weight: 6, name: "edit on both sides", run: editOnBothSides },
  { weight: 3, name: "convert a lead", run: convertLead },
  { weight: 1, name: "delete in HubSpot", run: (history) => deletePerson(history, "hubspot") },
  { weight: 1, name: "delete in Salesforce", run: (history) => deletePerson(history, "salesforce") },
];
const STEPS_OF_TROUBLE: Step[] = [
  { weight: 12, name: "sync", run: sync },
  { weight: 3, name: "two syncs at once", run: syncTwice },
  { weight: 10, name: "fault", run: setFault },
  { weight: 4, name: "faults end", run: clearFaults },
];

/** Plays a whole history: some 120 acts of people and troubles in a random order that the seed repeats. */
export async function playHistory(world: SyncWorld, seed: number): Promise<History> {
  const random = makeRandom(seed);
  const history: History = { world, log: new EditLog(), random, trace: [], faultsSet: false };
  const steps = [...STEPS_OF_PEOPLE, ...STEPS_OF_TROUBLE];
  for (let i = 0; i < STEPS; i += 1) {
    await moveClocks(history);
    const step = pickStep(steps, random);
    history.trace.push(step.name);
    await step.run(history);
  }
  // A crash of a real process costs seconds: every fifth history ends with one.
  if (seed % 5 === 0) await crashInSync(history);
  await clearFaults(history);
  return history;
}

/** Faults are over: syncs until nothing is left to do. Answers how many it took; 6 at most. */
export async function comeToRest(history: History): Promise<number> {
  for (let round = 1; round <= 6; round += 1) {
    await moveClocks(history);
    await resumeIfSuspended(history);
    await endWaits();
    const { due, remaining } = await history.world.sync();
    if (due === 0 && remaining === 0) return round;
  }
  return 7;
}

function pickStep(steps: Step[], random: SeededRandom): Step {
  let left = random.below(steps.reduce((sum, step) => sum + step.weight, 0));
  for (const step of steps) {
    left -= step.weight;
    if (left < 0) return step;
  }
  throw new Error("The weights do not add up");
}

/** Both CRMs' clocks go on by 2 to 20 seconds, so that every edit has a time of its own. */
async function moveClocks({ world, log, random }: History): Promise<void> {
  log.second += 2 + random.below(19);
  const offsetMs = log.second * 1000;
  await Promise.all([
    world.door("hubspot", "PUT", "/__sandbox/clock", { offsetMs }),
    world.door("salesforce", "PUT", "/__sandbox/clock", { offsetMs }),
  ]);
}

function randomValues({ random, log }: History, person: Person): Partial<Record<FieldName, string | null>> {
  const count = 1 + random.below(2);
  return Object.fromEntries(
    Array.from({ length: count }, () => {
      const name = random.pick(FIELDS).property;
      const isClear = random.chance(0.15) && log.mayClear(person, name);
      return [name, isClear ? null : `${random.pick(VALUES)}${random.below(1000)}`];
    }),
  );
}

function toSalesforce(type: Person["type"], values: Partial<Record<FieldName, string | null>>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const field = FIELDS.find((known) => known.property === name);
      return [(type === "Lead" ? field?.lead : field?.contact) ?? name, value];
    }),
  );
}

function newPerson({ log }: History): Person {
  return log.addPerson(`p${log.people.length}@history.example`);
}

async function makeInHubSpot(history: History, person = newPerson(history)): Promise<void> {
  const values = randomValues(history, person);
  const properties = { email: person.email, lastname: person.key, company: "Co", ...values };
  person.hubspotId = await makeContact(history.world, properties);
  history.log.noteEdit(person, "hubspot", values);
}

async function makeInSalesforce(history: History, person = newPerson(history)): Promise<void> {
  person.type = history.random.chance(0.5) ? "Lead" : "Contact";
  const values = randomValues(history, person);
  // People type addresses as they like: another case is the same address (spec M1).
  const Email = history.random.chance(0.3) ? person.email.toUpperCase() : person.email;
  const company: Fields = person.type === "Lead" ? { Company: "Co" } : {};
  const fields: Fields = { LastName: person.key, Email, ...company, ...toSalesforce(person.type, values) };
  person.salesforceId = await makeRecord(history.world, person.type, fields);
  history.log.noteEdit(person, "salesforce", values);
}

async function makeOnBothSides(history: History): Promise<void> {
  const person = newPerson(history);
  await makeInHubSpot(history, person);
  await moveClocks(history);
  await makeInSalesforce(history, person);
}

async function editInHubSpot(history: History, person = pickKnown(history, "hubspot")): Promise<void> {
  if (!person?.hubspotId) return;
  const values = randomValues(history, person);
  await editContact(history.world, person.hubspotId, values);
  history.log.noteEdit(person, "hubspot", values);
}

async function editInSalesforce(history: History, person = pickKnown(history, "salesforce")): Promise<void> {
  if (!person?.salesforceId) return;
  const values = randomValues(history, person);
  await editRecord(history.world, person.type, person.salesforceId, toSalesforce(person.type, values));
  history.log.noteEdit(person, "salesforce", values);
}

async function editOnBothSides(history: History): Promise<void> {
  const person = history.log.people.find((p) => p.isJudged && p.hubspotId && p.salesforceId);
  await editInHubSpot(history, person);
  await moveClocks(history);
  await editInSalesforce(history, person);
}

function pickKnown({ log, random }: History, side: "hubspot" | "salesforce"): Person | undefined {
  const known = log.people.filter((p) => p.isJudged && (side === "hubspot" ? p.hubspotId : p.salesforceId));
  return known.length === 0 ? undefined : random.pick(known);
}

async function convertLead(history: History): Promise<void> {
  const { log, random, world } = history;
  const leads = log.people.filter((p) => p.isJudged && p.salesforceId && p.type === "Lead");
  if (leads.length === 0) return;
  const person = random.pick(leads);
  const { result } = await world.salesforceAct("convertLead", { leadId: person.salesforceId });
  log.noteAct(person, "converted");
  person.type = "Contact";
  person.salesforceId = (result as { contactId: string }).contactId;
  // Conversion writes a new record: its time is that of every value on it.
  person.salesforceEditedAt = log.second;
}

async function deletePerson(history: History, side: "hubspot" | "salesforce"): Promise<void> {
  const person = pickKnown(history, side);
  if (!person) return;
  person.isJudged = false;
  if (side === "hubspot") await history.world.hubspotAct("archiveContact", { id: person.hubspotId });
  else {
    await history.world.salesforceAct("deleteRecord", { object: person.type, id: person.salesforceId });
  }
}

async function sync(history: History): Promise<void> {
  await resumeIfSuspended(history);
  if (!history.faultsSet) await endWaits();
  const { due, remaining } = await runOnce(history);
  await learnPartners(history);
  if (!history.faultsSet && due > 0 && remaining === 0) history.log.noteClean();
}

async function syncTwice(history: History): Promise<void> {
  await resumeIfSuspended(history);
  await Promise.all([runOnce(history), runOnce(history)]);
  await learnPartners(history);
}

/** In trouble a run gives up early: the engine's patience is not what a history is about. */
function runOnce({ world, faultsSet }: History) {
  return runSync(world.connectionId, { budgetMs: faultsSet ? 800 : 15_000, kind: "check", by: null });
}

/** Faults would strike the oracle's own reads too: it looks when there are none. */
async function learnPartners(history: History): Promise<void> {
  if (!history.faultsSet) await lookUpPartners(history);
}

/** The oracle finds partners by looking into the CRMs, as a person would, never into our own tables. */
async function lookUpPartners({ world, log }: History): Promise<void> {
  const rows = await world.soql(
    "SELECT Id, Email, HubSpot_Contact_Id__c FROM Lead WHERE IsConverted = false AND HubSpot_Contact_Id__c != null",
  );
  const contacts = await world.soql(
    "SELECT Id, Email, HubSpot_Contact_Id__c FROM Contact WHERE HubSpot_Contact_Id__c != null",
  );
  for (const [type, found] of [
    ["Lead", rows],
    ["Contact", contacts],
  ] as const) {
    for (const row of found) {
      const person = log.people.find((p) => p.email === String(row.Email).toLowerCase());
      if (!person?.isJudged) continue;
      person.hubspotId ??= String(row.HubSpot_Contact_Id__c);
      if (person.salesforceId === null) Object.assign(person, { salesforceId: String(row.Id), type });
    }
  }
}

const FAULTS: ((random: SeededRandom) => Fault)[] = [
  (random) => ({ match: { probability: 0.3 }, do: { status: random.pick([429, 500, 502, 503, 504]) } }),
  (random) => ({ match: { nth: 1 + random.below(6) }, do: { drop: random.pick(["before", "after"]) } }),
  (random) => ({ match: { method: "POST", nth: 1 + random.below(6) }, do: { drop: "after" } }),
  (random) => ({ match: { nth: 1 + random.below(4) }, do: { halfBody: true } }),
  (random) => ({ match: { nth: 1 + random.below(4) }, do: { html: true, status: random.pick([200, 503]) } }),
  () => ({
    match: { nth: 1 },
    do: { status: 401, body: [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }] },
  }),
  (random) => ({ match: { probability: 0.5 }, do: { delayMs: random.below(60) } }),
];

async function setFault(history: History): Promise<void> {
  const { world, random } = history;
  const side = random.pick(["hubspot", "salesforce"] as const);
  await world.door(side, "PUT", "/__sandbox/faults", [random.pick(FAULTS)(random)]);
  history.faultsSet = true;
}

async function clearFaults(history: History): Promise<void> {
  await Promise.all([
    history.world.door("hubspot", "PUT", "/__sandbox/faults", []),
    history.world.door("salesforce", "PUT", "/__sandbox/faults", []),
  ]);
  history.faultsSet = false;
}

/** SIGKILL of a real worker somewhere in the middle of its run. */
async function crashInSync(history: History): Promise<void> {
  await resumeIfSuspended(history);
  await editInHubSpot(history);
  await editInSalesforce(history);
  const worker = spawnWorker(history.world);
  await worker.ready;
  const run = worker.run({ budgetMs: 10_000, batchSize: 3 });
  await new Promise((resolve) => setTimeout(resolve, history.random.below(250)));
  await worker.kill();
  await run;
  history.trace.push("killed");
}

async function resumeIfSuspended({ world }: History): Promise<void> {
  const connection = await readConnection(world.connectionId);
  if (connection?.status === "suspended") await resumeConnection(world.connectionId);
}
