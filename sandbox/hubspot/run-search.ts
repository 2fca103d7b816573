import { z } from "zod";
import { HubSpotError, validationError } from "./errors";
import type { ObjectStore } from "./object-store";
import type { CrmRecord } from "./record";
import { compileFilters, compileQuery, type Filter, filterSchema, type Test } from "./search-filter";
import { parseMoment } from "./values";

const MAX_GROUPS = 5;
const MAX_FILTERS_PER_GROUP = 6;
const MAX_FILTERS = 18;
const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 10;
/** No search reads past this many results; HubSpot answers 400. */
const MAX_RESULTS = 10_000;

export const searchBodySchema = z.object({
  filterGroups: z.array(z.object({ filters: z.array(filterSchema) })).default([]),
  /** Older callers put one group's filters at the top. */
  filters: z.array(filterSchema).optional(),
  sorts: z
    .array(
      z.union([
        z.string(),
        z.object({ propertyName: z.string(), direction: z.enum(["ASCENDING", "DESCENDING"]).default("ASCENDING") }),
      ]),
    )
    .default([]),
  query: z.string().nullish(),
  properties: z.array(z.string()).default([]),
  limit: z.coerce.number().int().optional(),
  after: z
    .union([z.string(), z.number()])
    .transform((after) => String(after))
    .nullish(),
});
type SearchBody = z.infer<typeof searchBodySchema>;
type Sort = { propertyName: string; descending: boolean };

type SearchPage = { total: number; records: CrmRecord[]; after: string | undefined };

/** Searches what the index can see. Throws 400 for what HubSpot's limits forbid. */
export function runSearch(store: ObjectStore, body: SearchBody): SearchPage {
  const groups = body.filters?.length ? [...body.filterGroups, { filters: body.filters }] : body.filterGroups;
  refuseTooManyFilters(groups);
  const offset = readOffset(body.after);
  const limit = readLimit(body.limit);
  if (offset >= MAX_RESULTS) {
    throw new HubSpotError(400, { status: "error", message: "There was a problem with the request." });
  }
  const sort = readSort(store, body.sorts);
  const end = Math.min(offset + limit, MAX_RESULTS);
  const { matches, total } = findMatches(store, groups, body.query ?? "", sort, end);
  return {
    total,
    records: matches.slice(offset, end),
    after: total > end ? String(end) : undefined,
  };
}

function refuseTooManyFilters(groups: readonly { filters: readonly Filter[] }[]): void {
  const total = groups.reduce((sum, group) => sum + group.filters.length, 0);
  if (groups.length > MAX_GROUPS) throw validationError(`Too many filter groups: maximum is ${MAX_GROUPS}`);
  if (groups.some((group) => group.filters.length > MAX_FILTERS_PER_GROUP) || total > MAX_FILTERS) {
    throw validationError(
      `Too many filters: maximum is ${MAX_FILTERS_PER_GROUP} per filter group and ${MAX_FILTERS} in all`,
    );
  }
}

function readOffset(after: string | null | undefined): number {
  if (after === null || after === undefined || after === "") return 0;
  if (!/^\d+$/.test(after)) throw validationError(`Invalid paging cursor: ${after}`);
  return Number(after);
}

function readLimit(limit: number | undefined): number {
  if (limit === undefined || limit === 0) return DEFAULT_LIMIT;
  if (limit < 0 || limit > MAX_LIMIT)
    throw validationError(`Invalid limit ${limit}: must be between 1 and ${MAX_LIMIT}`);
  return limit;
}

function readSort(store: ObjectStore, sorts: SearchBody["sorts"]): Sort | undefined {
  if (sorts.length > 1) throw validationError("Only one sort is allowed");
  const given = sorts[0];
  if (given === undefined) return undefined;
  const sort =
    typeof given === "string"
      ? { propertyName: given.replace(/^-/, ""), descending: given.startsWith("-") }
      : { propertyName: given.propertyName, descending: given.direction === "DESCENDING" };
  if (!store.schema.find(sort.propertyName)) throw validationError(`Property "${sort.propertyName}" does not exist`);
  return sort;
}

type Group = { filters: readonly Filter[] };
/** What was found, in order; `total` also counts what nobody needed to look at. */
type Found = { matches: CrmRecord[]; total: number };
/** The modification stamps that a group allows, epoch ms, both included; pure = it asks for nothing else. */
type Window = { from: number; to: number; isPure: boolean };

/** All matches of a search in its order, or at least the first `end` of them. */
function findMatches(
  store: ObjectStore,
  groups: readonly Group[],
  query: string,
  sort: Sort | undefined,
  end: number,
): Found {
  const passes: Test = compileFilters(groups, store.schema);
  const isFound: Test = query.trim() === "" ? () => true : compileQuery(query, store.schema);
  const test: Test = (record) => passes(record) && isFound(record);
  const exact = listExactMatches(store, groups);
  if (exact) return sortMatches(exact.filter(test), store, sort);
  const windows = groups.length > 0 ? groups.map(({ filters }) => readWindow(store, filters)) : [ALWAYS];
  if (sort?.propertyName === store.type.modifiedProperty && !sort.descending) {
    return walkByStamp(store, query.trim() === "" ? windows : windows.map(makeImpure), test, end);
  }
  if (!sort && groups.length === 0 && query.trim() === "") return walkById(store, end);
  const { from, to } = spanOf(windows);
  const isBounded = from > 0 || to < Number.POSITIVE_INFINITY;
  const candidates = isBounded ? store.search.changedBetween(from, to) : store.search.all();
  return sortMatches([...candidates].filter(test), store, sort);
}

const ALWAYS: Window = { from: 0, to: Number.POSITIVE_INFINITY, isPure: true };

function makeImpure(window: Window): Window {
  return { ...window, isPure: false };
}

function spanOf(windows: readonly Window[]): { from: number; to: number } {
  return { from: Math.min(...windows.map((one) => one.from)), to: Math.max(...windows.map((one) => one.to)) };
}

/**
 * Goes through the changes in order and stops once the page is full and everything further on matches anyway: a first
 * sync of a million contacts asks 5,000 times for what changed since a stamp, and only the number of the rest is told.
 */
function walkByStamp(store: ObjectStore, windows: readonly Window[], test: Test, end: number): Found {
  const { from, to } = spanOf(windows);
  const open = windows.find((one) => one.isPure && one.to === to);
  const matches: CrmRecord[] = [];
  let last = 0;
  for (const record of store.search.changedBetween(from, to)) {
    const at = record.updatedAt;
    if (open && matches.length >= end && at !== last && at >= open.from) {
      return { matches, total: matches.length + store.search.countBetween(at, to) };
    }
    if (test(record)) matches.push(record);
    last = at;
  }
  return { matches, total: matches.length };
}

/** The first page of everything. */
function walkById(store: ObjectStore, end: number): Found {
  const matches: CrmRecord[] = [];
  for (const record of store.search.allById()) {
    if (matches.length >= end) break;
    matches.push(record);
  }
  return { matches, total: store.search.size };
}

/** What the index of ids or addresses finds, when one group asks for exact ones. */
function listExactMatches(store: ObjectStore, groups: readonly Group[]): CrmRecord[] | undefined {
  for (const filter of groups.length === 1 ? (groups[0]?.filters ?? []) : []) {
    const exact = listExact(filter);
    const find = exact && findExact(store, filter.propertyName);
    if (find) return [...new Set(exact.map(find).filter((record) => record !== undefined))];
  }
  return undefined;
}

function listExact(filter: Filter): readonly string[] | undefined {
  if (filter.operator === "EQ") return [filter.value ?? ""];
  return filter.operator === "IN" ? (filter.values ?? undefined) : undefined;
}

function findExact(store: ObjectStore, property: string): ((value: string) => CrmRecord | undefined) | undefined {
  if (property === "hs_object_id") return (value) => store.search.get(value.trim());
  if (property === "email") return (value) => store.search.findByEmail(value.toLowerCase());
  return undefined;
}

function readWindow(store: ObjectStore, filters: readonly Filter[]): Window {
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  let isPure = true;
  for (const { propertyName, operator, value, highValue } of filters) {
    const at = parseMoment(value ?? "");
    const isStamp = propertyName === store.type.modifiedProperty && at !== undefined;
    if (isStamp && operator === "GTE") from = Math.max(from, at);
    else if (isStamp && operator === "GT") from = Math.max(from, at + 1);
    else if (isStamp && operator === "LTE") to = Math.min(to, at);
    else if (isStamp && operator === "LT") to = Math.min(to, at - 1);
    else if (isStamp && operator === "BETWEEN") {
      from = Math.max(from, at);
      to = Math.min(to, parseMoment(highValue ?? "") ?? to);
    } else isPure = false;
  }
  return { from, to, isPure };
}

/** Blanks come last in either direction; ties, and searches without a sort, go by rising id. */
function sortMatches(matches: CrmRecord[], store: ObjectStore, sort: Sort | undefined): Found {
  const total = matches.length;
  const byId = (a: CrmRecord, b: CrmRecord) => Number(a.id) - Number(b.id);
  if (!sort) return { matches: matches.sort(byId), total };
  const key = makeSortKey(store, sort.propertyName);
  const direction = sort.descending ? -1 : 1;
  const keyed = matches.map((record) => ({ record, key: key(record) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) {
      return a.key === b.key ? byId(a.record, b.record) : a.key === undefined ? 1 : -1;
    }
    return (a.key < b.key ? -direction : a.key > b.key ? direction : 0) || byId(a.record, b.record);
  });
  return { matches: keyed.map((entry) => entry.record), total };
}

function makeSortKey(store: ObjectStore, name: string): (record: CrmRecord) => number | string | undefined {
  if (name === store.type.modifiedProperty) return (record) => record.updatedAt;
  if (name === store.type.createdProperty) return (record) => record.createdAt;
  const isNumber = store.schema.find(name)?.type === "number";
  return (record) => {
    const value = record.properties[name];
    return value === undefined ? undefined : isNumber ? Number(value) : value.toLowerCase();
  };
}
