import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JobRequest } from "@/lib/decide/job-request";
import { getDatabase } from "@/lib/store/client";
import { ANY_TIME, advance, makeContacts, makeLeads, queueJob } from "./testing/jobs";
import { findRow, makeContact, readHistory } from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
beforeEach(async () => {
  world = await startSyncWorld();
});
afterEach(() => world.stop());

describe("T17, U4: an import names existing records of one side, the engine syncs them", () => {
  test("from HubSpot: every contact ends on the other side, and the books are exact", async () => {
    await makeContacts(world, 250, "hs");
    await makeContact(world, { firstname: "No", lastname: "Address" });
    const jobId = await queueJob(world, { kind: "import_hubspot", object: "contact", ...ANY_TIME });
    const { end, job, counts } = await advance(world, jobId);
    expect(end).toBe("done");
    expect(counts).toMatchObject({ created: 250, excluded: 1, failed: 0, updated: 0, unchanged: 0, open: 0 });
    expect(job.total).toBe(251);
    expect(await world.soql("SELECT COUNT(Id) n FROM Lead")).toMatchObject([{ n: 250 }]);
    const row = await getDatabase().syncRecord.findFirst({ where: { email: "hs.7@example.com" } });
    const [entry] = await readHistory(row?.id ?? "");
    expect(entry).toMatchObject({ outcome: "created_in_salesforce", triggers: [{ code: "import" }] });
  });

  test("a second import finds nothing to do and calls nobody but the page that it reads", async () => {
    await makeContacts(world, 120, "hs");
    const request = { kind: "import_hubspot", object: "contact", ...ANY_TIME } as const;
    await advance(world, await queueJob(world, request));
    await world.clearCalls();
    const again = await advance(world, await queueJob(world, request));
    expect(again.counts).toMatchObject({ unchanged: 120, created: 0, updated: 0, open: 0 });
    expect(await world.calls()).toEqual({ hubspot: 1, salesforce: 0 });
  });

  test("from Salesforce: leads and contacts become HubSpot contacts; a known partner is linked, not doubled", async () => {
    await changeWorld(world, { hubspotToSalesforce: "nothing" });
    await makeContact(world, { email: "sf.3@example.com", lastname: "Known", city: "Osaka" });
    await world.sync();
    await makeLeads(world, 30, "sf");
    await world.salesforceAct("createRecord", {
      object: "Contact",
      fields: { LastName: "Person", Email: "person@example.com" },
    });
    const request: JobRequest = {
      kind: "import_salesforce",
      object: "contact",
      types: ["Lead", "Contact"],
      ...ANY_TIME,
    };
    const { end, job, counts } = await advance(world, await queueJob(world, request));
    expect(end).toBe("done");
    expect(job.total).toBe(31);
    expect(counts).toMatchObject({ created: 30, updated: 1, failed: 0, excluded: 0, unchanged: 0, open: 0 });
    expect(await world.findContact("sf.3@example.com")).toHaveLength(1);
    expect(await world.findContact("person@example.com")).toHaveLength(1);
    expect((await findRow((await world.findContact("sf.3@example.com"))[0]?.id ?? "")).salesforceId).not.toBeNull();
  });

  test("dates narrow it: only what was made since a day, or changed since a moment", async () => {
    await makeContacts(world, 5, "old");
    await world.door("hubspot", "PUT", "/__sandbox/clock", { offsetMs: 10 * 86_400_000 });
    await makeContacts(world, 7, "new");
    const from = new Date(Date.now() + 5 * 86_400_000).toISOString();
    const created = await advance(
      world,
      await queueJob(world, { kind: "import_hubspot", object: "contact", ...ANY_TIME, createdFrom: from }),
    );
    expect(created.counts).toMatchObject({ created: 7 });
    const older = await advance(
      world,
      await queueJob(world, { kind: "import_hubspot", object: "contact", ...ANY_TIME, createdTo: from }),
    );
    expect(older.counts).toMatchObject({ created: 5 });
  });

  test("a record that a validation rule refuses is counted as failed and holds up nobody", async () => {
    await makeContacts(world, 20, "hs");
    await world.salesforceAct("addValidationRule", {
      object: "Lead",
      name: "no_three",
      errorCondition: "LastName = 'Last3'",
      errorMessage: "Not this one",
    });
    const { counts } = await advance(
      world,
      await queueJob(world, { kind: "import_hubspot", object: "contact", ...ANY_TIME }),
    );
    expect(counts).toMatchObject({ created: 19, failed: 1, open: 0 });
    const failed = await getDatabase().jobItem.findFirst({ where: { outcome: "failed" } });
    expect(failed?.reason).toBe("validation_rule");
  });
});
