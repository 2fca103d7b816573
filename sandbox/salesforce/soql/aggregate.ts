import type { FieldFunctionExpression, Query } from "@jetstreamapp/soql-parser-js";
import { badRequest } from "../errors";
import type { ObjectDef } from "../schema";
import type { OrgState } from "../state";
import type { Row, Value } from "../table";
import { resolvePath } from "./paths";

/** Whether the query counts or sums instead of listing records. */
export function isAggregate(query: Query): boolean {
  if (query.groupBy !== undefined) return true;
  return (query.fields ?? []).some(
    (field) => field.type === "FieldFunctionExpression" && field.functionName.toUpperCase() !== "FIELDS",
  );
}

function compute(name: string, values: Value[]): Value {
  const present = values.filter((value) => value !== null);
  if (name === "COUNT") return present.length;
  if (name === "COUNT_DISTINCT") return new Set(present.map((value) => String(value).toLowerCase())).size;
  if (present.length === 0) return null;
  const sorted = [...present].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  if (name === "MIN") return sorted[0] ?? null;
  if (name === "MAX") return sorted.at(-1) ?? null;
  const sum = present.reduce<number>((total, value) => total + Number(value), 0);
  if (name === "SUM") return sum;
  if (name === "AVG") return sum / present.length;
  throw badRequest("MALFORMED_QUERY", `function ${name} is not supported here`);
}

function groupRows(state: OrgState, def: ObjectDef, query: Query, rows: Row[]): Row[][] {
  const keys = [query.groupBy ?? []].flat().map((clause) => {
    if (!("field" in clause)) throw badRequest("MALFORMED_QUERY", "functions in GROUP BY are not supported");
    return resolvePath(state, def, clause.field);
  });
  if (keys.length === 0) return [rows];
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((path) => path.read(row)));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].slice(0, query.limit ?? 2000);
}

/** Answers COUNT() alone by totalSize, all else by AggregateResult records. HAVING is not supported. */
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
  if (query.having) throw badRequest("MALFORMED_QUERY", "HAVING is not supported here");
  const records = groupRows(state, def, query, rows).map((group) => describeGroup(state, def, query, group));
  return { totalSize: records.length, records };
}

function describeGroup(state: OrgState, def: ObjectDef, query: Query, group: Row[]): object {
  const record: Record<string, unknown> = { attributes: { type: "AggregateResult" } };
  let unnamed = 0;
  for (const field of query.fields ?? []) {
    if (field.type === "FieldFunctionExpression")
      record[field.alias ?? `expr${unnamed++}`] = computeField(state, def, field, group);
    else if (field.type === "Field") {
      const path = resolvePath(state, def, field.field);
      record[field.alias ?? path.field.name] = group[0] ? path.read(group[0]) : null;
    }
  }
  return record;
}

function computeField(state: OrgState, def: ObjectDef, field: FieldFunctionExpression, group: Row[]): Value {
  const name = field.functionName.toUpperCase();
  const parameter = field.parameters[0];
  if (parameter === undefined) return group.length;
  if (typeof parameter !== "string") throw badRequest("MALFORMED_QUERY", "nested functions are not supported");
  const path = resolvePath(state, def, parameter);
  return compute(
    name,
    group.map((row) => path.read(row)),
  );
}
