import { afterAll, beforeAll, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { syncRecordNow } from "./sync-now";
import { editContact, editRecord, findRow, makeContact, setRule, settle } from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await setRule("jobtitle", "two_way");
  await setRule("phone", "two_way");
});
afterAll(() => world.stop());

async function makePair(name: string) {
  const contact = await makeContact(world, { email: `${name}@example.com`, lastname: name, company: "C" });
  await settle(world);
  const row = await findRow(contact);
  return { contact, lead: row.salesforceId ?? "", rowId: row.id };
}

/** The books of the run that began last, and how many records its timelines say that it synced. */
async function readBooks() {
  const run = await getDatabase().syncRun.findFirst({ orderBy: { startedAt: "desc" } });
  if (!run) throw new Error("There was no run");
  const outcome = { notIn: ["unchanged", "excluded", "failed", "interrupted"] };
  const told = await getDatabase().journalEntry.count({ where: { runId: run.id, outcome } });
  const { kind, status, due, synced, created, unchanged, failed, excluded } = run;
  return { kind, status, due, synced, created, unchanged, failed, excluded, told };
}

it("I9: a pair that was edited on both sides, a new one, one without an address and one that fails are due once each", async () => {
  const both = await makePair("both");
  const refused = await makePair("refused");
  await editContact(world, both.contact, { jobtitle: "Buyer" });
  await editRecord(world, "Lead", both.lead, { Phone: "03" });
  await makeContact(world, { email: "new@example.com", lastname: "New", company: "C" });
  await makeContact(world, { lastname: "No address", company: "C" });
  await editContact(world, refused.contact, { jobtitle: "x".repeat(300) });
  await world.sync();
  expect(await readBooks()).toEqual({
    ...{ kind: "check", status: "done", due: 4, synced: 2, created: 1, unchanged: 0, failed: 1, excluded: 1, told: 2 },
  });
});

it("I9, T17: a sync by hand tells of the one record that it took up", async () => {
  const { rowId } = await makePair("hand");
  await syncRecordNow(world.connectionId, rowId, "ops@example.com");
  expect(await readBooks()).toMatchObject({ kind: "manual", due: 1, synced: 0, unchanged: 1, told: 0 });
});

it("I9, M5: two pairs that become one are two records that were due, one of them merged into the other", async () => {
  const [kept, gone] = [await makePair("kept"), await makePair("gone")];
  await world.hubspotAct("mergeContacts", { primaryObjectId: kept.contact, objectIdToMerge: gone.contact });
  await world.salesforceAct("merge", { masterId: kept.lead, mergedIds: [gone.lead] });
  await world.sync();
  const books = await readBooks();
  expect(books.due).toBe(books.synced + books.unchanged + books.failed + books.excluded);
  expect(books.synced).toBe(books.told);
  const history = await getDatabase().journalEntry.findMany({ where: { recordId: kept.rowId } });
  expect(history.filter(({ outcome }) => outcome === "merged")).toHaveLength(1);
});
