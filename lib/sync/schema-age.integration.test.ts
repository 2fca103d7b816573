import { afterAll, beforeAll, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { prepareConnection } from "./prepare-connection";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
const COMPANY = DEFAULT_SETTINGS.company;

beforeAll(async () => {
  world = await startSyncWorld({ settings: { company: { ...COMPANY, on: true } } });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
afterAll(() => world.stop());

const isRead = async (): Promise<boolean> => {
  await world.clearCalls();
  await world.sync();
  const { calls } = await world.door("salesforce", "GET", "/__sandbox/calls");
  return (calls as { path: string }[]).some(({ path }) => path.includes("/describe"));
};

it("Q2: fields are read once a day, not at every check because of an object that was switched off since", async () => {
  await prepareConnection(world.connectionId, { createIdFields: false });
  await changeWorld(world, { company: { ...COMPANY, on: false } });
  await world.sync();
  expect(await isRead()).toBe(false);
  await getDatabase().$executeRaw`UPDATE schema_snapshot SET fetched_at = now() - interval '25 hours'`;
  expect([await isRead(), await isRead()]).toEqual([true, false]);
});
