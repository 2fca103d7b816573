import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalOf, type FieldPair, pairOf, toHubSpotValue, toSalesforceValue } from "./canonical-value";
import type { FieldSchema } from "./record-types";
import { schemaFor } from "./testing/arbitraries";

function pair(hubspot: FieldSchema["percent"], salesforce: FieldSchema["percent"]): FieldPair {
  const mapping = { id: "m", hubspotProperty: "p", leadField: "F", contactField: "F", valueMap: {} };
  return pairOf(
    { ...mapping, rule: "two_way" },
    { ...schemaFor("p", "hubspot", "number", false), ...(hubspot ? { percent: hubspot } : {}) },
    { ...schemaFor("F", "salesforce", "number", false), ...(salesforce ? { percent: salesforce } : {}) },
    { hubspotOwners: {}, salesforceUsers: {} },
  );
}
const carry = (own: FieldPair, raw: string) => toSalesforceValue(own, canonicalOf(own, "hubspot", raw));
const carryBack = (own: FieldPair, raw: number) => toHubSpotValue(own, canonicalOf(own, "salesforce", raw));

describe("percentages", () => {
  it("D55, F10: 0.4 of HubSpot is 40 of Salesforce, and back", () => {
    expect(carry(pair("fraction", "whole"), "0.4")).toEqual({ ok: true, value: 40 });
    expect(carry(pair("fraction", "whole"), "0.07")).toEqual({ ok: true, value: 7 });
    expect(carryBack(pair("fraction", "whole"), 12.5)).toEqual({ ok: true, value: "0.125" });
  });
  it("D55, F10: a number that is shown without a percent sign stays what it is", () => {
    expect(carry(pair(undefined, "whole"), "40")).toEqual({ ok: true, value: 40 });
    expect(carry(pair("fraction", undefined), "0.4")).toEqual({ ok: true, value: 0.4 });
  });
  it("D55, D2: there and back it is the same number", () => {
    const share = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 10_000);
    fc.assert(
      fc.property(share, (value) => {
        const own = pair("fraction", "whole");
        const sent = carry(own, String(value));
        if (!sent.ok) throw new Error("a number is a number");
        expect(canonicalOf(own, "salesforce", sent.value)).toBe(canonicalOf(own, "hubspot", String(value)));
      }),
      { numRuns: 5_000 },
    );
  });
});
