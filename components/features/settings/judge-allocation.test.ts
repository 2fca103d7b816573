import { describe, expect, test } from "vitest";
import { judgeAllocation } from "./judge-allocation";

describe("Q1: an allocation as typed", () => {
  test.each([
    ["5000", 15_000, "fine"],
    [" 5000 ", null, "fine"],
    ["", 15_000, "not_a_number"],
    ["5,000", 15_000, "not_a_number"],
    ["-1", 15_000, "not_a_number"],
    ["1e3", 15_000, "not_a_number"],
    ["99", 15_000, "too_small"],
    ["100000001", 15_000, "too_large"],
    ["20000", 15_000, "above_org"],
    ["20000", null, "fine"],
  ] as const)("%j with an org limit of %s: %s", (typed, orgMax, verdict) => {
    expect(judgeAllocation(typed, orgMax)).toBe(verdict);
  });
});
