import { z } from "zod";
import { validationError } from "./errors";
import { type CrmRecord, listVersions } from "./record";
import type { PropertySchema } from "./schema";
import { parseMoment } from "./values";

const DAY_MS = 86_400_000;

/** How filters of a list look outside the record itself. */
export type FilterWorld = {
  now(): number;
  isMember(listId: string, recordId: string): boolean;
  /** Live records that hang on this one by the kind of association named in the branch. */
  listAssociated(record: CrmRecord, branch: FilterBranch): { record: CrmRecord; schema: PropertySchema }[];
};
export type ListTest = (record: CrmRecord, schema: PropertySchema) => boolean;

/** Kept as it came, because the API answers it so. */
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const pointSchema = z.looseObject({
  timeType: z.string().optional(),
  year: z.number().optional(),
  month: z.number().optional(),
  day: z.number().optional(),
  hour: z.number().optional(),
  minute: z.number().optional(),
  timestamp: z.number().optional(),
  offset: z
    .looseObject({ days: z.number().optional(), weeks: z.number().optional(), hours: z.number().optional() })
    .optional(),
});
type Point = z.infer<typeof pointSchema>;
const operationSchema = z.looseObject({
  operationType: z.string(),
  operator: z.string(),
  value: scalar.nullish(),
  values: z.array(scalar).nullish(),
  lowerBound: z.coerce.number().nullish(),
  upperBound: z.coerce.number().nullish(),
  timestamp: z.coerce.number().nullish(),
  timePoint: pointSchema.nullish(),
  lowerBoundTimePoint: pointSchema.nullish(),
  upperBoundTimePoint: pointSchema.nullish(),
  includeObjectsWithNoValueSet: z.boolean().default(false),
});
type Operation = z.infer<typeof operationSchema>;
const filterSchema = z.looseObject({
  filterType: z.string(),
  property: z.string().optional(),
  operation: operationSchema.optional(),
  listId: z.union([z.string(), z.number()]).transform(String).optional(),
  operator: z.string().optional(),
});
type ListFilter = z.infer<typeof filterSchema>;

/** A tree of filters as the lists API takes it: OR at the root, AND below, filters and association branches inside. */
export type FilterBranch = {
  filterBranchType: string;
  filterBranchOperator?: string | undefined;
  filterBranches: FilterBranch[];
  filters: ListFilter[];
  /** Of association branches: IN */
  operator?: string | undefined;
  objectTypeId?: string | undefined;
  associationTypeId?: number | undefined;
  associationCategory?: string | undefined;
};
export const filterBranchSchema: z.ZodType<FilterBranch> = z.lazy(() =>
  z.object({
    filterBranchType: z.string(),
    filterBranchOperator: z.string().optional(),
    filterBranches: z.array(filterBranchSchema).default([]),
    filters: z.array(filterSchema).default([]),
    operator: z.string().optional(),
    objectTypeId: z.string().optional(),
    associationTypeId: z.number().optional(),
    associationCategory: z.string().optional(),
  }),
) as unknown as z.ZodType<FilterBranch>;

/** The same tree with the operator that every branch has in an answer, also when the caller left it out. */
export function completeBranch(branch: FilterBranch): FilterBranch {
  const { filterBranchType, filterBranchOperator = filterBranchType === "OR" ? "OR" : "AND" } = branch;
  const operator = branch.operator ?? (filterBranchType === "ASSOCIATION" ? "IN" : undefined);
  return {
    ...branch,
    filterBranchOperator,
    filterBranches: branch.filterBranches.map(completeBranch),
    ...(operator === undefined ? {} : { operator }),
  };
}

/** Throws 400 unless the root is OR with AND branches below, as HubSpot's list filter guide demands. */
export function refuseBadRoot(branch: FilterBranch): void {
  const isRight =
    branch.filterBranchType === "OR" &&
    branch.filters.length === 0 &&
    branch.filterBranches.every((one) => one.filterBranchType === "AND");
  if (!isRight) {
    throw validationError("The root filter branch must be an OR branch with one or more nested AND branches.", {
      subCategory: "ILS.INVALID_FILTER_BRANCH",
    });
  }
}

/** Whether a tree looks at other records, whose changes then matter too. */
export function looksAtAssociations(branch: FilterBranch): boolean {
  return branch.filterBranchType === "ASSOCIATION" || branch.filterBranches.some(looksAtAssociations);
}

/** Ids of the lists that a tree refers to. */
export function listReferences(branch: FilterBranch): string[] {
  const own = branch.filters.flatMap((filter) => (filter.listId === undefined ? [] : [filter.listId]));
  return [...own, ...branch.filterBranches.flatMap(listReferences)];
}

/** Turns a tree into a test. Throws 400 for operators that are not known here. */
export function compileBranch(branch: FilterBranch, world: FilterWorld): ListTest {
  const tests = [
    ...branch.filters.map((filter) => compileFilter(filter, world)),
    ...branch.filterBranches.map((one) => compileBranch(one, world)),
  ];
  const isAny = branch.filterBranchType === "OR";
  const passes: ListTest = (record, schema) =>
    isAny ? tests.some((test) => test(record, schema)) : tests.every((test) => test(record, schema));
  if (branch.filterBranchType !== "ASSOCIATION") return passes;
  return (record) => world.listAssociated(record, branch).some((other) => passes(other.record, other.schema));
}

function compileFilter(filter: ListFilter, world: FilterWorld): ListTest {
  const { filterType, property, operation, listId, operator } = filter;
  if (filterType === "IN_LIST" && listId !== undefined) {
    const wanted = operator !== "NOT_IN_LIST";
    return (record) => world.isMember(listId, record.id) === wanted;
  }
  if (filterType !== "PROPERTY" || !property || !operation) {
    throw validationError(`Filters of type ${filterType} are not supported.`, { subCategory: "ILS.INVALID_FILTER" });
  }
  const test = compileOperation(operation, world);
  return (record, schema) => {
    if (!schema.find(property)) return false;
    const value = record.properties[property];
    if (operation.operator === "IS_KNOWN" || operation.operator === "IS_NOT_BLANK") return value !== undefined;
    if (operation.operator === "IS_UNKNOWN" || operation.operator === "IS_BLANK") return value === undefined;
    const ever = /^HAS_(EVER|NEVER)_BEEN_/.exec(operation.operator)?.[1];
    if (ever) return listVersions(record, property).some((one) => test(one.value)) === (ever === "EVER");
    return value === undefined ? operation.includeObjectsWithNoValueSet : test(value);
  };
}

function compileOperation(operation: Operation, world: FilterWorld): (value: string) => boolean {
  const { operationType, operator } = operation;
  if (/KNOWN|BLANK/.test(operator)) return () => true;
  if (operationType === "NUMBER" || operationType === "NUMBER_RANGED") return compileNumber(operation);
  if (/^(TIME|DATE|ROLLING|CALENDAR)/.test(operationType)) return compileTime(operation, world);
  if (/^(STRING|MULTISTRING|BOOL|ENUMERATION)$/.test(operationType)) return compileText(operation);
  throw validationError(`Operation type ${operationType} is not supported.`, { subCategory: "ILS.INVALID_OPERATION" });
}

const TEXT_TESTS: Record<string, (value: string, wanted: string[]) => boolean> = {
  IS_EQUAL_TO: (value, wanted) => wanted.includes(value),
  IS_ANY_OF: (value, wanted) => value.split(";").some((part) => wanted.includes(part)),
  IS_EXACTLY: (value, wanted) => value.split(";").sort().join() === [...wanted].sort().join(),
  CONTAINS_ALL: (value, wanted) => wanted.every((one) => value.split(";").includes(one)),
  CONTAINS: (value, wanted) => wanted.some((one) => value.includes(one)),
  CONTAINS_EXACTLY: (value, wanted) => wanted.some((one) => value.split(/\s+/).includes(one)),
  STARTS_WITH: (value, wanted) => wanted.some((one) => value.startsWith(one)),
  ENDS_WITH: (value, wanted) => wanted.some((one) => value.endsWith(one)),
};
const NEGATED: Record<string, string> = {
  IS_NOT_EQUAL_TO: "IS_EQUAL_TO",
  IS_NONE_OF: "IS_ANY_OF",
  IS_NOT_EXACTLY: "IS_EXACTLY",
  DOES_NOT_CONTAIN: "CONTAINS",
  DOES_NOT_CONTAIN_ALL: "CONTAINS_ALL",
};

/** Text compares without case, options exactly. */
function compileText(operation: Operation): (value: string) => boolean {
  const bare = operation.operator.replace(/^HAS_(EVER|NEVER)_BEEN_/, "");
  const name = bare === "EQUAL_TO" ? "IS_EQUAL_TO" : bare === "ANY_OF" ? "IS_ANY_OF" : bare;
  const positive = NEGATED[name] ?? name;
  const test = TEXT_TESTS[positive];
  if (!test) throw validationError(`Operator ${operation.operator} is not supported for ${operation.operationType}.`);
  const fold =
    operation.operationType === "ENUMERATION" ? (text: string) => text : (text: string) => text.toLowerCase();
  const given = [...(operation.values ?? []), ...(operation.value == null ? [] : [operation.value])];
  const wanted = given.map((one) => fold(String(one)));
  const isNegated = positive !== name;
  return (value) => test(fold(value), wanted) !== isNegated;
}

type Bounds = { bound: number; low: number; high: number };
const NUMBER_TESTS: Record<string, (value: number, bounds: Bounds) => boolean> = {
  IS_EQUAL_TO: (value, { bound }) => value === bound,
  IS_NOT_EQUAL_TO: (value, { bound }) => value !== bound,
  IS_GREATER_THAN: (value, { bound }) => value > bound,
  IS_GREATER_THAN_OR_EQUAL_TO: (value, { bound }) => value >= bound,
  IS_LESS_THAN: (value, { bound }) => value < bound,
  IS_LESS_THAN_OR_EQUAL_TO: (value, { bound }) => value <= bound,
  IS_BETWEEN: (value, { low, high }) => value >= low && value <= high,
  IS_NOT_BETWEEN: (value, { low, high }) => value < low || value > high,
};

function compileNumber(operation: Operation): (value: string) => boolean {
  const bounds = {
    bound: Number(operation.value ?? operation.values?.[0]),
    low: operation.lowerBound ?? Number.NEGATIVE_INFINITY,
    high: operation.upperBound ?? Number.POSITIVE_INFINITY,
  };
  const test = NUMBER_TESTS[operation.operator];
  if (!test) throw validationError(`Operator ${operation.operator} is not supported for ${operation.operationType}.`);
  return (value) => test(Number(value), bounds);
}

/** A fixed day, or one that moves with today ("INDEXED" with an offset in days). */
function readPoint(point: Point, now: number): number {
  if (point.timestamp !== undefined) return point.timestamp;
  if (point.year !== undefined) {
    return Date.UTC(point.year, (point.month ?? 1) - 1, point.day ?? 1, point.hour ?? 0, point.minute ?? 0);
  }
  const { days = 0, weeks = 0, hours = 0 } = point.offset ?? {};
  return Math.floor(now / DAY_MS) * DAY_MS + (days + 7 * weeks) * DAY_MS + hours * 3_600_000;
}

function compileTime(operation: Operation, world: FilterWorld): (value: string) => boolean {
  const { operator, timePoint, lowerBoundTimePoint: low, upperBoundTimePoint: high, timestamp, value } = operation;
  if (!/^IS_(AFTER|BEFORE|BETWEEN|NOT_BETWEEN|EQUAL_TO)$/.test(operator)) {
    throw validationError(`Operator ${operator} is not supported for ${operation.operationType}.`);
  }
  return (text) => {
    const at = parseMoment(text) ?? Number.NaN;
    const now = world.now();
    const bound = timePoint ? readPoint(timePoint, now) : (timestamp ?? parseMoment(String(value ?? "")) ?? Number.NaN);
    if (operator === "IS_AFTER") return at > bound;
    if (operator === "IS_BEFORE") return at < bound;
    if (operator === "IS_EQUAL_TO") return Math.floor(at / DAY_MS) === Math.floor(bound / DAY_MS);
    const isInside = (!low || at >= readPoint(low, now)) && (!high || at < readPoint(high, now) + DAY_MS);
    return isInside === (operator === "IS_BETWEEN");
  };
}
