import type {
  Condition,
  FieldFunctionExpression,
  FunctionExp,
  HavingClause,
  OrderByClause,
  Query,
  WhereClause,
} from "@jetstreamapp/soql-parser-js";
import { badRequest } from "../errors";
import type { FieldDef, ObjectDef } from "../schema";
import type { OrgState } from "../state";
import type { Row, Value } from "../table";
import { compileTestOf } from "./condition";
import { isRowFunction, resolveFunction } from "./functions";
import { resolvePath } from "./paths";
import { compileClause } from "./where";

/** Something that has one value per group. */
type Measure = { field: FieldDef; read(group: Row[]): Value };
const MAX_GROUPS = 2000;
const COUNT: FieldDef = { name: "expr", label: "expr", type: "int" };

/** Whether the query counts or sums instead of listing records. */
export function isAggregate(query: Query): boolean {
  if (query.groupBy !== undefined) return true;
  return (query.fields ?? []).some(
    (field) =>
      field.type === "FieldFunctionExpression" &&
      field.functionName.toUpperCase() !== "FIELDS" &&
      !isRowFunction(field.functionName),
  );
}

function compute(name: string, values: Value[]): Value {
  const present = values.filter((value) => value !== null);
  if (name === "COUNT") return present.length;
  if (name === "COUNT_DISTINCT") return new Set(present.map((value) => String(value).toLowerCase())).size;
  if (present.length === 0) return null;
  if (name === "MIN" || name === "MAX") {
    const sorted = [...present].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    return (name === "MIN" ? sorted[0] : sorted.at(-1)) ?? null;
  }
  const sum = present.reduce<number>((total, value) => total + Number(value), 0);
  if (name === "SUM") return sum;
  if (name === "AVG") return sum / present.length;
  throw badRequest("MALFORMED_QUERY", `function ${name} is not supported here`);
}

/** COUNT, SUM or a function of the grouped record, with the field that describes its values. Throws MALFORMED_QUERY. */
export function measureFunction(state: OrgState, def: ObjectDef, fn: FunctionExp | FieldFunctionExpression): Measure {
  const name = (fn.functionName ?? "").toUpperCase();
  const parameter = fn.parameters?.[0];
  if (isRowFunction(name)) {
    const path = resolveFunction(state, def, fn);
    return { field: path.field, read: (group) => (group[0] ? path.read(group[0]) : null) };
  }
  if (parameter === undefined) return { field: COUNT, read: (group) => group.length };
  const path =
    typeof parameter === "string" ? resolvePath(state, def, parameter) : resolveFunction(state, def, parameter);
  const field: FieldDef =
    name === "MIN" || name === "MAX"
      ? path.field
      : { name: "expr", label: "expr", type: name.startsWith("COUNT") ? "int" : "double" };
  return {
    field,
    read: (group) =>
      compute(
        name,
        group.map((row) => path.read(row)),
      ),
  };
}

/** A grouped field, the alias of a selected one, or a function of the group. */
function measure(
  state: OrgState,
  def: ObjectDef,
  query: Query,
  item: { field: string } | { fn: FunctionExp },
): Measure {
  if ("fn" in item) return measureFunction(state, def, item.fn);
  const named = query.fields?.find(
    (field) => "alias" in field && field.alias?.toLowerCase() === item.field.toLowerCase(),
  );
  if (named?.type === "FieldFunctionExpression") return measureFunction(state, def, named);
  const path = resolvePath(state, def, named?.type === "Field" ? named.field : item.field);
  return { field: path.field, read: (group) => (group[0] ? path.read(group[0]) : null) };
}

function groupRows(state: OrgState, def: ObjectDef, query: Query, rows: Row[]): Row[][] {
  const keys = [query.groupBy ?? []].flat().map((clause) => measure(state, def, query, clause));
  if (keys.length === 0) return [rows];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((of) => of.read([row])));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function filterGroups(state: OrgState, def: ObjectDef, query: Query, having: HavingClause, groups: Row[][]): Row[][] {
  const holds = compileClause<Row[]>(having as WhereClause, (condition) => {
    if (!("field" in condition) && !("fn" in condition))
      throw badRequest("MALFORMED_QUERY", "unexpected HAVING clause");
    const of = measure(state, def, query, condition);
    const { test } = compileTestOf(state, of.field, condition as Condition);
    return (group) => test(of.read(group));
  });
  return groups.filter(holds);
}

function sortGroups(state: OrgState, def: ObjectDef, query: Query, order: OrderByClause[], groups: Row[][]): Row[][] {
  const keys = order.map((clause) => ({
    of: measure(state, def, query, clause),
    sign: clause.order === "DESC" ? -1 : 1,
    nulls: clause.nulls === "LAST" ? 1 : -1,
  }));
  const valued = groups.map((group) => ({ group, values: keys.map(({ of }) => of.read(group)) }));
  valued.sort((a, b) => {
    for (const [i, { sign, nulls }] of keys.entries()) {
      const [x = null, y = null] = [a.values[i], b.values[i]];
      if (x === y) continue;
      if (x === null || y === null) return x === null ? nulls : -nulls;
      return x < y ? -sign : sign;
    }
    return 0;
  });
  return valued.map(({ group }) => group);
}

/** Answers COUNT() alone by totalSize, all else by AggregateResult records. */
export function runAggregate(
  state: OrgState,
  def: ObjectDef,
  query: Query,
  rows: Row[],
): { totalSize: number; records: object[] } {
  const fields = query.fields ?? [];
  const only = fields.length === 1 ? fields[0] : undefined;
  if (
    only?.type === "FieldFunctionExpression" &&
    only.functionName.toUpperCase() === "COUNT" &&
    only.parameters.length === 0
  ) {
    return { totalSize: Math.min(rows.length, query.limit ?? rows.length), records: [] };
  }
  let groups = groupRows(state, def, query, rows);
  if (query.having) groups = filterGroups(state, def, query, query.having, groups);
  const order = [query.orderBy ?? []].flat();
  if (order.length > 0) groups = sortGroups(state, def, query, order, groups);
  const from = query.offset ?? 0;
  const shown = groups.slice(from, from + (query.limit ?? MAX_GROUPS));
  const records = shown.map((group) => describeGroup(state, def, query, group));
  return { totalSize: records.length, records };
}

function describeGroup(state: OrgState, def: ObjectDef, query: Query, group: Row[]): object {
  const record: Record<string, unknown> = { attributes: { type: "AggregateResult" } };
  let unnamed = 0;
  for (const field of query.fields ?? []) {
    if (field.type === "FieldFunctionExpression")
      record[field.alias ?? `expr${unnamed++}`] = measureFunction(state, def, field).read(group);
    else if (field.type === "Field" || field.type === "FieldRelationship") {
      const name = field.type === "Field" ? field.field : [...field.relationships, field.field].join(".");
      const path = resolvePath(state, def, name);
      const alias = "alias" in field ? field.alias : undefined;
      record[alias ?? path.field.name] = group[0] ? path.read(group[0]) : null;
    }
  }
  return record;
}
