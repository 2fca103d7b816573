import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { cancelJob } from "@/lib/store/job-items";
import { advanceJobs } from "./advance-job";
import { endLeases } from "./testing/end-leases";
import { ANY_TIME, advance, makeContacts, makeLeads, queueJob, readBooks } from "./testing/jobs";
import { addMapping, editContact, findRow, makeContact } from "./testing/pairs";
import { changeWorld, makeActiveList } from "./testing/settings";
import { spawnWorker } from "./testing/worker-process";
import { type SyncWorld, startSyncWorld } from "./testing/world";

const IMPORT = { kind: "import_hubspot", object: "contact", ...ANY_TIME } as const;

let world: SyncWorld;
beforeEach(async () => {
  world = await startSyncWorld();
});
afterEach(async () => {
  delete world.hubspot.onCall;
  delete world.salesforce.onCall;
  await world.stop();
});

/** How many leads stand in Salesforce, and how many distinct addresses they have. */
async function countLeads(): Promise<{ leads: number; people: number }> {
  const rows = await world.soql("SELECT Email FROM Lead");
  return { leads: rows.length, people: new Set(rows.map((row) => row.Email)).size };
}

describe("U4: a job survives whatever happens to its process", () => {
  test.each([
    ["between two pages", 3, "hubspot"],
    ["while records are being written", 2, "salesforce"],
  ] as const)("killed %s, another process goes on: nothing is left out, nothing twice", async (_, place, side) => {
    await makeContacts(world, 700, "hs");
    const jobId = await queueJob(world, IMPORT);
    const worker = spawnWorker(world);
    await worker.ready;
    let calls = 0;
    world[side].onCall = async ({ phase }) => {
      if (phase !== "after") return;
      calls += 1;
      if (calls === place) await worker.kill();
    };
    expect(await worker.run({ jobId, budgetMs: 30_000 })).toBeNull();
    delete world[side].onCall;
    const before = await readBooks(world, jobId);
    expect(before.job.status).toBe("running");
    await endLeases();
    const { end, counts, job } = await advance(world, jobId);
    expect(end).toBe("done");
    expect(counts.created + counts.updated + counts.unchanged).toBe(700);
    expect(counts).toMatchObject({ failed: 0, excluded: 0, open: 0 });
    expect(job.total).toBe(700);
    expect(await countLeads()).toEqual({ leads: 700, people: 700 });
  });

  test("T19: killed while it writes, a backfill goes on: everybody has the value, and history tells of each once", async () => {
    const ids = await makeContacts(world, 400, "hs");
    expect((await advance(world, await queueJob(world, IMPORT))).end).toBe("done");
    for (let start = 0; start < ids.length; start += 100) {
      const inputs = ids.slice(start, start + 100).map((id) => ({ id, properties: { message: `Hello from ${id}` } }));
      await world.door("hubspot", "POST", "/crm/v3/objects/contacts/batch/update", { inputs });
    }
    await addMapping(world, { hubspotProperty: "message", rule: "two_way", leadField: "Description" });
    const jobId = await queueJob(world, { kind: "backfill", object: "contact", states: [] });
    const worker = spawnWorker(world);
    await worker.ready;
    const countWritten = async () =>
      (await world.soql("SELECT Description FROM Lead")).filter((lead) => lead.Description !== null).length;
    world.salesforce.onCall = async ({ phase, path }) => {
      if (phase === "after" && path.endsWith("/composite") && (await countWritten()) > 0) await worker.kill();
    };
    expect(await worker.run({ jobId, budgetMs: 30_000 })).toBeNull();
    delete world.salesforce.onCall;
    expect(await countWritten()).toBeGreaterThan(0);
    await endLeases();
    const { end, counts, job } = await advance(world, jobId);
    expect({ end, total: job.total }).toEqual({ end: "done", total: 400 });
    expect(counts.updated + counts.unchanged).toBe(400);
    const leads = await world.soql("SELECT HubSpot_Contact_Id__c, Description FROM Lead");
    expect(leads.map((lead) => lead.Description).toSorted()).toEqual(ids.map((id) => `Hello from ${id}`).toSorted());
    expect(leads.filter((lead) => lead.Description !== `Hello from ${lead.HubSpot_Contact_Id__c}`)).toEqual([]);
    const lines = await getDatabase().journalEntry.findMany({ where: { outcome: "updated" } });
    const told = lines.filter((line) => JSON.stringify(line.changes).includes("Hello from"));
    expect(new Set(told.map((line) => line.recordId)).size).toBe(told.length);
  });

  test("two processes at once: one has the job in its hands, the other leaves or helps, nothing is done twice", async () => {
    await makeContacts(world, 600, "hs");
    const jobId = await queueJob(world, IMPORT);
    const workers = [spawnWorker(world), spawnWorker(world)];
    const ends = await Promise.all(workers.map((worker) => worker.run({ jobId, budgetMs: 30_000 })));
    expect(ends.map((end) => (end as unknown as { end: string }).end).toSorted()).toEqual(["done", "held"]);
    const { counts } = await readBooks(world, jobId);
    expect(counts).toMatchObject({ created: 600, open: 0 });
    expect(await countLeads()).toEqual({ leads: 600, people: 600 });
    await Promise.all(workers.map((worker) => worker.end()));
  });

  test("a check that works off the same records meanwhile is counted too", async () => {
    await makeContacts(world, 300, "hs");
    const jobId = await queueJob(world, IMPORT);
    await Promise.all([advance(world, jobId), world.sync()]);
    // Records that the check held at that moment are the job's again at its next turn.
    if ((await readBooks(world, jobId)).job.status !== "done") await advance(world, jobId);
    const { counts, job } = await readBooks(world, jobId);
    expect(job.status).toBe("done");
    expect(counts.created + counts.unchanged + counts.updated).toBe(300);
    expect(await countLeads()).toEqual({ leads: 300, people: 300 });
  });

  test("several jobs take turns, and an outage is waited out", async () => {
    await makeContacts(world, 40, "hs");
    await makeLeads(world, 40, "sf");
    const first = await queueJob(world, IMPORT);
    const second = await queueJob(world, {
      kind: "import_salesforce",
      object: "contact",
      types: ["Lead", "Contact"],
      ...ANY_TIME,
    });
    await world.door("hubspot", "PUT", "/__sandbox/faults", [
      { match: { path: "/crm/v3/objects/contacts/search", nth: 1 }, do: { status: 503, body: "down" } },
    ]);
    await advanceJobs(world.connectionId, Date.now() + 60_000);
    const books = [await readBooks(world, first), await readBooks(world, second)];
    expect(books.map(({ job }) => job.status)).toEqual(["done", "done"]);
    expect(books.map(({ counts }) => counts.open)).toEqual([0, 0]);
    await world.sync();
    expect(await countLeads()).toEqual({ leads: 80, people: 80 });
  });
});

describe("U4: a job can be cancelled at any page", () => {
  test("what nobody had begun with is as it was before: unknown records are forgotten, known ones keep their state", async () => {
    const known = await makeContact(world, { email: "known@example.com", lastname: "Known" });
    await world.sync();
    await makeContacts(world, 30, "hs");
    const row = await findRow(known);
    const jobId = await queueJob(world, { kind: "import_hubspot", object: "contact", ...ANY_TIME });
    await editContact(world, known, { jobtitle: "CFO" });
    // The budget is used up right after the page was named: nothing is written any more.
    await advanceUntilNamed(jobId);
    expect((await findRow(known)).state).toBe("due");
    expect(await cancelJob(world.connectionId, jobId, { status: "cancelled", by: "ops@example.com" })).toBe(true);
    const { job, counts } = await readBooks(world, jobId);
    expect(job).toMatchObject({ status: "cancelled", cancelledBy: "ops@example.com" });
    expect(counts).toMatchObject({ taken_back: 31, open: 0, created: 0 });
    expect(await findRow(known)).toMatchObject({ state: "in_sync", salesforceId: row.salesforceId });
    expect(await getDatabase().syncRecord.count()).toBe(1);
    expect(await cancelJob(world.connectionId, jobId, { status: "cancelled", by: "ops@example.com" })).toBe(false);
    expect((await advance(world, jobId)).end).toBe("cancelled");
    // Nothing was lost by it: the check finds all of them as if there had been no job.
    await world.sync();
    expect(await countLeads()).toEqual({ leads: 31, people: 31 });
    expect(await world.soql("SELECT Title FROM Lead WHERE Email = 'known@example.com'")).toMatchObject([
      { Title: "CFO" },
    ]);
  });

  test("while a batch is being written, that batch ends and nothing after it begins", async () => {
    await makeContacts(world, 300, "hs");
    const jobId = await queueJob(world, IMPORT);
    world.salesforce.onCall = async ({ path, phase }) => {
      if (phase === "before" && path.includes("composite"))
        await cancelJob(world.connectionId, jobId, { status: "cancelled", by: "ops" });
    };
    const { end, counts } = await advance(world, jobId);
    expect(end).toBe("cancelled");
    expect(counts.open).toBe(0);
    const { leads } = await countLeads();
    expect(leads).toBe(counts.created);
    expect(counts.created + counts.taken_back).toBe(300);
  });

  async function advanceUntilNamed(jobId: string): Promise<void> {
    const used = { connectionId: world.connectionId, hour: new Date(), object: "contact", reason: "sync", calls: 100 };
    world.hubspot.onCall = async ({ path, phase }) => {
      if (phase !== "after" || !path.includes("search")) return;
      delete world.hubspot.onCall;
      await changeWorld(world, { salesforceDailyCalls: 50 });
      await getDatabase().callUsage.create({ data: used });
    };
    expect((await advance(world, jobId)).end).toBe("waits");
    await getDatabase().callUsage.deleteMany();
    await changeWorld(world, { salesforceDailyCalls: null });
  }
});

describe("T17: a whole list is synced by hand", () => {
  test("its members sync, others do not; a list that is gone ends the job with a reason", async () => {
    const members = await Promise.all(
      ["a", "b", "c"].map((name) => makeContact(world, { email: `${name}@example.com`, lastname: name, city: "Kobe" })),
    );
    await makeContact(world, { email: "other@example.com", lastname: "Other", city: "Kyoto" });
    const listId = await makeActiveList(world, "Kobe", "city", "Kobe");
    const { end, counts, job } = await advance(world, await queueJob(world, { kind: "list_sync", listId }));
    expect(end).toBe("done");
    expect(counts).toMatchObject({ created: 3, open: 0 });
    expect(job.total).toBe(3);
    expect((await world.soql("SELECT Email FROM Lead")).map((row) => row.Email).toSorted()).toEqual([
      "a@example.com",
      "b@example.com",
      "c@example.com",
    ]);
    expect((await findRow(members[0] ?? "")).lastTriggers).toMatchObject([{ code: "T17", by: "ops@example.com" }]);
    const gone = await advance(world, await queueJob(world, { kind: "list_sync", listId: "999999" }));
    expect(gone.job).toMatchObject({ status: "failed", problem: "list_gone" });
  });

  test("Q1: a list sync may use what is kept for people, an import may not", async () => {
    await makeContact(world, { email: "a@example.com", lastname: "A", city: "Kobe" });
    const listId = await makeActiveList(world, "Kobe", "city", "Kobe");
    await changeWorld(world, { salesforceDailyCalls: 100 });
    await getDatabase().callUsage.deleteMany();
    const spent = { hour: new Date(), object: "contact", reason: "sync", calls: 90 };
    await getDatabase().callUsage.create({ data: { connectionId: world.connectionId, ...spent } });
    const imported = await advance(world, await queueJob(world, IMPORT));
    expect(imported.end).toBe("waits");
    expect(imported.job).toMatchObject({ status: "running", problem: "allocation_reached" });
    const synced = await advance(world, await queueJob(world, { kind: "list_sync", listId }));
    expect(synced.counts).toMatchObject({ created: 1 });
    const usage = await getDatabase().callUsage.findMany({ where: { reason: "manual", object: "contact" } });
    expect(usage.length).toBeGreaterThan(0);
    await getDatabase().callUsage.deleteMany();
    expect((await advance(world, imported.job.id)).job).toMatchObject({ status: "done", problem: null });
  });
});

describe("T17: known records are synced anew", () => {
  test("all of an object in a state, or only these", async () => {
    const ids = await makeContacts(world, 4, "hs");
    await world.sync();
    const rows = await Promise.all(ids.map(findRow));
    await world.salesforceAct("updateRecord", {
      object: "Lead",
      id: rows[0]?.salesforceId,
      fields: { Title: "Drifted" },
    });
    const only = rows.slice(0, 2).map((row) => row.id);
    const some = await advance(
      world,
      await queueJob(world, { kind: "resync", object: "contact", states: [], recordIds: only }),
    );
    expect(some.counts).toMatchObject({ updated: 1, unchanged: 1, open: 0 });
    expect(some.job.total).toBe(2);
    expect((await world.hubspotContact(ids[0] ?? "")).jobtitle).toBe("Drifted");
    const all = await advance(
      world,
      await queueJob(world, { kind: "resync", object: "contact", states: ["in_sync"], recordIds: null }),
    );
    expect(all.counts).toMatchObject({ unchanged: 4, open: 0 });
  });
});

describe("C4: the brake", () => {
  test("a job over more records than a run may write unseen ends before its first write and asks for a preview", async () => {
    await changeWorld(world, { brakeAt: 10 });
    await makeContacts(world, 12, "hs");
    const { job, counts } = await advance(world, await queueJob(world, IMPORT));
    expect(job).toMatchObject({ status: "failed", problem: "preview_needed" });
    expect(counts.created + counts.open).toBe(0);
    expect(await countLeads()).toEqual({ leads: 0, people: 0 });
    await changeWorld(world, { brakeAt: 12 });
    expect((await advance(world, await queueJob(world, IMPORT))).counts).toMatchObject({ created: 12 });
  });
});
