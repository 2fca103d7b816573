import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "./connection-settings";
import { type ComposedCopy, decideActivity } from "./decide-activity";
import { activitySettingsOf } from "./objects-on";
import type { RecordSnapshot } from "./record-snapshot";
import { emptySchemas, type SyncSettings, type Values } from "./record-types";

const ON = { ...DEFAULT_SETTINGS, activities: { ...DEFAULT_SETTINGS.activities, call: true } };
const SETTINGS: SyncSettings = {
  object: "call",
  connectionActive: true,
  objectSyncOn: true,
  creation: { toHubSpot: { Task: "nothing" }, toSalesforce: "Task", defaults: {} },
  mappings: [],
  schemas: emptySchemas(),
  hubspotOwners: {},
  salesforceUsers: {},
  activity: activitySettingsOf("call", ON, "UTC"),
};
const KEY = { HubSpot_Activity_Id__c: "call:1" };

function snapshotOf(salesforce: Values | null, more: Partial<RecordSnapshot> = {}): RecordSnapshot {
  return {
    hubspot: { id: "1", values: { hs_call_title: "Intro" }, modifiedAt: 1 },
    salesforce: salesforce && { id: "00T1", type: "Task", values: salesforce, modifiedAt: 1 },
    base: null,
    partnerTaken: false,
    missing: null,
    hubspotEditTimes: {},
    ...more,
  };
}

const copyOf = (values: Values, before: Values | null = null): ComposedCopy => ({
  side: "salesforce",
  type: "Task",
  values,
  before,
});

describe("D46: the copy of an activity", () => {
  it("D46, A3: is created with what there is, blanks left out", () => {
    const decision = decideActivity(snapshotOf(null), copyOf({ Subject: "Intro", Description: null }), SETTINGS);
    expect(decision).toMatchObject({
      hubspot: null,
      salesforce: { operation: "create", type: "Task", values: { Subject: "Intro" } },
      fields: [{ hubspotProperty: "hs_call_title", salesforceField: "Subject" }],
    });
  });

  it("D46, A4: only what its own side edited goes over; an edit of the copy stays", () => {
    const before = { Subject: "Intro", Description: "a", TaskSubtype: "Call" };
    const held = { ...before, ...KEY, Description: "edited there" };
    const same = decideActivity(snapshotOf(held), copyOf(before, before), SETTINGS);
    expect(same).toMatchObject({ kind: "plan", salesforce: null, fields: [] });
    const edited = decideActivity(
      snapshotOf(held),
      copyOf({ ...before, Subject: "New", TaskSubtype: "Task" }, before),
      SETTINGS,
    );
    expect(edited).toMatchObject({ salesforce: { operation: "update", values: { Subject: "New" } } });
  });

  it("A1: off, without a contact or with one that does not sync, nothing is written and the reason told", () => {
    const copy = copyOf({ Subject: "Intro" });
    const off = { ...SETTINGS, activity: activitySettingsOf("call", DEFAULT_SETTINGS, "UTC") };
    expect(decideActivity(snapshotOf(null), copy, off)).toMatchObject({ reason: "activity_off" });
    expect(decideActivity(snapshotOf(null, { hasContact: false }), copy, SETTINGS)).toMatchObject({
      reason: "no_contact",
    });
    const waiting = snapshotOf(null, { waitsFor: ["contact/hubspot/7"] });
    expect(decideActivity(waiting, copy, SETTINGS)).toMatchObject({ reason: "waiting_for_parent" });
  });

  it("D46: carried out, the next decision does nothing, whatever Salesforce makes of times and white space", () => {
    const text = fc.string({ unit: fc.constantFrom("a", " ", "\n", "é", "日"), maxLength: 12 });
    const moment = fc
      .integer({ min: 0, max: 4_000_000_000 })
      .map((s) => `${new Date(s * 1000).toISOString().slice(0, 19)}Z`);
    const values = fc.record({ Subject: text, Description: fc.option(text), StartDateTime: moment });
    fc.assert(
      fc.property(values, fc.option(values), values, (now, before, held) => {
        const first = decideActivity(snapshotOf({ ...held, ...KEY }), copyOf(now, before), SETTINGS);
        if (first.kind !== "plan") throw new Error(first.kind);
        const stored = Object.fromEntries(
          Object.entries({ ...held, ...first.salesforce?.values }).map(([name, value]) => [
            name,
            name === "StartDateTime" ? String(value).replace("Z", ".000+0000") : String(value ?? "").trim() || null,
          ]),
        );
        const second = decideActivity(snapshotOf({ ...stored, ...KEY }), copyOf(now, now), SETTINGS);
        expect(second).toMatchObject({ salesforce: null });
        if (before === null) return;
        for (const name of Object.keys(first.salesforce?.values ?? {}) as (keyof typeof now)[]) {
          expect(String(before[name] ?? "").trim()).not.toBe(String(now[name] ?? "").trim());
        }
      }),
    );
  });
});
