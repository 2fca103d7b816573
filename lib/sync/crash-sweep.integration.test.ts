import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { runSync } from "./run-sync";
import { type CrashSweep, startCrashSweep, startCutOffSweep } from "./testing/crash-sweep";
import { setRule, settle } from "./testing/pairs";
import { type Scenario, SWEEP_TIMEOUT_MS, sweepAll } from "./testing/sweep-scenario";
import { type SyncWorld, startSyncWorld } from "./testing/world";

/** Too short for the engine's patience with outages: a cut-off engine shall end at once. */
const RUN_BUDGET_MS = 1_400;

let world: SyncWorld;
let sweep: CrashSweep;
let cutOff: CrashSweep;
beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  sweep = await startCrashSweep(world);
});
afterAll(async () => {
  await cutOff?.stop();
  await world.stop();
});

/** Exactly one record on each side, each with the other's id, and one row of ours. */
async function expectOnePair(email: string, title: string): Promise<string> {
  const contacts = await world.findContact(email);
  const leads = await world.soql(
    `SELECT Id, LastName, Title, HubSpot_Contact_Id__c FROM Lead WHERE Email = '${email}'`,
  );
  expect({ email, contacts: contacts.length, leads: leads.length }).toEqual({ email, contacts: 1, leads: 1 });
  const [contact, lead] = [contacts[0], leads[0]];
  expect(lead).toMatchObject({ LastName: "Crash", Title: title, HubSpot_Contact_Id__c: contact?.id });
  expect(contact?.properties).toMatchObject({ lastname: "Crash", jobtitle: title, salesforceleadid: lead?.Id });
  const rows = await getDatabase().syncRecord.findMany({ where: { email } });
  expect(rows).toMatchObject([{ state: "in_sync", hubspotId: contact?.id, salesforceId: lead?.Id }]);
  return rows[0]?.id ?? "";
}

async function makeContact(email: string, jobtitle: string): Promise<void> {
  await world.hubspotAct("createContact", { properties: { email, lastname: "Crash", company: "Wreck", jobtitle } });
}

async function makeLead(email: string, title: string): Promise<string> {
  const fields = { LastName: "Crash", Company: "Wreck", Email: email, Title: title };
  const made = await world.salesforceAct("createRecord", { object: "Lead", fields });
  return (made.result as { id: string }).id;
}

/** F9: whatever was overwritten can be read in the history, whether or not the process lived to say that it did it. */
async function expectInHistory(recordId: string, before: string): Promise<void> {
  const entries = await getDatabase().journalEntry.findMany({ where: { recordId, status: "settled" } });
  const changes = entries.flatMap((entry) => entry.changes as { before: string | null; after: string | null }[]);
  expect(changes).toContainEqual(expect.objectContaining({ before, after: "New" }));
}

const leads = new Map<string, string>();
/** Starting a process for each place takes ten times as long as cutting this one off: those stand for the others. */
const KILLED_EVERY = 5;

/** The two kinds of sweep watch the same doors, so that one begins when the other has ended. */
async function startCutOff(): Promise<void> {
  await sweep.stop();
  cutOff = await startCutOffSweep(world, (patience) =>
    runSync(world.connectionId, { budgetMs: RUN_BUDGET_MS * patience, kind: "check", by: null }),
  );
}

const creates: Scenario = {
  async make(name) {
    await makeContact(`${name}-h@example.com`, "Buyer");
    await makeLead(`${name}-s@example.com`, "Buyer");
  },
  async check(name) {
    await expectOnePair(`${name}-h@example.com`, "Buyer");
    await expectOnePair(`${name}-s@example.com`, "Buyer");
  },
};

describe("a worker that dies before or after any remote call or commit", () => {
  it(
    "M6: killed as a process, it makes exactly one record on the other side, in both directions, and nothing is lost",
    () => sweepAll(world, sweep, "killed", { ...creates, every: KILLED_EVERY }),
    SWEEP_TIMEOUT_MS,
  );

  it(
    "M6: cut off at any place, it makes exactly one record on the other side, in both directions, and nothing is lost",
    async () => {
      await startCutOff();
      await sweepAll(world, cutOff, "create", creates);
    },
    SWEEP_TIMEOUT_MS,
  );

  it(
    "F9: carries an edit over in both directions and keeps the overwritten value in history",
    () =>
      sweepAll(world, cutOff, "update", {
        async prepare(names) {
          await setRule("jobtitle", "two_way");
          for (const name of names) {
            await makeContact(`${name}-h@example.com`, "Old H");
            leads.set(name, await makeLead(`${name}-s@example.com`, "Old S"));
          }
          await settle(world);
          // An edit in the second of our own write would be read once more, at places that the other runs do not have.
          await new Promise((resolve) => setTimeout(resolve, 1_100));
        },
        async make(name) {
          await world.hubspotAct("updateContact", { email: `${name}-h@example.com`, properties: { jobtitle: "New" } });
          const id = leads.get(name);
          await world.salesforceAct("updateRecord", { object: "Lead", id, fields: { Title: "New" } });
        },
        async check(name) {
          await expectInHistory(await expectOnePair(`${name}-h@example.com`, "New"), "Old H");
          await expectInHistory(await expectOnePair(`${name}-s@example.com`, "New"), "Old S");
        },
      }),
    SWEEP_TIMEOUT_MS,
  );
});
