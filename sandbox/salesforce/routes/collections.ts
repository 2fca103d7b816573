import { badRequest, SalesforceError } from "../errors";
import { normaliseId } from "../ids";
import { readRecord } from "../read-fields";
import { createRecord, deleteRecord, updateRecord } from "../records";
import type { OrgState } from "../state";
import { type Fields, Transaction, type Writer } from "../writer";
import {
  findBodyObject,
  findPathObject,
  makeWriter,
  type OrgApp,
  type OrgContext,
  readJsonBody,
  sendJson,
} from "./context";
import { findKeyField, upsertRecord } from "./sobjects";

type SaveResult = { id?: string; success: boolean; errors: object[]; created?: boolean };
const MAX_RECORDS = 200;
const MAX_CHUNKS = 10;
const MAX_RETRIEVED = 2000;

const ROLLED_BACK = {
  statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK",
  message: "Record rolled back because not all records were valid and the request was using AllOrNone header",
  fields: [],
};

/** Inside a collection a missing record is a bad reference, not a missing resource. */
function toFailure(error: unknown): SaveResult {
  if (!(error instanceof SalesforceError)) throw error;
  const told =
    error.errorCode === "NOT_FOUND"
      ? badRequest("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [])
      : error;
  return { success: false, errors: [told.toRecordError()] };
}

function runAll<T>(
  items: T[],
  allOrNone: boolean,
  writer: Writer,
  save: (item: T, writer: Writer) => SaveResult,
): SaveResult[] {
  // An outer composite may still undo what this collection did.
  const outer = writer.tx;
  const tx = allOrNone ? new Transaction(outer) : undefined;
  const link = tx ?? outer;
  const results = items.map((item) => {
    try {
      return save(item, { ...writer, tx: link });
    } catch (error) {
      return toFailure(error);
    }
  });
  if (!tx) return results;
  if (results.every((result) => result.success)) {
    tx.commit();
    return results;
  }
  tx.rollBack();
  return results.map(({ id, success, errors }) => {
    if (!success) return { success, errors };
    return { ...(id ? { id } : {}), success: false, errors: [ROLLED_BACK] };
  });
}

function typeOf(record: Fields): unknown {
  return (record.attributes as { type?: unknown } | undefined)?.type;
}

function readRecords(body: Record<string, unknown>): Fields[] {
  const records = body.records;
  if (!Array.isArray(records)) throw badRequest("JSON_PARSER_ERROR", "The records property is required");
  if (records.length > MAX_RECORDS) {
    throw badRequest("LIMIT_EXCEEDED", `record count ${records.length} exceeds the maximum of ${MAX_RECORDS}`);
  }
  return records as Fields[];
}

/** Runs of the same type are saved together; more than ten runs are refused. */
function checkChunks(records: Fields[]): void {
  let chunks = 0;
  records.forEach((record, i) => {
    const previous = records[i - 1];
    if (!previous || typeOf(previous) !== typeOf(record)) chunks++;
  });
  if (chunks > MAX_CHUNKS) {
    throw badRequest(
      "LIMIT_EXCEEDED",
      `Cannot have more than ${MAX_CHUNKS} chunks in a single operation. Please rearrange the data to reduce chunking.`,
    );
  }
}

async function handleCreate(c: OrgContext, state: OrgState): Promise<Response> {
  const body = await readJsonBody(c);
  const records = readRecords(body);
  checkChunks(records);
  c.env.call.records = records.length;
  const results = runAll(records, body.allOrNone === true, makeWriter(c), (record, writer) => {
    const row = createRecord(state, findBodyObject(state, typeOf(record)), record, writer);
    return { id: row.Id, success: true, errors: [] };
  });
  return sendJson(results.map((result) => (result.success ? result : { success: false, errors: result.errors })));
}

async function handleUpdate(c: OrgContext, state: OrgState): Promise<Response> {
  const body = await readJsonBody(c);
  const records = readRecords(body);
  checkChunks(records);
  c.env.call.records = records.length;
  const results = runAll(records, body.allOrNone === true, makeWriter(c), (record, writer) => {
    const { id: lower, Id: upper, ...fields } = record;
    const id = lower ?? upper;
    if (typeof id !== "string") throw badRequest("MISSING_ARGUMENT", "Id not specified in an update call", []);
    const row = updateRecord(state, findBodyObject(state, typeOf(record)), id, fields, writer);
    return { id: row.Id, success: true, errors: [] };
  });
  return sendJson(results);
}

async function handleUpsert(c: OrgContext, state: OrgState): Promise<Response> {
  const def = findPathObject(state, c.req.param("object") ?? "");
  const field = findKeyField(state, def, c.req.param("field") ?? "");
  const body = await readJsonBody(c);
  const records = readRecords(body);
  c.env.call.records = records.length;
  const keyOf = (record: Fields) =>
    Object.entries(record).find(([name]) => name.toLowerCase() === field.name.toLowerCase());
  const seen = new Map<string, number>();
  for (const record of records) {
    const value = String(keyOf(record)?.[1] ?? "").toLowerCase();
    seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  const results = runAll(records, body.allOrNone === true, makeWriter(c), (record, writer) => {
    if (findBodyObject(state, typeOf(record)) !== def)
      throw badRequest("INVALID_TYPE", "the type of the record is not that of the URL");
    const [name = "", value] = keyOf(record) ?? [];
    if (typeof value !== "string" || value === "") {
      throw badRequest("MISSING_ARGUMENT", `${field.name} not specified`, []);
    }
    if ((seen.get(value.toLowerCase()) ?? 0) > 1) {
      throw badRequest("DUPLICATE_VALUE", `Duplicate external id specified: ${value}`, [field.name]);
    }
    const { [name]: _key, ...fields } = record;
    const { row, created } = upsertRecord(state, def, field, value, fields, writer);
    return { id: row.Id, success: true, errors: [], created };
  });
  return sendJson(results.map((result) => ({ ...result, created: result.created ?? false })));
}

function handleDelete(c: OrgContext, state: OrgState): Response {
  const ids = (c.req.query("ids") ?? "").split(",").filter((id) => id !== "");
  if (ids.length === 0 || ids.length > MAX_RECORDS) {
    throw badRequest(
      ids.length === 0 ? "MISSING_ARGUMENT" : "LIMIT_EXCEEDED",
      `between 1 and ${MAX_RECORDS} ids are needed`,
    );
  }
  c.env.call.records = ids.length;
  const results = runAll(ids, c.req.query("allOrNone") === "true", makeWriter(c), (id, writer) => {
    const def = state.schema.findByPrefix(id);
    if (!def) throw badRequest("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []);
    deleteRecord(state, def, id, writer);
    return { id: normaliseId(id) ?? id, success: true, errors: [] };
  });
  return sendJson(results);
}

function retrieve(c: OrgContext, state: OrgState, ids: unknown, names: unknown): Response {
  const def = findPathObject(state, c.req.param("object") ?? "");
  if (!Array.isArray(ids) || !Array.isArray(names) || ids.length > MAX_RETRIEVED) {
    throw badRequest("JSON_PARSER_ERROR", `ids (at most ${MAX_RETRIEVED}) and fields are required`);
  }
  const fields = ["Id", ...names.map(String)].map((name) => {
    const field = def.findField(name);
    if (!field || !state.permission(def.name, field.name).readable) {
      throw badRequest(
        "INVALID_FIELD",
        `No such column '${name}' on entity '${def.name}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
      );
    }
    return field;
  });
  const records = ids.map((id) => {
    const row = state.table(def.name).read(normaliseId(id) ?? "");
    const shown = row && !row.IsDeleted && !state.setup.hidden.includes(row.Id);
    return shown ? readRecord(state, def, row, c.get("version"), fields) : null;
  });
  c.env.call.records = records.length;
  return sendJson(records);
}

/** `/composite/sobjects`: up to 200 records, HTTP 200 even when every record failed. */
export function mountCollections(app: OrgApp, state: OrgState): void {
  const base = "/services/data/:version/composite/sobjects";
  app.post(base, (c) => handleCreate(c, state));
  app.patch(base, (c) => handleUpdate(c, state));
  app.delete(base, (c) => handleDelete(c, state));
  app.patch(`${base}/:object/:field`, (c) => handleUpsert(c, state));
  app.post(`${base}/:object`, async (c) => {
    const body = await readJsonBody(c);
    return retrieve(c, state, body.ids, body.fields);
  });
  app.get(`${base}/:object`, (c) =>
    retrieve(c, state, c.req.query("ids")?.split(","), c.req.query("fields")?.split(",")),
  );
}
