import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startHubSpotSandbox } from "../../sandbox/hubspot/server";
import { startSalesforceSandbox } from "../../sandbox/salesforce/server";
import type { HubSpotCrm, SalesforceCrm } from "./face";
import { createHubSpotCrm } from "./hubspot/crm";
import { createSalesforceCrm } from "./salesforce/crm";
import { type Bench, failureOf, openBench } from "./testing/open-bench";

const ACTIVE = (value: string) => ({
  filterBranchType: "OR",
  filterBranchOperator: "OR",
  filters: [],
  filterBranches: [
    {
      filterBranchType: "AND",
      filterBranchOperator: "AND",
      filterBranches: [],
      filters: [
        {
          filterType: "PROPERTY",
          property: "city",
          operation: { operationType: "MULTISTRING", operator: "IS_EQUAL_TO", values: [value] },
        },
      ],
    },
  ],
});

describe("HubSpot: lists, the recycle bin and merges", () => {
  let bench: Bench;
  let crm: HubSpotCrm;
  beforeAll(async () => {
    bench = await openBench(await startHubSpotSandbox({ contacts: 0 }), "pat-na1-sandbox");
    crm = createHubSpotCrm(bench);
  });
  afterAll(() => bench.sandbox.stop());
  const make = async (properties: Record<string, string>): Promise<string> =>
    (await bench.act<{ id: string }>("createContact", { properties })).id;
  /** The same adapter with nobody at the other end of the line. */
  const unreachable = (): HubSpotCrm => {
    const token = async () => ({ accessToken: "x", baseUrl: "http://127.0.0.1:1" });
    return createHubSpotCrm({ ...bench, tokens: { current: token, renew: token } });
  };

  test("G2: a list tells kind, size, joining and leaving in one call; its members come in the order of joining", async () => {
    const { listId } = await bench.act<{ listId: string }>("createList", {
      name: "Kyoto",
      processingType: "DYNAMIC",
      filterBranch: ACTIVE("Kyoto"),
    });
    const first = await make({ email: "first@example.com", city: "Kyoto" });
    const second = await make({ email: "second@example.com", city: "Kyoto" });
    const [list] = await crm.lists.readByIds([listId, "99999"]);
    expect(list).toMatchObject({ id: listId, name: "Kyoto", objectTypeId: "0-1", isActive: true, size: 2 });
    expect(list?.addedAt).not.toBeNull();
    expect(list?.removedAt).toBeNull();
    expect(await crm.lists.readMembers(listId, null)).toEqual({ ids: [first, second], next: null });
    await bench.act("updateContact", { id: first, properties: { city: "Osaka" } });
    const [after] = await crm.lists.readByIds([listId]);
    expect(after?.size).toBe(1);
    expect(after?.removedAt).not.toBeNull();
    const found = await crm.lists.search("0-1", "kyoto");
    expect(found.lists.map((one) => one.id)).toEqual([listId]);
    expect(found.hasMore).toBe(false);
    expect((await crm.lists.search("0-2", "kyoto")).lists).toEqual([]);
  });

  test("G2: only HubSpot's own 404 says that a list is gone; an outage does not", async () => {
    expect(await crm.lists.read("424242")).toBeNull();
    await expect(failureOf(unreachable().lists.read("1"))).resolves.toMatchObject({ status: 0 });
    const { listId } = await bench.act<{ listId: string }>("createList", { name: "By hand" });
    expect(await crm.lists.read(listId)).toMatchObject({ isActive: false });
  });

  test("G2: a long list comes in pages, and the last page's place shows only newcomers", async () => {
    const { listId } = await bench.act<{ listId: string }>("createList", {
      name: "Nara",
      processingType: "DYNAMIC",
      filterBranch: ACTIVE("Nara"),
    });
    for (let index = 0; index < 260; index += 1) await make({ email: `n${index}@example.com`, city: "Nara" });
    const first = await crm.lists.readMembers(listId, null);
    expect(first.ids).toHaveLength(250);
    const last = await crm.lists.readMembers(listId, first.next);
    expect([last.ids.length, last.next]).toEqual([10, null]);
    const late = await make({ email: "late@example.com", city: "Nara" });
    expect((await crm.lists.readMembers(listId, first.next)).ids.at(-1)).toBe(late);
  });

  test("C3: the recycle bin is asked directly; live and unknown ids are not in it", async () => {
    const contacts = crm.of("contact");
    const gone = await make({ email: "gone@example.com" });
    const stays = await make({ email: "stays@example.com" });
    const before = Date.now();
    expect(await contacts.archive([{ key: "a", id: gone }])).toMatchObject([{ key: "a", ok: true, id: gone }]);
    const [archived, ...more] = await contacts.readArchived([gone, stays, "999999"]);
    expect(more).toEqual([]);
    expect(archived?.id).toBe(gone);
    expect(archived?.archivedAt).toBeGreaterThanOrEqual(before - 5_000);
    expect((await contacts.listArchived(null)).records.map((one) => one.id)).toEqual([gone]);
    expect(await contacts.readByIds([gone, stays], ["email"])).toMatchObject([{ id: stays }]);
    // Repeating it is harmless: the answer to the first may have been lost.
    expect(await contacts.archive([{ key: "a", id: gone }])).toMatchObject([{ ok: true }]);
  });

  test("M5: a merged-away id is absent from batches and leads to the survivor alone", async () => {
    const contacts = crm.of("contact");
    const winner = await make({ email: "winner@example.com" });
    const loser = await make({ email: "loser@example.com" });
    await bench.act("mergeContacts", { primaryObjectId: winner, objectIdToMerge: loser });
    expect(await contacts.readByIds([loser], ["email"])).toEqual([]);
    expect(await contacts.readArchived([loser])).toEqual([]);
    const found = await contacts.readMerged([loser, winner, "999999"], ["hs_merged_object_ids"]);
    expect([...found]).toMatchObject([[loser, { id: winner, values: { hs_merged_object_ids: loser } }]]);
  });

  test("C3: an archive whose call fails is told as failed for every record of it", async () => {
    const failing = unreachable();
    const outcomes = await failing.of("contact").archive([{ key: "a", id: "1" }]);
    expect(outcomes).toMatchObject([{ key: "a", ok: false, failure: { status: 0 } }]);
    await expect(failureOf(failing.of("contact").readArchived(["1"]))).resolves.toMatchObject({ status: 0 });
  });
});

describe("Salesforce: the recycle bin and merges", () => {
  let bench: Bench;
  let crm: SalesforceCrm;
  beforeAll(async () => {
    bench = await openBench(await startSalesforceSandbox({ contacts: 0 }), "00D000000000001AAA!sandbox");
    crm = createSalesforceCrm(bench);
  });
  afterAll(() => bench.sandbox.stop());
  const make = async (fields: Record<string, string>): Promise<string> =>
    (await bench.act<{ id: string }>("createRecord", { object: "Contact", fields })).id;

  test("C3, M5: deleted, merged, live and hidden records are told apart", async () => {
    const [gone, master, loser, stays, hidden] = await Promise.all(
      ["Gone", "Master", "Loser", "Stays", "Hidden"].map((LastName) => make({ LastName })),
    );
    await bench.act("deleteRecord", { object: "Contact", id: gone });
    await bench.act("merge", { masterId: master, mergedIds: [loser] });
    await bench.act("hideRecord", { id: hidden });
    const ids = [gone, loser, stays, hidden].map(String);
    const found = await crm.readDeleted(ids);
    expect(found.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      [
        { id: gone, masterId: null },
        { id: loser, masterId: master },
      ].toSorted((a, b) => (String(a.id) < String(b.id) ? -1 : 1)),
    );
    expect((await crm.readByIds(ids, { Contact: ["LastName"] })).map((one) => one.id)).toEqual([stays]);
  });

  test("C3: removing answers each record; what is gone already counts as done, a refusal has its own words", async () => {
    const [one, two, gone] = await Promise.all(["One", "Two", "Gone"].map((LastName) => make({ LastName })));
    await bench.act("deleteRecord", { object: "Contact", id: gone });
    const outcomes = await crm.remove([
      { key: "a", id: String(one) },
      { key: "b", id: "003000000000000AAA" },
      { key: "c", id: String(gone) },
    ]);
    expect(outcomes).toMatchObject([
      { key: "a", ok: true },
      { key: "b", ok: false },
      { key: "c", ok: true },
    ]);
    expect(await crm.readDeleted([String(one), String(two)])).toEqual([{ id: one, masterId: null }]);
  });
});
