import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { startRun } from "@/lib/store/sync-runs";
import { releaseWorkLease, takeWorkLease } from "@/lib/store/work-leases";
import { checkForChanges } from "./check-for-changes";
import { loadSyncContexts } from "./load-sync-context";
import { openCrms } from "./open-crms";
import { CHECK_LEASE, runSync } from "./run-sync";
import { endLeases } from "./testing/end-leases";
import {
  editContact,
  editRecord,
  findRow,
  makeContact,
  makeRecord,
  readContact,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { spawnWorker } from "./testing/worker-process";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
beforeEach(async () => {
  world = await startSyncWorld();
});
afterEach(() => world.stop());

/** Marks what is due and works nothing off, so that all workers begin with the same due set. */
async function onlyCheck(): Promise<void> {
  const contexts = await loadSyncContexts(world.connectionId);
  if (!contexts) throw new Error("no connection");
  const crms = await openCrms(world.connectionId);
  const runId = await startRun(world.connectionId, "check", null);
  await checkForChanges({ contexts, ...crms, runId, deadline: Date.now() + 30_000 });
}

async function makeMany(side: "hubspot" | "salesforce", emails: string[]): Promise<void> {
  const at = (i: number) => emails.slice(i, i + 100);
  for (let i = 0; i < emails.length; i += 100) {
    if (side === "hubspot") {
      const inputs = at(i).map((email) => ({ properties: { email, lastname: "Many", company: "Co" } }));
      await world.door("hubspot", "POST", "/crm/v3/objects/contacts/batch/create", { inputs });
    } else {
      const records = at(i).map((Email) => ({ attributes: { type: "Lead" }, LastName: "Many", Company: "Co", Email }));
      await world.door("salesforce", "POST", "/services/data/v67.0/composite/sobjects", { allOrNone: false, records });
    }
  }
}

/** Every address once on both sides, each with the other's id, and one row of ours that holds both. */
async function expectPairs(emails: string[]): Promise<void> {
  const leads = await world.soql("SELECT Id, Email, HubSpot_Contact_Id__c FROM Lead");
  const rows = await getDatabase().syncRecord.findMany();
  const pairs = rows.map((row) => [row.email, row.hubspotId, row.salesforceId, row.state].join(" "));
  expect(leads.map((lead) => String(lead.Email)).toSorted()).toEqual(emails.toSorted());
  expect(pairs.toSorted()).toEqual(
    leads.map((lead) => [lead.Email, lead.HubSpot_Contact_Id__c, lead.Id, "in_sync"].join(" ")).toSorted(),
  );
  const { total } = await world.door("hubspot", "POST", "/crm/v3/objects/contacts/search", { limit: 1 });
  expect(total).toBe(emails.length);
}

/** The lines of history that say that something was made or joined; one record never has two of them. */
async function listFirstSyncs() {
  const where = { status: "settled", outcome: { in: ["created_in_salesforce", "created_in_hubspot", "linked"] } };
  return getDatabase().journalEntry.findMany({ where, select: { recordId: true, outcome: true, runId: true } });
}

describe("two worker processes on one database", () => {
  it("F18: work off one due set together, every record exactly once", async () => {
    const emails = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}-${i}@example.com`);
    const [both, onlyHubSpot, onlySalesforce] = [emails("both", 100), emails("h", 200), emails("s", 200)];
    await makeMany("hubspot", [...both, ...onlyHubSpot]);
    await makeMany("salesforce", [...both, ...onlySalesforce]);
    await onlyCheck();
    expect(await getDatabase().syncRecord.count({ where: { state: "due" } })).toBe(600);

    const workers = [spawnWorker(world), spawnWorker(world)];
    await Promise.all(workers.map((worker) => worker.ready));
    const results = await Promise.all(workers.map((worker) => worker.run({ budgetMs: 60_000, batchSize: 25 })));
    await Promise.all(workers.map((worker) => worker.end()));
    for (const result of results) expect(result?.synced, "each worker did its part").toBeGreaterThan(50);

    await settle(world);
    await expectPairs([...both, ...onlyHubSpot, ...onlySalesforce]);
    const first = await listFirstSyncs();
    expect(new Set(first.map((entry) => entry.recordId)).size, "no record has a double line").toBe(first.length);
    const of = (outcome: string) => first.filter((entry) => entry.outcome === outcome).length;
    expect([of("created_in_salesforce"), of("created_in_hubspot"), of("linked")]).toEqual([200, 200, 100]);
    expect(await getDatabase().journalEntry.count({ where: { status: "planned" } })).toBe(0);
    await world.clearCalls();
    expect(await world.sync()).toMatchObject({ due: 0, remaining: 0 });
  });

  it("I6, F18: one that helps while the other asks what is new decides on nothing that was read before it came", async () => {
    await setRule("jobtitle", "two_way");
    const contact = await makeContact(world, {
      email: "old@example.com",
      lastname: "Old",
      company: "Co",
      jobtitle: "One",
    });
    await settle(world);
    const lead = (await findRow(contact)).salesforceId ?? "";
    await editContact(world, contact, { jobtitle: "Two" });
    await onlyCheck();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await editRecord(world, "Lead", lead, { Title: "Three" });
    const lease = (await takeWorkLease(world.connectionId, CHECK_LEASE, 60_000)) ?? 0n;
    const helper = world.sync();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(await readContact(world, contact, ["jobtitle"])).toEqual({ jobtitle: "Two" });
    await onlyCheck();
    expect(await helper).toMatchObject({ synced: 1 });
    expect(await readRecord(world, "Lead", lead, ["Title"])).toEqual({ Title: "Three" });
    expect(await readContact(world, contact, ["jobtitle"])).toEqual({ jobtitle: "Three" });
    await releaseWorkLease(world.connectionId, CHECK_LEASE, lease);
  });

  it.each([
    { who: "one that came by the clock ends too", by: null, synced: 0 },
    { who: "a person's one checks", by: "ada@example.com", synced: 2 },
  ])("F18: when the other's check ends and nothing was read since, $who", async ({ by, synced }) => {
    await makeContact(world, { email: "late@example.com", lastname: "Late", company: "Co" });
    await onlyCheck();
    const lease = (await takeWorkLease(world.connectionId, CHECK_LEASE, 60_000)) ?? 0n;
    const waiting = runSync(world.connectionId, { kind: "check", by, budgetMs: 30_000 });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await makeContact(world, { email: "later@example.com", lastname: "Later", company: "Co" });
    await releaseWorkLease(world.connectionId, CHECK_LEASE, lease);
    expect(await waiting).toMatchObject({ synced, failed: 0 });
    expect(await world.soql("SELECT Id FROM Lead")).toHaveLength(synced);
  });

  const pauses = [
    { name: "before it looks for partners", call: 2, phase: "before", isHeld: false },
    { name: "before its write is carried out", call: 3, phase: "before", isHeld: false },
    { name: "with its write under way, which arrives last of all", call: 3, phase: "before", isHeld: true },
    { name: "after its write, before it knows the answer", call: 3, phase: "after", isHeld: false },
  ] as const;

  it.each(pauses)(
    "F18: a worker stopped $name, past its lease, commits nothing when it wakes",
    async ({ call, phase, isHeld }) => {
      const emails = Array.from({ length: 20 }, (_, i) => `paused-${i}@example.com`);
      await makeMany("hubspot", emails);
      await makeContact(world, { email: "linked@example.com", jobtitle: "T" });
      await makeRecord(world, "Lead", { Email: "linked@example.com", LastName: "Many", Company: "Co" });

      const sleeper = spawnWorker(world);
      await sleeper.ready;
      let release: () => void = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      let calls = 0;
      const stopped = new Promise<void>((resolve) => {
        world.salesforce.onCall = async (seen) => {
          if (seen.phase === "before") calls += 1;
          if (calls !== call || seen.phase !== phase) return;
          calls = Number.NaN;
          sleeper.signal("SIGSTOP");
          resolve();
          if (isHeld) await released;
        };
      });
      const slept = sleeper.run({ budgetMs: 60_000 });
      await stopped;
      await endLeases();
      const { runId } = await world.sync();
      await settle(world);
      release();
      sleeper.signal("SIGCONT");
      const result = await slept;
      await sleeper.end();

      expect(result).toMatchObject({ synced: 0, failed: 0, excluded: 0 });
      expect(result?.runId).not.toBe(runId);
      const settled = await getDatabase().journalEntry.findMany({ where: { runId: result?.runId ?? "" } });
      expect(settled.filter((entry) => entry.outcome !== "interrupted" || entry.status !== "settled")).toEqual([]);
      await settle(world);
      await expectPairs([...emails, "linked@example.com"]);
      await world.clearCalls();
      expect(await world.sync()).toMatchObject({ due: 0, remaining: 0 });
    },
  );
});
