import { afterAll, beforeAll, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());

/** One check; answers how many HubSpot rows it read. */
async function checkAndCount(): Promise<number> {
  const { runId } = await world.sync();
  const run = await getDatabase().syncRun.findFirstOrThrow({ where: { id: runId ?? "" } });
  return run.seenHubspot;
}

it("T1: a check looks back behind the newest change until nothing can be missing there, and never again", async () => {
  for (const n of [1, 2, 3]) {
    const properties = { email: `settled${n}@example.jp`, lastname: `Settled ${n}`, company: "C" };
    await world.door("hubspot", "POST", "/crm/v3/objects/contacts", { properties });
  }
  await checkAndCount();
  expect(await checkAndCount()).toBe(3);
  await getDatabase().$executeRaw`UPDATE check_cursor SET first_seen_at = now() - interval '10 minutes'`;
  expect(await checkAndCount()).toBe(3);
  expect(await checkAndCount()).toBe(0);
  const made = await world.door("hubspot", "POST", "/crm/v3/objects/contacts", {
    properties: { email: "late@example.jp", lastname: "Late", company: "C" },
  });
  expect(await checkAndCount()).toBe(1);
  expect(await world.soql("SELECT Id FROM Lead WHERE Email = 'late@example.jp'")).toHaveLength(1);
  expect((await world.hubspotContact(String(made.id))).salesforceleadid).not.toBeNull();
});
