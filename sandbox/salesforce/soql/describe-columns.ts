import type { FieldFunctionExpression, FieldType, FunctionExp, Query } from "@jetstreamapp/soql-parser-js";
import { isWritable } from "../records";
import type { FieldDef, ObjectDef } from "../schema";
import type { OrgState } from "../state";
import { isAggregate, measureFunction } from "./aggregate";
import { isRowFunction, resolveFunction } from "./functions";
import type { FieldPath } from "./paths";
import { findChildren, listPaths } from "./select";

/** One selected thing of a query, with the keys of the recorded replies; `joinColumns` = what is read through it. */
type Column = {
  aggregate: boolean;
  apexType: string | null;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: Column[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
};

const APEX_TYPES: Partial<Record<FieldDef["type"], string>> = {
  id: "Id",
  reference: "Id",
  boolean: "Boolean",
  int: "Integer",
  double: "Double",
  currency: "Double",
  percent: "Double",
  date: "Date",
  datetime: "Datetime",
  address: "Address",
};

function makeColumn(name: string, given: Partial<Column> = {}): Column {
  return {
    aggregate: false,
    apexType: null,
    booleanType: false,
    columnName: name,
    custom: false,
    displayName: name,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: false,
    textType: false,
    updatable: false,
    ...given,
  };
}

function describeType({ type }: FieldDef): Pick<Column, "apexType" | "booleanType" | "numberType" | "textType"> {
  const apexType = APEX_TYPES[type] ?? "String";
  const numberType = apexType === "Integer" || apexType === "Double";
  return { apexType, booleanType: type === "boolean", numberType, textType: apexType === "String" };
}

function describeFieldColumn(state: OrgState, { def, field }: FieldPath, given: Partial<Column>): Column {
  return makeColumn(field.name, {
    ...describeType(field),
    custom: field.name.endsWith("__c"),
    insertable: isWritable(state, def, field.name, "insert"),
    updatable: isWritable(state, def, field.name, "update"),
    ...given,
  });
}

/** `Owner.Name` is a column Name inside a column Owner, which also takes `Owner.Email` later on. */
function addPath(state: OrgState, columns: Column[], path: FieldPath, alias: Partial<Column> = {}): void {
  let level = columns;
  for (const step of path.steps) {
    const name = step.relationshipName ?? step.name;
    let join = level.find((column) => column.columnName === name && column.foreignKeyName !== null);
    if (!join) {
      join = makeColumn(name, { foreignKeyName: step.name, custom: step.name.endsWith("__c") });
      level.push(join);
    }
    level = join.joinColumns;
  }
  level.push(describeFieldColumn(state, path, alias));
}

/** The function's name is told in lower case, whatever the query has: `avg(Amount)`. */
function writeFunction(fn: FunctionExp): string {
  const inner = (fn.parameters ?? []).map((one) => (typeof one === "string" ? one : writeFunction(one)));
  return `${(fn.functionName ?? "").toLowerCase()}(${inner.join(", ")})`;
}

function describeFunction(state: OrgState, def: ObjectDef, fn: FieldFunctionExpression, name: string): Column {
  const isRow = isRowFunction(fn.functionName);
  const { field } = isRow ? resolveFunction(state, def, fn) : measureFunction(state, def, fn);
  const { numberType, booleanType, textType } = describeType(field);
  return makeColumn(name, { aggregate: true, displayName: writeFunction(fn), numberType, booleanType, textType });
}

/** `groups` = the query counts or groups, so that functions without an alias are expr0, expr1 … as in its records. */
function describeSelected(state: OrgState, def: ObjectDef, query: Query): Column[] {
  const groups = isAggregate(query);
  const columns: Column[] = [];
  let unnamed = 0;
  for (const selected of query.fields ?? []) {
    const paths = listPaths(state, def, query, selected);
    const alias = "alias" in selected && selected.alias ? { columnName: selected.alias } : {};
    if (paths) for (const path of paths) addPath(state, columns, path, alias);
    else if (selected.type === "FieldFunctionExpression" && (groups || selected.alias)) {
      columns.push(describeFunction(state, def, selected, selected.alias ?? `expr${unnamed++}`));
    } else columns.push(...describeOther(state, def, selected));
  }
  return columns;
}

function describeOther(state: OrgState, def: ObjectDef, selected: FieldType): Column[] {
  if (selected.type === "FieldFunctionExpression") {
    const path = resolveFunction(state, def, selected);
    return [describeFieldColumn(state, path, { displayName: writeFunction(selected) })];
  }
  if (selected.type === "FieldSubquery") {
    const { relationshipName, sObjectPrefix: _prefix, ...rest } = selected.subquery;
    const { child, name } = findChildren(state, def, relationshipName);
    const joinColumns = describeSelected(state, child, { ...rest, sObject: child.name });
    return [makeColumn(name, { aggregate: true, joinColumns })];
  }
  const reference = selected.type === "FieldTypeof" ? def.findRelationship(selected.field) : undefined;
  return reference
    ? [makeColumn(reference.relationshipName ?? reference.name, { foreignKeyName: reference.name })]
    : [];
}

/** What `?columns=true` answers instead of records: the columns that a table of the result has. COUNT() alone has none. */
export function describeColumns(state: OrgState, def: ObjectDef, query: Query): object {
  const fields = query.fields ?? [];
  const countsOnly =
    fields.length === 1 && fields[0]?.type === "FieldFunctionExpression" && fields[0].parameters.length === 0;
  const columnMetadata = countsOnly ? [] : describeSelected(state, def, query);
  return {
    columnMetadata,
    entityName: def.name,
    groupBy: query.groupBy !== undefined,
    idSelected: columnMetadata.some((column) => column.columnName === "Id"),
    keyPrefix: def.keyPrefix,
  };
}
