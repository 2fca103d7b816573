import { RECORD_STATES } from "@/lib/browser/record-tone";
import type { RecordState } from "@/lib/contracts/records";

export type ContactFilters = { search: string; state: RecordState | null };

/** Reads the filters out of the page's URL; what is unknown there filters nothing. */
export function readFilters(params: URLSearchParams): ContactFilters {
  const state = params.get("state");
  return {
    search: (params.get("search") ?? "").trim().slice(0, 200),
    state: RECORD_STATES.find((known) => known === state) ?? null,
  };
}

/** The query string that stands for the filters, with its "?", or "" when nothing is filtered. */
export function writeFilters(filters: ContactFilters): string {
  const params = new URLSearchParams();
  if (filters.search.trim() !== "") params.set("search", filters.search.trim());
  if (filters.state !== null) params.set("state", filters.state);
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

type Blame = "none_yet" | "search" | "state" | "both";

/** Which filter is to blame for an empty list. `total` = records of the connection, whatever their state. */
export function blameFilter(filters: ContactFilters, total: number): Blame {
  if (total === 0) return "none_yet";
  if (filters.search !== "" && filters.state !== null) return "both";
  return filters.search !== "" ? "search" : "state";
}

/** All records of the connection, from the counts per state. */
export function sumCounts(counts: Partial<Record<RecordState, number>>): number {
  return RECORD_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** States worth a chip: in sync, due, failing and excluded always; syncing and paused only while there are some. */
export function chipStates(counts: Partial<Record<RecordState, number>>, chosen: RecordState | null): RecordState[] {
  const fleeting: readonly RecordState[] = ["syncing", "paused"];
  return RECORD_STATES.filter((s) => !fleeting.includes(s) || (counts[s] ?? 0) > 0 || s === chosen);
}
