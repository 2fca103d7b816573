import { describe, expect, test } from "vitest";
import type { Condition } from "@/components/conditions/check-condition";
import { findFaults, setConditions } from "./filter-types";

const WEB: Condition = { field: "LeadSource", operator: "is", values: ["Web"] };
const GAP: Condition = { field: "", operator: "is", values: [] };

describe("G4: the filter of a type", () => {
  test("is emptied by an empty list where the server has conditions, since what is not sent stays", () => {
    expect(setConditions({ Lead: [WEB] }, { Lead: [WEB] }, "Lead", [])).toEqual({ Lead: [] });
  });
  test("leaves no trace where it was added and taken away again unsaved", () => {
    expect(setConditions({ Lead: [WEB] }, {}, "Lead", [])).toEqual({});
  });
  test("leaves the other types alone", () => {
    expect(setConditions({ Lead: [WEB] }, { Lead: [WEB] }, "Account", [WEB])).toEqual({ Lead: [WEB], Account: [WEB] });
  });
  test("gaps are counted over all types", () => {
    expect(findFaults({ Lead: [WEB, GAP], Contact: [GAP] }, () => null)).toBe(2);
    expect(findFaults({ Lead: [WEB] }, () => new Set(["LeadSource"]))).toBe(0);
    expect(findFaults({ Lead: [WEB] }, () => new Set(["Email"]))).toBe(1);
  });
});
