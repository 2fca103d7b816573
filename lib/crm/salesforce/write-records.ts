import { z } from "zod";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { Values } from "@/lib/decide/record-types";
import { mapLimited, splitIntoBatches } from "../batches";
import { CrmCallError, type SalesforceWrite, type WriteOutcome } from "../face";
import { ingest, pickBulk } from "./bulk-ingest";
import { BULK_ABOVE, type Bulk } from "./bulk-job";
import type { CallSalesforce } from "./call";
import { callComposite, type PartAnswer } from "./composite";
import type { SalesforcePaths } from "./paths";
import { makeBatches, makeParts, planCalls, type WriteBatch, type WriteCall } from "./plan-writes";
import { parseStamp, queryPageSchema, type Row, readValue } from "./record-format";
import { errorListSchema, translateErrors, translatePart } from "./translate-failure";

/** More at once make contacts of one account wait for its row lock (UNABLE_TO_LOCK_ROW). */
const CALLS_AT_ONCE = 2;

/** Refusals of a whole collection that no taking apart would change. */
const NOT_ABOUT_RECORDS = ["INVALID_TYPE", "STORAGE_LIMIT_EXCEEDED", "REQUEST_LIMIT_EXCEEDED", "UNABLE_TO_LOCK_ROW"];

const resultSchema = z.looseObject({
  id: z.string().nullish(),
  success: z.boolean(),
  created: z.boolean().nullish(),
  errors: z.union([errorListSchema, z.array(z.never())]).nullish(),
});
const resultsSchema = z.array(resultSchema);
type SaveResult = z.infer<typeof resultSchema>;

/** What came of one call or collection: outcomes, and smaller collections to try again. */
type Round = { outcomes: WriteOutcome[]; again: WriteBatch[] };

/**
 * Writes leads and contacts: collections of 200 inside composite calls, creates by the external-id field, so that a
 * repeated one finds the first. Each call ends with queries that read back what was stored; when those fail, the sent
 * values stand. More than 2,000 of one kind go by one bulk job. Every write comes back as exactly one outcome; a failed
 * call fails its own records only.
 */
export async function writeRecords(
  call: CallSalesforce,
  paths: SalesforcePaths,
  writes: SalesforceWrite[],
  idFieldsPresent: boolean,
  bulk?: Bulk,
): Promise<WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  let batches = makeBatches(writes, idFieldsPresent);
  if (bulk && writes.length > BULK_ABOVE) {
    const picked = pickBulk(batches);
    batches = picked.rest;
    for (const batch of picked.bulk) {
      const result = await ingest(bulk, batch);
      outcomes.push(...result.outcomes);
      batches.push(...makeBatches(result.left, idFieldsPresent));
    }
  }
  while (batches.length > 0) {
    const rounds = await mapLimited(planCalls(batches), CALLS_AT_ONCE, (planned) => writeCall(call, paths, planned));
    outcomes.push(...rounds.flatMap((round) => round.outcomes));
    batches = rounds.flatMap((round) => round.again);
  }
  return outcomes;
}

async function writeCall(call: CallSalesforce, paths: SalesforcePaths, planned: WriteCall): Promise<Round> {
  try {
    const answers = await callComposite(call, paths, makeParts(paths, planned), true);
    const rows = readRows(answers.slice(planned.batches.length));
    const rounds = planned.batches.map((batch, index) => readCollection(batch, answers[index], rows));
    return { outcomes: rounds.flatMap((round) => round.outcomes), again: rounds.flatMap((round) => round.again) };
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    const { failure } = error;
    return { outcomes: planned.batches.flatMap(({ writes }) => writes.map((w) => failed(w, failure))), again: [] };
  }
}

/** Rows of the read-back queries by id; a query that failed brings none. */
function readRows(answers: readonly PartAnswer[]): Map<string, Row> {
  const pages = answers.map((answer) => queryPageSchema.safeParse(answer.body));
  const rows = pages.flatMap((page) => (page.success ? page.data.records : []));
  return new Map(rows.map((row) => [row.Id, row]));
}

function readCollection(batch: WriteBatch, answer: PartAnswer | undefined, rows: Map<string, Row>): Round {
  const { status, body } = answer ?? { status: 0, body: undefined };
  const parsed = resultsSchema.safeParse(body);
  if (status < 200 || status > 299 || !parsed.success)
    return takeApart(batch, explainHidden(batch, translatePart(status, body, true)));
  const outcomes = batch.writes.map((write, index) => readResult(batch, write, parsed.data[index], rows));
  return { outcomes, again: [] };
}

function readResult(
  batch: WriteBatch,
  write: SalesforceWrite,
  result: SaveResult | undefined,
  rows: Map<string, Row>,
): WriteOutcome {
  const id = result?.id ?? write.id;
  if (!result?.success || !id) return failed(write, explainResult(result));
  const row = rows.get(id);
  const stored: Values = {};
  for (const [name, sent] of Object.entries(write.values)) stored[name] = row ? readValue(row, name) : sent;
  if (row) for (const name of write.readBack ?? []) stored[name] = readValue(row, name);
  const created = batch.operation === "insert" || (batch.operation === "upsert" && result.created === true);
  return { key: write.key, ok: true, id, created, stored, modifiedAt: row ? parseStamp(row.LastModifiedDate) : null };
}

function explainResult(result: SaveResult | undefined): RemoteFailure {
  if (result && !result.success && result.errors && result.errors.length > 0)
    return translateErrors(result.errors, 200);
  return {
    side: "salesforce",
    status: 200,
    code: "",
    message: "Salesforce accepted the call but answered neither success nor an error for this record",
    fields: [],
    uncertain: true,
  };
}

/**
 * One value that is no JSON of its field's type (JSON_PARSER_ERROR), or a field that is gone (INVALID_FIELD), refuses a
 * whole collection. The records at fault are set apart where the message names the field, else found by halving.
 */
function takeApart(batch: WriteBatch, failure: RemoteFailure): Round {
  const isAboutRecords = failure.status === 400 && failure.code !== "" && !NOT_ABOUT_RECORDS.includes(failure.code);
  if (!isAboutRecords || batch.writes.length === 1) {
    return { outcomes: batch.writes.map((write) => failed(write, failure)), again: [] };
  }
  const isHit = (write: SalesforceWrite) =>
    failure.code === "INVALID_FIELD" && Object.keys(write.values).some((name) => failure.message.includes(`'${name}'`));
  const hit = batch.writes.filter(isHit);
  const rest = batch.writes.filter((write) => !isHit(write));
  const parts = hit.length > 0 ? [rest] : splitIntoBatches(rest, Math.ceil(rest.length / 2));
  const again = parts.filter((writes) => writes.length > 0).map((writes) => ({ ...batch, writes }));
  return { outcomes: hit.map((write) => failed(write, failure)), again };
}

/** The address of a collection names its object: one that our user may not see has no such address. */
function explainHidden({ type }: WriteBatch, failure: RemoteFailure): RemoteFailure {
  if (failure.code !== "NOT_FOUND" || !failure.message.includes("requested resource")) return failure;
  return { ...failure, code: "INVALID_TYPE", message: `The connected user cannot see the object ${type}` };
}

function failed(write: SalesforceWrite, failure: RemoteFailure): WriteOutcome {
  return { key: write.key, ok: false, failure };
}
