import { expect, test } from "vitest";
import { formatCompact } from "./format-count";

test("counts of any size fit beside an axis", () => {
  expect([0, 750, 2_250, 15_000, 1_250_000].map((count) => formatCompact(count, "en"))).toEqual([
    "0",
    "750",
    "2,250",
    "15K",
    "1.3M",
  ]);
  expect([2_250, 15_000, 1_250_000].map((count) => formatCompact(count, "ja"))).toEqual(["2,250", "1.5万", "125万"]);
});
