import { describe, expect, test } from "vitest";
import { isFiltered, readConflictFilters, toConflictQuery, valuesOf } from "./conflict-filters";

describe("filters of the conflicts", () => {
  test("what the address says wrongly filters nothing", () => {
    const filters = readConflictFilters(new URLSearchParams("object=<x>&winner=both&from=yesterday&to=2026-13-45x"));
    expect(isFiltered(filters)).toBe(false);
  });
  test("a day is asked for from its beginning to its end, in the browser's zone", () => {
    const filters = readConflictFilters(
      new URLSearchParams("object=deal&winner=hubspot&from=2026-11-24&to=2026-11-24"),
    );
    const query = toConflictQuery(filters);
    expect(query.get("object")).toBe("deal");
    expect(Date.parse(query.get("to") ?? "") - Date.parse(query.get("from") ?? "")).toBe(24 * 3_600_000);
    expect(new Date(query.get("from") ?? "").getHours()).toBe(0);
  });
});

describe("X3: a conflict reads HubSpot left, Salesforce right", () => {
  const change = {
    hubspotProperty: "jobtitle",
    hubspotLabel: "Job title",
    salesforceField: "Title",
    salesforceLabel: "Title",
    before: "CFO",
    after: "Chief",
    beforeText: null,
    afterText: null,
    rule: "two_way",
    reason: "newest_salesforce",
    conflict: true,
  } as const;
  test("written to HubSpot, HubSpot's value lost", () => {
    expect(valuesOf({ ...change, side: "hubspot", winner: "salesforce" })).toEqual({
      hubspot: { value: "CFO", text: null, won: false },
      salesforce: { value: "Chief", text: null, won: true },
    });
  });
  test("written to Salesforce, Salesforce's value lost", () => {
    const { hubspot, salesforce } = valuesOf({ ...change, side: "salesforce", winner: "hubspot" });
    expect([hubspot.value, salesforce.value]).toEqual(["Chief", "CFO"]);
    expect([hubspot.won, salesforce.won]).toEqual([true, false]);
  });
});
