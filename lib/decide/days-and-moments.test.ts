import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalOf, type FieldPair, pairOf, toHubSpotValue, toSalesforceValue } from "./canonical-value";
import type { FieldKind } from "./record-types";
import { schemaFor } from "./testing/arbitraries";

const ZONES = ["Asia/Tokyo", "America/Los_Angeles", "America/New_York", "Europe/Berlin", "Pacific/Kiritimati", "UTC"];

function pair(hubspot: FieldKind, salesforce: FieldKind, timeZone?: string): FieldPair {
  const mapping = { id: "m", hubspotProperty: "p", leadField: "F", contactField: "F", valueMap: {} };
  return pairOf(
    { ...mapping, rule: "two_way" },
    schemaFor("p", "hubspot", hubspot, false),
    schemaFor("F", "salesforce", salesforce, false),
    { hubspotOwners: {}, salesforceUsers: {}, timeZone },
  );
}

describe("a moment on one side, a day on the other", () => {
  it.each([
    ["Asia/Tokyo", "2027-01-30T23:00:00.000Z", "2027-01-31"],
    ["Asia/Tokyo", "2027-01-31T14:59:59.000Z", "2027-01-31"],
    ["Asia/Tokyo", "2027-01-31T15:00:00.000Z", "2027-02-01"],
    ["America/New_York", "2027-02-01T04:59:00.000Z", "2027-01-31"],
    ["America/New_York", "2027-07-01T03:59:00.000Z", "2027-06-30"],
    [undefined, "2027-01-30T23:00:00.000Z", "2027-01-30"],
  ])("D53, F10, P2: in %s, %s is the day %s", (timeZone, moment, day) => {
    expect(
      toSalesforceValue(
        pair("datetime", "date", timeZone),
        canonicalOf(pair("datetime", "date", timeZone), "hubspot", moment),
      ),
    ).toEqual({ ok: true, value: day });
    const back = pair("date", "datetime", timeZone);
    expect(toHubSpotValue(back, canonicalOf(back, "salesforce", moment.replace("Z", "+0000")))).toEqual({
      ok: true,
      value: day,
    });
  });

  it("D53, F10: a day becomes its noon in the portal, which is that day for people hours away as well", () => {
    expect(toHubSpotValue(pair("datetime", "date", "America/New_York"), "2027-01-31")).toEqual({
      ok: true,
      value: "2027-01-31T17:00:00.000Z",
    });
    expect(toSalesforceValue(pair("date", "datetime", "Asia/Tokyo"), "2027-01-31")).toEqual({
      ok: true,
      value: "2027-01-31T03:00:00.000Z",
    });
  });

  it("D53, D2: every day goes there and is that day again, in every zone and through every change of the clocks", () => {
    const day = fc
      .integer({ min: Date.UTC(1971, 0, 1) / 86_400_000, max: Date.UTC(2090, 0, 1) / 86_400_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.constantFrom(...ZONES), (value, timeZone) => {
        const toMoment = pair("datetime", "date", timeZone);
        const sent = toHubSpotValue(toMoment, canonicalOf(toMoment, "salesforce", value));
        expect(sent.ok && canonicalOf(toMoment, "hubspot", sent.value)).toBe(value);
        const fromDay = pair("date", "datetime", timeZone);
        const back = toSalesforceValue(fromDay, canonicalOf(fromDay, "hubspot", value));
        expect(back.ok && canonicalOf(fromDay, "salesforce", back.value)).toBe(value);
      }),
      { numRuns: 5_000 },
    );
  });

  it("D53, F10: two days meet as they are, whatever the zone, and what is no day is none", () => {
    for (const timeZone of ZONES) {
      const days = pair("date", "date", timeZone);
      expect(canonicalOf(days, "hubspot", "2027-01-31")).toBe("2027-01-31");
      expect(toSalesforceValue(days, "2027-01-31")).toEqual({ ok: true, value: "2027-01-31" });
      const moments = pair("datetime", "date", timeZone);
      expect(toHubSpotValue(moments, canonicalOf(moments, "salesforce", "soon"))).toEqual({
        ok: false,
        why: "not_a_value",
      });
    }
  });
});
