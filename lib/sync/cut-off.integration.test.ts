import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSync } from "./run-sync";
import { type CrashSweep, startCutOffSweep } from "./testing/crash-sweep";
import { makeRecord, settle } from "./testing/pairs";
import { SWEEP_TIMEOUT_MS, sweepAll } from "./testing/sweep-scenario";
import { type SyncWorld, startSyncWorld } from "./testing/world";

/** Too short for the engine's patience with outages: a cut-off engine shall end at once. */
const RUN_BUDGET_MS = 1_400;

let world: SyncWorld;
let sweep: CrashSweep;
beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  sweep = await startCutOffSweep(world, (patience) =>
    runSync(world.connectionId, { budgetMs: RUN_BUDGET_MS * patience, kind: "check", by: null }),
  );
});
afterAll(async () => {
  await sweep.stop();
  await world.stop();
});

const leads = new Map<string, string>();

describe("an engine that is cut off from both CRMs and its database at any call or commit", () => {
  it(
    "M4: a converted lead's pair goes on with its contact, and the edit made in HubSpot meanwhile arrives there",
    () =>
      sweepAll(world, sweep, "convert", {
        async prepare(names) {
          for (const name of names) {
            const fields = { LastName: "Turn", Company: "Wreck", Email: `${name}@example.com`, Title: "Old" };
            leads.set(name, await makeRecord(world, "Lead", fields));
          }
          await settle(world);
          await new Promise((resolve) => setTimeout(resolve, 1_100));
        },
        async make(name) {
          await world.hubspotAct("updateContact", { email: `${name}@example.com`, properties: { phone: "03-1" } });
          await world.salesforceAct("convertLead", { leadId: leads.get(name) });
        },
        async check(name) {
          const contacts = await world.soql(
            `SELECT Id, Phone, HubSpot_Contact_Id__c FROM Contact WHERE Email = '${name}@example.com'`,
          );
          const [person, ...more] = await world.findContact(`${name}@example.com`);
          expect(more).toEqual([]);
          expect(contacts).toMatchObject([{ Phone: "03-1", HubSpot_Contact_Id__c: person?.id }]);
          expect(person?.properties.salesforcecontactid).toBe(contacts[0]?.Id);
        },
      }),
    SWEEP_TIMEOUT_MS,
  );
});
