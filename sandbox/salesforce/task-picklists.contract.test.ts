import type { Connection } from "jsforce";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { OrgProbe } from "./contract-setup";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
let probe: OrgProbe;
let conn: Connection;

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 0 });
  probe = new OrgProbe(sandbox);
});
beforeEach(async () => {
  await probe.reset();
  conn = probe.connect();
});
afterAll(() => sandbox.stop());

async function create(object: string, fields: object): Promise<string> {
  return String((await conn.sobject(object).create(fields)).id);
}

describe("what an organisation calls its task statuses and priorities", () => {
  type Status = { ApiName: string; MasterLabel: string; IsClosed: boolean; IsDefault: boolean };
  const statuses = async () =>
    (await conn.query<Status>("SELECT ApiName, MasterLabel, IsClosed, IsDefault FROM TaskStatus ORDER BY SortOrder"))
      .records;
  const isClosed = async (id: string) => (await conn.sobject("Task").retrieve(id)).IsClosed;

  it("is queried as TaskStatus and TaskPriority, which nobody writes by the API", async () => {
    expect(await statuses()).toMatchObject([
      { ApiName: "Not Started", MasterLabel: "Not Started", IsClosed: false, IsDefault: true },
      { ApiName: "In Progress", IsClosed: false, IsDefault: false },
      { ApiName: "Completed", IsClosed: true },
      { ApiName: "Waiting on someone else", IsClosed: false },
      { ApiName: "Deferred", IsClosed: false },
    ]);
    const priorities = await conn.query(
      "SELECT ApiName, IsHighPriority, IsDefault FROM TaskPriority WHERE IsHighPriority = true OR IsDefault = true ORDER BY SortOrder",
    );
    expect(priorities.records).toMatchObject([
      { ApiName: "High", IsHighPriority: true, IsDefault: false },
      { ApiName: "Normal", IsHighPriority: false, IsDefault: true },
    ]);
    await expect(conn.sobject("TaskStatus").create({ MasterLabel: "X" })).rejects.toThrow();
  });

  it("is changed by an administrator: describe and new tasks follow, old ones keep what they have", async () => {
    const old = await create("Task", { Subject: "Before", Status: "Completed" });
    await probe.act("setTaskStatuses", {
      values: [
        { value: "todo", label: "未着手", isDefault: true },
        { value: "done", label: "完了", isClosed: true },
      ],
      restricted: true,
    });
    await probe.act("setTaskPriorities", {
      values: [
        { value: "急", isHigh: true },
        { value: "並", isDefault: true },
      ],
    });
    expect(await statuses()).toMatchObject([
      { ApiName: "todo", MasterLabel: "未着手", IsClosed: false, IsDefault: true },
      { ApiName: "done", MasterLabel: "完了", IsClosed: true, IsDefault: false },
    ]);
    const field = (await conn.sobject("Task").describe()).fields.find(({ name }) => name === "Status");
    expect(field).toMatchObject({ restrictedPicklist: true });
    expect(field?.picklistValues).toMatchObject([
      { value: "todo", label: "未着手", defaultValue: true },
      { value: "done", label: "完了", defaultValue: false },
    ]);
    const made = await create("Task", { Subject: "After", Priority: "急" });
    expect(await conn.sobject("Task").retrieve(made)).toMatchObject({
      Status: "todo",
      IsClosed: false,
      IsHighPriority: true,
    });
    await conn.sobject("Task").update({ Id: made, Status: "done" });
    expect([await isClosed(made), await isClosed(old)]).toEqual([true, true]);
    await expect(create("Task", { Subject: "X", Status: "Completed" })).rejects.toMatchObject({
      errorCode: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    });
    await probe.act("setTaskStatuses", {
      values: [
        { value: "todo", isDefault: true },
        { value: "done", isClosed: true },
      ],
    });
    const free = await create("Task", { Subject: "Free", Status: "Completed" });
    expect(await isClosed(free)).toBe(false);
    await expect(probe.act("setTaskStatuses", { values: [{ value: "todo" }] })).rejects.toThrow(/closed/);
  });
});
