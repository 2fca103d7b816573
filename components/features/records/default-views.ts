import { NO_FILTERS, type RecordFilters } from "./record-filters";

/** Views that are always there; their names stand in the messages. */
export const DEFAULT_VIEWS = [
  { key: "all", filters: NO_FILTERS },
  { key: "failing", filters: { ...NO_FILTERS, state: "failing" } },
  { key: "excluded", filters: { ...NO_FILTERS, state: "excluded" } },
] as const satisfies { key: string; filters: RecordFilters }[];
