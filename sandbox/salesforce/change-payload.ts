import { createHash } from "node:crypto";
import type { ChangeEvent } from "./change-feed";
import type { FieldDef, ObjectDef } from "./schema";
import type { OrgState } from "./state";
import type { Row, Value } from "./table";

/** Events spell times `2026-11-23T10:00:05Z`, other than REST replies. */
function formatValue(field: FieldDef, value: Value): Value {
  if (field.type === "datetime" && typeof value === "string") return value.replace(".000+0000", "Z");
  return value;
}

/** `["Name", "FirstName"]` or `["MailingAddress", "City"]` for a part of a compound field, otherwise the name alone. */
function splitName(def: ObjectDef, field: FieldDef): [string, string?] {
  if (field.compound === undefined || !def.findField(field.compound)) return [field.name];
  const prefix = field.compound === "Name" ? "" : field.compound.replace(/Address$/, "");
  return [field.compound, field.name.slice(prefix.length)];
}

function fillFields(def: ObjectDef, row: Row, names: string[]): { values: Record<string, unknown>; told: string[] } {
  const values: Record<string, unknown> = {};
  const told: string[] = [];
  for (const name of names) {
    const field = def.findField(name);
    // The whole name of a person follows from its parts and is told by them.
    if (!field || (field.nameField && field.readOnly)) continue;
    const [outer, inner] = splitName(def, field);
    const value = formatValue(field, row[name] ?? null);
    told.push(inner === undefined ? outer : `${outer}.${inner}`);
    if (inner === undefined) values[outer] = value;
    else {
      values[outer] ??= {};
      (values[outer] as Record<string, unknown>)[inner] = value;
    }
  }
  return { values, told };
}

/** The `data` of a change event message: schema id, payload with header and the changed fields only, replay id. */
export function makeEventData(state: OrgState, event: ChangeEvent): object {
  const def = state.schema.findObject(event.entity);
  const { values, told } =
    def && event.row ? fillFields(def, event.row, event.changed ?? []) : { values: {}, told: [] };
  const isUpdate = event.type === "UPDATE";
  const header = {
    entityName: event.entity,
    recordIds: event.ids,
    changeType: event.type,
    changeOrigin: event.origin,
    transactionKey: event.key,
    sequenceNumber: event.sequence,
    commitTimestamp: event.at,
    commitNumber: 10_000_000_000 + event.replayId,
    commitUser: event.userId,
    nulledFields: isUpdate ? told.filter((name) => readPath(values, name) === null) : [],
    diffFields: [],
    changedFields: isUpdate ? told : [],
  };
  const schema = createHash("md5").update(`${event.entity}:${state.schema.changedAt}`).digest("base64url");
  return { schema, payload: { ChangeEventHeader: header, ...values }, event: { replayId: event.replayId } };
}

function readPath(values: Record<string, unknown>, name: string): unknown {
  const [outer = "", inner] = name.split(".");
  const value = values[outer];
  return inner === undefined ? value : (value as Record<string, unknown> | undefined)?.[inner];
}
