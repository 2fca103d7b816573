import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "@/scripts/testing/database";
import { listUsage, readBudget, saveOrgUsage, type Taken, takeCall } from "./call-budget";
import { closeDatabase, connectDatabase, getDatabase } from "./client";
import { findConnection } from "./connections";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connectionId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.url);
  connectionId = (await findConnection()).id;
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});
beforeEach(async () => {
  await getDatabase().callUsage.deleteMany();
  await getDatabase().orgUsage.deleteMany();
  await allow(null);
});

const allow = (calls: number | null) =>
  getDatabase().connection.update({ where: { id: connectionId }, data: { settings: { salesforceDailyCalls: calls } } });

const take = (reason: "check" | "manual", times: number, object = "contact") =>
  Promise.all(Array.from({ length: times }, () => takeCall(connectionId, { object, reason })));

const granted = (answers: Taken[]) => answers.filter((answer) => answer === "taken").length;

/** As if these calls had been made so many hours ago. */
const age = (hours: number) =>
  getDatabase().$executeRaw`UPDATE call_usage SET hour = hour - ${hours} * interval '1 hour'`;

test("Q1: exactly the allocation is used, however many take at once; a tenth stays for people", async () => {
  await allow(40);
  expect(granted(await take("check", 60))).toBe(36);
  expect(granted(await take("manual", 10))).toBe(4);
  expect(await readBudget(connectionId)).toMatchObject({ used: 40, allocation: 40, open: 36 });
});

test("Q1: without a number set it is 80 % of what Salesforce allows the org; before it told, nothing is held back", async () => {
  expect(granted(await take("check", 3))).toBe(3);
  expect(await readBudget(connectionId)).toEqual({ used: 3, allocation: null, open: null, org: null });
  await saveOrgUsage(connectionId, { used: 12_000, max: 15_000 });
  expect(await readBudget(connectionId)).toMatchObject({
    used: 3,
    allocation: 12_000,
    open: 10_800,
    org: { used: 12_000, max: 15_000 },
  });
});

test("Q1: calls of more than 24 hours ago make room again", async () => {
  await allow(10);
  await take("check", 9);
  expect(granted(await take("check", 1))).toBe(0);
  await age(24);
  expect(granted(await take("check", 1))).toBe(0);
  await age(1);
  expect(granted(await take("check", 1))).toBe(1);
});

test("Q1: calls are told apart by object, reason and hour", async () => {
  await take("check", 2, "contact");
  await age(3);
  await take("check", 1, "contact");
  await take("manual", 3, "deal");
  const rows = await listUsage(connectionId);
  expect(rows.map(({ object, reason, calls }) => `${object} ${reason} ${calls}`)).toEqual([
    "contact check 2",
    "contact check 1",
    "deal manual 3",
  ]);
  expect((rows[1]?.hour.getTime() ?? 0) - (rows[0]?.hour.getTime() ?? 0)).toBe(3 * 3_600_000);
});

test("Q1: nothing may be used when nothing is allowed, and an allocation lowered below what was used waits", async () => {
  await allow(0);
  expect(granted(await take("check", 1))).toBe(0);
  expect(granted(await take("manual", 1))).toBe(0);
  await allow(100);
  await take("check", 50);
  await allow(20);
  expect(granted([...(await take("check", 1)), ...(await take("manual", 1))])).toBe(0);
});

test("Q1: what Salesforce says of the whole org is obeyed by everybody: with no call left none is sent, but to ask again", async () => {
  await allow(100);
  await saveOrgUsage(connectionId, { used: 15_000, max: 15_000 });
  expect(await take("check", 1)).toEqual(["org_used"]);
  expect(await take("manual", 1)).toEqual(["org_used"]);
  expect(await take("check", 1, "connection")).toEqual(["taken"]);
  // A minute later one of the calls finds out by itself.
  await getDatabase().$executeRaw`UPDATE org_usage SET seen_at = now() - interval '61 seconds'`;
  expect(await take("check", 1)).toEqual(["taken"]);
  await saveOrgUsage(connectionId, { used: 14_999, max: 15_000 });
  expect(await take("check", 1)).toEqual(["taken"]);
  await allow(0);
  expect(await take("check", 1)).toEqual(["allocation_used"]);
});
