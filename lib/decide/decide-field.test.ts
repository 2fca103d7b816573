import { describe, expect, it } from "vitest";
import { decideField, type FieldDecision, type FieldInput } from "./decide-field";
import type { FieldKind, FieldSchema, RawValue, UpdateRule } from "./record-types";

const schema = (kind: FieldKind, extra: Partial<FieldSchema> = {}): FieldSchema => ({
  name: "x",
  label: "X",
  kind,
  remoteType: kind,
  readOnly: false,
  calculated: false,
  ...extra,
});

type Case = {
  rule: UpdateRule;
  base: [RawValue, RawValue] | null;
  now: [RawValue, RawValue];
  editedAt?: { hubspot: number; salesforce: number };
};

function decide(c: Case, extra: Partial<FieldInput> = {}): FieldDecision {
  return decideField({
    rule: c.rule,
    pair: {
      kind: "text",
      hubspot: schema("text"),
      salesforce: schema("text"),
      valueMap: {},
      hubspotOwners: {},
      salesforceUsers: {},
    },
    hubspot: c.now[0],
    salesforce: c.now[1],
    base: c.base ? { hubspot: c.base[0], salesforce: c.base[1] } : undefined,
    hubspotEditedAt: c.editedAt?.hubspot,
    salesforceEditedAt: c.editedAt?.salesforce ?? 0,
    ...extra,
  });
}

/** "→ x" = written to Salesforce, "← x" = written to HubSpot, "–" = nothing, "?" = asks for the edit time. */
function told(decision: FieldDecision): string {
  if (decision.action === "needs_edit_time") return "?";
  if (decision.action !== "write") return "–";
  return `${decision.side === "salesforce" ? "→" : "←"} ${JSON.stringify(decision.value)}`;
}

describe("D4, D8, D9, D10: update rules of a field that was in sync before", () => {
  const table: [string, Case, string][] = [
    [
      "F1: a Salesforce edit reaches HubSpot",
      { rule: "prefer_salesforce", base: ["a", "a"], now: ["a", "b"] },
      '← "b"',
    ],
    [
      "F1: a HubSpot edit is put back to Salesforce's value",
      { rule: "prefer_salesforce", base: ["a", "a"], now: ["h", "a"] },
      '← "a"',
    ],
    [
      "F1: a clear in Salesforce clears HubSpot",
      { rule: "prefer_salesforce", base: ["a", "a"], now: ["a", null] },
      '← ""',
    ],
    [
      "F1: a Salesforce blank as before takes HubSpot's new value",
      { rule: "prefer_salesforce", base: [null, null], now: ["h", null] },
      '→ "h"',
    ],
    [
      "F1: a clear in HubSpot is refilled from Salesforce",
      { rule: "prefer_salesforce", base: ["a", "a"], now: ["", "a"] },
      '← "a"',
    ],
    ["F2: a HubSpot edit flips back", { rule: "always_salesforce", base: ["a", "a"], now: ["h", "a"] }, '← "a"'],
    [
      "F2: a clear in Salesforce clears HubSpot",
      { rule: "always_salesforce", base: ["a", "a"], now: ["a", ""] },
      '← ""',
    ],
    [
      "F2: HubSpot never travels, even into a blank",
      { rule: "always_salesforce", base: [null, null], now: ["h", null] },
      '← ""',
    ],
    ["F3: the side that changed wins (HubSpot)", { rule: "two_way", base: ["a", "a"], now: ["h", "a"] }, '→ "h"'],
    ["F3: the side that changed wins (Salesforce)", { rule: "two_way", base: ["a", "a"], now: ["a", "s"] }, '← "s"'],
    ["F3: a clear travels", { rule: "two_way", base: ["a", "a"], now: [null, "a"] }, "→ null"],
    [
      "F3: both changed and HubSpot's edit time unknown: ask, do not guess",
      { rule: "two_way", base: ["a", "a"], now: ["h", "s"] },
      "?",
    ],
    [
      "F3: both changed: the newest edit",
      { rule: "two_way", base: ["a", "a"], now: ["h", "s"], editedAt: { hubspot: 5_000, salesforce: 4_000 } },
      '→ "h"',
    ],
    [
      "F3: both changed: the newest edit (Salesforce)",
      { rule: "two_way", base: ["a", "a"], now: ["h", "s"], editedAt: { hubspot: 3_000, salesforce: 4_000 } },
      '← "s"',
    ],
    [
      "F3: a tie within the second goes to Salesforce",
      { rule: "two_way", base: ["a", "a"], now: ["h", "s"], editedAt: { hubspot: 4_900, salesforce: 4_000 } },
      '← "s"',
    ],
    [
      "F3: the newest edit may be a clear",
      { rule: "two_way", base: ["a", "a"], now: [null, "s"], editedAt: { hubspot: 9_000, salesforce: 4_000 } },
      "→ null",
    ],
    ["F4: nothing travels", { rule: "dont_sync", base: ["a", "a"], now: ["h", "s"] }, "–"],
    ["F5: a HubSpot edit reaches Salesforce", { rule: "prefer_hubspot", base: ["a", "a"], now: ["h", "a"] }, '→ "h"'],
    [
      "F5: a HubSpot blank as before takes Salesforce's new value",
      { rule: "prefer_hubspot", base: [null, null], now: [null, "s"] },
      '← "s"',
    ],
    [
      "F5: a clear in HubSpot clears Salesforce",
      { rule: "prefer_hubspot", base: ["a", "a"], now: [null, "a"] },
      "→ null",
    ],
    ["F6: a Salesforce edit flips back", { rule: "always_hubspot", base: ["a", "a"], now: ["a", "s"] }, '→ "a"'],
    [
      "F6: a clear in HubSpot clears Salesforce",
      { rule: "always_hubspot", base: ["a", "a"], now: ["", "a"] },
      "→ null",
    ],
    [
      "F7: what a CRM made of our write stays, though the sides differ",
      { rule: "always_hubspot", base: ["h", "H."], now: ["h", "H."] },
      "–",
    ],
    ["F7: white space is no edit", { rule: "two_way", base: ["a", "a"], now: [" a ", "a"] }, "–"],
    ["F7: both edited to the same value is no conflict", { rule: "two_way", base: ["a", "a"], now: ["b", "b "] }, "–"],
  ];
  it.each(table)("%s", (_, input, expected) => expect(told(decide(input))).toBe(expected));
});

describe("D6, D7: first sync of a pair", () => {
  const table: [string, Case, string][] = [
    [
      "F8: a Salesforce blank takes HubSpot's value",
      { rule: "prefer_salesforce", base: null, now: ["h", null] },
      '→ "h"',
    ],
    ["F8: a HubSpot blank takes Salesforce's value", { rule: "prefer_hubspot", base: null, now: ["", "s"] }, '← "s"'],
    [
      "F8, F2: a Salesforce blank does not erase, and HubSpot does not travel",
      { rule: "always_salesforce", base: null, now: ["h", " "] },
      "–",
    ],
    [
      "F8, F6: a HubSpot blank does not erase, and Salesforce does not travel",
      { rule: "always_hubspot", base: null, now: [null, "s"] },
      "–",
    ],
    ["F8: two values follow Prefer Salesforce", { rule: "prefer_salesforce", base: null, now: ["h", "s"] }, '← "s"'],
    ["F8: two values follow Prefer HubSpot", { rule: "prefer_hubspot", base: null, now: ["h", "s"] }, '→ "h"'],
    [
      "F8: two values under Two-way: the newest",
      { rule: "two_way", base: null, now: ["h", "s"], editedAt: { hubspot: 9_000, salesforce: 4_000 } },
      '→ "h"',
    ],
  ];
  it.each(table)("%s", (_, input, expected) => expect(told(decide(input))).toBe(expected));
});

describe("fields that cannot be written", () => {
  const pair = (extra: { hubspot?: Partial<FieldSchema>; salesforce?: Partial<FieldSchema> }) => ({
    pair: {
      kind: "text" as const,
      hubspot: schema("text", extra.hubspot),
      salesforce: schema("text", extra.salesforce),
      valueMap: {},
      hubspotOwners: {},
      salesforceUsers: {},
    },
  });
  it("F12: a formula field travels to HubSpot only", () => {
    const formula = pair({ salesforce: { readOnly: true, calculated: true } });
    expect(told(decide({ rule: "two_way", base: ["a", "a"], now: ["a", "s"] }, formula))).toBe('← "s"');
    expect(decide({ rule: "two_way", base: ["a", "a"], now: ["h", "a"] }, formula)).toMatchObject({
      action: "blocked",
      reason: "read_only_in_salesforce",
    });
  });
  it("D25, O1: an owner that Salesforce does not have goes back to Salesforce's owner", () => {
    const owners = {
      pair: {
        kind: "owner" as const,
        hubspot: schema("owner", { name: "hubspot_owner_id" }),
        salesforce: schema("owner", { name: "OwnerId" }),
        valueMap: {},
        hubspotOwners: {
          "11": { email: "hana@x.jp", active: true },
          "16": { email: "only-hubspot@x.jp", active: true },
        },
        salesforceUsers: { "005A": { email: "hana@x.jp", active: true } },
      },
    };
    const back = { action: "write", side: "hubspot", value: "11", reason: "no_owner_match", winner: "salesforce" };
    expect(decide({ rule: "two_way", base: ["11", "005A"], now: ["16", "005A"] }, owners)).toMatchObject(back);
    expect(decide({ rule: "two_way", base: ["11", "005A"], now: [null, "005A"] }, owners)).toMatchObject(back);
  });
  it("D54, F6: another person than the owner stays as HubSpot has it when Salesforce does not know that person, and is cleared", () => {
    const helper = {
      pair: {
        kind: "owner" as const,
        hubspot: schema("owner", { name: "helper" }),
        salesforce: schema("owner", { name: "Helper__c" }),
        valueMap: {},
        hubspotOwners: {
          "11": { email: "hana@x.jp", active: true },
          "16": { email: "only-hubspot@x.jp", active: true },
        },
        salesforceUsers: { "005A": { email: "hana@x.jp", active: true } },
      },
    };
    const rule = "always_hubspot" as const;
    expect(decide({ rule, base: ["11", "005A"], now: ["16", "005A"] }, helper)).toMatchObject({
      action: "blocked",
      reason: "no_owner_match",
    });
    expect(told(decide({ rule, base: ["11", "005A"], now: [null, "005A"] }, helper))).toBe("→ null");
  });
  it("F9: a write tells the value it overwrites and who won", () => {
    expect(decide({ rule: "prefer_salesforce", base: ["a", "a"], now: ["h", "s"] })).toMatchObject({
      action: "write",
      side: "hubspot",
      overwrites: "h",
      winner: "salesforce",
      conflict: true,
    });
  });
});
