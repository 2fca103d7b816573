import { RECORD_STATES } from "@/lib/browser/record-tone";
import type { RecordSort, RecordState } from "@/lib/contracts/records";

/** The objects that have a list of their own. */
export type ListedObject = "contact" | "company" | "deal";

/** What narrows and orders a list. `error` and `reason` go with the states failing and excluded. */
export type RecordFilters = {
  search: string;
  state: RecordState | null;
  error: string | null;
  reason: string | null;
  /** Id of a HubSpot list, whose members alone are shown */
  list: string | null;
  sort: RecordSort;
};

export const NO_FILTERS: RecordFilters = {
  search: "",
  state: null,
  error: null,
  reason: null,
  list: null,
  sort: "name",
};

const SORTS: readonly RecordSort[] = ["name", "-name", "synced", "-synced"];
const LIST_ID = /^\d{1,20}$/;
const CODE = /^[a-zA-Z0-9_.-]{1,80}$/;

/** Reads the filters out of the page's URL; what is unknown there filters nothing. */
export function readFilters(params: URLSearchParams): RecordFilters {
  const error = readCode(params.get("error"));
  const reason = error === null ? readCode(params.get("reason")) : null;
  const state = RECORD_STATES.find((known) => known === params.get("state")) ?? null;
  return {
    search: (params.get("search") ?? "").trim().slice(0, 200),
    // A link may name the error alone: what has it fails.
    state: error !== null ? "failing" : reason !== null ? "excluded" : state,
    error,
    reason,
    list: LIST_ID.test(params.get("list") ?? "") ? params.get("list") : null,
    sort: SORTS.find((known) => known === params.get("sort")) ?? "name",
  };
}

function readCode(text: string | null): string | null {
  return text !== null && CODE.test(text) ? text : null;
}

/** The query string that stands for the filters, with its "?", or "" when nothing is filtered. */
export function writeFilters(filters: RecordFilters): string {
  const text = toParams(filters).toString();
  return text === "" ? "" : `?${text}`;
}

/** The same as parameters of the page and of GET /api/records: they are called alike. */
export function toParams(filters: RecordFilters): URLSearchParams {
  const params = new URLSearchParams();
  if (filters.search.trim() !== "") params.set("search", filters.search.trim());
  for (const key of ["state", "error", "reason", "list"] as const) {
    const value = filters[key];
    if (value !== null) params.set(key, value);
  }
  if (filters.sort !== "name") params.set("sort", filters.sort);
  return params;
}

/** Another state lifts the error or the reason of the one before. */
export function chooseState(filters: RecordFilters, state: RecordState | null): RecordFilters {
  return { ...filters, state, error: null, reason: null };
}

/** Same records in the same order. */
export function isSameView(a: RecordFilters, b: RecordFilters): boolean {
  return writeFilters(a) === writeFilters(b);
}

/** The order after a press on a column's head: its own first direction, then the other one. Newest first for times. */
export function turnSort(sort: RecordSort, column: "name" | "synced"): RecordSort {
  if (column === "name") return sort === "name" ? "-name" : "name";
  return sort === "-synced" ? "synced" : "-synced";
}

type Blame = "none_yet" | "list" | "search" | "cause" | "state" | "both";

/**
 * Which filter is to blame for an empty page. `total` = records of the connection, or of the list that is chosen, whatever
 * their state. "cause": the error or the reason; "both": search and something else.
 */
export function blameFilter(filters: RecordFilters, total: number): Blame {
  if (total === 0) return filters.list === null ? "none_yet" : "list";
  const isNarrow = filters.state !== null || filters.error !== null || filters.reason !== null;
  if (filters.search !== "" && isNarrow) return "both";
  if (filters.search !== "") return "search";
  return filters.error !== null || filters.reason !== null ? "cause" : "state";
}

/** All records of the connection, or of the list that is chosen, from the counts per state. */
export function sumCounts(counts: Partial<Record<RecordState, number>>): number {
  return RECORD_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** States worth a chip: in sync, due, failing and excluded always; syncing and paused only while there are some. */
export function chipStates(counts: Partial<Record<RecordState, number>>, chosen: RecordState | null): RecordState[] {
  const fleeting: readonly RecordState[] = ["syncing", "paused"];
  return RECORD_STATES.filter((s) => !fleeting.includes(s) || (counts[s] ?? 0) > 0 || s === chosen);
}

/** Errors or reasons, the most frequent first; the chosen one is there even when nothing has it any more. */
export function listCauses(counts: Record<string, number>, chosen: string | null): { code: string; count: number }[] {
  const all = Object.entries(counts).map(([code, count]) => ({ code, count }));
  if (chosen !== null && counts[chosen] === undefined) all.push({ code: chosen, count: 0 });
  return all.toSorted((a, b) => b.count - a.count || a.code.localeCompare(b.code));
}
