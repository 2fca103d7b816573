import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CurrencySettings, toHubSpotAmount, toSalesforceAmount } from "./amount";

const single: CurrencySettings = {
  portalCurrency: "JPY",
  furtherPortalCurrencies: [],
  orgCurrency: "JPY",
  orgCurrencies: null,
};
const several: CurrencySettings = {
  portalCurrency: "JPY",
  furtherPortalCurrencies: ["USD", "EUR"],
  orgCurrency: "USD",
  orgCurrencies: ["USD", "JPY"],
};

describe("P2: amounts with their currency", () => {
  it("one currency on both sides: the number alone", () => {
    expect(toSalesforceAmount({ amount: "1200000.50" }, single)).toEqual({ ok: true, values: { Amount: 1200000.5 } });
    expect(toHubSpotAmount({ Amount: 1200000.5 }, single)).toEqual({ ok: true, values: { amount: "1200000.5" } });
    expect(toSalesforceAmount({ amount: "" }, single)).toEqual({ ok: true, values: { Amount: null } });
    expect(toHubSpotAmount({ Amount: null }, single)).toEqual({ ok: true, values: { amount: "" } });
  });
  it("several: the code travels; without one the deal is in the portal's, the opportunity in the org's", () => {
    const deal = { amount: "10", deal_currency_code: "usd" };
    expect(toSalesforceAmount(deal, several)).toEqual({ ok: true, values: { Amount: 10, CurrencyIsoCode: "USD" } });
    expect(toSalesforceAmount({ amount: "10" }, several)).toMatchObject({ values: { CurrencyIsoCode: "JPY" } });
    expect(toHubSpotAmount({ Amount: 10 }, several)).toMatchObject({ values: { deal_currency_code: "USD" } });
    expect(toHubSpotAmount({ Amount: 10, CurrencyIsoCode: "JPY" }, several)).toMatchObject({
      values: { amount: "10", deal_currency_code: "JPY" },
    });
  });
  it("a currency that the other side does not have is blocked, never converted", () => {
    const euro = { amount: "10", deal_currency_code: "EUR" };
    const blocked = { ok: false, reason: "currency_not_in_salesforce", value: "EUR" };
    expect(toSalesforceAmount(euro, several)).toEqual(blocked);
    expect(toSalesforceAmount(euro, single)).toEqual(blocked);
    expect(toHubSpotAmount({ Amount: 10 }, { ...single, orgCurrency: "USD" })).toEqual({
      ok: false,
      reason: "currency_not_in_hubspot",
      value: "USD",
    });
  });
  it("a deal without an amount is not blocked by its currency", () => {
    expect(toSalesforceAmount({ amount: null, deal_currency_code: "EUR" }, single)).toEqual({
      ok: true,
      values: { Amount: null },
    });
    expect(toHubSpotAmount({ Amount: null }, { ...single, orgCurrency: "USD" }).ok).toBe(true);
  });
  it.each(["1,000", "ten", "0x10", "1e400", "99999999999999999", "--1", "."])("%s is no amount", (amount) => {
    expect(toSalesforceAmount({ amount }, single)).toEqual({ ok: false, reason: "not_an_amount", value: amount });
  });
  it("D43: an amount and its currency go there and back", () => {
    const cents = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).map((n) => n / 100);
    fc.assert(
      fc.property(cents, fc.constantFrom("USD", "JPY"), (amount, currency) => {
        const there = toSalesforceAmount({ amount: String(amount), deal_currency_code: currency }, several);
        const back = toHubSpotAmount(there.ok ? there.values : {}, several);
        expect(back.ok ? Number(back.values.amount) : null).toBe(amount === 0 ? 0 : amount);
        expect(back.ok ? back.values.deal_currency_code : null).toBe(currency);
        expect(back.ok ? back.values.amount : "").toMatch(/^-?\d+(\.\d+)?$/);
      }),
      { numRuns: 3_000 },
    );
  });
});
