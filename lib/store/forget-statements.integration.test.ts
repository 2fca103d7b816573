import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "@/scripts/testing/database";
import { closeDatabase, connectDatabase, getDatabase, inTransaction } from "./client";

const STATEMENTS = 40;
const VALUE_MB = 2;

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

function readHeapMb(): number {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** New text each time, as a batch's records are. */
function makeText(round: number): string {
  return Array.from({ length: (VALUE_MB * 2 ** 20) / 16 }, (_, i) => `${round}-${i}`.padEnd(16)).join("");
}

it("a statement's values are gone soon after it has ended, within a transaction and without", async () => {
  await getDatabase().$queryRaw`SELECT 1`;
  const before = readHeapMb();
  for (let round = 0; round < STATEMENTS; round++) {
    const text = makeText(round);
    if (round % 2 === 0) await getDatabase().$executeRaw`SELECT length(${text})`;
    else await inTransaction((tx) => tx.$executeRaw`SELECT length(${text})`);
  }
  await sleep(500);
  // All of them would be at least 80 MB.
  expect(readHeapMb() - before).toBeLessThan(10 * VALUE_MB);
});
