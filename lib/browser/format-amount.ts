import type { RecordRow } from "@/lib/contracts/records";

/** A deal's amount with its currency, without pennies that nobody asked for; "" when there is none. */
export function formatAmount(deal: RecordRow["deal"], locale: string): string {
  if (deal === null || deal.amount === null) return "";
  const digits = { minimumFractionDigits: 0, maximumFractionDigits: 2 };
  const plain = new Intl.NumberFormat(locale, digits);
  if (deal.currency === null) return plain.format(deal.amount);
  try {
    return new Intl.NumberFormat(locale, {
      ...digits,
      style: "currency",
      currency: deal.currency,
      currencyDisplay: "narrowSymbol",
    }).format(deal.amount);
  } catch {
    // A code that is no currency, as a CRM may hold it
    return `${plain.format(deal.amount)} ${deal.currency}`;
  }
}
