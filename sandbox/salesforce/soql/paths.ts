import { badRequest } from "../errors";
import { followReference, readJson, readValue } from "../read-fields";
import type { FieldDef, ObjectDef } from "../schema";
import type { OrgState } from "../state";
import type { Row, Value } from "../table";

/** A field path of a query, resolved: the field at its end, and how to read it from a row. */
export type FieldPath = {
  field: FieldDef;
  def: ObjectDef;
  steps: FieldDef[];
  /** Made by a function: no index knows it. */
  isComputed?: boolean;
  read(row: Row): Value;
};

function noSuchColumn(name: string, def: ObjectDef): Error {
  return badRequest(
    "INVALID_FIELD",
    `\n${name}\n^\nERROR at Row:1:Column:1\nNo such column '${name}' on entity '${def.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}

function findTarget(state: OrgState, step: FieldDef, next: string): ObjectDef | undefined {
  const targets = (step.referenceTo ?? [])
    .map((name) => state.schema.findObject(name))
    .filter((def) => def !== undefined);
  // Owner is a user or a queue; the user's fields are what clients ask for.
  const preferred = [...targets].sort((a, b) => (a.name === "User" ? -1 : b.name === "User" ? 1 : 0));
  return preferred.find((def) => def.findField(next) ?? def.findRelationship(next)) ?? preferred[0];
}

/** Resolves `Field` or `Owner.Name` (names in any case). Throws INVALID_FIELD for unknown or unreadable fields. */
export function resolvePath(state: OrgState, root: ObjectDef, path: string): FieldPath {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  const steps: FieldDef[] = [];
  let def = root;
  parts.forEach((part, i) => {
    const step = def.findRelationship(part);
    const target = step && findTarget(state, step, parts[i + 1] ?? last);
    if (!step || !target) {
      throw badRequest(
        "INVALID_FIELD",
        `Didn't understand relationship '${part}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
      );
    }
    steps.push(step);
    def = target;
  });
  const field = def.findField(last);
  if (!field || !state.permission(def.name, field.name).readable) throw noSuchColumn(last, def);
  const owner = def;
  return { field, def: owner, steps, read: (row) => readThrough(state, root, row, steps, owner, field) };
}

function readThrough(
  state: OrgState,
  root: ObjectDef,
  row: Row,
  steps: FieldDef[],
  owner: ObjectDef,
  field: FieldDef,
): Value {
  if (steps.length === 0) return readValue(state, root, row, field);
  let current: { def: ObjectDef; row: Row } = { def: owner, row };
  for (const step of steps) {
    const next = followReference(state, step, current.row);
    if (!next) return null;
    current = next;
  }
  const actual = current.def.findField(field.name);
  return actual ? readValue(state, current.def, current.row, actual) : null;
}

/** Builds the nested JSON of a selected path into `record`: `Owner: {attributes, Name}` or `Owner: null`. */
export function projectPath(
  state: OrgState,
  root: ObjectDef,
  row: Row,
  path: FieldPath,
  record: Record<string, unknown>,
  attributesOf: (def: ObjectDef, row: Row) => object,
): void {
  let target = record;
  let current: { def: ObjectDef; row: Row } | undefined = { def: root, row };
  for (const step of path.steps) {
    current = current && followReference(state, step, current.row);
    const key = step.relationshipName ?? step.name;
    if (!current) {
      target[key] = null;
      return;
    }
    target[key] ??= { attributes: attributesOf(current.def, current.row) };
    target = target[key] as Record<string, unknown>;
  }
  const field = current?.def.findField(path.field.name);
  target[path.field.name] = current && field ? readJson(state, current.def, current.row, field) : null;
}
