import { describe, expect, it } from "vitest";
import { decideRecord } from "./decide-record";
import { findMappedChanges } from "./find-due";
import { type Base, emptySchemas, type FieldSchema, type SyncSettings, type Values } from "./record-types";
import { TASK_MAPPINGS } from "./task-mappings";

const field = (name: string, kind: FieldSchema["kind"]): FieldSchema => ({
  name,
  label: name,
  kind,
  remoteType: kind,
  readOnly: false,
  calculated: false,
});
const table = (fields: FieldSchema[]) => Object.fromEntries(fields.map((one) => [one.name, one]));
const SETTINGS: SyncSettings = {
  object: "task",
  connectionActive: true,
  objectSyncOn: true,
  creation: { toHubSpot: { Task: "create" }, toSalesforce: "Task", defaults: {} },
  mappings: [...TASK_MAPPINGS],
  schemas: {
    ...emptySchemas(),
    hubspot: table([
      field("hs_task_subject", "text"),
      field("hs_task_body", "longtext"),
      field("hs_timestamp", "datetime"),
    ]),
    Task: table([field("Subject", "text"), field("Description", "longtext"), field("ActivityDate", "date")]),
  },
  hubspotOwners: {},
  salesforceUsers: {},
  activity: { language: "ja", timeZone: "Asia/Tokyo", toSalesforce: { task: 0 }, toHubSpot: 0 },
};
const HUBSPOT = { hs_task_subject: "Send", hs_task_body: "<p>One</p>", hs_timestamp: "2027-01-07T16:00:00.000Z" };
const SALESFORCE = { Subject: "Send", Description: "One", ActivityDate: "2027-01-08" };
const BASE: Base = { hubspot: HUBSPOT, salesforce: SALESFORCE };

function decide(hubspot: Values, salesforce: Values | null, base: Base | null) {
  return decideRecord(
    {
      hubspot: { id: "1", values: hubspot, modifiedAt: 2 },
      salesforce: salesforce && { id: "00T1", type: "Task", values: salesforce, modifiedAt: 1 },
      base,
      partnerTaken: false,
      missing: null,
      hubspotEditTimes: { hs_task_body: 5_000, hs_timestamp: 5_000, hs_task_subject: 5_000 },
    },
    SETTINGS,
  );
}

describe("A2: a task's HTML and moment beside Salesforce's text and day", () => {
  it("A2: what reads the same is the same; what goes over has the other side's form", () => {
    expect(decide(HUBSPOT, SALESFORCE, null)).toMatchObject({ hubspot: null, salesforce: null });
    const moved = decide(HUBSPOT, { ...SALESFORCE, ActivityDate: "2027-01-09", Description: "a\nb" }, BASE);
    expect(moved).toMatchObject({
      salesforce: null,
      hubspot: { values: { hs_timestamp: "2027-01-08T16:00:00.000Z", hs_task_body: "a<br>b" } },
    });
    const fields = moved.kind === "plan" ? moved.fields : [];
    const body = fields.find((one) => one.hubspotProperty === "hs_task_body")?.decision;
    expect(body).toMatchObject({ side: "hubspot", overwrites: "<p>One</p>", value: "a<br>b" });
  });
  it("A2, Q2: a task without a priority is one of none: Salesforce gets its Normal and nothing comes back", () => {
    const schemas = {
      ...SETTINGS.schemas,
      hubspot: { ...SETTINGS.schemas.hubspot, ...table([field("hs_task_priority", "picklist")]) },
      Task: { ...SETTINGS.schemas.Task, ...table([field("Priority", "picklist")]) },
    };
    const decideWith = (hubspot: Values, salesforce: Values | null, base: Base | null) =>
      decideRecord(
        {
          hubspot: { id: "1", values: hubspot, modifiedAt: 2 },
          salesforce: salesforce && { id: "00T1", type: "Task", values: salesforce, modifiedAt: 1 },
          base,
          partnerTaken: false,
          missing: null,
          hubspotEditTimes: {},
        },
        { ...SETTINGS, schemas },
      );
    for (const none of [null, "", "NONE"]) {
      const [given, held] = [
        { ...HUBSPOT, hs_task_priority: none },
        { ...SALESFORCE, Priority: "Normal" },
      ];
      expect(decideWith(given, null, null)).toMatchObject({ salesforce: { values: { Priority: "Normal" } } });
      const base = { hubspot: given, salesforce: held };
      expect(decideWith(given, held, base)).toMatchObject({ hubspot: null, salesforce: null });
      const raised = decideWith(given, { ...held, Priority: "High" }, base);
      expect(raised).toMatchObject({ salesforce: null, hubspot: { values: { hs_task_priority: "HIGH" } } });
      const shown =
        raised.kind === "plan" ? raised.fields.find((one) => one.salesforceField === "Priority") : undefined;
      expect(shown).toMatchObject({ hubspot: none, decision: { overwrites: none, value: "HIGH" } });
      const high = { hubspot: { ...given, hs_task_priority: "HIGH" }, salesforce: { ...held, Priority: "High" } };
      expect(decideWith(given, high.salesforce, high)).toMatchObject({
        salesforce: { values: { Priority: "Normal" } },
      });
    }
  });
  it("F10: texts too long for Salesforce are cut there once and stay whole in HubSpot", () => {
    const long = { ...HUBSPOT, hs_task_subject: "x".repeat(300), hs_task_body: `<p>${"y".repeat(65_000)}</p>` };
    const made = decide(long, null, null);
    if (made.kind !== "plan" || !made.salesforce) throw new Error(made.kind);
    const { values } = made.salesforce;
    expect([String(values.Subject).length, String(values.Description).length]).toEqual([255, 32_000]);
    expect(decide(long, values, { hubspot: long, salesforce: values })).toMatchObject({
      hubspot: null,
      salesforce: null,
    });
  });
  it("T10: a due time that moves to another day of the portal makes the task due, within its day it does not", () => {
    const changes = (hs_timestamp: string) =>
      findMappedChanges("hubspot", "Task", { ...HUBSPOT, hs_timestamp }, BASE, SETTINGS);
    expect(changes("2027-01-07T10:00:00.000Z")).toEqual(["hs_timestamp"]);
    expect(changes("2027-01-08T10:00:00.000Z")).toEqual([]);
  });
});
