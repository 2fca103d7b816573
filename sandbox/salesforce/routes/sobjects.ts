import { badRequest, invalidField, SalesforceError } from "../errors";
import { normaliseId } from "../ids";
import { readRecord } from "../read-fields";
import { createRecord, deleteRecord, updateRecord } from "../records";
import type { FieldDef, ObjectDef } from "../schema";
import type { OrgState } from "../state";
import type { Row } from "../table";
import type { Fields, Writer } from "../writer";
import { answerConditional, checkPrecondition, describeVersion } from "./conditional";
import { findPathObject, makeWriter, type OrgApp, type OrgContext, readJsonBody, sendEmpty, sendJson } from "./context";

const NO_EXTERNAL_ID = "Provided external ID field does not exist or is not accessible: ";

/** The field that an upsert or look-up may go by. Throws 404 NOT_FOUND as the real service does. */
export function findKeyField(state: OrgState, def: ObjectDef, name: string): FieldDef {
  const field = def.findField(name);
  const usable = field && (field.externalId || field.idLookup || field.type === "id");
  if (!usable || !state.permission(def.name, field.name).readable) {
    throw new SalesforceError(404, "NOT_FOUND", NO_EXTERNAL_ID + name);
  }
  return field;
}

/** Live rows with this key; more than one is possible when the field is not unique. */
export function findByKey(state: OrgState, def: ObjectDef, field: FieldDef, value: string): Row[] {
  const table = state.table(def.name);
  if (field.type === "id") {
    const row = table.read(normaliseId(value) ?? "");
    return row && !row.IsDeleted ? [row] : [];
  }
  return table.findByValue(field.name, value).filter((row) => !row.IsDeleted && !state.setup.hidden.includes(row.Id));
}

function readOne(state: OrgState, def: ObjectDef, id: string): Row {
  const full = normaliseId(id);
  const row = full ? state.table(def.name).read(full) : undefined;
  if (!row || state.setup.hidden.includes(row.Id)) {
    throw new SalesforceError(404, "NOT_FOUND", full ? "The requested resource does not exist" : NO_EXTERNAL_ID + id);
  }
  if (row.IsDeleted) throw new SalesforceError(404, "ENTITY_IS_DELETED", "entity is deleted", []);
  return row;
}

function readFieldsParameter(c: OrgContext, state: OrgState, def: ObjectDef): FieldDef[] | undefined {
  const text = c.req.query("fields");
  if (!text) return undefined;
  const fields = text.split(",").map((name) => {
    const field = def.findField(name.trim());
    if (!field || !state.permission(def.name, field.name).readable) throw invalidField(name.trim(), def.name);
    return field;
  });
  return fields.some((field) => field.name === "Id")
    ? fields
    : [...fields, def.findField("Id")].filter((field) => field !== undefined);
}

function sendRecord(c: OrgContext, state: OrgState, def: ObjectDef, row: Row): Response {
  c.env.call.records = 1;
  const fresh = answerConditional(c, def, row);
  if (fresh) return fresh;
  const record = readRecord(state, def, row, c.get("version"), readFieldsParameter(c, state, def));
  return sendJson(record, 200, describeVersion(def, row));
}

function sendChoices(c: OrgContext, def: ObjectDef, rows: Row[]): Response {
  const urls = rows.map((row) => `/services/data/${c.get("version")}/sobjects/${def.name}/${row.Id}`);
  return sendJson(urls, 300);
}

/** Creates or updates the one record with this key. Throws when several have it. */
export function upsertRecord(
  state: OrgState,
  def: ObjectDef,
  field: FieldDef,
  value: string,
  body: Fields,
  writer: Writer,
): { row: Row; created: boolean } {
  const found = findByKey(state, def, field, value);
  if (found.length > 1) {
    throw badRequest(
      "DUPLICATE_EXTERNAL_ID",
      `${field.name}: more than one record found for external id field: [${found.map((row) => row.Id).join(", ")}]`,
      [field.name],
    );
  }
  const known = found[0];
  if (known) return { row: updateRecord(state, def, known.Id, body, writer), created: false };
  if (field.type === "id") throw badRequest("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", ["Id"]);
  return { row: createRecord(state, def, { ...body, [field.name]: value }, writer), created: true };
}

async function handleUpsert(c: OrgContext, state: OrgState): Promise<Response> {
  const def = findPathObject(state, c.req.param("object") ?? "");
  const field = findKeyField(state, def, c.req.param("id") ?? "");
  const value = c.req.param("value") ?? "";
  const body = await readJsonBody(c);
  const same = Object.keys(body).find((name) => name.toLowerCase() === field.name.toLowerCase());
  if (same) throw badRequest("INVALID_FIELD", `The ${field.name} field should not be specified in the sobject data.`);
  const found = findByKey(state, def, field, value);
  if (found.length > 1) return sendChoices(c, def, found);
  if (found.length === 0 && c.req.query("updateOnly") === "true") {
    throw new SalesforceError(404, "NOT_FOUND", "The requested resource does not exist");
  }
  const { row, created } = upsertRecord(state, def, field, value, body, makeWriter(c));
  c.env.call.records = 1;
  // Before version 46 an update answered 204 without a body.
  if (!created && Number.parseInt(c.get("version").slice(1), 10) < 46) return sendEmpty();
  return sendJson(
    { id: row.Id, success: true, errors: [], created },
    created ? 201 : 200,
    created ? makeLocation(c, def, row) : {},
  );
}

function makeLocation(c: OrgContext, def: ObjectDef, row: Row): Record<string, string> {
  return { Location: `/services/data/${c.get("version")}/sobjects/${def.name}/${row.Id}` };
}

function refuseMethod(allowed: string) {
  return (c: OrgContext): Response => {
    throw new SalesforceError(
      405,
      "METHOD_NOT_ALLOWED",
      `HTTP Method '${c.req.method}' not allowed. Allowed are ${allowed}`,
    );
  };
}

/** Single-record calls under `/sobjects/{object}`. */
export function mountSobjects(app: OrgApp, state: OrgState): void {
  const base = "/services/data/:version/sobjects/:object";
  app.post(base, async (c) => {
    const def = findPathObject(state, c.req.param("object"));
    const row = createRecord(state, def, await readJsonBody(c), makeWriter(c));
    c.env.call.records = 1;
    return sendJson({ id: row.Id, success: true, errors: [] }, 201, makeLocation(c, def, row));
  });
  app.get(`${base}/:id`, (c) => {
    const def = findPathObject(state, c.req.param("object"));
    return sendRecord(c, state, def, readOne(state, def, c.req.param("id")));
  });
  app.patch(`${base}/:id`, async (c) => {
    const def = findPathObject(state, c.req.param("object"));
    const body = await readJsonBody(c);
    if (Object.keys(body).some((name) => name.toLowerCase() === "id")) {
      throw badRequest("INVALID_FIELD", "The Id field should not be specified in the sobject data.");
    }
    const known = state.table(def.name).get(normaliseId(c.req.param("id")) ?? "");
    if (known) checkPrecondition(c, def, known);
    updateRecord(state, def, c.req.param("id"), body, makeWriter(c));
    c.env.call.records = 1;
    return sendEmpty();
  });
  app.delete(`${base}/:id`, (c) => {
    const def = findPathObject(state, c.req.param("object"));
    const known = state.table(def.name).get(normaliseId(c.req.param("id")) ?? "");
    if (known) checkPrecondition(c, def, known);
    deleteRecord(state, def, c.req.param("id"), makeWriter(c));
    c.env.call.records = 1;
    return sendEmpty();
  });
  app.get(`${base}/:id/:value`, (c) => {
    const def = findPathObject(state, c.req.param("object"));
    const found = findByKey(state, def, findKeyField(state, def, c.req.param("id")), c.req.param("value"));
    if (found.length > 1) return sendChoices(c, def, found);
    return sendRecord(c, state, def, readOne(state, def, found[0]?.Id ?? "000000000000000"));
  });
  app.patch(`${base}/:id/:value`, (c) => handleUpsert(c, state));
  app.all(base, refuseMethod("GET, HEAD, POST"));
  app.all(`${base}/:id`, refuseMethod("GET, HEAD, PATCH, DELETE"));
}
