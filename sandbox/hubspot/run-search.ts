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
  const found = findMatches(store, groups, body.query ?? "", sort);
  const matches = found.isSorted ? found.matches : sortMatches(found.matches, store, sort);
  const end = Math.min(offset + limit, MAX_RESULTS);
  const hasMore = matches.length > end;
  return {
    total: matches.length,
    records: matches.slice(offset, end),
    after: hasMore ? String(end) : undefined,
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

type Candidates = { records: Iterable<CrmRecord>; isByStamp: boolean };

function findMatches(
  store: ObjectStore,
  groups: readonly { filters: readonly Filter[] }[],
  query: string,
  sort: Sort | undefined,
): { matches: CrmRecord[]; isSorted: boolean } {
  const passes: Test = compileFilters(groups, store.schema);
  const isFound: Test = query.trim() === "" ? () => true : compileQuery(query, store.schema);
  const wantsStampOrder = sort?.propertyName === store.type.modifiedProperty && !sort.descending;
  const { records, isByStamp } = listCandidates(store, groups, wantsStampOrder);
  const matches: CrmRecord[] = [];
  for (const record of records) if (passes(record) && isFound(record)) matches.push(record);
  return { matches, isSorted: isByStamp && wantsStampOrder };
}

/** Narrows the search by the best index: exact ids or addresses, else the modification stamp, else everything. */
function listCandidates(
  store: ObjectStore,
  groups: readonly { filters: readonly Filter[] }[],
  wantsStampOrder: boolean,
): Candidates {
  const only = groups.length === 1 ? (groups[0]?.filters ?? []) : [];
  for (const filter of only) {
    const exact = listExact(filter);
    const find = exact && findExact(store, filter.propertyName);
    if (!find) continue;
    return { records: new Set(exact.map(find).filter((record) => record !== undefined)), isByStamp: false };
  }
  const { from, to } = readStampRange(store, only);
  const isByStamp = wantsStampOrder || from > 0 || to < Number.POSITIVE_INFINITY;
  return { records: isByStamp ? store.search.changedBetween(from, to) : store.search.all(), isByStamp };
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

function readStampRange(store: ObjectStore, filters: readonly Filter[]): { from: number; to: number } {
  let from = 0;
  let to = Number.POSITIVE_INFINITY;
  for (const { propertyName, operator, value, highValue } of filters) {
    if (propertyName !== store.type.modifiedProperty) continue;
    const at = parseMoment(value ?? "");
    if (at === undefined) continue;
    if (operator === "GT" || operator === "GTE" || operator === "BETWEEN") from = Math.max(from, at);
    if (operator === "LT" || operator === "LTE") to = Math.min(to, at);
    if (operator === "BETWEEN") to = Math.min(to, parseMoment(highValue ?? "") ?? to);
  }
  return { from, to };
}

/** Blanks come last in either direction; ties, and searches without a sort, go by rising id. */
function sortMatches(matches: CrmRecord[], store: ObjectStore, sort: Sort | undefined): CrmRecord[] {
  const byId = (a: CrmRecord, b: CrmRecord) => Number(a.id) - Number(b.id);
  if (!sort) return matches.sort(byId);
  const key = makeSortKey(store, sort.propertyName);
  const direction = sort.descending ? -1 : 1;
  const keyed = matches.map((record) => ({ record, key: key(record) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) {
      return a.key === b.key ? byId(a.record, b.record) : a.key === undefined ? 1 : -1;
    }
    return (a.key < b.key ? -direction : a.key > b.key ? direction : 0) || byId(a.record, b.record);
  });
  return keyed.map((entry) => entry.record);
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
