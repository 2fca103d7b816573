import { describe, expect, it } from "vitest";
import { isActivityNews, originOf } from "./activity-news";
import { DEFAULT_SETTINGS } from "./connection-settings";
import { objectOfSalesforce, salesforceKeyOf } from "./object-of";
import { activitySettingsOf } from "./objects-on";
import type { ActivitySettings, SyncObject, Values } from "./record-types";

const SINCE = "2026-11-23T10:00:00.500Z";
const AT = Date.parse(SINCE);

function on(object: SyncObject, hubspot: boolean, salesforce: boolean): ActivitySettings {
  const all = <Name extends string>(record: Record<Name, boolean>, value: boolean) =>
    Object.fromEntries(Object.keys(record).map((name) => [name, value])) as Record<Name, boolean>;
  const settings = activitySettingsOf(
    object,
    {
      ...DEFAULT_SETTINGS,
      activities: all(DEFAULT_SETTINGS.activities, hubspot),
      salesforceActivities: all(DEFAULT_SETTINGS.salesforceActivities, salesforce),
      activitiesSince: { hubspot: { call: SINCE, task: SINCE }, salesforce: { call: SINCE, task: SINCE } },
    },
    "UTC",
  );
  if (!settings) throw new Error(`${object} is no activity`);
  return settings;
}

const reading = (values: Values, modifiedAt = AT) => ({ values, modifiedAt });
const LEAD = { WhoId: "00Q1" };
const COPY = { ...LEAD, HubSpot_Activity_Id__c: "call:1" };

describe("which readings of activities mean anything", () => {
  it("A1: off, or changed before it was turned on, it does not; Salesforce tells whole seconds", () => {
    const both = on("call", true, true);
    expect(isActivityNews("hubspot", "call", reading({}), false, both)).toBe(true);
    expect(isActivityNews("hubspot", "call", reading({}, AT - 1), false, both)).toBe(false);
    expect(isActivityNews("salesforce", "call", reading(LEAD, AT - 500), false, both)).toBe(true);
    expect(isActivityNews("salesforce", "call", reading(LEAD, AT - 501), false, both)).toBe(false);
    expect(isActivityNews("hubspot", "call", reading({}), true, on("call", false, true))).toBe(false);
    expect(isActivityNews("salesforce", "call", reading(LEAD), true, on("call", true, false))).toBe(false);
  });
  it("A3, A4: a copy never comes back; a task's copy is read, because tasks travel both ways", () => {
    const calls = on("call", true, true);
    expect(isActivityNews("salesforce", "call", reading(COPY), false, calls)).toBe(false);
    expect(isActivityNews("salesforce", "call", reading(COPY), true, calls)).toBe(false);
    expect(isActivityNews("hubspot", "call", reading({ kakehashi_salesforce_id: "00T1" }), true, calls)).toBe(false);
    const tasks = on("task", true, true);
    const task = { ...LEAD, HubSpot_Activity_Id__c: "task:1" };
    expect(isActivityNews("salesforce", "task", reading(task), true, tasks)).toBe(true);
    expect(isActivityNews("salesforce", "task", reading(task), false, tasks)).toBe(false);
  });
  it("A4: of nobody it stays in Salesforce; a delete of what we know is told whatever is off", () => {
    const both = on("call", true, true);
    expect(isActivityNews("salesforce", "call", reading({ WhoId: null }), false, both)).toBe(false);
    expect(isActivityNews("salesforce", "call", reading({ ...COPY, IsDeleted: true }), true, both)).toBe(true);
    expect(isActivityNews("salesforce", "call", reading({ ...COPY, IsDeleted: true }), false, both)).toBe(false);
  });
  it("A3: the key on a Task or Event names the object and the id it is the copy of", () => {
    expect(salesforceKeyOf("note", "12")).toBe("note:12");
    expect(salesforceKeyOf("contact", "12")).toBe("12");
    expect(objectOfSalesforce("Task", { HubSpot_Activity_Id__c: "note:12", TaskSubtype: "Task" })).toBe("note");
    expect(objectOfSalesforce("Task", { HubSpot_Activity_Id__c: "somebody's own", TaskSubtype: "Call" })).toBe("call");
    expect(originOf({}, COPY)).toBe("hubspot");
    expect(originOf({ kakehashi_salesforce_id: "00T1" }, LEAD)).toBe("salesforce");
    expect(originOf({}, LEAD)).toBeNull();
    expect([originOf({}, null), originOf(null, LEAD)]).toEqual(["hubspot", "salesforce"]);
  });
});
