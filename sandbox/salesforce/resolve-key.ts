import { badRequest } from "./errors";
import type { FieldDef, ObjectDef } from "./schema";
import type { OrgState } from "./state";

/** Whether records may be named by this field: an external id, a look-up field, or the id. */
export function isKey(field: FieldDef): boolean {
  return field.externalId === true || field.idLookup === true || field.type === "id";
}

/** The id of the one live record with this key. Throws INVALID_FIELD as for an unknown foreign key. */
export function resolveKey(state: OrgState, def: ObjectDef, key: FieldDef, value: string): string {
  const table = state.table(def.name);
  const rows = key.type === "id" ? [table.get(value)] : table.findByValue(key.name, value);
  const found = rows.find((row) => row !== undefined && !row.IsDeleted);
  if (found) return found.Id;
  const message = `Foreign key external ID: ${value} not found for field ${key.name} in entity ${def.name}`;
  throw badRequest("INVALID_FIELD", message, []);
}

/** `Account: {Ext__c: "a-1"}` in a body names a parent by its key: answers the reference field and the parent's id. */
export function resolveNested(
  state: OrgState,
  def: ObjectDef,
  name: string,
  raw: unknown,
): { field: FieldDef; id: string } | undefined {
  const field = def.findRelationship(name);
  if (!field || typeof raw !== "object" || raw === null) return undefined;
  const { attributes, ...rest } = raw as Record<string, unknown>;
  const type = (attributes as { type?: unknown } | undefined)?.type;
  const [keyName = "", value] = Object.entries(rest)[0] ?? [];
  const targets = typeof type === "string" ? [type] : (field.referenceTo ?? []);
  for (const target of targets) {
    const parent = state.schema.findObject(target);
    const key = parent?.findField(keyName);
    if (parent && key && isKey(key)) return { field, id: resolveKey(state, parent, key, String(value)) };
  }
  return undefined;
}
