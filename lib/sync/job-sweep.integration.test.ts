import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { advanceJob } from "./advance-job";
import { type CrashSweep, startCutOffSweep } from "./testing/crash-sweep";
import { ANY_TIME, advance, queueJob } from "./testing/jobs";
import { editContact, makeContact, makeRecord, setRule, settle } from "./testing/pairs";
import { SWEEP_TIMEOUT_MS, sweepAll } from "./testing/sweep-scenario";
import { type SyncWorld, startSyncWorld } from "./testing/world";

/** Too short for the engine's patience with outages: a cut-off job shall end at once. */
const TURN_MS = 1_400;
const WHOLE_MS = 20_000;

let world: SyncWorld;
let sweep: CrashSweep;
let jobId = "";

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await setRule("jobtitle", "two_way");
  sweep = await startCutOffSweep(
    world,
    (patience) => advanceJob(world.connectionId, jobId, Date.now() + TURN_MS * patience),
    async () => ({ remaining: (await advance(world, jobId, WHOLE_MS)).end === "done" ? 0 : 1 }),
  );
});
afterAll(async () => {
  await sweep.stop();
  await world.stop();
});

/** Exactly one record on each side and one row of ours, and the job counted each of its records once. */
async function expectOnePair(email: string, title: string): Promise<void> {
  const contacts = await world.findContact(email);
  const leads = await world.soql(`SELECT Id, Title, HubSpot_Contact_Id__c FROM Lead WHERE Email = '${email}'`);
  expect({ email, contacts: contacts.length, leads: leads.length }).toEqual({ email, contacts: 1, leads: 1 });
  const [contact, lead] = [contacts[0], leads[0]];
  expect(lead).toMatchObject({ Title: title, HubSpot_Contact_Id__c: contact?.id });
  expect(contact?.properties).toMatchObject({ jobtitle: title, salesforceleadid: lead?.Id });
  const rows = await getDatabase().syncRecord.findMany({ where: { email } });
  expect(rows).toMatchObject([{ state: "in_sync", hubspotId: contact?.id, salesforceId: lead?.Id }]);
}

async function expectBooks(total: number): Promise<void> {
  const { end, job, counts } = await advance(world, jobId, WHOLE_MS);
  expect({ end, total: job.total, open: counts.open }).toEqual({ end: "done", total, open: 0 });
  expect({ failed: counts.failed, excluded: counts.excluded }).toEqual({ failed: 0, excluded: 0 });
  expect(counts.created + counts.updated + counts.unchanged).toBe(total);
}

describe("a job whose process dies before or after any remote call or commit", () => {
  const known = new Map<string, string>();

  it(
    "T17, U4: a list is synced to its end, each member once, new ones and those that changed",
    () =>
      sweepAll(world, sweep, "list", {
        async prepare(names) {
          for (const name of names) {
            const email = `${name}-known@example.com`;
            known.set(name, await makeContact(world, { email, lastname: "K", company: "C", jobtitle: "Old" }));
          }
          await settle(world);
        },
        async make(name) {
          const id = known.get(name) ?? "";
          await editContact(world, id, { jobtitle: "New" });
          const fresh = await makeContact(world, {
            ...{ email: `${name}-new@example.com`, lastname: "N", company: "C", jobtitle: "New" },
          });
          const { result } = await world.hubspotAct("createList", { name });
          const { listId } = result as { listId: string };
          for (const recordId of [id, fresh]) await world.hubspotAct("addToList", { listId, recordId });
          jobId = await queueJob(world, { kind: "list_sync", listId });
        },
        async check(name) {
          await expectBooks(2);
          await expectOnePair(`${name}-known@example.com`, "New");
          await expectOnePair(`${name}-new@example.com`, "New");
        },
      }),
    SWEEP_TIMEOUT_MS,
  );

  it(
    "T17, M6: an import makes one contact of each lead",
    () =>
      sweepAll(world, sweep, "import", {
        async make(name) {
          const dates = { ...ANY_TIME, modifiedFrom: new Date(Date.now() - 1_000).toISOString() };
          const fields = { LastName: "L", Company: "C", Title: "Boss", Email: `${name}@example.com` };
          await makeRecord(world, "Lead", fields);
          jobId = await queueJob(world, { kind: "import_salesforce", object: "contact", types: ["Lead"], ...dates });
        },
        async check(name) {
          const { end, counts } = await advance(world, jobId, WHOLE_MS);
          expect({ end, open: counts.open, failed: counts.failed }).toEqual({ end: "done", open: 0, failed: 0 });
          await expectOnePair(`${name}@example.com`, "Boss");
        },
      }),
    SWEEP_TIMEOUT_MS,
  );
});
