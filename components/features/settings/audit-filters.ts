/** Filters of the audit log as they stand in the address; "" filters nothing. Days as "2026-11-23", in the browser's zone. */
export type AuditFilters = { by: string; action: string; from: string; to: string; search: string };

const NAMES = ["by", "action", "from", "to", "search"] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the page's address; a day that is none filters nothing. */
export function readAuditFilters(params: URLSearchParams): AuditFilters {
  const read = (name: (typeof NAMES)[number]) => (params.get(name) ?? "").trim().slice(0, 200);
  const day = (name: "from" | "to") => (isDay(read(name)) ? read(name) : "");
  return { by: read("by"), action: read("action"), from: day("from"), to: day("to"), search: read("search") };
}

/** The same as parameters of the page; what filters nothing is not among them. */
export function writeAuditFilters(filters: AuditFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of NAMES) if (filters[name] !== "") params.set(name, filters[name]);
  return params;
}

/** What the API is asked: the days as moments, the last one to its end. */
export function toAuditQuery(filters: AuditFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of ["by", "action", "search"] as const) if (filters[name] !== "") params.set(name, filters[name]);
  if (filters.from !== "") params.set("from", startOfDay(filters.from, 0).toISOString());
  if (filters.to !== "") params.set("to", startOfDay(filters.to, 1).toISOString());
  return params;
}

export function isFiltered(filters: AuditFilters): boolean {
  return NAMES.some((name) => filters[name] !== "");
}

function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(startOfDay(text, 0).getTime());
}

function startOfDay(day: string, plusDays: number): Date {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + plusDays);
}
