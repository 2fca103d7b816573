import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestDatabase } from "@/scripts/testing/database";
import { closeDatabase, connectDatabase, getDatabase, inTransaction } from "./client";
import { listenForSignals, signalWork } from "./wake-signal";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.url);
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

test("T18: signals reach every listener when their transaction commits; a cut line is opened again and said so", async () => {
  const stop = new AbortController();
  const heard: (string | null)[] = [];
  const listening = listenForSignals(database.url, (id) => heard.push(id), stop.signal);
  await vi.waitFor(() => expect(heard).toEqual([null]), { timeout: 5_000 });
  await inTransaction(async (tx) => {
    await signalWork("one", tx);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).toEqual([null]);
  });
  await inTransaction(async (tx) => {
    await signalWork("never", tx);
    throw new Error("rolled back");
  }).catch(() => {});
  await vi.waitFor(() => expect(heard).toEqual([null, "one"]));

  await getDatabase()
    .$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'kakehashi-signals'`;
  await vi.waitFor(() => expect(heard).toEqual([null, "one", null]), { timeout: 5_000 });
  await signalWork("two");
  await vi.waitFor(() => expect(heard.at(-1)).toBe("two"));
  stop.abort();
  await listening;
});
