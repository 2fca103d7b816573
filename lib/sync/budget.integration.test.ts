import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { budgetSchema } from "@/lib/contracts/budget";
import { listUsage, readBudget } from "@/lib/store/call-budget";
import { getDatabase } from "@/lib/store/client";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { resumeHealed } from "./resume-healed";
import { syncRecordNow } from "./sync-now";
import { endWaits, findRow, makeContact, makeRecord, settle } from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewBudget } from "./view-budget";

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(async () => {
  await world.stop();
});
beforeEach(async () => {
  await allow(null);
  await getDatabase().callUsage.deleteMany();
  await settle(world);
});

async function allow(calls: number | null): Promise<void> {
  const connection = await readConnection(world.connectionId);
  await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, { salesforceDailyCalls: calls });
}

/** Leaves room for so many calls that nobody waits for. */
async function leaveRoom(calls: number): Promise<void> {
  const { used } = await readBudget(world.connectionId);
  let allocation = used + calls;
  while (Math.floor(allocation * 0.9) < used + calls) allocation += 1;
  // Some more for people than the tenth of such a small number.
  await allow(allocation);
}

const leads = (email: string) => world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`);

async function countCalls(): Promise<number> {
  const rows = await listUsage(world.connectionId);
  return rows.reduce((sum, row) => sum + row.calls, 0);
}

test("Q1: every Salesforce call is counted, by object and reason, and the org's own numbers are kept", async () => {
  await getDatabase().callUsage.deleteMany();
  await world.clearCalls();
  const id = await makeContact(world, { email: "count@example.com", lastname: "Count" });
  await world.clearCalls();
  await world.sync();
  await syncRecordNow(world.connectionId, (await findRow(id)).id, "ann@example.com");
  const { salesforce } = await world.calls();
  expect(await countCalls()).toBe(salesforce);
  const rows = await listUsage(world.connectionId);
  const kinds = new Set(rows.map(({ object, reason }) => `${object} ${reason}`));
  expect([...kinds].toSorted()).toEqual(["all check", "contact manual", "contact sync"]);
  const { org } = await readBudget(world.connectionId);
  expect(org?.max).toBeGreaterThanOrEqual(15_000);
  expect(org?.used).toBeGreaterThan(0);
});

test("Q1: the view tells hours, objects, reasons, the org and whether work waits", async () => {
  await makeContact(world, { email: "view@example.com", lastname: "View" });
  await world.sync();
  const view = budgetSchema.parse(await viewBudget());
  expect(view.hours).toHaveLength(25);
  expect(view.hours.reduce((sum, hour) => sum + hour.calls, 0)).toBe(view.used);
  expect(view.byObject.reduce((sum, row) => sum + row.calls, 0)).toBe(view.used);
  expect(Object.values(view.byReason).reduce((sum, calls) => sum + calls, 0)).toBe(view.used);
  expect(view).toMatchObject({ isSet: false, allocation: Math.floor((view.org?.max ?? 0) * 0.8), waiting: false });
  await allow(view.used);
  const full = await viewBudget();
  expect(full).toMatchObject({ isSet: true, waiting: true, allocation: view.used });
  // The one hour with calls falls out after 24 hours, when it is over: 24 to 25 hours from now.
  const room = (new Date(full.roomAt ?? 0).getTime() - Date.now()) / 3_600_000;
  expect(room).toBeGreaterThan(23.9);
  expect(room).toBeLessThanOrEqual(25);
});

test("Q1: at the allocation work waits: due, unharmed, and no call is made; a person's own sync goes through", async () => {
  const waiting = await makeContact(world, { email: "waits@example.com", lastname: "Waits" });
  const urgent = await makeContact(world, { email: "urgent@example.com", lastname: "Urgent" });
  await leaveRoom(1);
  const first = await world.sync();
  expect(first).toMatchObject({ synced: 0, failed: 0, remaining: 2 });
  await world.clearCalls();
  expect(await world.sync()).toMatchObject({ runId: null, synced: 0, failed: 0, remaining: 2 });
  expect((await world.calls()).salesforce).toBe(0);
  expect(await leads("waits@example.com")).toEqual([]);
  expect(await findRow(waiting)).toMatchObject({ state: "due", attempts: 0, leaseToken: null });
  expect(await getDatabase().syncError.count({ where: { closedAt: null } })).toBe(0);
  expect((await readConnection(world.connectionId))?.status).toBe("active");

  const { used } = await readBudget(world.connectionId);
  // The tenth that is kept for people, of a number large enough for one of them.
  await allow(Math.ceil(used / 0.9) + 10);
  expect((await readBudget(world.connectionId)).open).toBeLessThanOrEqual(used + 9);
  const answer = await syncRecordNow(world.connectionId, (await findRow(urgent)).id, "ann@example.com");
  expect(answer).toMatchObject({ kind: "done", result: { state: "in_sync" } });
  expect(await leads("urgent@example.com")).toHaveLength(1);
});

test("Q1: what waited follows by itself when yesterday's calls fall out of the count", async () => {
  await makeContact(world, { email: "follows@example.com", lastname: "Follows" });
  await leaveRoom(1);
  await world.sync();
  expect(await leads("follows@example.com")).toEqual([]);
  await getDatabase().$executeRaw`UPDATE call_usage SET hour = hour - interval '25 hours'`;
  await allow(100);
  await settle(world);
  expect(await leads("follows@example.com")).toHaveLength(1);
});

test("Q1, M6: running out between two calls of one record leaves one record and no error", async () => {
  for (let room = 1; room <= 6; room += 1) {
    const email = `middle${room}@example.com`;
    await makeContact(world, { email, lastname: "Middle" });
    await makeRecord(world, "Lead", { LastName: "Other", Company: "Acme", Email: `other${room}@example.com` });
    await getDatabase().callUsage.deleteMany();
    await leaveRoom(room);
    await world.sync();
    expect(await getDatabase().syncRecord.count({ where: { state: "failing" } })).toBe(0);
    expect((await readBudget(world.connectionId)).used).toBeLessThanOrEqual(room);
    await allow(null);
    await endWaits();
    await settle(world);
    expect(await leads(email)).toHaveLength(1);
    expect(await world.findContact(`other${room}@example.com`)).toHaveLength(1);
  }
});

test("E5: when Salesforce's own limit is reached the connection pauses, and goes on by itself when there is room", async () => {
  await makeContact(world, { email: "limit@example.com", lastname: "Limit" });
  await world.door("salesforce", "PUT", "/__sandbox/limits", { enforce: true });
  await world.salesforceAct("setApiLimit", { max: 10, used: 10 });
  await world.sync();
  expect(await readConnection(world.connectionId)).toMatchObject({
    status: "suspended",
    suspended: { reason: "daily_limit_reached", side: "salesforce" },
  });
  expect(await resumeHealed()).toEqual([]);
  expect((await readConnection(world.connectionId))?.status).toBe("suspended");
  await world.salesforceAct("setApiLimit", { max: 15_000, used: 10 });
  expect(await resumeHealed()).toEqual([world.connectionId]);
  await endWaits();
  await settle(world);
  expect(await leads("limit@example.com")).toHaveLength(1);
});

test("E5: HubSpot's calls of the day used up pause the connection too, until HubSpot answers again", async () => {
  await makeContact(world, { email: "daily@example.com", lastname: "Daily" });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: true, daily: 1 });
  await world.sync();
  expect(await readConnection(world.connectionId)).toMatchObject({
    status: "suspended",
    suspended: { reason: "daily_limit_reached", side: "hubspot" },
  });
  expect(await resumeHealed()).toEqual([]);
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: true, daily: 250_000 });
  expect(await resumeHealed()).toEqual([world.connectionId]);
  await endWaits();
  await settle(world);
  expect(await leads("daily@example.com")).toHaveLength(1);
});

test("E5: a lost sign-in is not asked again without a person", async () => {
  await getDatabase().connection.updateMany({ data: { status: "suspended", suspendedReason: "sign_in_lost" } });
  await world.clearCalls();
  expect(await resumeHealed()).toEqual([]);
  expect(await world.calls()).toEqual({ hubspot: 0, salesforce: 0 });
});
