import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isOpen, type JobRequest } from "@/lib/decide/job-request";
import { getDatabase } from "@/lib/store/client";
import { readConnection } from "@/lib/store/connections";
import { countPreviewed, listPreviewed, type PreviewedItem } from "@/lib/store/preview-items";
import { changeSettings } from "./change-connection";
import { prepareConnection } from "./prepare-connection";
import { ANY_TIME, advance, makeContacts, makeLeads, queueJob } from "./testing/jobs";
import { addMapping, addProperty, findRow, makeContact, makeRecord } from "./testing/pairs";
import { changeWorld, makeActiveList } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

const IMPORT: JobRequest = { kind: "import_hubspot", object: "contact", ...ANY_TIME };
const BACKFILL: JobRequest = { kind: "backfill", object: "contact", states: [] };

let world: SyncWorld;
beforeEach(async () => {
  world = await startSyncWorld();
});
afterEach(() => world.stop());

async function preview(request: JobRequest): Promise<string> {
  const id = await queueJob(world, request, null, "preview");
  expect((await advance(world, id)).end).toBe("done");
  return id;
}

const list = (id: string, outcome: string | null = null): Promise<PreviewedItem[]> =>
  listPreviewed(world.connectionId, id, { outcome, action: null, after: null, limit: 100 });
const count = (id: string) => countPreviewed(world.connectionId, id);

/** Everything that a preview must leave as it is, on both sides and with us. */
async function readWorld(): Promise<unknown> {
  const contacts = await world.door("hubspot", "POST", "/crm/v3/objects/contacts/search", {
    limit: 100,
    properties: ["email", "jobtitle", "lastmodifieddate", "kakehashi_salesforce_id"],
  });
  const leads = await world.soql("SELECT Id, Email, Title, SystemModstamp FROM Lead ORDER BY Id");
  const people = await world.soql("SELECT Id, Email, Title, SystemModstamp FROM Contact ORDER BY Id");
  const records = await getDatabase().syncRecord.findMany({ orderBy: { id: "asc" } });
  return { contacts: contacts.results, leads, people, records, history: await getDatabase().journalEntry.count() };
}

describe("X1: a preview tells exactly what would be written, and writes nothing", () => {
  test("of an import: creates, links with what they overwrite, and who is left out and why; then exactly that is done", async () => {
    await makeContacts(world, 3, "new");
    await makeContact(world, { firstname: "No", lastname: "Address" });
    await makeContact(world, { email: "both@example.com", lastname: "Both", jobtitle: "CFO", city: "Kobe" });
    await makeRecord(world, "Contact", { Email: "both@example.com", LastName: "Other", Phone: "123" });
    const before = await readWorld();
    const id = await preview(IMPORT);
    expect(await readWorld()).toEqual(before);
    const counts = await count(id);
    expect(counts.actions).toMatchObject({ create_salesforce: 3, link: 1, update: 0, create_hubspot: 0 });
    expect(counts.excluded).toEqual({ no_email: 1 });
    const link = (await list(id)).find((item) => item.plan.action === "link");
    expect(link?.plan.changes).toContainEqual({
      hubspotProperty: "lastname",
      salesforceField: "LastName",
      side: "hubspot",
      before: "Both",
      after: "Other",
      rule: "prefer_salesforce",
    });
    expect(counts.values.overwritten).toBe(1);
    expect((await list(id, "excluded"))[0]?.plan.name).toBe("No Address");

    await makeContacts(world, 2, "later");
    const { job, counts: done } = await advance(world, await queueJob(world, IMPORT, id));
    expect(job).toMatchObject({ status: "done", total: 4 });
    expect(done).toMatchObject({ created: 3, updated: 1, excluded: 0, failed: 0, open: 0 });
    const leads = await world.soql("SELECT Email FROM Lead ORDER BY Email");
    expect(leads.map((row) => row.Email)).toEqual(["new.0@example.com", "new.1@example.com", "new.2@example.com"]);
    expect((await world.findContact("both@example.com"))[0]?.properties.lastname).toBe("Other");
  });

  test("G2: of a list just chosen it tells nothing before its members are known, which a check asked for with the choice reads", async () => {
    const [member = ""] = await makeContacts(world, 3, "hs");
    await world.hubspotAct("updateContact", { id: member, properties: { city: "Guests" } });
    await world.sync();
    await world.sync();
    const listId = await makeActiveList(world, "Guests", "city", "Guests");
    const { settingsVersion, nextCheckAt } = (await readConnection(world.connectionId)) ?? { settingsVersion: 1 };
    const saved = await changeSettings(world.connectionId, {
      version: settingsVersion,
      inclusionLists: { contact: { listId, name: "Guests" } },
    });
    expect(saved).toBe("saved");
    const due = (await readConnection(world.connectionId))?.nextCheckAt;
    expect(due?.getTime()).toBeLessThan(nextCheckAt?.getTime() ?? 0);
    expect(due?.getTime()).toBeLessThanOrEqual(Date.now());

    const id = await queueJob(world, BACKFILL, null, "preview");
    expect(isOpen((await advance(world, id, 2_000)).job.status)).toBe(true);
    expect(await list(id)).toEqual([]);
    await world.sync();
    expect((await advance(world, id)).end).toBe("done");
    expect(await count(id)).toMatchObject({
      actions: { link: 0 },
      unchanged: 1,
      excluded: { not_in_inclusion_list: 2 },
    });
  });

  test("T19: a mapping added later is applied to existing pairs: old and new values first, then the same ones written", async () => {
    const ids = await makeContacts(world, 3, "hs");
    await world.sync();
    await addProperty(world, "favourite", "string/text");
    const rows = await Promise.all(ids.map(findRow));
    await world.hubspotAct("updateContact", { id: ids[0], properties: { favourite: "Tea" } });
    await world.hubspotAct("updateContact", { id: ids[1], properties: { favourite: "Coffee" } });
    await world.salesforceAct("updateRecord", {
      object: "Lead",
      id: rows[1]?.salesforceId,
      fields: { Description: "Something" },
    });
    // The descriptions of fields are kept for a day.
    await prepareConnection(world.connectionId, { createIdFields: true });
    await addMapping(world, { hubspotProperty: "favourite", leadField: "Description", rule: "always_hubspot" });
    const before = await readWorld();
    const id = await preview(BACKFILL);
    expect(await readWorld()).toEqual(before);
    expect(await count(id)).toMatchObject({
      actions: { update: 2 },
      unchanged: 1,
      values: { salesforce: 2, hubspot: 0, overwritten: 1, cleared: 0 },
    });
    const changes = (await list(id)).flatMap((item) => item.plan.changes);
    expect(changes.map(({ before: old, after }) => `${old} → ${after}`).toSorted()).toEqual([
      "Something → Coffee",
      "null → Tea",
    ]);
    const { counts } = await advance(world, await queueJob(world, BACKFILL, id));
    expect(counts).toMatchObject({ updated: 2, unchanged: 0, open: 0 });
    const leads = await world.soql("SELECT Email, Description FROM Lead ORDER BY Email");
    expect(leads.map((row) => row.Description)).toEqual(["Tea", "Coffee", null]);
    expect((await findRow(ids[0] ?? "")).lastTriggers).toMatchObject([{ code: "T19" }]);
  });

  test("T19: a setting that was turned on: what it left out so far would be created, and only that is", async () => {
    await changeWorld(world, { hubspotToSalesforce: "nothing" });
    await makeContacts(world, 4, "hs");
    await world.sync();
    await changeWorld(world, { hubspotToSalesforce: "contact" });
    const id = await preview({ kind: "backfill", object: "contact", states: ["excluded"] });
    expect((await count(id)).actions).toMatchObject({ create_salesforce: 4 });
    const { counts } = await advance(world, await queueJob(world, BACKFILL, id));
    expect(counts).toMatchObject({ created: 4, open: 0 });
    expect(await world.soql("SELECT COUNT(Id) n FROM Contact")).toMatchObject([{ n: 4 }]);
  });

  test("from Salesforce, with a known partner: the lead would be linked, others created", async () => {
    await changeWorld(world, { hubspotToSalesforce: "nothing" });
    await makeContact(world, { email: "sf.1@example.com", lastname: "Known" });
    await world.sync();
    await makeLeads(world, 3, "sf");
    const before = await readWorld();
    const id = await preview({ kind: "import_salesforce", object: "contact", types: ["Lead"], ...ANY_TIME });
    expect(await readWorld()).toEqual(before);
    expect((await count(id)).actions).toMatchObject({ create_hubspot: 2, link: 1 });
  });

  test("C4: what a preview has shown needs no further word, however much it is", async () => {
    await changeWorld(world, { brakeAt: 2 });
    await makeContacts(world, 5, "hs");
    const id = await preview(IMPORT);
    const { job, counts } = await advance(world, await queueJob(world, IMPORT, id));
    expect(job.status).toBe("done");
    expect(counts).toMatchObject({ created: 5 });
  });
});
