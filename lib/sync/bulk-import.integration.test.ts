import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { endLeases } from "./testing/end-leases";
import { ANY_TIME, advance, makeContacts, makeLeads, queueJob, readBooks } from "./testing/jobs";
import { spawnWorker } from "./testing/worker-process";
import { type SyncWorld, startSyncWorld } from "./testing/world";

const COUNT = 2_400;
const IMPORT = { kind: "import_hubspot", object: "contact", ...ANY_TIME } as const;

let world: SyncWorld;
beforeEach(async () => {
  world = await startSyncWorld();
  // HubSpot's limits would make each of these take a minute.
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false, indexLagMs: 0 });
  await getDatabase().rateBudget.deleteMany();
});
afterEach(async () => {
  delete world.salesforce.onCall;
  await world.stop();
});

async function listEmails(): Promise<unknown[]> {
  const first = await world.door(
    "salesforce",
    "GET",
    `/services/data/v67.0/query?q=${encodeURIComponent("SELECT Email FROM Lead")}`,
  );
  const rows = [...(first.records as { Email: string }[])];
  let next = first.nextRecordsUrl as string | undefined;
  while (next) {
    const page = await world.door("salesforce", "GET", next);
    rows.push(...(page.records as { Email: string }[]));
    next = page.nextRecordsUrl as string | undefined;
  }
  return rows.map((row) => row.Email);
}

async function countBulkCalls(): Promise<number> {
  const { calls } = (await world.door("salesforce", "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
  return calls.filter((call) => call.path.includes("/jobs/ingest")).length;
}

describe("Q2: an import of more than 2,000 people writes by Bulk API 2.0", () => {
  test("refused rows fail one by one, all others stand; the books are exact and a check has nothing left to do", async () => {
    await makeContacts(world, COUNT, "hs");
    await world.salesforceAct("addValidationRule", {
      object: "Lead",
      name: "no_seven",
      errorCondition: "OR(LastName = 'Last7', LastName = 'Last1007')",
      errorMessage: "Not this one",
    });
    await world.clearCalls();
    const { end, counts } = await advance(world, await queueJob(world, IMPORT), 90_000);
    expect(end).toBe("done");
    expect(counts).toMatchObject({ created: COUNT - 2, failed: 2, excluded: 0, unchanged: 0, open: 0 });
    expect(await countBulkCalls()).toBeGreaterThan(0);
    expect((await world.calls()).salesforce).toBeLessThanOrEqual(25);
    expect(new Set(await listEmails()).size).toBe(COUNT - 2);
    const errors = await getDatabase().syncError.findMany({ where: { closedAt: null } });
    expect(errors.map((e) => [e.type, e.remoteMessage])).toEqual([
      ["validation_rule", "Not this one"],
      ["validation_rule", "Not this one"],
    ]);
    const before = await world.calls();
    await world.sync();
    const after = await world.calls();
    expect(after.salesforce - before.salesforce).toBeLessThanOrEqual(6);
    expect(await listEmails()).toHaveLength(COUNT - 2);
  });

  test("killed while Salesforce works on the bulk job: it is stopped before its records are taken over, nothing is twice", async () => {
    await makeContacts(world, COUNT, "hs");
    const jobId = await queueJob(world, IMPORT);
    const worker = spawnWorker(world);
    await worker.ready;
    world.salesforce.onCall = async ({ method, path, phase }) => {
      if (phase === "after" && method === "PATCH" && path.includes("/jobs/ingest/")) await worker.kill();
    };
    expect(await worker.run({ jobId, budgetMs: 90_000 })).toBeNull();
    delete world.salesforce.onCall;
    const [dead] = await getDatabase().bulkJob.findMany();
    expect(dead?.id).toMatch(/^750/);
    await endLeases();
    await getDatabase().bulkJob.updateMany({ data: { seenAt: new Date(Date.now() - 600_000) } });
    await world.clearCalls();
    const { end, counts } = await advance(world, jobId, 90_000);
    expect(end).toBe("done");
    expect(counts.created + counts.updated + counts.unchanged).toBe(COUNT);
    expect(counts.failed + counts.open).toBe(0);
    const { calls } = (await world.door("salesforce", "GET", "/__sandbox/calls")) as {
      calls: { method: string; path: string }[];
    };
    expect(calls[0]).toMatchObject({ method: "PATCH", path: expect.stringContaining(dead?.id ?? "?") });
    expect(await getDatabase().bulkJob.count()).toBe(0);
    const emails = await listEmails();
    expect(emails).toHaveLength(COUNT);
    expect(new Set(emails).size).toBe(COUNT);
  });

  test("from Salesforce: a bulk query finds them, and the ids go back by bulk", async () => {
    await makeLeads(world, COUNT, "sf");
    await world.clearCalls();
    const jobId = await queueJob(world, {
      kind: "import_salesforce",
      object: "contact",
      types: ["Lead", "Contact"],
      ...ANY_TIME,
    });
    const { end, counts, job } = await advance(world, jobId, 90_000);
    expect(end).toBe("done");
    expect(job.total).toBe(COUNT);
    expect(counts).toMatchObject({ created: COUNT, failed: 0, open: 0 });
    expect((await world.calls()).salesforce).toBeLessThanOrEqual(25);
    expect(await world.soql("SELECT COUNT(Id) n FROM Lead WHERE HubSpot_Contact_Id__c = null")).toMatchObject([
      { n: 0 },
    ]);
    expect((await readBooks(world, jobId)).counts).toEqual(counts);
  });
});
