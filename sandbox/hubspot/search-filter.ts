import { z } from "zod";
import { validationError } from "./errors";
import type { PropertyDefinition } from "./property-definition";
import type { CrmRecord } from "./record";
import type { PropertySchema } from "./schema";
import { parseMoment } from "./values";

const OPERATORS = [
  "BETWEEN",
  "IN",
  "NOT_IN",
  "CONTAINS_TOKEN",
  "NOT_CONTAINS_TOKEN",
  "EQ",
  "NEQ",
  "GT",
  "GTE",
  "LT",
  "LTE",
  "HAS_PROPERTY",
  "NOT_HAS_PROPERTY",
] as const;

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const filterSchema = z.object({
  propertyName: z.string(),
  operator: z.enum(OPERATORS),
  value: scalar.nullish(),
  highValue: scalar.nullish(),
  values: z.array(scalar).nullish(),
});
export type Filter = z.infer<typeof filterSchema>;
export type Test = (record: CrmRecord) => boolean;

const NEEDS_VALUE = new Set(["CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN", "EQ", "NEQ", "GT", "GTE", "LT", "LTE"]);

/** Turns filter groups (or between groups, and inside) into one test. Throws 400 for unknown properties and missing values. */
export function compileFilters(groups: readonly { filters: readonly Filter[] }[], schema: PropertySchema): Test {
  if (groups.length === 0) return () => true;
  const compiled = groups.map((group) => group.filters.map((filter) => compileFilter(filter, schema)));
  return (record) => compiled.some((tests) => tests.every((test) => test(record)));
}

function compileFilter(filter: Filter, schema: PropertySchema): Test {
  const { propertyName, operator } = filter;
  const definition = schema.find(propertyName);
  if (!definition) throw validationError(`Property "${propertyName}" does not exist`);
  refuseMissingValues(filter);
  const value = filter.value ?? "";
  switch (operator) {
    case "HAS_PROPERTY":
      return (record) => record.properties[propertyName] !== undefined;
    case "NOT_HAS_PROPERTY":
      return (record) => record.properties[propertyName] === undefined;
    case "EQ":
      return onValue(propertyName, equalTo(definition, [value], true));
    case "NEQ":
      return onValue(propertyName, negate(equalTo(definition, [value], true)));
    case "IN":
      return onValue(propertyName, equalTo(definition, filter.values ?? [], false));
    case "NOT_IN":
      return onValue(propertyName, negate(equalTo(definition, filter.values ?? [], false)));
    case "CONTAINS_TOKEN":
      return onValue(propertyName, containsToken(value));
    case "NOT_CONTAINS_TOKEN":
      return onValue(propertyName, negate(containsToken(value)));
    case "BETWEEN": {
      const low = toRank(definition, value);
      const high = toRank(definition, filter.highValue ?? "");
      const read = rankReader(definition, schema);
      return onRank(read, (rank) => order(rank, low) >= 0 && order(rank, high) <= 0);
    }
    default: {
      const bound = toRank(definition, value);
      const accept = RANGES[operator];
      return onRank(rankReader(definition, schema), (rank) => accept(order(rank, bound)));
    }
  }
}

const RANGES = {
  GT: (order: number) => order > 0,
  GTE: (order: number) => order >= 0,
  LT: (order: number) => order < 0,
  LTE: (order: number) => order <= 0,
};

function refuseMissingValues(filter: Filter): void {
  const { operator, propertyName } = filter;
  const lacksValue = (NEEDS_VALUE.has(operator) || operator === "BETWEEN") && filter.value == null;
  const lacksHigh = operator === "BETWEEN" && filter.highValue == null;
  const lacksList = (operator === "IN" || operator === "NOT_IN") && !filter.values?.length;
  if (lacksValue || lacksHigh || lacksList) {
    throw validationError(`operator ${operator} requires a value for property ${propertyName}`);
  }
}

/**
 * Modelled choice: a record without the property matches neither the operator nor its negation; clients in the field
 * add a NOT_HAS_PROPERTY group when they want the blanks too.
 */
function onValue(name: string, test: (value: string) => boolean): Test {
  return (record) => {
    const value = record.properties[name];
    return value !== undefined && test(value);
  };
}

function negate(test: (value: string) => boolean): (value: string) => boolean {
  return (value) => !test(value);
}

function isRanked(definition: PropertyDefinition): boolean {
  return definition.type === "number" || definition.type === "date" || definition.type === "datetime";
}

/** A comparable number for numbers and moments (epoch ms); NaN when the text is neither. */
function rankOf(definition: PropertyDefinition, text: string): number {
  if (definition.type === "number") return text.trim() === "" ? Number.NaN : Number(text);
  return parseMoment(text) ?? Number.NaN;
}

function toRank(definition: PropertyDefinition, text: string): Rank {
  if (!isRanked(definition)) return text.toLowerCase();
  const rank = rankOf(definition, text);
  if (Number.isNaN(rank)) throw validationError(`${text} is not a valid value for property ${definition.name}`);
  return rank;
}

type Rank = number | string;

/** Reads what ranges compare. The stamp is at hand as a number; polling would parse it 100,000 times otherwise. */
function rankReader(definition: PropertyDefinition, schema: PropertySchema): (record: CrmRecord) => Rank | undefined {
  const { name } = definition;
  if (name === schema.type.modifiedProperty) return (record) => record.updatedAt;
  const toNumber = isRanked(definition);
  return (record) => {
    const value = record.properties[name];
    return value === undefined ? undefined : toNumber ? rankOf(definition, value) : value.toLowerCase();
  };
}

function onRank(read: (record: CrmRecord) => Rank | undefined, test: (rank: Rank) => boolean): Test {
  return (record) => {
    const rank = read(record);
    return rank !== undefined && test(rank);
  };
}

function order(rank: Rank, bound: Rank): number {
  return rank < bound ? -1 : rank > bound ? 1 : 0;
}

/**
 * EQ and IN. Text compares without case; IN wants its values in lower case, so an upper-case one finds nothing.
 * Options compare exactly; a multi-select matches when one of its options does.
 */
function equalTo(
  definition: PropertyDefinition,
  values: readonly string[],
  foldsValue: boolean,
): (text: string) => boolean {
  if (isRanked(definition)) {
    const ranks = new Set(values.map((value) => toRank(definition, value)));
    return (text) => ranks.has(rankOf(definition, text));
  }
  if (definition.type === "enumeration" || definition.type === "bool") {
    const options = new Set(values);
    return (text) => options.has(text) || text.split(";").some((part) => options.has(part));
  }
  const wanted = new Set(foldsValue ? values.map((value) => value.toLowerCase()) : values);
  return (text) => wanted.has(text.toLowerCase());
}

function tokenise(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Whole words in a row; with `*` a pattern over the whole value or one of its words. */
function containsToken(pattern: string): (text: string) => boolean {
  if (pattern.includes("*")) {
    const source = pattern
      .toLowerCase()
      .split("*")
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*");
    const expression = new RegExp(`^${source}$`, "su");
    return (text) => expression.test(text.toLowerCase()) || tokenise(text).some((token) => expression.test(token));
  }
  const wanted = ` ${tokenise(pattern).join(" ")} `;
  return (text) => ` ${tokenise(text).join(" ")} `.includes(wanted);
}

/** Free-text `query`: every word must be part of one of the type's searchable properties. */
export function compileQuery(query: string, schema: PropertySchema): Test {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (record) => {
    const haystack = schema.type.queryProperties.map((name) => record.properties[name] ?? "").join("\n");
    const lower = haystack.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}
