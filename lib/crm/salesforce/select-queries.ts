import type { SalesforceType } from "@/lib/decide/record-types";
import { listFields } from "./record-format";
import { MAX_QUERY, makeIn, measureQuery, measureValue, splitByLength } from "./soql";

/** One way to find a record: a field and the value it must have. */
export type RecordKey = { field: string; value: string };

/** Room for the names of up to three key fields, their " IN ()" and the " OR " between them. */
const FILTER_ROOM = 200;

/** Queries for all rows that have one of the keys, each at most `longest` characters long when encoded. */
export function makeSelectQueries(
  type: SalesforceType,
  fields: readonly string[],
  keys: readonly RecordKey[],
  longest = MAX_QUERY,
): string[] {
  const select = `SELECT ${listFields(type, fields).join(",")} FROM ${type} WHERE `;
  const room = longest - measureQuery(select) - FILTER_ROOM;
  const runs = splitByLength(keys, room, (key) => measureValue(key.value));
  return runs.map((run) => select + makeFilter(run));
}

function makeFilter(keys: readonly RecordKey[]): string {
  const byField = Map.groupBy(keys, (key) => key.field);
  const filters = [...byField].map(([field, own]) => makeIn(field, [...new Set(own.map((key) => key.value))]));
  return filters.join(" OR ");
}
