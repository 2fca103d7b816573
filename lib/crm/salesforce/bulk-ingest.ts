import { z } from "zod";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { RawValue, SalesforceType, Values } from "@/lib/decide/record-types";
import { CrmCallError, SALESFORCE_ID_FIELDS, type SalesforceWrite, type WriteOutcome } from "../face";
import { abortJob, BULK_ABOVE, type Bulk, bulkJobSchema, isEnded, waitForJob } from "./bulk-job";
import { formatCsvLine } from "./csv";
import type { Operation, WriteBatch } from "./plan-writes";
import { queryAll } from "./query";
import { parseStamp, queryPageSchema, type Row, readValue } from "./record-format";
import { makeSelectQueries } from "./select-queries";
import { MAX_QUERY_IN_BODY } from "./soql";

/** Bulk jobs wait in a queue of the whole org; after so long the rest is written by collections. */
const PATIENCE_MS = 15 * 60_000;
/** Salesforce takes no longer values by bulk. */
const MAX_VALUE = 32_000;
/** In a bulk job this text empties a field. */
const EMPTY = "#N/A";

type BulkResult = { outcomes: WriteOutcome[]; left: SalesforceWrite[] };
/** What the result files say of each row, by the value that names it. */
type RowResults = { done: Map<string, { id: string; created: boolean }>; refused: Map<string, string> };

/** Writes of one kind that go by bulk, and the rest; a plain insert has no value by which its result could be found. */
export function pickBulk(batches: WriteBatch[]): { bulk: WriteBatch[]; rest: WriteBatch[] } {
  const kinds = Map.groupBy(batches, (b) => `${b.type} ${b.operation} ${b.assigns}`);
  const bulk: WriteBatch[] = [];
  const rest: WriteBatch[] = [];
  for (const group of kinds.values()) {
    const [first] = group;
    const writes = group.flatMap((b) => b.writes);
    const fitting = first?.operation === "insert" ? [] : writes.filter(isFitting);
    if (first && fitting.length > BULK_ABOVE) {
      bulk.push({ ...first, writes: fitting });
      const others = group.map((b) => ({ ...b, writes: b.writes.filter((write) => !isFitting(write)) }));
      rest.push(...others.filter((b) => b.writes.length > 0));
    } else rest.push(...group);
  }
  return { bulk, rest };
}

function isFitting({ values }: SalesforceWrite): boolean {
  return Object.values(values).every((v) => typeof v !== "string" || (v.length <= MAX_VALUE && v.trim() !== EMPTY));
}

/**
 * Writes more than 2,000 records of one kind by one bulk job and reads back what was stored. Rows that the job did not
 * come to are `left` for another way. Failures of the job as a whole come back as outcomes of all its records.
 */
export async function ingest(bulk: Bulk, batch: WriteBatch): Promise<BulkResult> {
  const key = keyOf(batch);
  try {
    const assignmentRuleId = batch.assigns ? await readAssignmentRule(bulk, batch.type) : null;
    const results = await runJob(bulk, batch, key, assignmentRuleId);
    return await collect(bulk, batch, key, results);
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    const { failure } = error;
    // The org or its user has no bulk API, or today's batches are used up: the other way still works.
    if (!failure.uncertain && isRefused(failure)) return { outcomes: [], left: batch.writes };
    return { outcomes: batch.writes.map((write) => ({ key: write.key, ok: false, failure })), left: [] };
  }
}

function isRefused({ status, code }: RemoteFailure): boolean {
  return (status === 400 || status === 403 || status === 404) && code !== "REQUEST_LIMIT_EXCEEDED";
}

/** The column by which results are matched back, and its value for each write. */
function keyOf({ operation, type }: WriteBatch): { column: string; read: (write: SalesforceWrite) => string } {
  if (operation === "update") return { column: "Id", read: (write) => write.id ?? "" };
  return { column: SALESFORCE_ID_FIELDS[type] ?? "Id", read: (write) => write.hubspotId ?? "" };
}

const ruleSchema = queryPageSchema.extend({ records: z.array(z.looseObject({ Id: z.string() })) });

/** Bulk jobs run no assignment rule unless they name it (spec O1). Null where the org has none that is active. */
async function readAssignmentRule(bulk: Bulk, type: SalesforceType): Promise<string | null> {
  const soql = `SELECT Id FROM AssignmentRule WHERE SobjectType = '${type}' AND Active = true LIMIT 1`;
  const page = await bulk.call({ method: "GET", path: bulk.paths.query(soql), isWrite: false, reply: ruleSchema });
  return page.records[0]?.Id ?? null;
}

async function runJob(
  bulk: Bulk,
  batch: WriteBatch,
  key: ReturnType<typeof keyOf>,
  assignmentRuleId: string | null,
): Promise<RowResults> {
  const { call, callCsv, paths, watch } = bulk;
  const body = {
    object: batch.type,
    operation: batch.operation satisfies Operation,
    ...(batch.operation === "upsert" ? { externalIdFieldName: key.column } : {}),
    ...(assignmentRuleId === null ? {} : { assignmentRuleId }),
    contentType: "CSV",
    lineEnding: "LF",
  };
  // Nothing is written before the upload is closed: until then a lost answer leaves nothing open.
  const { id } = await call({ method: "POST", path: paths.bulkIngests, body, isWrite: false, reply: bulkJobSchema });
  await callCsv({ method: "PUT", path: paths.bulkUpload(id), body: makeCsv(batch, key), isWrite: false });
  await watch?.started(id);
  const path = paths.bulkIngest(id);
  await call({ method: "PATCH", path, body: { state: "UploadComplete" }, isWrite: true, reply: bulkJobSchema });
  try {
    const job = await waitForJob(call, path, PATIENCE_MS, async () => watch?.seen(id));
    if (!isEnded(job)) await abortJob(call, path);
    const results = await readResults(bulk, id, key.column);
    await watch?.ended(id);
    return results;
  } catch (error) {
    // It runs or ran: whoever writes these records next has to read them first.
    if (error instanceof CrmCallError) throw new CrmCallError({ ...error.failure, uncertain: true });
    throw error;
  }
}

function makeCsv({ writes }: WriteBatch, key: ReturnType<typeof keyOf>): string {
  const names = [...new Set(writes.flatMap((write) => Object.keys(write.values)))].filter((n) => n !== key.column);
  const lines = writes.map((write) => formatCsvLine([key.read(write), ...names.map((n) => cellOf(write.values, n))]));
  return formatCsvLine([key.column, ...names]) + lines.join("");
}

/** An empty cell leaves the field as it is. */
function cellOf(values: Values, name: string): string {
  if (!(name in values)) return "";
  const value = values[name] as RawValue;
  return value === null || value === "" ? EMPTY : String(value);
}

async function readResults(bulk: Bulk, id: string, column: string): Promise<RowResults> {
  const results: RowResults = { done: new Map(), refused: new Map() };
  await readResult(bulk, id, "successfulResults", (row) => {
    results.done.set(row[column] ?? "", { id: row.sf__Id ?? "", created: row.sf__Created === "true" });
  });
  await readResult(bulk, id, "failedResults", (row) => {
    results.refused.set(row[column] ?? "", row.sf__Error ?? "");
  });
  return results;
}

async function readResult(
  bulk: Bulk,
  id: string,
  kind: "successfulResults" | "failedResults",
  take: (row: Record<string, string>) => void,
): Promise<void> {
  let header: string[] | null = null;
  await bulk.callCsv({ method: "GET", path: bulk.paths.bulkResult(id, kind), isWrite: false }, (cells) => {
    if (header === null) header = cells;
    else take(Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""])));
  });
}

async function collect(
  bulk: Bulk,
  batch: WriteBatch,
  key: ReturnType<typeof keyOf>,
  { done, refused }: RowResults,
): Promise<BulkResult> {
  const rows = await readBack(
    bulk,
    batch,
    [...done.values()].map((one) => one.id),
  );
  const result: BulkResult = { outcomes: [], left: [] };
  for (const write of batch.writes) {
    const value = key.read(write);
    const written = done.get(value);
    const error = refused.get(value);
    if (written) result.outcomes.push(describeWritten(write, written, rows.get(written.id)));
    else if (error !== undefined) {
      result.outcomes.push({ key: write.key, ok: false, failure: readRowError(error) });
    } else result.left.push(write);
  }
  return result;
}

function describeWritten(
  write: SalesforceWrite,
  { id, created }: { id: string; created: boolean },
  row: Row | undefined,
): WriteOutcome {
  const stored: Values = {};
  for (const [name, sent] of Object.entries(write.values)) stored[name] = row ? readValue(row, name) : sent;
  if (row) for (const name of write.readBack ?? []) stored[name] = readValue(row, name);
  return { key: write.key, ok: true, id, created, stored, modifiedAt: row ? parseStamp(row.LastModifiedDate) : null };
}

/** What Salesforce made of the values (spec F7). Where that cannot be read, what was sent stands. */
async function readBack(bulk: Bulk, batch: WriteBatch, ids: string[]): Promise<Map<string, Row>> {
  const fields = [...new Set(batch.writes.flatMap((w) => [...Object.keys(w.values), ...(w.readBack ?? [])]))];
  const keys = ids.map((value) => ({ field: "Id", value }));
  const queries = makeSelectQueries(batch.type, fields, keys, MAX_QUERY_IN_BODY);
  try {
    const rows = await queryAll(bulk.call, bulk.paths, queries);
    return new Map(rows.flat().map((row) => [row.Id, row]));
  } catch (error) {
    if (error instanceof CrmCallError) return new Map();
    throw error;
  }
}

/** "CODE:message:Field1,Field2 --"; a message may hold colons itself. */
export function readRowError(text: string): RemoteFailure {
  const [, code = "", message = text, fields = ""] = /^([A-Z0-9_]+):([\s\S]*):([^:]*?) ?--\s*$/.exec(text) ?? [];
  return {
    side: "salesforce",
    status: 200,
    code,
    message,
    fields: fields
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
    uncertain: false,
  };
}
