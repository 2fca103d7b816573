import { FormulaError, type FormulaValue, parseFormula } from "./formula";
import type { FieldDef, ObjectDef } from "./schema";
import { findEntity } from "./setup-rows";
import type { OrgState } from "./state";
import type { Row, Value } from "./table";

export type AddressValue = Record<"street" | "city" | "state" | "postalCode" | "country", Value> & {
  latitude: null;
  longitude: null;
  geocodeAccuracy: null;
};

function readAddress(field: FieldDef, row: Row): AddressValue | null {
  const prefix = field.name.replace(/Address$/, "");
  const part = (name: string) => row[prefix + name] ?? null;
  const address = {
    city: part("City"),
    country: part("Country"),
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
    postalCode: part("PostalCode"),
    state: part("State"),
    street: part("Street"),
  };
  return Object.values(address).every((value) => value === null) ? null : address;
}

/** Follows a reference field to the record it names, as a reader sees it. */
export function followReference(state: OrgState, field: FieldDef, row: Row): { def: ObjectDef; row: Row } | undefined {
  const id = row[field.name];
  if (field.referenceTo?.[0] === "EntityDefinition") {
    const entity = state.schema.findObject("EntityDefinition");
    const target = findEntity(state, String(id));
    return entity && target ? { def: entity, row: target } : undefined;
  }
  const def = typeof id === "string" ? state.schema.findByPrefix(id) : undefined;
  const target = def && state.table(def.name).read(String(id));
  return def && target ? { def, row: target } : undefined;
}

/** Reads `Field` or `Owner.Name` of a record; names without a field give null. */
export function readPath(state: OrgState, def: ObjectDef, row: Row, path: string): Value {
  const [first = "", ...rest] = path.split(".");
  if (rest.length > 0) {
    const reference = def.findRelationship(first);
    const target = reference && followReference(state, reference, row);
    return target ? readPath(state, target.def, target.row, rest.join(".")) : null;
  }
  const field = def.findField(first);
  return field ? readValue(state, def, row, field) : null;
}

/** The value of a plain or formula field. Formula results are computed now: they never move SystemModstamp. */
export function readValue(state: OrgState, def: ObjectDef, row: Row, field: FieldDef): Value {
  if (field.formula === undefined) return row[field.name] ?? (field.type === "boolean" ? false : null);
  try {
    const result = parseFormula(field.formula).evaluate({ read: (name) => readPath(state, def, row, name) });
    return toFieldType(field, result);
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}

function toFieldType(field: FieldDef, result: FormulaValue): Value {
  if (result === null || result === "") return null;
  if (field.type === "double" || field.type === "currency") return Number(result);
  return field.type === "boolean" ? result === true : String(result);
}

/** The JSON value of any field, compound addresses included. */
export function readJson(state: OrgState, def: ObjectDef, row: Row, field: FieldDef): Value | AddressValue {
  return field.type === "address" ? readAddress(field, row) : readValue(state, def, row, field);
}

/** A whole record as `GET /sobjects/X/id` answers it; `only` = the given fields. */
export function readRecord(
  state: OrgState,
  def: ObjectDef,
  row: Row,
  version: string,
  only?: FieldDef[],
): Record<string, unknown> {
  const record: Record<string, unknown> = { attributes: makeAttributes(def, row.Id, version) };
  const visible = only ?? def.fields.filter((field) => state.permission(def.name, field.name).readable);
  for (const field of visible) record[field.name] = readJson(state, def, row, field);
  return record;
}

export function makeAttributes(def: ObjectDef, id: string, version: string): { type: string; url: string } {
  return { type: def.name, url: `/services/data/${version}/sobjects/${def.name}/${id}` };
}
