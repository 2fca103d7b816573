import { afterAll, beforeAll, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { runSync } from "./run-sync";
import { act, makePair, readEngagements, readTasks, turnOn } from "./testing/activities";
import { type CrashSweep, startCutOffSweep } from "./testing/crash-sweep";
import { findRow, makeContact } from "./testing/pairs";
import { SWEEP_TIMEOUT_MS, sweepAll } from "./testing/sweep-scenario";
import { type SyncWorld, startSyncWorld } from "./testing/world";

/** Too short for the engine's patience with outages: a cut-off engine shall end at once. */
const RUN_BUDGET_MS = 2_000;

let world: SyncWorld;
let sweep: CrashSweep;
const pairs = new Map<string, { contact: string; lead: string }>();
const made = new Map<string, string[]>();

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await makePair(world, "first@example.com");
  await turnOn(world, { hubspot: ["call"], salesforce: ["task"] });
  sweep = await startCutOffSweep(world, (patience) =>
    runSync(world.connectionId, { budgetMs: RUN_BUDGET_MS * patience, kind: "check", by: null }),
  );
});
afterAll(async () => {
  await sweep.stop();
  await world.stop();
});

it(
  "A3, M6: a worker that dies before or after any remote call or commit makes one record of an activity, both ways",
  () =>
    sweepAll(world, sweep, "activity", {
      async prepare(names) {
        for (const name of names) {
          const contact = await makeContact(world, { email: `${name}@example.com`, lastname: "Mori", company: "Acme" });
          pairs.set(name, { contact, lead: "" });
        }
        while ((await world.sync()).due > 0);
        for (const name of names) {
          const [lead] = await world.soql(`SELECT Id FROM Lead WHERE Email = '${name}@example.com'`);
          pairs.set(name, { contact: pairs.get(name)?.contact ?? "", lead: String(lead?.Id) });
        }
      },
      async make(name) {
        const { contact, lead } = pairs.get(name) ?? { contact: "", lead: "" };
        const call = await act(world, "logCall", { id: contact, title: name });
        const { result } = await world.salesforceAct("createRecord", {
          object: "Task",
          fields: { Subject: name, WhoId: lead },
        });
        made.set(name, [call, (result as { id: string }).id]);
      },
      async check(name) {
        const { contact, lead } = pairs.get(name) ?? { contact: "", lead: "" };
        const [call = "", task = ""] = made.get(name) ?? [];
        const tasks = await readTasks(world, lead);
        expect(tasks.map(({ Subject }) => Subject).toSorted()).toEqual([`HubSpot – Call: ${name}`, name]);
        expect(await readEngagements(world, "calls", contact, ["hs_call_title"])).toHaveLength(1);
        const there = await readEngagements(world, "tasks", contact, ["kakehashi_salesforce_id"]);
        expect(there.map(({ properties }) => properties.kakehashi_salesforce_id)).toEqual([task]);
        for (const id of [call, task]) {
          const row = await findRow(id);
          const errors = await getDatabase().syncError.findMany({ where: { recordId: row.id, closedAt: null } });
          expect({ state: row.state, errors }).toEqual({ state: "in_sync", errors: [] });
        }
      },
    }),
  SWEEP_TIMEOUT_MS,
);
