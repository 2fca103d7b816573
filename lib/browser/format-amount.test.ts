import { expect, test } from "vitest";
import { formatAmount } from "./format-amount";

test("an amount stands with its currency, and without pennies that it does not have", () => {
  expect(formatAmount({ amount: 1_234_500, currency: "USD", stage: null }, "en")).toBe("$1,234,500");
  expect(formatAmount({ amount: 99.5, currency: "EUR", stage: null }, "en")).toBe("€99.5");
  expect(formatAmount({ amount: 550_000, currency: "JPY", stage: null }, "ja")).toBe("￥550,000");
});

test("an amount of no currency, and of one that is none, is told as it is; no amount is nothing", () => {
  expect(formatAmount({ amount: 30_000, currency: null, stage: null }, "en")).toBe("30,000");
  expect(formatAmount({ amount: 30_000, currency: "not one", stage: null }, "en")).toBe("30,000 not one");
  expect(formatAmount({ amount: null, currency: "USD", stage: null }, "en")).toBe("");
  expect(formatAmount(null, "en")).toBe("");
});
