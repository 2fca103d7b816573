import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "@/scripts/testing/database";
import { clearBriefCache } from "./brief-cache";
import { closeDatabase, connectDatabase, getDatabase } from "./client";
import { findConnection } from "./connections";
import { countStatesByObject, noteStateCounts, readStateCounts, sumStates } from "./state-counts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connectionId: string;
const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.url);
  connectionId = (await findConnection()).id;
  await getDatabase().connection.update({ where: { id: connectionId }, data: { status: "active" } });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  await getDatabase().stateCount.deleteMany();
  await getDatabase().syncRecord.deleteMany();
  clearBriefCache();
});

const add = (object: string, state: string, times: number, more = {}) =>
  getDatabase().syncRecord.createMany({
    data: Array.from({ length: times }, () => ({ connectionId, object, state, ...more })),
  });

test("the first look of an hour notes the numbers, later looks of it change nothing", async () => {
  await add("contact", "in_sync", 3);
  await add("contact", "failing", 1);
  await noteStateCounts(new Date());
  await add("contact", "in_sync", 5);
  await noteStateCounts(new Date());
  expect(await readStateCounts(connectionId, ["contact"], 1)).toMatchObject([{ inSync: 3, failing: 1, excluded: 0 }]);
});

test("objects are told apart and summed up together", async () => {
  await add("call", "in_sync", 2);
  await add("note", "excluded", 1);
  await add("deal", "failing", 4);
  await noteStateCounts(new Date());
  const [both] = await readStateCounts(connectionId, ["call", "note"], 1);
  expect(both).toMatchObject({ inSync: 2, excluded: 1, failing: 0 });
});

test("a day shows each hour, a week every sixth; what is older than a month is forgotten", async () => {
  await add("contact", "in_sync", 1);
  for (let hours = 23; hours > 0; hours--) await noteStateCounts(hoursAgo(hours));
  expect(await readStateCounts(connectionId, ["contact"], 1)).toHaveLength(23);
  expect((await readStateCounts(connectionId, ["contact"], 7)).length).toBeLessThanOrEqual(4);
  await noteStateCounts(hoursAgo(32 * 24));
  await noteStateCounts(new Date());
  expect(await getDatabase().stateCount.count({ where: { at: { lt: hoursAgo(31 * 24) } } })).toBe(0);
});

test("a record that a worker holds counts as syncing, a due one of a suspended connection as paused", async () => {
  await add("contact", "due", 2);
  await add("contact", "due", 1, { requestedVersion: 2, syncedVersion: 1, leaseUntil: new Date(Date.now() + 60_000) });
  const states = (await countStatesByObject(connectionId)).get("contact");
  expect(states).toMatchObject({ due: 2, syncing: 1, paused: 0 });
  await getDatabase().connection.update({ where: { id: connectionId }, data: { status: "suspended" } });
  clearBriefCache();
  const paused = [...(await countStatesByObject(connectionId)).values()];
  expect(sumStates(paused)).toMatchObject({ due: 0, syncing: 1, paused: 2 });
});
