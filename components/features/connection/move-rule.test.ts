import { describe, expect, test } from "vitest";
import { moveRule } from "./move-rule";

describe("C2: the order of rules", () => {
  test.each([
    [1, -1, ["b", "a", "c"]],
    [1, 1, ["a", "c", "b"]],
    [0, -1, ["a", "b", "c"]],
    [2, 1, ["a", "b", "c"]],
    [7, 1, ["a", "b", "c"]],
  ] as const)("entry %i moved by %i", (place, by, expected) => {
    expect(moveRule(["a", "b", "c"], place, by)).toEqual(expected);
  });
});
