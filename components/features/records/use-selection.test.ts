import { describe, expect, test } from "vitest";
import { changeSelection } from "./use-selection";

const ROWS = ["a", "b", "c", "d", "e"];

describe("ticking rows", () => {
  test("one row is added, and taken away when it was there", () => {
    expect([...changeSelection(new Set(["a"]), ROWS, 2, 2, false)]).toEqual(["a", "c"]);
    expect([...changeSelection(new Set(["a", "c"]), ROWS, 2, 2, false)]).toEqual(["a"]);
  });
  test("with Shift everything between is added, downwards and upwards, and nothing is taken away", () => {
    expect([...changeSelection(new Set(["a"]), ROWS, 0, 3, true)]).toEqual(["a", "b", "c", "d"]);
    expect([...changeSelection(new Set(["d", "b"]), ROWS, 3, 1, true)].toSorted()).toEqual(["b", "c", "d"]);
  });
  test("no more than the API takes at once are kept", () => {
    const many = Array.from({ length: 1_500 }, (_, n) => String(n));
    expect(changeSelection(new Set(), many, 0, 1_499, true).size).toBe(1_000);
  });
});
