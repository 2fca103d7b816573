import { z } from "zod";
import type { ObjectSchema, RawValue, SalesforceReading, SalesforceType } from "@/lib/decide/record-types";
import { CrmCallError, type ImportFilter, type ImportPage } from "../face";
import { BULK_ABOVE, type Bulk, bulkJobSchema, waitForJob } from "./bulk-job";
import { listFields, queryPageSchema, type Row, toReading } from "./record-format";
import { checkName, formatStamp, makeIn, quote } from "./soql";

/** Salesforce's largest page of a plain query. */
const PAGE_SIZE = 2_000;
/** Rows of a bulk result that are held in memory together: about 4 MB of ordinary people. */
const BULK_PAGE_SIZE = 2_000;
/** So long one call of ours waits for a bulk query; whoever asks comes again with the same place. */
const PATIENCE_MS = 15_000;

const countSchema = z.looseObject({ totalSize: z.number() });

export type ImportInput = {
  type: SalesforceType;
  filter: ImportFilter;
  fields: readonly string[];
  /** Tells which texts of a bulk result are numbers and truth values */
  schema: ObjectSchema;
};

/**
 * One page of the records that an import takes. Above 2,000 rows a bulk query finds them, whose result is then paged
 * through; else, and where the org allows no bulk query, plain queries by rising id. `place` is what the page before
 * answered as `next`: it outlives the process.
 */
export async function readImport(
  bulk: Bulk,
  input: ImportInput,
  place: string | null,
): Promise<ImportPage<SalesforceReading>> {
  if (place === null) return start(bulk, input);
  const [kind, id = "", locator = ""] = place.split("/");
  return kind === "bulk" ? readBulkPage(bulk, input, id, locator) : readPlainPage(bulk, input, id);
}

async function start(bulk: Bulk, input: ImportInput): Promise<ImportPage<SalesforceReading>> {
  const soql = `SELECT COUNT() FROM ${input.type}${whereOf(input.filter)}`;
  const path = bulk.paths.query(soql);
  const { totalSize } = await bulk.call({ method: "GET", path, isWrite: false, reply: countSchema });
  if (totalSize === 0) return { readings: [], next: null, total: 0 };
  if (totalSize <= BULK_ABOVE) return { ...(await readPlainPage(bulk, input, "")), total: totalSize };
  const id = await startBulkQuery(bulk, input);
  return { readings: [], next: id === null ? "after/" : `bulk/${id}/`, total: totalSize };
}

/** Null where the org or the user is not allowed bulk queries, or today's are used up. */
async function startBulkQuery(bulk: Bulk, input: ImportInput): Promise<string | null> {
  const query = `SELECT ${listFields(input.type, input.fields).join(",")} FROM ${input.type}${whereOf(input.filter)}`;
  const body = { operation: "query", query };
  try {
    const job = await bulk.call({
      method: "POST",
      path: bulk.paths.bulkQueries,
      body,
      isWrite: false,
      reply: bulkJobSchema,
    });
    return job.id;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

async function readBulkPage(
  bulk: Bulk,
  input: ImportInput,
  id: string,
  locator: string,
): Promise<ImportPage<SalesforceReading>> {
  const restart: ImportPage<SalesforceReading> = { readings: [], next: "after/", total: null };
  try {
    if (locator === "") {
      const job = await waitForJob(bulk.call, bulk.paths.bulkQuery(id), PATIENCE_MS);
      if (job.state === "Failed" || job.state === "Aborted") return restart;
      if (job.state !== "JobComplete") return { readings: [], next: `bulk/${id}/`, total: null };
    }
    const { rows, next } = await fetchRows(bulk, id, locator);
    const readings = rows.map((row) => toReading(input.type, typeRow(row, input.schema), input.fields));
    return { readings, next: next === null ? null : `bulk/${id}/${next}`, total: null };
  } catch (error) {
    // Results are kept for seven days; whoever comes later begins anew.
    if (isRefusal(error)) return restart;
    throw error;
  }
}

async function fetchRows(
  bulk: Bulk,
  id: string,
  locator: string,
): Promise<{ rows: Record<string, string>[]; next: string | null }> {
  const rows: Record<string, string>[] = [];
  let header: string[] | null = null;
  const path = bulk.paths.bulkRows(id, BULK_PAGE_SIZE, locator);
  const end = await bulk.callCsv({ method: "GET", path, isWrite: false }, (cells) => {
    if (header === null) header = cells;
    else rows.push(Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""])));
  });
  return { rows, next: end.locator };
}

/** A row as a plain query would have answered it: bulk results are text throughout, an empty one is no value. */
function typeRow(row: Record<string, string>, schema: ObjectSchema): Row {
  const typed: Record<string, unknown> & { Id: string } = { Id: row.Id ?? "" };
  for (const [name, text] of Object.entries(row)) setPath(typed, name, typeValue(name, text, schema));
  return typed;
}

function typeValue(name: string, text: string, schema: ObjectSchema): RawValue {
  if (text === "") return null;
  const kind = schema[name]?.kind;
  if (kind === "boolean" || /^Is[A-Z]/.test(name)) return text === "true";
  if (kind === "number") return Number.isNaN(Number(text)) ? text : Number(text);
  // Bulk results spell the zone of a moment as Z.
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? text.replace(/Z$/, "+0000") : text;
}

/** "Owner.Email" is a value inside a value. */
function setPath(row: Record<string, unknown>, name: string, value: RawValue): void {
  const [first = "", ...rest] = name.split(".");
  if (rest.length === 0) {
    row[first] = value;
    return;
  }
  const inner = typeof row[first] === "object" && row[first] !== null ? (row[first] as Record<string, unknown>) : {};
  row[first] = inner;
  setPath(inner, rest.join("."), value);
}

async function readPlainPage(
  bulk: Bulk,
  { type, filter, fields }: ImportInput,
  after: string,
): Promise<ImportPage<SalesforceReading>> {
  const where = whereOf(filter, after === "" ? [] : [`Id > ${quote(after)}`]);
  const soql = `SELECT ${listFields(type, fields).join(",")} FROM ${type}${where} ORDER BY Id ASC LIMIT ${PAGE_SIZE}`;
  const page = await bulk.call({
    method: "GET",
    path: bulk.paths.query(soql),
    isWrite: false,
    reply: queryPageSchema,
  });
  const last = page.records.at(-1);
  // With very wide rows Salesforce cuts pages below 2,000 and says `done: false`.
  const isLast = last === undefined || (page.done && page.records.length < PAGE_SIZE);
  const readings = page.records.map((row) => toReading(type, row, fields));
  return { readings, next: isLast ? null : `after/${last.Id}`, total: null };
}

function whereOf(filter: ImportFilter, more: string[] = []): string {
  const { createdFrom, createdTo, modifiedFrom, blank = [], present = [], oneOf } = filter;
  const conditions = [
    ...(createdFrom === null ? [] : [`CreatedDate >= ${formatStamp(createdFrom)}`]),
    ...(createdTo === null ? [] : [`CreatedDate < ${formatStamp(createdTo)}`]),
    ...(modifiedFrom === null ? [] : [`LastModifiedDate >= ${formatStamp(modifiedFrom)}`]),
    ...blank.map((name) => `${checkName(name)} = null`),
    ...present.map((name) => `${checkName(name)} != null`),
    ...(oneOf ? [makeChoice(oneOf)] : []),
    ...more,
  ];
  return conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
}

function makeChoice({ field, values, not }: NonNullable<ImportFilter["oneOf"]>): string {
  const among = makeIn(field, values);
  return not ? `(NOT ${among})` : among;
}

/** Salesforce said no to this way of asking; signing in again or waiting would not change it. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof CrmCallError)) return false;
  const { status, code } = error.failure;
  return (status === 400 || status === 403 || status === 404) && code !== "REQUEST_LIMIT_EXCEEDED";
}
