import { afterAll, beforeAll, expect, it } from "vitest";
import { readConnection } from "@/lib/store/connections";
import { changeSettings } from "./change-connection";
import { act, makePair, readTasks } from "./testing/activities";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());

it("A1: a toggle saved on its page is all it takes: the next check makes the id fields and describes tasks", async () => {
  const { contact, lead } = await makePair(world, "toggle@example.com");
  const version = (await readConnection(world.connectionId))?.settingsVersion ?? 1;
  const activities = { task: true, call: true };
  expect(await changeSettings(world.connectionId, { version, activities })).toBe("saved");
  await act(world, "createTask", { id: contact, subject: "Send it", priority: "LOW" });
  await act(world, "logCall", { id: contact, title: "Intro" });
  await world.sync();
  const tasks = await readTasks(world, lead);
  expect(tasks).toHaveLength(2);
  expect(tasks).toContainEqual(expect.objectContaining({ Subject: "Send it", Priority: "Low", Status: "Not Started" }));
  const { capabilities } = (await readConnection(world.connectionId)) ?? {};
  expect(capabilities?.salesforce).toMatchObject({ present: true, missing: [] });
  await world.sync();
  await world.clearCalls();
  await world.sync();
  expect(await world.calls()).toEqual({ hubspot: 3, salesforce: 1 });
});
