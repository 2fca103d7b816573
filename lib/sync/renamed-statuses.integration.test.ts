import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { prepareConnection, refreshSchemas } from "./prepare-connection";
import { act, editEngagement, makePair, readEngagements, readTasks, turnOn } from "./testing/activities";
import { findRow } from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { tryMapping } from "./try-mapping";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

/** An org whose admin replaced the standard words and lets tasks have no others. */
const STATUSES = [
  { value: "未着手", isDefault: true },
  { value: "対応中" },
  { value: "中止", isClosed: true },
  { value: "完了", isClosed: true },
];
const PRIORITIES = [
  { value: "急", isHigh: true },
  { value: "並", isDefault: true },
];
const rename = async (statuses: object[], priorities: object[]) => {
  await world.salesforceAct("setTaskStatuses", { values: statuses, restricted: true });
  await world.salesforceAct("setTaskPriorities", { values: priorities, restricted: true });
};

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await rename(STATUSES, PRIORITIES);
});
afterAll(() => world.stop());

/** Salesforce tells whole seconds: an edit in the second of our own write is read once more first. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 1_100));
const readTask = async (contact: string) => {
  const names = ["hs_task_status", "hs_task_priority"];
  const [task, ...more] = await readEngagements(world, "tasks", contact, names);
  expect(more).toEqual([]);
  return { id: task?.id ?? "", status: task?.properties.hs_task_status, priority: task?.properties.hs_task_priority };
};
const editTask = (id: string, fields: object) => world.salesforceAct("updateRecord", { object: "Task", id, fields });

/** A check that finds nothing to do: no ping-pong. */
async function expectPeace(): Promise<void> {
  await world.sync();
  await world.clearCalls();
  await world.sync();
  expect(await world.calls()).toEqual({ hubspot: 2, salesforce: 1 });
}

describe("an org that renamed the statuses and priorities of its tasks", () => {
  it("A2: copies of calls and notes are completed in the org's own words", async () => {
    const { contact, lead } = await makePair(world, newEmail("copies"));
    await turnOn(world, { hubspot: ["call", "note"] });
    const ids = [
      await act(world, "logCall", { id: contact, title: "初回" }),
      await act(world, "addNote", { id: contact, body: "展示会" }),
    ];
    await world.sync();
    for (const id of ids) expect((await findRow(id)).state).toBe("in_sync");
    expect(await readTasks(world, lead)).toEqual([
      expect.objectContaining({ Status: "完了", IsClosed: true, Priority: "並" }),
      expect.objectContaining({ Status: "完了", IsClosed: true, Priority: "並" }),
    ]);
  });

  it("A2, T9: a HubSpot task is opened, done and opened again; what the org has no word for is not written", async () => {
    const { contact, lead } = await makePair(world, newEmail("to-salesforce"));
    await turnOn(world, { hubspot: ["task"], salesforce: ["task"] });
    const id = await act(world, "createTask", { id: contact, subject: "見積書", priority: "HIGH" });
    await world.sync();
    const copy = async () => (await readTasks(world, lead))[0];
    expect(await copy()).toMatchObject({ Status: "未着手", IsClosed: false, Priority: "急" });
    await expectPeace();

    await tick();
    await editEngagement(world, "tasks", id, { hs_task_status: "COMPLETED", hs_task_priority: "NONE" });
    await world.sync();
    expect(await copy()).toMatchObject({ Status: "完了", IsClosed: true, Priority: "並" });
    await expectPeace();
    expect(await readTask(contact)).toEqual({ id, status: "COMPLETED", priority: "NONE" });

    // WAITING has no word there: it opens the task, and moving on to DEFERRED or LOW changes nothing more.
    await tick();
    await editEngagement(world, "tasks", id, { hs_task_status: "WAITING" });
    await world.sync();
    expect(await copy()).toMatchObject({ Status: "未着手", Priority: "並" });
    await editTask(String((await copy())?.Id), { Status: "対応中" });
    await tick();
    await world.sync();
    await editEngagement(world, "tasks", id, { hs_task_status: "DEFERRED", hs_task_priority: "LOW" });
    await expectPeace();
    expect(await copy()).toMatchObject({ Status: "対応中", Priority: "並" });
    expect(await readTask(contact)).toEqual({ id, status: "DEFERRED", priority: "LOW" });
    expect((await findRow(id)).state).toBe("in_sync");
  });

  it("A4, T9: a Salesforce task goes to HubSpot by what its status is, and every closed one is completed", async () => {
    const { contact, lead } = await makePair(world, newEmail("to-hubspot"));
    await turnOn(world, { hubspot: ["task"], salesforce: ["task"] });
    const made = await world.salesforceAct("createRecord", {
      object: "Task",
      fields: { Subject: "訪問", WhoId: lead, Status: "対応中", Priority: "急" },
    });
    const { id } = made.result as { id: string };
    await world.sync();
    expect(await readTask(contact)).toMatchObject({ status: "NOT_STARTED", priority: "HIGH" });
    await expectPeace();

    await tick();
    await editTask(id, { Status: "中止", Priority: "並" });
    await world.sync();
    expect(await readTask(contact)).toMatchObject({ status: "COMPLETED", priority: "MEDIUM" });
    await expectPeace();
    const [task] = await readTasks(world, lead);
    expect(task).toMatchObject({ Status: "中止", Priority: "並" });

    await tick();
    const { id: inHubSpot } = await readTask(contact);
    await editEngagement(world, "tasks", inHubSpot, { hs_task_status: "IN_PROGRESS" });
    await world.sync();
    expect((await readTasks(world, lead))[0]).toMatchObject({ Status: "未着手", IsClosed: false });
    await expectPeace();
    expect(await readTask(contact)).toMatchObject({ status: "IN_PROGRESS" });
  });

  it("F13, F14: the mapping that people see has the org's words, and the trial writes what the sync would", async () => {
    const mapping = await getDatabase().fieldMapping.findFirstOrThrow({
      where: { connectionId: world.connectionId, object: "task", hubspotProperty: "hs_task_status" },
    });
    expect(mapping.valueMap).toEqual({ NOT_STARTED: "未着手", COMPLETED: "完了" });
    const { contact } = await makePair(world, newEmail("trial"));
    await turnOn(world, { hubspot: ["task"], salesforce: ["task"] });
    const id = await act(world, "createTask", { id: contact });
    await world.sync();
    await editEngagement(world, "tasks", id, { hs_task_status: "COMPLETED" });
    const values = {
      ...{ hubspotProperty: "hs_task_status", leadField: null, contactField: null, salesforceField: "Status" },
      ...{ rule: "two_way" as const, valueMap: { COMPLETED: "Completed" } },
    };
    const tried = await tryMapping(world.connectionId, (await findRow(id)).id, { object: "task", values });
    expect(tried).toMatchObject({ kind: "tried", trial: { field: { after: "完了" } } });
  });
});

describe("an org that renames them later", () => {
  it("A2, Q2: a refusal makes the words be read again, the copy is written, and earlier ones stay as they are", async () => {
    await rename(STATUSES, PRIORITIES);
    await refreshSchemas(world.connectionId);
    const { contact, lead } = await makePair(world, newEmail("later"));
    await turnOn(world, { hubspot: ["call"] });
    await act(world, "logCall", { id: contact, title: "前" });
    await world.sync();
    await rename(
      [
        { value: "開", isDefault: true },
        { value: "閉", isClosed: true },
      ],
      [{ value: "通常", isDefault: true }],
    );
    const refused = await act(world, "logCall", { id: contact, title: "後" });
    await world.sync();
    expect((await findRow(refused)).state).toBe("failing");
    await getDatabase().$executeRaw`UPDATE schema_snapshot SET fetched_at = now() - interval '1 hour'`;
    await world.sync();
    await world.sync();
    expect((await findRow(refused)).state).toBe("in_sync");
    expect(await readTasks(world, lead)).toEqual([
      expect.objectContaining({ Subject: "HubSpot – Call: 前", Status: "完了", IsClosed: true }),
      expect.objectContaining({ Subject: "HubSpot – Call: 後", Status: "閉", IsClosed: true, Priority: "通常" }),
    ]);
    await rename(STATUSES, PRIORITIES);
    await refreshSchemas(world.connectionId);
  });
});

describe("a portal's own call outcomes", () => {
  const addOutcome = async (label: string): Promise<string> => {
    const { result } = (await world.hubspotAct("addCallOutcome", { label })) as { result: { id: string } };
    return result.id;
  };

  it("A2, T6: an outcome's label stands in CallDisposition, that of a deleted one too", async () => {
    const { contact, lead } = await makePair(world, newEmail("outcome"));
    const [booked, old] = [await addOutcome("アポイント獲得"), await addOutcome("旧結果")];
    await world.hubspotAct("changeCallOutcome", { id: old, deleted: true });
    await turnOn(world, { hubspot: ["call"] });
    for (const hs_call_disposition of [booked, old])
      await act(world, "logCall", { id: contact, properties: { hs_call_disposition } });
    await world.sync();
    expect((await readTasks(world, lead)).map((task) => task.CallDisposition).toSorted()).toEqual([
      "アポイント獲得",
      "旧結果",
    ]);
  });

  it("A4: a logged call with that label has the outcome in HubSpot; without the right to ask for them all goes on", async () => {
    const { contact, lead } = await makePair(world, newEmail("logged"));
    const id = await addOutcome("再架電");
    await turnOn(world, { salesforce: ["call"] });
    const log = (CallDisposition: string) =>
      world.salesforceAct("createRecord", {
        object: "Task",
        fields: { Subject: "架電", WhoId: lead, Status: "完了", TaskSubtype: "Call", CallDisposition },
      });
    await log("再架電");
    await world.sync();
    const names = ["hs_call_disposition", "hs_call_status"];
    const read = async () =>
      (await readEngagements(world, "calls", contact, names)).map(({ properties }) => properties);
    expect(await read()).toEqual([expect.objectContaining({ hs_call_disposition: id, hs_call_status: "COMPLETED" })]);

    const body = JSON.stringify({ status: "error", category: "MISSING_SCOPES", message: "no" });
    await world.door("hubspot", "PUT", "/__sandbox/faults", [
      { match: { path: "/calling/v1/dispositions" }, do: { status: 403, body } },
    ]);
    expect(await prepareConnection(world.connectionId, { createIdFields: false })).toBe("prepared");
    await log("再架電");
    await world.sync();
    expect(await read()).toEqual([
      expect.objectContaining({ hs_call_disposition: id }),
      expect.objectContaining({ hs_call_disposition: id }),
    ]);
    await world.door("hubspot", "PUT", "/__sandbox/faults", []);
  });
});
