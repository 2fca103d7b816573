import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createTestDatabase } from "@/scripts/testing/database";
import { closeDatabase, connectDatabase, getDatabase } from "./client";
import { findConnection } from "./connections";
import { createCallGate } from "./rate-budget";

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
  await getDatabase().rateBudget.deleteMany();
});

/** As another process has it. */
const openGate = () => createCallGate(connectionId, { hubspot: 0, salesforce: 0 });

const readNext = async () => {
  const row = await getDatabase().rateBudget.findFirst({ where: { bucket: "hubspot" } });
  return row?.nextFreeAt.getTime() ?? 0;
};

/** How far apart calls are once the burst is used up, ms. */
async function measureSpacing(gate: ReturnType<typeof openGate>): Promise<number> {
  const before = await readNext();
  for (let call = 0; call < 4; call += 1) await gate.acquire("hubspot");
  return ((await readNext()) - before) / 4;
}

async function useBurst(gate: ReturnType<typeof openGate>): Promise<void> {
  await Promise.all(Array.from({ length: 15 }, () => gate.acquire("hubspot")));
}

test("Q1: HubSpot's own limit, told to one process, spaces the calls of all", async () => {
  const [one, other] = [openGate(), openGate()];
  await useBurst(one);
  expect(await measureSpacing(other)).toBeCloseTo(10_000 / 180, 0);
  one.note("hubspot", 110);
  await vi.waitFor(async () => {
    const row = await getDatabase().rateBudget.findFirst({ where: { bucket: "hubspot" } });
    expect(row?.perTenSeconds).toBe(110);
  });
  expect(await measureSpacing(other)).toBeCloseTo(100, 0);
  expect(await measureSpacing(openGate())).toBeCloseTo(100, 0);
});

test("Q1: a pause that HubSpot asks of one process holds for all", async () => {
  const [one, other] = [openGate(), openGate()];
  await one.acquire("hubspot");
  const before = Date.now();
  one.note("hubspot", null, 700);
  await vi.waitFor(async () => expect(await readNext()).toBeGreaterThan(before + 700));
  await other.acquire("hubspot");
  expect(Date.now() - before).toBeGreaterThanOrEqual(650);
});
