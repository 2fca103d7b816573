import { describe, expect, test } from "vitest";
import { addValue, type Condition, checkCondition, withOperator } from "./check-condition";

const KNOWN = new Set(["LeadSource", "AnnualRevenue"]);
const of = (part: Partial<Condition>): Condition => ({ field: "LeadSource", operator: "is", values: ["Web"], ...part });

describe("G4, C2: a condition is refused before it is saved", () => {
  test.each([
    ["without a field", of({ field: "" }), { on: "field", fault: "noField" }],
    ["on a field that is not there", of({ field: "Gone__c" }), { on: "field", fault: "unknownField" }],
    ["without a value", of({ values: [] }), { on: "values", fault: "noValue" }],
    ["with spaces alone", of({ values: ["  "] }), { on: "values", fault: "noValue" }],
    ["a size that is a word", of({ operator: "greater", values: ["many"] }), { on: "values", fault: "noNumber" }],
  ])("%s", (_, condition, fault) => {
    expect(checkCondition(condition, KNOWN)).toEqual(fault);
  });
  test.each([
    ["with a value", of({})],
    ["a size that is a number", of({ operator: "greater", field: "AnnualRevenue", values: ["1000000"] })],
    ["a size that is a date", of({ operator: "less", values: ["2026-04-01"] })],
    ["blank, which takes no value", of({ operator: "is_blank", values: [] })],
  ])("taken: %s", (_, condition) => {
    expect(checkCondition(condition, KNOWN)).toBeNull();
  });
  test("no field is unknown while the fields are not known", () => {
    expect(checkCondition(of({ field: "Whatever__c" }), null)).toBeNull();
    expect(checkCondition(of({ field: "Whatever__c" }), new Set())).toBeNull();
  });
});

describe("editing", () => {
  test("an operator without values drops them, another keeps them", () => {
    expect(withOperator(of({}), "is_blank").values).toEqual([]);
    expect(withOperator(of({}), "contains").values).toEqual(["Web"]);
  });
  test("a value is added once and trimmed", () => {
    expect(addValue(["Web"], " Partner ")).toEqual(["Web", "Partner"]);
    expect(addValue(["Web"], "Web")).toEqual(["Web"]);
    expect(addValue(["Web"], "  ")).toEqual(["Web"]);
  });
});
