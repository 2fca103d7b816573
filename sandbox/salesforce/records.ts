import {
  checkDuplicateRules,
  checkMembership,
  checkReferences,
  checkRequired,
  checkTriggers,
  checkUnique,
  checkValidationRules,
} from "./checks";
import { assignOwner, composeParts } from "./compose-record";
import { badRequest, invalidField, notFound, SalesforceError } from "./errors";
import { normaliseValue } from "./field-values";
import { normaliseId } from "./ids";
import { resolveNested } from "./resolve-key";
import { updateRollUps } from "./roll-ups";
import type { FieldDef, ObjectDef } from "./schema";
import { addMemberStatuses } from "./seed-activity";
import { formatStamp, parseStamp } from "./stamps";
import type { OrgState } from "./state";
import type { Row, Value } from "./table";
import type { Fields, Writer } from "./writer";

/** The fields of a request body by definition. Throws INVALID_FIELD, then INVALID_FIELD_FOR_INSERT_UPDATE, then value errors. */
function readFields(
  state: OrgState,
  def: ObjectDef,
  body: Fields,
  event: "insert" | "update",
  writer: Writer,
): Map<FieldDef, Value> {
  // Field permissions are those of the integration user; people on the pages have all of them.
  const isReadable = (field: FieldDef) => writer.byHand === true || state.permission(def.name, field.name).readable;
  const isEditable = (name: string) =>
    writer.byHand ? isSettable(def, name, event) : isWritable(state, def, name, event);
  const given: [FieldDef, unknown][] = [];
  for (const [name, raw] of Object.entries(body)) {
    if (name === "attributes") continue;
    const nested = resolveNested(state, def, name, raw);
    const field = nested?.field ?? def.findField(name);
    if (!field || !isReadable(field)) throw invalidField(name, def.name);
    given.push([field, nested?.id ?? raw]);
  }
  const refused = given.map(([field]) => field.name).filter((name) => !isEditable(name));
  if (refused.length > 0) {
    throw badRequest(
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      `Unable to create/update fields: ${refused.join(", ")}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
      refused,
    );
  }
  return new Map(given.map(([field, raw]) => [field, normaliseValue(field, raw)]));
}

/** Whether the schema lets the field be set in this event, whoever asks. */
export function isSettable(def: ObjectDef, name: string, event: "insert" | "update"): boolean {
  const field = def.findField(name);
  if (!field || field.readOnly || field.formula !== undefined || field.type === "address") return false;
  return !(field.createOnly && event === "update");
}

/** Whether the integration user may set the field in this event: schema and field permission. */
export function isWritable(state: OrgState, def: ObjectDef, name: string, event: "insert" | "update"): boolean {
  return isSettable(def, name, event) && state.permission(def.name, name).editable;
}

function composeName(def: ObjectDef, row: Row): void {
  const name = def.findField("Name");
  if (!name?.readOnly || !def.findField("LastName")) return;
  const parts = [row.FirstName, row.LastName].filter((part) => typeof part === "string" && part !== "");
  row.Name = parts.join(" ") || null;
}

function composeStatus(def: ObjectDef, row: Row): void {
  if (def.name === "Case") row.IsClosed = row.Status === "Closed";
  if (def.name === "Event") composeTimes(row);
  if (def.name !== "Opportunity") return;
  row.IsWon = row.StageName === "Closed Won";
  row.IsClosed = row.IsWon || row.StageName === "Closed Lost";
}

/** An event's start, end and duration follow from each other. */
function composeTimes(row: Row): void {
  const start = parseStamp(String(row.StartDateTime ?? row.ActivityDateTime ?? ""));
  if (start === undefined) return;
  const end = parseStamp(String(row.EndDateTime ?? ""));
  const minutes = end === undefined ? Number(row.DurationInMinutes ?? 0) : Math.round((end - start) / 60_000);
  if (minutes < 0)
    throw badRequest("FIELD_INTEGRITY_EXCEPTION", "Event duration can not be negative", ["DurationInMinutes"]);
  const times = { StartDateTime: formatStamp(start), ActivityDateTime: formatStamp(start), DurationInMinutes: minutes };
  Object.assign(row, times, {
    EndDateTime: formatStamp(start + minutes * 60_000),
    ActivityDate: formatStamp(start).slice(0, 10),
  });
}

function makeDefaults(def: ObjectDef, writer: Writer): Record<string, Value> {
  const row: Record<string, Value> = {};
  for (const field of def.fields) {
    if (field.formula !== undefined || field.type === "address") continue;
    row[field.name] = field.default ?? (field.type === "boolean" ? false : null);
  }
  if (def.findField("OwnerId")) row.OwnerId = writer.userId;
  return row;
}

function runChecks(
  state: OrgState,
  def: ObjectDef,
  row: Row,
  old: Row | undefined,
  fields: FieldDef[],
  w: Writer,
): void {
  checkRequired(def, row);
  checkReferences(state, def, row, fields);
  checkUnique(state, def, row);
  if (def.name === "CampaignMember" && !old) checkMembership(state, row);
  checkValidationRules(state, def, row, old);
  checkDuplicateRules(state, def, row, old, w.allowDuplicates === true, w.version);
  checkTriggers(state, def, old ? "update" : "insert");
}

/** Stores a version of a row, remembering the one before for a roll-back. */
export function storeRow(state: OrgState, def: ObjectDef, row: Row, writer: Writer): void {
  const table = state.table(def.name);
  const before = table.get(row.Id);
  writer.tx?.add(() => (before ? table.put(before) : table.remove(row.Id)));
  // Only another person's long transaction can be late: an API client gets its answer after the commit.
  const lag = writer.byHand ? state.setup.commitLagMs : 0;
  const visibleAt = state.clock.now() + lag;
  table.put(row, lag > 0 ? visibleAt : undefined);
  // The table's own copy: an event keeps it alive, and it is the leaner one.
  const stored = table.get(row.Id) ?? row;
  updateRollUps(state, def, before, stored, writer);
  const announce = () => state.feed.note(def, before, stored, writer, visibleAt);
  if (writer.tx) writer.tx.afterCommit(announce);
  else announce();
  state.touch();
}

/** Creates a record and returns it. Throws SalesforceError. */
export function createRecord(state: OrgState, def: ObjectDef, body: Fields, writer: Writer): Row {
  checkObjectWritable(def, "create");
  checkObjectPermission(state, def, "create", writer);
  const fields = readFields(state, def, body, "insert", writer);
  const stamp = formatStamp(state.clock.now());
  const row: Row = { ...makeDefaults(def, writer), Id: "", SystemModstamp: stamp, IsDeleted: false };
  for (const [field, value] of fields) row[field.name] = value;
  if (row.OwnerId === null) row.OwnerId = writer.userId;
  Object.assign(row, { CreatedDate: stamp, LastModifiedDate: stamp });
  Object.assign(row, { CreatedById: writer.userId, LastModifiedById: writer.userId });
  composeName(def, row);
  composeStatus(def, row);
  if (writer.autoAssign && (def.name === "Lead" || def.name === "Case")) assignOwner(state, def, row);
  composeParts(state, def, row);
  runChecks(state, def, row, undefined, [...fields.keys()], writer);
  row.Id = state.newId(def.name);
  storeRow(state, def, row, writer);
  if (def.name === "Campaign") {
    const statuses = addMemberStatuses(state, row.Id);
    writer.tx?.add(() => {
      for (const { Id } of statuses) state.table("CampaignMemberStatus").remove(Id);
    });
  }
  return row;
}

/** Finds a live row that the writer may change. `id` in any form. Throws for malformed, missing, deleted, hidden, locked. */
export function findForWrite(state: OrgState, def: ObjectDef, id: string, writer: Writer): Row {
  const full = normaliseId(id);
  if (!full?.startsWith(def.keyPrefix)) {
    throw badRequest("MALFORMED_ID", `${def.label} ID: id value of incorrect type: ${id}`, ["Id"]);
  }
  const row = state.table(def.name).get(full);
  if (!row) throw notFound();
  if (row.IsDeleted) throw new SalesforceError(404, "ENTITY_IS_DELETED", "entity is deleted", []);
  if (!writer.byHand && state.setup.hidden.includes(full)) {
    throw badRequest(
      "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
      `insufficient access rights on cross-reference id: ${full.slice(0, 15)}`,
      [],
    );
  }
  if ((state.locks.get(full) ?? 0) > state.clock.now()) {
    throw badRequest(
      "UNABLE_TO_LOCK_ROW",
      `unable to obtain exclusive access to this record or 1 records: ${full}`,
      [],
    );
  }
  return row;
}

/** Changes a record and returns its new version. Every accepted write moves SystemModstamp, even one that changes nothing. */
export function updateRecord(state: OrgState, def: ObjectDef, id: string, body: Fields, writer: Writer): Row {
  checkObjectWritable(def, "update");
  checkObjectPermission(state, def, "update", writer);
  const old = findForWrite(state, def, id, writer);
  const fields = readFields(state, def, body, "update", writer);
  if (def.name === "Lead" && old.IsConverted === true) {
    throw badRequest("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", []);
  }
  const row: Row = { ...old };
  for (const [field, value] of fields) row[field.name] = value;
  composeName(def, row);
  composeStatus(def, row);
  composeParts(state, def, row, old);
  runChecks(state, def, row, old, [...fields.keys()], writer);
  stampRow(state, row, writer);
  storeRow(state, def, row, writer);
  return row;
}

/** Marks the row as changed now by the writer. */
export function stampRow(state: OrgState, row: Row, writer: Writer): void {
  const stamp = formatStamp(state.clock.now());
  Object.assign(row, { LastModifiedDate: stamp, LastModifiedById: writer.userId, SystemModstamp: stamp });
}

/** Moves a record to the recycle bin; an account takes its contacts with it. */
export function deleteRecord(state: OrgState, def: ObjectDef, id: string, writer: Writer): void {
  checkObjectWritable(def, "delete");
  const old = findForWrite(state, def, id, writer);
  checkTriggers(state, def, "delete");
  const row: Row = { ...old, IsDeleted: true };
  stampRow(state, row, writer);
  storeRow(state, def, row, writer);
  if (def.name !== "Account") return;
  const contacts = state.schema.findObject("Contact");
  if (!contacts) return;
  for (const contact of state.table("Contact").findByValue("AccountId", row.Id)) {
    if (contact.IsDeleted) continue;
    const gone: Row = { ...contact, IsDeleted: true };
    stampRow(state, gone, writer);
    storeRow(state, contacts, gone, writer);
  }
}

/** Throws INVALID_TYPE_FOR_OPERATION for objects that this event does not exist for. */
export function checkObjectWritable(def: ObjectDef, event: "create" | "update" | "delete"): void {
  // Users are switched off, never deleted; the organisation itself is fixed.
  if (def.fixed || (def.name === "User" && event === "delete")) {
    throw badRequest("INVALID_TYPE_FOR_OPERATION", `entity type ${def.name} does not support ${event}`);
  }
}

/** What the integration user may do with the object; people on the pages may do everything. */
function checkObjectPermission(state: OrgState, def: ObjectDef, event: "create" | "update", writer: Writer): void {
  const { createable, editable } = state.objectPermission(def.name);
  if (writer.byHand) return;
  if (event === "create" && !createable)
    throw badRequest("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", `entity type cannot be inserted: ${def.label}`);
  if (event === "update" && !editable)
    throw badRequest("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id");
}
