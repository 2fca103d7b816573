import { describe, expect, it } from "vitest";
import { hubspotOptionFor, pairOf, salesforceOptionFor } from "./canonical-value";
import type { FieldSchema } from "./record-types";
import { hubspotWordOf, TASK_MAPPINGS, TASK_PRIORITIES } from "./task-mappings";

const schema = (name: string, values: string[]): FieldSchema => ({
  name,
  label: name,
  kind: "picklist",
  remoteType: "picklist",
  readOnly: false,
  calculated: false,
  options: values.map((value) => ({ value, label: value, active: true })),
});
const STATUS = {
  hubspot: ["NOT_STARTED", "IN_PROGRESS", "WAITING", "COMPLETED", "DEFERRED"],
  salesforce: ["Not Started", "In Progress", "Completed", "Waiting on someone else", "Deferred"],
};
const PRIORITY = { hubspot: ["NONE", "LOW", "MEDIUM", "HIGH"], salesforce: ["High", "Normal", "Low"] };
const optionsOf = (id: string, options: { hubspot: string[]; salesforce: string[] }) => {
  const mapping = TASK_MAPPINGS.find((one) => one.id === id);
  if (!mapping) throw new Error(`no mapping ${id}`);
  const people = { hubspotOwners: {}, salesforceUsers: {} };
  return pairOf(mapping, schema("h", options.hubspot), schema("s", options.salesforce), people);
};

describe("A2: tasks kept in step both ways", () => {
  it("every mapping is two-way, of the task alone, with an id of its own", () => {
    expect(TASK_MAPPINGS.map(({ hubspotProperty, salesforceField }) => [hubspotProperty, salesforceField])).toEqual([
      ["hs_task_subject", "Subject"],
      ["hs_task_body", "Description"],
      ["hs_task_status", "Status"],
      ["hs_task_priority", "Priority"],
      ["hs_timestamp", "ActivityDate"],
      ["hubspot_owner_id", "OwnerId"],
    ]);
    expect(new Set(TASK_MAPPINGS.map(({ id }) => id)).size).toBe(TASK_MAPPINGS.length);
    for (const mapping of TASK_MAPPINGS)
      expect(mapping).toMatchObject({ rule: "two_way", leadField: null, contactField: null });
  });
  it("D39: every standard status goes there and back, on both sides", () => {
    const pair = optionsOf("task-status", STATUS);
    const there = STATUS.hubspot.map((value) => salesforceOptionFor(pair, value));
    expect(there.toSorted()).toEqual(STATUS.salesforce.toSorted());
    for (const value of STATUS.hubspot) expect(hubspotOptionFor(pair, salesforceOptionFor(pair, value))).toBe(value);
    for (const value of STATUS.salesforce) expect(salesforceOptionFor(pair, hubspotOptionFor(pair, value))).toBe(value);
  });
  it("D39: every standard priority of Salesforce goes there and back; no priority reads back as medium", () => {
    const pair = optionsOf("task-priority", PRIORITY);
    for (const value of PRIORITY.salesforce)
      expect(salesforceOptionFor(pair, hubspotOptionFor(pair, value))).toBe(value);
    expect(PRIORITY.hubspot.map((value) => hubspotOptionFor(pair, salesforceOptionFor(pair, value)))).toEqual([
      "MEDIUM",
      "LOW",
      "MEDIUM",
      "HIGH",
    ]);
  });
  it("a word of the org's own falls to what is given", () => {
    expect([" high ", "Normal", "Urgent"].map((word) => hubspotWordOf(TASK_PRIORITIES, word, "NONE"))).toEqual([
      "HIGH",
      "MEDIUM",
      "NONE",
    ]);
  });
});
