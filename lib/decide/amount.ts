import { textOf } from "./activity-values";
import type { Values } from "./record-types";

/** The currencies of the two sides, ISO 4217 codes. */
export type CurrencySettings = {
  /** The portal's company currency: what a deal without `deal_currency_code` is in */
  portalCurrency: string;
  /** HubSpot's additionalCurrencies; empty = deals have no currency of their own */
  furtherPortalCurrencies: readonly string[];
  /** The org's corporate currency; a single-currency org's only one */
  orgCurrency: string;
  /** Active currencies of a multi-currency org; null = single currency, records have no CurrencyIsoCode */
  orgCurrencies: readonly string[] | null;
};

export type ConvertedAmount =
  | { ok: true; values: Values }
  | {
      ok: false;
      reason: "currency_not_in_salesforce" | "currency_not_in_hubspot" | "not_an_amount";
      /** The currency, or the text, at fault */
      value: string;
    };

/** Salesforce keeps 16 digits before the point (currency 18, 2). */
const TOO_LARGE = 1e16;

/**
 * P2: Amount, and CurrencyIsoCode where the org has several currencies, of a deal's `amount` and `deal_currency_code`.
 * Nothing is ever converted between currencies: one that the org does not have is blocked. A deal without an amount is
 * never blocked by its currency.
 */
export function toSalesforceAmount(deal: Values, settings: CurrencySettings): ConvertedAmount {
  const amount = readAmount(textOf(deal.amount));
  if (amount === "invalid") return { ok: false, reason: "not_an_amount", value: textOf(deal.amount) };
  const currency = codeOf(textOf(deal.deal_currency_code), settings.portalCurrency);
  const isThere = (settings.orgCurrencies ?? [settings.orgCurrency]).some((code) => codeOf(code, "") === currency);
  if (!isThere && amount !== null) return { ok: false, reason: "currency_not_in_salesforce", value: currency };
  const hasOwn = settings.orgCurrencies !== null && isThere;
  return { ok: true, values: { Amount: amount, ...(hasOwn ? { CurrencyIsoCode: currency } : {}) } };
}

/** The way back: `amount`, and `deal_currency_code` where the portal has several currencies. "" clears an amount. */
export function toHubSpotAmount(opportunity: Values, settings: CurrencySettings): ConvertedAmount {
  const amount = readAmount(textOf(opportunity.Amount));
  if (amount === "invalid") return { ok: false, reason: "not_an_amount", value: textOf(opportunity.Amount) };
  const told = settings.orgCurrencies === null ? "" : textOf(opportunity.CurrencyIsoCode);
  const currency = codeOf(told, settings.orgCurrency);
  const known = [settings.portalCurrency, ...settings.furtherPortalCurrencies].map((code) => codeOf(code, ""));
  const isThere = known.includes(currency);
  if (!isThere && amount !== null) return { ok: false, reason: "currency_not_in_hubspot", value: currency };
  const hasOwn = settings.furtherPortalCurrencies.length > 0 && isThere;
  return {
    ok: true,
    values: { amount: amount === null ? "" : amountText(amount), ...(hasOwn ? { deal_currency_code: currency } : {}) },
  };
}

function readAmount(text: string): number | null | "invalid" {
  if (text === "") return null;
  const amount = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
  return Math.abs(amount) < TOO_LARGE ? amount : "invalid";
}

/** Plain decimals: HubSpot's number properties take no exponents. */
function amountText(amount: number): string {
  return Number.isInteger(amount) ? amount.toFixed(0) : amount.toFixed(6).replace(/\.?0+$/, "");
}

function codeOf(code: string, otherwise: string): string {
  return (code.trim() || otherwise.trim()).toUpperCase();
}
