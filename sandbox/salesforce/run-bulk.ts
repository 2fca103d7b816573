import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { parseCsv } from "../shared/csv";
import { DELIMITERS, type IngestJob, type QueryJob } from "./bulk-jobs";
import { makeTransaction } from "./change-feed";
import { badRequest, SalesforceError } from "./errors";
import { normaliseId } from "./ids";
import { createRecord, deleteRecord, updateRecord } from "./records";
import { purgeRecord } from "./recycle-bin";
import { isKey, resolveKey } from "./resolve-key";
import { findKeyField, upsertRecord } from "./routes/sobjects";
import type { FieldDef, ObjectDef } from "./schema";
import { prepareQuery } from "./soql/run-query";
import type { OrgState } from "./state";
import type { Fields, Writer } from "./writer";

/** A problem of the whole upload: the job ends as Failed with this text. */
class InvalidBatch extends Error {}

type Column = { name: string; field: FieldDef; by?: { def: ObjectDef; key: FieldDef } };

/** Waits on the sandbox's clock, so that a test which moves it does not wait. */
async function waitFor(state: OrgState, ms: number): Promise<void> {
  const due = state.clock.now() + ms;
  for (let left = ms; left > 0; left = due - state.clock.now())
    await sleep(Math.min(left, 20), undefined, { ref: false });
  await setImmediate();
}

function checkLineEnding(job: IngestJob, csv: string): void {
  const end = csv.indexOf("\n");
  const found = end > 0 && csv[end - 1] === "\r" ? "CRLF" : "LF";
  if (end >= 0 && found !== job.lineEnding) {
    throw new InvalidBatch(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`,
    );
  }
}

/** A column is a field, or `Relationship.Key` which names the parent by its key. */
function readColumn(state: OrgState, def: ObjectDef, name: string): Column {
  const field = def.findField(name);
  if (field && state.permission(def.name, field.name).readable) return { name, field };
  const [relationship = "", key = ""] = name.split(".");
  const reference = def.findRelationship(relationship);
  for (const target of reference?.referenceTo ?? []) {
    const parent = state.schema.findObject(target);
    const keyField = parent?.findField(key);
    if (reference && parent && keyField && isKey(keyField))
      return { name, field: reference, by: { def: parent, key: keyField } };
  }
  throw new InvalidBatch(`InvalidBatch : Field name not found : ${name}`);
}

/** `""` leaves a field as it is, `#N/A` empties it (wire.md B.2.6). */
function readValue(state: OrgState, column: Column, text: string): unknown {
  if (text === "#N/A") return null;
  if (column.by) return resolveKey(state, column.by.def, column.by.key, text);
  if (column.field.type === "boolean") {
    const lower = text.toLowerCase();
    return lower === "1" ? true : lower === "0" ? false : lower;
  }
  return text;
}

function readRow(state: OrgState, columns: Column[], row: string[]): { id: string; fields: Fields } {
  let id = "";
  const fields: Fields = {};
  columns.forEach((column, i) => {
    const text = row[i] ?? "";
    if (column.field.type === "id") id = text;
    else if (text !== "") fields[column.field.name] = readValue(state, column, text);
  });
  return { id, fields };
}

function saveRow(
  state: OrgState,
  def: ObjectDef,
  job: IngestJob,
  columns: Column[],
  row: string[],
  writer: Writer,
): { id: string; created: boolean } {
  const { id, fields } = readRow(state, columns, row);
  if (job.operation === "insert") return { id: createRecord(state, def, fields, writer).Id, created: true };
  if (job.operation === "upsert") {
    const key = findKeyField(state, def, job.externalIdFieldName ?? "Id");
    const value = key.type === "id" ? id : String(fields[key.name] ?? "");
    // An upsert by Id without an Id creates.
    if (value === "" && key.type === "id") return { id: createRecord(state, def, fields, writer).Id, created: true };
    if (value === "") throw badRequest("MISSING_ARGUMENT", `${key.name} not specified`, []);
    const { [key.name]: _key, ...rest } = fields;
    const { row: saved, created } = upsertRecord(state, def, key, value, rest, writer);
    return { id: saved.Id, created };
  }
  if (id === "") throw badRequest("MISSING_ARGUMENT", `Id not specified in an ${job.operation} call`, []);
  if (job.operation === "update") return { id: updateRecord(state, def, id, fields, writer).Id, created: false };
  deleteRecord(state, def, id, writer);
  const full = normaliseId(id) ?? id;
  if (job.operation === "hardDelete") purgeRecord(state, full);
  return { id: full, created: false };
}

/** `CODE:message:fields --`, as failedResults tells it. */
function tellError(error: SalesforceError): string {
  const code =
    error.errorCode === "NOT_FOUND"
      ? "INVALID_CROSS_REFERENCE_KEY"
      : error.errorCode === "JSON_PARSER_ERROR"
        ? "INVALID_TYPE_ON_FIELD_IN_RECORD"
        : error.errorCode;
  const message = error.errorCode === "NOT_FOUND" ? "invalid cross reference id" : error.message;
  return `${code}:${message}:${(error.fields ?? []).join(",")} --`;
}

function processRow(
  state: OrgState,
  def: ObjectDef,
  job: IngestJob,
  columns: Column[],
  at: number,
  writer: Writer,
): void {
  const row = job.rows[at] ?? [];
  try {
    job.succeeded.push({ row: at, ...saveRow(state, def, job, columns, row, writer) });
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const idAt = columns.findIndex((column) => column.field.type === "id");
    job.refused.push({ row: at, id: row[idAt] ?? "", error: tellError(error) });
    job.failed++;
  }
  job.processed++;
}

function openUpload(state: OrgState, def: ObjectDef, job: IngestJob): Column[] {
  const csv = job.csv ?? "";
  checkLineEnding(job, csv);
  const rows = [...parseCsv(csv, DELIMITERS[job.columnDelimiter])];
  job.csv = undefined;
  job.header = rows.shift() ?? [];
  job.rows = rows;
  return job.header.map((name) => readColumn(state, def, name.trim()));
}

/** Works an uploaded job off, chunk by chunk; an abort in between leaves the rest unprocessed. Never rejects. */
export async function runIngest(state: OrgState, job: IngestJob): Promise<void> {
  const jobs = state.bulk;
  await waitFor(state, jobs.pace.startMs);
  if (job.state !== "UploadComplete") return;
  jobs.moveTo(job, "InProgress");
  const def = state.schema.findObject(job.object);
  const started = performance.now();
  try {
    if (!def) throw new InvalidBatch(`InvalidEntity : ${job.object}`);
    const columns = openUpload(state, def, job);
    for (let at = 0; at < job.rows.length; ) {
      await waitFor(state, jobs.pace.chunkMs);
      if ((job.state as string) !== "InProgress") return;
      const end = Math.min(job.rows.length, at + jobs.pace.chunkSize);
      // A new writer for each chunk: each is a transaction of its own.
      const writer: Writer = {
        userId: job.userId,
        version: job.version,
        origin: { api: "bulkapi", client: job.client },
        autoAssign: job.autoAssign,
        transaction: makeTransaction(),
      };
      for (; at < end; at++) processRow(state, def, job, columns, at, writer);
    }
    jobs.moveTo(job, "JobComplete");
  } catch (error) {
    if (!(error instanceof InvalidBatch)) console.error(error);
    job.errorMessage = error instanceof InvalidBatch ? error.message : "UnknownError : An unexpected error occurred";
    jobs.moveTo(job, "Failed");
  } finally {
    job.processingMs = Math.ceil(performance.now() - started);
  }
}

/** Finds the rows of a query job. Never rejects. */
export async function runBulkQuery(state: OrgState, job: QueryJob): Promise<void> {
  const jobs = state.bulk;
  await waitFor(state, jobs.pace.startMs);
  if (job.state !== "UploadComplete") return;
  jobs.moveTo(job, "InProgress");
  const started = performance.now();
  await waitFor(state, jobs.pace.chunkMs);
  if ((job.state as string) !== "InProgress") return;
  try {
    job.ids = prepareQuery(state, job.query, job.operation === "queryAll")
      .findRows()
      .map((row) => row.Id);
    job.processed = job.ids.length;
    jobs.moveTo(job, "JobComplete");
  } catch (error) {
    job.errorMessage = error instanceof Error ? error.message : String(error);
    jobs.moveTo(job, "Failed");
  }
  job.processingMs = Math.ceil(performance.now() - started);
}
