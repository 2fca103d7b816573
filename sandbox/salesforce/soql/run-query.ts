import { type OrderByClause, parseQuery, type Query } from "@jetstreamapp/soql-parser-js";
import { badRequest, invalidType } from "../errors";
import type { ObjectDef } from "../schema";
import { makeSetupRows } from "../setup-rows";
import type { OrgState } from "../state";
import type { Row, Value } from "../table";
import { isAggregate, runAggregate } from "./aggregate";
import type { Predicate, Sargable } from "./condition";
import { describeColumns } from "./describe-columns";
import { resolveFunction } from "./functions";
import { type FieldPath, resolvePath } from "./paths";
import { compileSelect, type RunChildren } from "./select";
import { compileWhere } from "./where";

/** A query, checked and ready: which rows it finds, and how one row becomes JSON. */
export type PreparedQuery = {
  def: ObjectDef;
  /** Whole answers of aggregate queries; rows otherwise. */
  aggregate?: { totalSize: number; records: object[] };
  /** The selected fields as columns of a table; undefined when the SELECT does not fit into one. */
  columns?: { name: string; read(row: Row): Value }[] | undefined;
  /** Finds the rows, among the given ones only if there are such. */
  findRows(from?: Iterable<Row>): Row[];
  project(row: Row, version: string): Record<string, unknown>;
  /** What the result looks like as a table. */
  describe(): object;
};

const MAX_SOQL = 100_000;
const MAX_OFFSET = 2000;

/** Parses and checks SOQL. Throws MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD. `all` = deleted rows too. */
export function prepareQuery(state: OrgState, soql: string, all: boolean): PreparedQuery {
  if (soql.length > MAX_SOQL)
    throw badRequest("QUERY_TOO_COMPLICATED", "SOQL statements cannot be longer than 100000 characters.");
  return prepareParsed(state, parseSoql(soql), all);
}

function parseSoql(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
    throw badRequest("MALFORMED_QUERY", `\n${soql.slice(0, 200)}\n^\nERROR at Row:1:Column:1\n${reason}`);
  }
}

function prepareParsed(state: OrgState, query: Query, all: boolean): PreparedQuery {
  const def = state.schema.findObject(query.sObject ?? "");
  if (!def || !state.objectPermission(def.name).readable) {
    throw badRequest(
      "INVALID_TYPE",
      `\nFROM ${query.sObject}\n     ^\nERROR at Row:1:Column:1\n${invalidType(query.sObject ?? "").message}`,
    );
  }
  const plain = stripAlias(query);
  const where = compileWhere(state, def, plain.where, (sub) => runSemiJoin(state, sub, all));
  const sees = makeVisibility(state, def, all, where.predicate);
  const source = () => readCandidates(state, def, where.sargable);
  const describe = () => describeColumns(state, def, plain);
  if (isAggregate(plain)) {
    const aggregate = runAggregate(state, def, plain, [...source()].filter(sees));
    return { def, aggregate, findRows: () => [], project: () => ({}), describe };
  }
  const select = compileSelect(state, def, plain, (children) => prepareChildren(state, children, all));
  if ((plain.offset ?? 0) > MAX_OFFSET) {
    throw badRequest("NUMBER_OUTSIDE_VALID_RANGE", `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  const order = [plain.orderBy ?? []].flat();
  const compare = compileOrder(state, def, order);
  const isInOrder = !state.table(def.name).hasPending && streamsByStamp(order, where.sargable);
  return {
    def,
    columns: listColumns(select.paths),
    findRows: (from) => findRows(from ?? source(), sees, compare, plain, from === undefined && isInOrder),
    project: select.project,
    describe,
  };
}

function prepareChildren(state: OrgState, query: Query, all: boolean): RunChildren {
  const prepared = prepareParsed(state, query, all);
  if (prepared.aggregate) throw badRequest("MALFORMED_QUERY", "aggregate functions are not allowed in child queries");
  return (own, version) => {
    const rows = prepared.findRows(own);
    return { rows, records: rows.map((row) => prepared.project(row, version)) };
  };
}

/** `SELECT l.Id FROM Lead l WHERE l.Name = …` is the same as without the alias. */
function stripAlias(query: Query): Query {
  const alias = query.sObjectAlias;
  if (!alias) return query;
  const prefix = `${alias.toLowerCase()}.`;
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === "field" && typeof inner === "string" && inner.toLowerCase().startsWith(prefix)
          ? inner.slice(prefix.length)
          : strip(inner),
      ]),
    );
  };
  return { ...query, where: strip(query.where) as Query["where"], orderBy: strip(query.orderBy) as Query["orderBy"] };
}

function runSemiJoin(state: OrgState, query: Query, all: boolean): Value[] {
  const prepared = prepareParsed(state, query, all);
  const first = query.fields?.[0];
  const path = first?.type === "Field" ? resolvePath(state, prepared.def, first.field) : undefined;
  if (!path) throw badRequest("MALFORMED_QUERY", "a semi-join selects exactly one field");
  return prepared
    .findRows()
    .map((row) => path.read(row))
    .filter((value) => value !== null);
}

function makeVisibility(state: OrgState, def: ObjectDef, all: boolean, predicate: Predicate): Predicate {
  const hidden = new Set(state.setup.hidden.filter((id) => id.startsWith(def.keyPrefix)));
  return (row) => (all || !row.IsDeleted) && !(hidden.size > 0 && hidden.has(row.Id)) && predicate(row);
}

/** Rows that may match, by the best index that the WHERE allows. */
function readCandidates(state: OrgState, def: ObjectDef, sargable: Sargable[]): Iterable<Row> {
  const made = makeSetupRows(state, def.name);
  if (made) return made;
  const table = state.table(def.name);
  const equal = sargable.filter(({ operator }) => operator === "=" || operator === "IN");
  const byId = equal.find(({ field }) => field === "Id");
  if (byId) {
    const ids = new Set(byId.values.map(String));
    return [...ids]
      .sort()
      .map((id) => table.read(id))
      .filter((row) => row !== undefined);
  }
  const byValue = equal.find(({ field, values }) => table.isIndexed(field) && !values.includes(null));
  if (byValue) {
    const found = new Set(
      byValue.values.flatMap((value) => table.findByValue(byValue.field, String(value)).map((row) => row.Id)),
    );
    return [...found]
      .sort()
      .map((id) => table.read(id))
      .filter((row) => row !== undefined);
  }
  const since = findSince(sargable);
  return since ? table.readSince(String(since.values[0]), since.operator === ">") : table.readAll();
}

function findSince(sargable: Sargable[]): Sargable | undefined {
  return sargable.find(
    ({ field, operator, values }) => field === "SystemModstamp" && operator.startsWith(">") && values[0] !== null,
  );
}

/** Rows come in the order of SystemModstamp, so that a LIMIT may stop early. */
function streamsByStamp(order: OrderByClause[], sargable: Sargable[]): boolean {
  const first = order[0];
  const others = sargable.some(({ operator }) => operator === "=" || operator === "IN");
  return (
    !others &&
    findSince(sargable) !== undefined &&
    first !== undefined &&
    "field" in first &&
    first.field.toLowerCase() === "systemmodstamp" &&
    first.order !== "DESC"
  );
}

function findRows(
  source: Iterable<Row>,
  sees: Predicate,
  compare: ((a: Row, b: Row) => number) | undefined,
  query: Query,
  streams: boolean,
): Row[] {
  const offset = query.offset ?? 0;
  const end = query.limit === undefined ? Number.POSITIVE_INFINITY : offset + query.limit;
  const rows: Row[] = [];
  for (const row of source) {
    // Rows of the same second still have to be sorted by the further criteria, so go on to the end of that second.
    if (rows.length >= end && (!compare || (streams && rows.at(-1)?.SystemModstamp !== row.SystemModstamp))) break;
    if (sees(row)) rows.push(row);
  }
  if (compare) rows.sort(compare);
  return rows.slice(offset, end);
}

function compileOrder(
  state: OrgState,
  def: ObjectDef,
  order: OrderByClause[],
): ((a: Row, b: Row) => number) | undefined {
  if (order.length === 0) return undefined;
  const keys = order.map((clause) => {
    const path = "fn" in clause ? resolveFunction(state, def, clause.fn) : resolvePath(state, def, clause.field);
    const sign = clause.order === "DESC" ? -1 : 1;
    return {
      path,
      sign,
      nulls: clause.nulls === "LAST" ? 1 : -1,
      exact: path.field.type === "id" || path.field.type === "reference",
    };
  });
  return (a, b) => {
    for (const { path, sign, nulls, exact } of keys) {
      const result = compareValues(path.read(a), path.read(b), sign, nulls, exact);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function compareValues(a: Value, b: Value, sign: number, nulls: number, exact: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? nulls : -nulls;
  const x = typeof a === "string" && !exact ? a.toLowerCase() : a;
  const y = typeof b === "string" && !exact ? b.toLowerCase() : b;
  return x === y ? 0 : x < y ? -sign : sign;
}

function listColumns(paths: FieldPath[] | undefined): PreparedQuery["columns"] {
  if (!paths || paths.some((path) => path.field.type === "address")) return undefined;
  return paths.map((path) => ({
    name: [...path.steps.map((step) => step.relationshipName ?? step.name), path.field.name].join("."),
    read: path.read,
  }));
}
