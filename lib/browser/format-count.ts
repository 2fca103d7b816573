/** A count in the room of an axis: "750", "2,250", "15K", "1.2M"; "2,250", "1.5万". */
export function formatCompact(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    notation: Math.abs(count) < 10_000 ? "standard" : "compact",
    maximumFractionDigits: 1,
  }).format(count);
}
