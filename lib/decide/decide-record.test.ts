import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalOf, isSameValue, pairOf } from "./canonical-value";
import { decideField } from "./decide-field";
import { decideRecord } from "./decide-record";
import { findMappedChanges } from "./find-due";
import { planIdFields } from "./plan-id-fields";
import type { RecordSnapshot } from "./record-snapshot";
import { SALESFORCE_TYPES, type SalesforceType, type SyncSettings, type UpdateRule } from "./record-types";
import { HUBSPOT_OWNERS, KIND_CASES, SALESFORCE_USERS, schemaFor, settingsOf, type World } from "./testing/arbitraries";

const text = KIND_CASES.find((c) => c.kind === "text");
if (!text) throw new Error("text is one of the kinds");
const world: World = {
  fields: [
    {
      property: "jobtitle",
      field: "Title",
      kindCase: text,
      rule: "two_way",
      readOnlyHubSpot: false,
      readOnlySalesforce: false,
      base: null,
      hubspot: null,
      salesforce: null,
      hubspotEditedAt: 0,
    },
  ],
  salesforceEditedAt: 0,
  type: "Lead",
};
const settings = (change: Partial<SyncSettings> = {}): SyncSettings => ({ ...settingsOf(world), ...change });
const alone = (values: Record<string, string | null>): RecordSnapshot => ({
  hubspot: { id: "1", values, modifiedAt: 0 },
  salesforce: null,
  base: null,
  partnerTaken: false,
  missing: null,
  hubspotEditTimes: {},
});

describe("D1, D3: canonical values", () => {
  const pair = (kind: (typeof KIND_CASES)[number]["kind"]) =>
    pairOf(
      {
        id: "m",
        hubspotProperty: "p",
        leadField: "F",
        contactField: "F",
        rule: "two_way",
        valueMap: { open_deal: "Open" },
      },
      schemaFor("p", "hubspot", kind, false),
      schemaFor("F", "salesforce", kind, false),
      { hubspotOwners: HUBSPOT_OWNERS, salesforceUsers: SALESFORCE_USERS },
    );
  it.each([
    ["text", " a ", "a"],
    ["text", "  ", null],
    ["email", "A@X.JP", "a@x.jp"],
    ["number", "007.50", "7.5"],
    ["number", "-0", "0"],
    ["date", "1795392000000", "2026-11-23"],
    ["datetime", "2026-11-23T10:00:00.987Z", "2026-11-23T10:00:00Z"],
    ["multipicklist", "b; a;a", "a;b"],
    ["owner", "11", "hana@example.com"],
    ["owner", "99", "hubspot:99"],
  ] as const)("%s: %j is %j", (kind, raw, canonical) => {
    expect(canonicalOf(pair(kind), "hubspot", raw)).toBe(canonical);
  });
  it("a picklist value of Salesforce is told by HubSpot's, through the value map and through labels", () => {
    expect(canonicalOf(pair("picklist"), "salesforce", "Open")).toBe("open_deal");
    expect(canonicalOf(pair("picklist"), "salesforce", "New")).toBe("new");
  });
  it("an empty tick box and false are the same", () => {
    expect(isSameValue("boolean", null, "false")).toBe(true);
    expect(isSameValue("boolean", null, "true")).toBe(false);
    expect(isSameValue("text", null, "false")).toBe(false);
  });
});

it("D13: swapping the sides and mirroring the rule swaps the winner", () => {
  const mirror: Record<UpdateRule, UpdateRule> = {
    prefer_salesforce: "prefer_hubspot",
    prefer_hubspot: "prefer_salesforce",
    always_salesforce: "always_hubspot",
    always_hubspot: "always_salesforce",
    two_way: "two_way",
    dont_sync: "dont_sync",
  };
  const value = fc.constantFrom(null, "a", "b", "c");
  const base = fc.option(fc.record({ hubspot: value, salesforce: value }), { nil: undefined });
  const rule = fc.constantFrom(...(Object.keys(mirror) as UpdateRule[]));
  const winner = (input: {
    rule: UpdateRule;
    h: string | null;
    s: string | null;
    b: { hubspot: string | null; salesforce: string | null } | undefined;
    hAt: number;
    sAt: number;
  }) => {
    const decision = decideField({
      rule: input.rule,
      pair: {
        kind: "text",
        hubspot: schemaFor("p", "hubspot", "text", false),
        salesforce: schemaFor("F", "salesforce", "text", false),
        valueMap: {},
        hubspotOwners: {},
        salesforceUsers: {},
      },
      hubspot: input.h,
      salesforce: input.s,
      base: input.b,
      hubspotEditedAt: input.hAt,
      salesforceEditedAt: input.sAt,
    });
    return decision.action === "write" ? decision.winner : null;
  };
  const swapped = { hubspot: "salesforce", salesforce: "hubspot" } as const;
  fc.assert(
    fc.property(rule, value, value, base, fc.boolean(), (r, h, s, b, hubspotIsNewer) => {
      const [late, early] = [9_000, 4_000];
      const one = winner({ rule: r, h, s, b, hAt: hubspotIsNewer ? late : early, sAt: hubspotIsNewer ? early : late });
      const other = winner({
        rule: mirror[r],
        h: s,
        s: h,
        b: b && { hubspot: b.salesforce, salesforce: b.hubspot },
        hAt: hubspotIsNewer ? early : late,
        sAt: hubspotIsNewer ? late : early,
      });
      expect(other).toBe(one === null ? null : swapped[one]);
    }),
    { numRuns: 20_000 },
  );
});

describe("D15, G1, G5, G6: gates", () => {
  it("a record without an address is written nowhere, and every gate is answered", () => {
    const decision = decideRecord(alone({ email: " " }), settings());
    expect(decision).toMatchObject({ kind: "excluded", reason: "no_email" });
    expect(decision.kind === "excluded" && decision.gates.map((g) => g.name)).toEqual([
      "connection_active",
      "object_sync_on",
      "in_inclusion_list",
      "not_deleted",
      "record_visible",
      "passes_filter",
      "has_email",
      "not_converted",
      "not_linked_elsewhere",
      "paired_or_may_be_created",
    ]);
  });
  it("the first closed gate is the reason", () => {
    const hidden = { ...alone({ email: null }), missing: "salesforce" as const };
    expect(decideRecord(hidden, settings())).toMatchObject({ reason: "salesforce_record_not_visible" });
    expect(decideRecord(hidden, settings({ objectSyncOn: false }))).toMatchObject({ reason: "object_sync_off" });
  });
});

describe("people on a record", () => {
  const owner = KIND_CASES.find((c) => c.kind === "owner");
  const field = world.fields[0];
  if (!owner || !field) throw new Error("owner is one of the kinds");
  /** In sync with Hana, then Ken in HubSpot. */
  const decideFor = (property: string, name: string, rule: UpdateRule) => {
    const person = { ...field, property, field: name, kindCase: owner, rule };
    const decision = decideRecord(
      {
        ...alone({ email: "a@x.jp", [property]: "12" }),
        salesforce: { id: "00Q", type: "Lead", values: { [name]: "005A" }, modifiedAt: 0 },
        base: { hubspot: { [property]: "11" }, salesforce: { [name]: "005A" } },
      },
      settingsOf({ ...world, fields: [person] }),
    );
    if (decision.kind !== "plan") throw new Error(decision.kind);
    return { hubspot: decision.hubspot?.values ?? null, salesforce: decision.salesforce?.values ?? null };
  };
  it("D54, F15: the owner travels both ways, whatever its mapping says", () => {
    const written = { hubspot: null, salesforce: { OwnerId: "005B" } };
    expect(decideFor("hubspot_owner_id", "OwnerId", "always_salesforce")).toEqual(written);
    expect(decideFor("hubspot_owner_id", "OwnerId", "two_way")).toEqual(written);
  });
  it("D54, F2: any other person follows the rule: an edit in HubSpot is put back where Salesforce always wins", () => {
    expect(decideFor("helper", "Helper__c", "always_salesforce")).toEqual({
      hubspot: { helper: "11" },
      salesforce: null,
    });
  });
});

describe("D18: what makes a record due", () => {
  const field = world.fields[0];
  if (!field) throw new Error("the world has a field");
  const changesOf = (change: Partial<typeof field>, side: "hubspot" | "salesforce") =>
    findMappedChanges(
      side,
      "Lead",
      side === "hubspot" ? { jobtitle: "b" } : { Title: "b" },
      { hubspot: { jobtitle: "a" }, salesforce: { Title: "a" } },
      settingsOf({ ...world, fields: [{ ...field, ...change }] }),
    );
  it("D18, T10: what HubSpot calculates is a property as any other; D18, T11: a formula of Salesforce is not", () => {
    expect(changesOf({ rule: "always_hubspot", readOnlyHubSpot: true }, "hubspot")).toEqual(["jobtitle"]);
    expect(changesOf({ rule: "always_salesforce", readOnlySalesforce: true }, "salesforce")).toEqual([]);
  });
});

describe("D16, C2: creating", () => {
  const creation = {
    toHubSpot: { Lead: "create", Contact: "create" },
    toSalesforce: "Lead",
    defaults: { Lead: { LastName: "(unknown)", Title: "unused" }, Contact: {} },
  } as const;
  it("sends what the rules let travel, and defaults only where no value is", () => {
    const decision = decideRecord(alone({ email: "a@x.jp", jobtitle: "CFO" }), settings({ creation }));
    expect(decision).toMatchObject({
      salesforce: { operation: "create", type: "Lead", values: { Title: "CFO", LastName: "(unknown)" } },
    });
  });
  it("is off when the setting says so", () => {
    const off = settings({ creation: { ...creation, toSalesforce: null } });
    expect(decideRecord(alone({ email: "a@x.jp" }), off)).toMatchObject({ reason: "creation_in_salesforce_off" });
  });
});

it("D24, M7: ids are only written where they differ from what is held", () => {
  const names = {
    hubspotUnique: "u",
    hubspot: { Lead: "l", Contact: "c" },
    salesforce: Object.fromEntries(SALESFORCE_TYPES.map((type) => [type, "H__c"])) as Record<SalesforceType, string>,
  };
  const pair = { hubspotId: "7", salesforceId: "00Q1", type: "Lead" } as const;
  const both = { hubspot: true, salesforce: true };
  expect(planIdFields(names, pair, { hubspot: { u: "00Q1" }, salesforce: {} }, both)).toEqual({
    hubspot: { l: "00Q1" },
    salesforce: { H__c: "7" },
  });
  expect(planIdFields(names, pair, { hubspot: { u: "00Q1", l: "00Q1" }, salesforce: { H__c: "7" } }, both)).toEqual({
    hubspot: {},
    salesforce: {},
  });
  expect(planIdFields(names, pair, { hubspot: {}, salesforce: {} }, { hubspot: false, salesforce: false })).toEqual({
    hubspot: {},
    salesforce: {},
  });
});
