type Value = string | number | boolean | null;

const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/** How a value is shown: tick boxes in words, date-times in the person's zone, everything else as it is. "" when blank. */
export function showValue(value: Value, locale: string, words: { yes: string; no: string }): string {
  if (value === null || (typeof value === "string" && value.trim() === "")) return "";
  if (value === true || value === "true") return words.yes;
  if (value === false || value === "false") return words.no;
  if (typeof value === "number") return new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(value);
  const text = String(value);
  if (!DATE_TIME.test(text)) return text;
  // Salesforce writes "+0000", which Date.parse of some browsers refuses.
  const at = new Date(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"));
  return Number.isNaN(at.getTime())
    ? text
    : new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" }).format(at);
}
