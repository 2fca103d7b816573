import { describe, expect, test } from "vitest";
import { judgeAllocation } from "./judge-allocation";

describe("Q1: an allocation as typed", () => {
  test.each([
    ["5000", "fine"],
    [" 5000 ", "fine"],
    ["", "not_a_number"],
    ["5,000", "not_a_number"],
    ["-1", "not_a_number"],
    ["1e3", "not_a_number"],
    ["99", "too_small"],
    ["100000001", "too_large"],
  ] as const)("%j: %s", (typed, verdict) => {
    expect(judgeAllocation(typed)).toBe(verdict);
  });
});
