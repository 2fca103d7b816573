import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { readBrake } from "@/lib/store/brakes";
import { getDatabase } from "@/lib/store/client";
import { decideBrake } from "./decide-brake";
import { syncRecordNow } from "./sync-now";
import { editContact, findRow, makeContact, makeRecord, readRecord, settle } from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
beforeEach(async () => {
  await changeWorld(world, DEFAULT_SETTINGS);
  await getDatabase().brake.deleteMany();
  await settle(world);
});
afterAll(() => world.stop());

const make = (name: string, n: number, fields: Record<string, string> = {}) =>
  Promise.all(
    Array.from({ length: n }, () =>
      makeContact(world, { email: newEmail(name), lastname: name, company: "C", ...fields }),
    ),
  );
const countLeads = async (lastName: string) =>
  (await world.soql(`SELECT Id FROM Lead WHERE LastName = '${lastName}'`)).length;
const waiting = async () => {
  const brake = await readBrake(world.connectionId);
  if (!brake) throw new Error("nothing waits");
  return brake;
};
async function countWrites(): Promise<number> {
  const all = await Promise.all(
    (["hubspot", "salesforce"] as const).map(async (side) => {
      const { calls } = await world.door(side, "GET", "/__sandbox/calls");
      return (calls as { method: string; path: string }[]).filter(
        ({ method, path }) =>
          method !== "GET" && !/search|batch\/read|\/composite$/.test(path) && !path.includes("__sandbox"),
      );
    }),
  );
  return all.flat().length;
}

describe("C4: the brake", () => {
  it("C4: a run beyond the limit stops before its first write and shows what it would do; approved, exactly that is done", async () => {
    await changeWorld(world, { brakeAt: 4 });
    const ids = await make("Stopped", 6, { jobtitle: "Boss" });
    await world.clearCalls();
    await settle(world);
    expect([await countLeads("Stopped"), await countWrites()]).toEqual([0, 0]);
    const brake = await waiting();
    expect(brake).toMatchObject({ state: "waiting", reason: "limit", creates: 6, overwrites: 0, deletes: 0 });
    expect(brake.samples).toHaveLength(6);
    expect(brake.samples[0]).toMatchObject({ kind: "create", side: "salesforce", object: "contact", name: "Stopped" });
    expect(brake.samples[0]?.changes).toContainEqual({
      hubspotProperty: "jobtitle",
      salesforceField: "Title",
      before: null,
      after: "Boss",
    });
    expect(await findRow(ids[0] ?? "")).toMatchObject({ state: "due", salesforceId: null });

    expect(await decideBrake(world.connectionId, { id: brake.id, decision: "approve" }, "ada@example.com")).toEqual({
      withdrawn: 0,
    });
    // What comes later was not approved: it is counted for itself.
    const late = await make("Late", 5);
    await settle(world);
    expect([await countLeads("Stopped"), await countLeads("Late")]).toEqual([6, 0]);
    expect(await waiting()).toMatchObject({ state: "waiting", creates: 5 });
    await decideBrake(world.connectionId, { id: (await waiting()).id, decision: "approve" }, "ada@example.com");
    await settle(world);
    expect([await countLeads("Stopped"), await countLeads("Late")]).toEqual([6, 5]);
    expect(await findRow(late[0] ?? "")).toMatchObject({ state: "in_sync" });
  });

  it("C4: dismissed, nothing of it is written, and every record waits for its next change", async () => {
    await changeWorld(world, { brakeAt: 2 });
    const ids = await make("Dropped", 3);
    await settle(world);
    const brake = await waiting();
    expect(await decideBrake(world.connectionId, { id: brake.id, decision: "dismiss" }, "ada@example.com")).toEqual({
      withdrawn: 3,
    });
    await settle(world);
    expect(await countLeads("Dropped")).toBe(0);
    expect(await findRow(ids[0] ?? "")).toMatchObject({ state: "excluded", exclusionReason: "brake_dismissed" });
    await editContact(world, ids[0] ?? "", { jobtitle: "Again" });
    await settle(world);
    expect(await countLeads("Dropped")).toBe(1);
    // An answer to a stop that is over changes nothing.
    expect(await decideBrake(world.connectionId, { id: brake.id, decision: "approve" }, "ada@example.com")).toBeNull();
  });

  it("C4: overwrites count, links do not count as creates, and what changes nothing does not count at all", async () => {
    const ids = await make("Counted", 3);
    const emails = Array.from({ length: 2 }, () => newEmail("both"));
    await settle(world);
    await changeWorld(world, { brakeAt: 3 });
    for (const id of ids) await editContact(world, id, { jobtitle: "New" });
    for (const email of emails) {
      await makeContact(world, { email, lastname: "Both", jobtitle: "J" });
      await makeRecord(world, "Contact", { Email: email, LastName: "Both" });
    }
    await settle(world);
    expect(await waiting()).toMatchObject({ creates: 0, overwrites: 5, deletes: 0 });
    expect(await readRecord(world, "Lead", (await findRow(ids[0] ?? "")).salesforceId ?? "", ["Title"])).toEqual({
      Title: null,
    });
  });

  it("C4: at the limit, and with a higher one set meanwhile, the run goes on by itself", async () => {
    await changeWorld(world, { brakeAt: 3 });
    await make("Within", 3);
    await settle(world);
    expect(await countLeads("Within")).toBe(3);
    await make("Raised", 4);
    await settle(world);
    expect(await countLeads("Raised")).toBe(0);
    await changeWorld(world, { brakeAt: 10 });
    await settle(world);
    expect(await countLeads("Raised")).toBe(4);
    expect(await readBrake(world.connectionId)).toBeNull();
  });

  it("C4, T17: a person's own sync of one record goes on while the run waits", async () => {
    await changeWorld(world, { brakeAt: 1 });
    const [first] = await make("ByHand", 3);
    await settle(world);
    expect(await countLeads("ByHand")).toBe(0);
    const row = await findRow(first ?? "");
    expect(await syncRecordNow(world.connectionId, row.id, "ada@example.com")).toMatchObject({ kind: "done" });
    expect(await countLeads("ByHand")).toBe(1);
  });

  it("C4, C3: deletes above 1 % of the pairs ask without any limit set, and are done when approved", async () => {
    const [id] = await make("Asked", 1);
    await settle(world);
    const lead = (await findRow(id ?? "")).salesforceId ?? "";
    await changeWorld(world, { whenDeletedInSalesforce: "archive" });
    await world.salesforceAct("deleteRecord", { object: "Lead", id: lead });
    await settle(world);
    expect(await waiting()).toMatchObject({ reason: "deletes_above_one_percent", creates: 0, deletes: 1 });
    expect((await world.hubspotContact(id ?? "")).lastname).toBe("Asked");
    await decideBrake(world.connectionId, { id: (await waiting()).id, decision: "approve" }, "ada@example.com");
    await settle(world);
    await expect(world.hubspotContact(id ?? "")).rejects.toThrow("404");
  });

  it("C4, C3: a delete that only the batch finds asks as well, before it is written", async () => {
    const [id] = await make("Found", 1);
    await settle(world);
    const row = await findRow(id ?? "");
    await changeWorld(world, { whenDeletedInHubSpot: "delete" });
    await getDatabase().deletionScan.deleteMany();
    await getDatabase().deletionScan.createMany({
      data: ["contact", "company", "deal"].map((object) => ({ connectionId: world.connectionId, object })),
    });
    await world.hubspotAct("archiveContact", { id });
    expect(await syncRecordNow(world.connectionId, row.id, "ada@example.com")).toMatchObject({ kind: "done" });
    expect(await readRecord(world, "Lead", row.salesforceId ?? "", ["LastName"])).toEqual({ LastName: "Found" });
    const brake = await waiting();
    expect(brake).toMatchObject({ reason: "deletes_above_one_percent", deletes: 1 });
    expect(brake.samples[0]).toMatchObject({ kind: "delete", side: "salesforce", name: "Found" });
    await settle(world);
    expect(await readRecord(world, "Lead", row.salesforceId ?? "", ["LastName"])).toEqual({ LastName: "Found" });
    await decideBrake(world.connectionId, { id: brake.id, decision: "approve" }, "ada@example.com");
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await settle(world);
    expect(await readRecord(world, "Lead", row.salesforceId ?? "", ["LastName"])).toEqual({});
  });
});
