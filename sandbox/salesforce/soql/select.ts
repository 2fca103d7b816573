import type { FieldType, FieldTypeOf, Query, Subquery } from "@jetstreamapp/soql-parser-js";
import { nameChildRelationship } from "../describe-object";
import { badRequest } from "../errors";
import { followReference, makeAttributes, readJson } from "../read-fields";
import type { FieldDef, ObjectDef } from "../schema";
import type { OrgState } from "../state";
import type { Row } from "../table";
import { resolveFunction } from "./functions";
import { type FieldPath, projectPath, resolvePath } from "./paths";

/** One selected thing: writes its part of a record. */
type Writer = (row: Row, record: Record<string, unknown>, version: string) => void;
/** A prepared child query: the records of one parent. */
export type RunChildren = (rows: Row[], version: string) => { rows: Row[]; records: object[] };
/** `paths` = what can be a column of a table; undefined as soon as something else is selected. */
export type Selection = { paths: FieldPath[] | undefined; project(row: Row, version: string): Record<string, unknown> };

function writePath(state: OrgState, def: ObjectDef, path: FieldPath): Writer {
  return (row, record, version) =>
    projectPath(state, def, row, path, record, (target, found) => makeAttributes(target, found.Id, version));
}

function listAllFields(state: OrgState, def: ObjectDef, kind: string, query: Query): FieldPath[] {
  if (kind !== "STANDARD" && (query.limit === undefined || query.limit > 200)) {
    throw badRequest("MALFORMED_QUERY", "The SOQL FIELDS function must have a LIMIT of at most 200");
  }
  const wanted = def.fields.filter((field) => kind === "ALL" || field.name.endsWith("__c") === (kind === "CUSTOM"));
  return wanted
    .filter((field) => state.permission(def.name, field.name).readable)
    .map((field) => resolvePath(state, def, field.name));
}

/** The fields that a part of the SELECT list stands for; undefined for functions, child queries and TYPEOF. */
export function listPaths(state: OrgState, def: ObjectDef, query: Query, selected: FieldType): FieldPath[] | undefined {
  if (selected.type === "Field") return [resolvePath(state, def, selected.field)];
  if (selected.type === "FieldRelationship") {
    const alias = query.sObjectAlias?.toLowerCase();
    const steps = selected.relationships.filter((step, i) => !(i === 0 && step.toLowerCase() === alias));
    return [resolvePath(state, def, [...steps, selected.field].join("."))];
  }
  if (selected.type !== "FieldFunctionExpression" || selected.functionName.toUpperCase() !== "FIELDS") return undefined;
  return listAllFields(state, def, String(selected.parameters[0] ?? "").toUpperCase(), query);
}

/** The child object and its lookup field behind `Contacts` or `Visits__r`. Throws INVALID_TYPE. */
export function findChildren(
  state: OrgState,
  def: ObjectDef,
  name: string,
): { child: ObjectDef; lookup: FieldDef; name: string } {
  for (const child of state.schema.objects) {
    for (const lookup of child.fields) {
      if (!lookup.referenceTo?.includes(def.name)) continue;
      const known = nameChildRelationship(def, child, lookup);
      if (known?.toLowerCase() === name.toLowerCase()) return { child, lookup, name: known };
    }
  }
  throw badRequest(
    "INVALID_TYPE",
    `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function writeChildren(
  state: OrgState,
  def: ObjectDef,
  subquery: Subquery,
  prepare: (query: Query) => RunChildren,
): Writer {
  const { child, lookup, name } = findChildren(state, def, subquery.relationshipName);
  const { relationshipName: _name, sObjectPrefix: _prefix, ...rest } = subquery;
  const run = prepare({ ...rest, sObject: child.name });
  const table = state.table(child.name);
  return (row, record, version) => {
    const own = table.isIndexed(lookup.name)
      ? table.findByValue(lookup.name, row.Id).flatMap((found) => table.read(found.Id) ?? [])
      : [...table.readAll()].filter((found) => found[lookup.name] === row.Id);
    const { records } = run(own, version);
    record[name] = records.length === 0 ? null : { totalSize: records.length, done: true, records };
  };
}

/** `TYPEOF Owner WHEN User THEN Email ELSE Name END` */
function writeTypeOf(state: OrgState, def: ObjectDef, selected: FieldTypeOf): Writer {
  const reference = def.findRelationship(selected.field);
  if (!reference)
    throw badRequest("INVALID_FIELD", `Didn't understand relationship '${selected.field}' in field path.`);
  return (row, record, version) => {
    const target = followReference(state, reference, row);
    const matches = (type?: string) => type?.toLowerCase() === target?.def.name.toLowerCase();
    const branch =
      selected.conditions.find((condition) => condition.type === "WHEN" && matches(condition.objectType)) ??
      selected.conditions.find((condition) => condition.type === "ELSE");
    if (!target) {
      record[reference.relationshipName ?? selected.field] = null;
      return;
    }
    const shown: Record<string, unknown> = { attributes: makeAttributes(target.def, target.row.Id, version) };
    for (const name of branch?.fieldList ?? []) {
      const field = target.def.findField(name);
      if (field) shown[field.name] = readJson(state, target.def, target.row, field);
    }
    record[reference.relationshipName ?? selected.field] = shown;
  };
}

/** Compiles the SELECT list. Throws MALFORMED_QUERY, INVALID_FIELD, INVALID_TYPE. */
export function compileSelect(
  state: OrgState,
  def: ObjectDef,
  query: Query,
  prepare: (query: Query) => RunChildren,
): Selection {
  const writers: Writer[] = [];
  let paths: FieldPath[] | undefined = [];
  for (const selected of query.fields ?? []) {
    const plain = listPaths(state, def, query, selected);
    if (plain) {
      paths?.push(...plain);
      writers.push(...plain.map((path) => writePath(state, def, path)));
      continue;
    }
    paths = undefined;
    if (selected.type === "FieldSubquery") writers.push(writeChildren(state, def, selected.subquery, prepare));
    else if (selected.type === "FieldTypeof") writers.push(writeTypeOf(state, def, selected));
    else if (selected.type === "FieldFunctionExpression") {
      const path = resolveFunction(state, def, selected);
      const key = selected.alias ?? path.field.name;
      writers.push((row, record) => {
        record[key] = path.read(row);
      });
    } else throw badRequest("MALFORMED_QUERY", "this kind of SELECT is not supported here");
  }
  return {
    paths,
    project(row, version) {
      const record: Record<string, unknown> = { attributes: makeAttributes(def, row.Id, version) };
      for (const write of writers) write(row, record, version);
      return record;
    },
  };
}
