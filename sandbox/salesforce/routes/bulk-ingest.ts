import { z } from "zod";
import { formatCsvRow } from "../../shared/csv";
import { DELIMITERS, type IngestJob } from "../bulk-jobs";
import { badRequest } from "../errors";
import { runIngest } from "../run-bulk";
import { formatStamp } from "../stamps";
import type { OrgState } from "../state";
import {
  findBodyObject,
  type OrgApp,
  type OrgContext,
  readClientName,
  readJsonBody,
  sendEmpty,
  sendJson,
} from "./context";
import { findKeyField } from "./sobjects";

const newJob = z.looseObject({
  object: z.string(),
  operation: z.enum(["insert", "update", "upsert", "delete", "hardDelete"]),
  externalIdFieldName: z.string().nullish(),
  assignmentRuleId: z.string().nullish(),
  lineEnding: z.enum(["LF", "CRLF"]).nullish(),
  columnDelimiter: z.enum(Object.keys(DELIMITERS)).nullish(),
  contentType: z.literal("CSV").nullish(),
});

/** 150 MB of CSV per job; more must be a second job (wire.md B.2.6). */
const MAX_UPLOAD = 150_000_000;
/** Batches of 10,000 records, 15,000 of them in 24 h. */
const BATCH = 10_000;
export const MAX_BATCHES = 15_000;

/** Batches that the ingest jobs of the last 24 h took. */
export function countBatches(state: OrgState): number {
  return state.bulk.list("ingest").reduce((sum, job) => sum + Math.ceil(job.rows.length / BATCH), 0);
}

function describeJob(job: IngestJob): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.userId,
    createdDate: formatStamp(job.createdAt),
    systemModstamp: formatStamp(job.changedAt),
    state: job.state,
    ...(job.externalIdFieldName ? { externalIdFieldName: job.externalIdFieldName } : {}),
    concurrencyMode: "Parallel",
    contentType: "CSV",
    apiVersion: Number(job.version.slice(1)),
    contentUrl: `services/data/${job.version}/jobs/ingest/${job.id}/batches`,
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

/** What `GET /jobs/ingest/{id}` tells on top of it. */
function describeProgress(job: IngestJob): object {
  return {
    ...describeJob(job),
    jobType: "V2Ingest",
    retries: 0,
    totalProcessingTime: job.processingMs,
    apiActiveProcessingTime: job.processingMs,
    apexProcessingTime: 0,
    numberRecordsProcessed: job.processed,
    numberRecordsFailed: job.failed,
    ...(job.errorMessage ? { errorMessage: job.errorMessage } : {}),
  };
}

async function createJob(c: OrgContext, state: OrgState): Promise<Response> {
  if (/multipart/i.test(c.req.header("Content-Type") ?? ""))
    throw badRequest("INVALIDJOB", "Multipart job creation is not offered here; upload the data by its contentUrl");
  const parsed = newJob.safeParse(await readJsonBody(c));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw badRequest("INVALIDJOB", `InvalidJob : ${issue?.path.join(".")}: ${issue?.message}`);
  }
  const body = parsed.data;
  const def = findBodyObject(state, body.object);
  if (body.operation === "upsert") {
    if (!body.externalIdFieldName)
      throw badRequest("INVALIDJOB", "InvalidJob : External ID was blank for upsert operation");
    findKeyField(state, def, body.externalIdFieldName);
  }
  if (body.assignmentRuleId && !state.table("AssignmentRule").get(body.assignmentRuleId))
    throw badRequest("INVALIDJOB", `InvalidJob : Invalid assignment rule id: ${body.assignmentRuleId}`);
  const now = state.clock.now();
  const job: IngestJob = {
    kind: "ingest",
    id: state.bulk.nextId(),
    object: def.name,
    operation: body.operation,
    externalIdFieldName: body.externalIdFieldName ?? undefined,
    state: "Open",
    userId: c.get("login").userId,
    version: c.get("version"),
    client: readClientName(c),
    // Other than by REST, assignment rules run only when the job names one.
    autoAssign: Boolean(body.assignmentRuleId),
    createdAt: now,
    changedAt: now,
    lineEnding: body.lineEnding ?? "LF",
    columnDelimiter: body.columnDelimiter ?? "COMMA",
    processed: 0,
    failed: 0,
    processingMs: 0,
    header: [],
    rows: [],
    succeeded: [],
    refused: [],
  };
  state.bulk.add(job);
  return sendJson(describeJob(job));
}

async function uploadData(c: OrgContext, state: OrgState): Promise<Response> {
  const job = state.bulk.find("ingest", c.req.param("id") ?? "");
  if (job.state !== "Open" || job.csv !== undefined)
    throw badRequest(
      "INVALIDJOBSTATE",
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  const csv = await c.req.text();
  if (csv.length > MAX_UPLOAD) throw badRequest("LIMIT_EXCEEDED", "The upload is larger than 150 MB");
  job.csv = csv;
  return sendEmpty(201);
}

async function changeState(c: OrgContext, state: OrgState): Promise<Response> {
  const job = state.bulk.find("ingest", c.req.param("id") ?? "");
  const { state: wanted } = await readJsonBody(c);
  if (wanted === "UploadComplete") {
    if (job.state !== "Open")
      throw badRequest("INVALIDJOBSTATE", `Job ${job.id} is ${job.state}, it can not be closed`);
    if (countBatches(state) >= MAX_BATCHES)
      throw badRequest("EXCEEDED_QUOTA", "ApiBatchItems Limit exceeded: the daily number of batches is used up");
    state.bulk.moveTo(job, "UploadComplete");
    void runIngest(state, job);
  } else if (wanted === "Aborted") {
    if (["JobComplete", "Failed", "Aborted"].includes(job.state))
      throw badRequest("INVALIDJOBSTATE", `Job ${job.id} is ${job.state}, it can not be aborted`);
    state.bulk.moveTo(job, "Aborted");
  } else throw badRequest("INVALIDJOBSTATE", `a job can not be moved to ${String(wanted)}`);
  // The whole job: clients take its id from this answer.
  return sendJson(describeJob(job));
}

function sendCsv(c: OrgContext, job: IngestJob, header: string[], lines: Iterable<string[]>): Response {
  const delimiter = DELIMITERS[job.columnDelimiter];
  const end = job.lineEnding === "CRLF" ? "\r\n" : "\n";
  let text = formatCsvRow(header, delimiter) + end;
  let count = 0;
  for (const line of lines) {
    text += formatCsvRow(line, delimiter) + end;
    count++;
  }
  c.env.call.records = count;
  return c.body(text, 200, { "Content-Type": "text/csv" });
}

function* listUnprocessed(job: IngestJob): Generator<string[]> {
  for (let at = job.processed; at < job.rows.length; at++) yield job.rows[at] ?? [];
}

function mountResults(app: OrgApp, state: OrgState): void {
  const base = "/services/data/:version/jobs/ingest/:id";
  const findDone = (id: string): IngestJob => {
    const job = state.bulk.find("ingest", id);
    if (job.state === "Open" || job.state === "UploadComplete")
      throw badRequest("INVALIDJOBSTATE", `Job ${job.id} is ${job.state}, it has no results`);
    return job;
  };
  app.get(`${base}/successfulResults`, (c) => {
    const job = findDone(c.req.param("id"));
    const lines = job.succeeded.map((done) => [done.id, String(done.created), ...(job.rows[done.row] ?? [])]);
    return sendCsv(c, job, ["sf__Id", "sf__Created", ...job.header], lines);
  });
  app.get(`${base}/failedResults`, (c) => {
    const job = findDone(c.req.param("id"));
    const lines = job.refused.map((refused) => [refused.id, refused.error, ...(job.rows[refused.row] ?? [])]);
    return sendCsv(c, job, ["sf__Id", "sf__Error", ...job.header], lines);
  });
  app.get(`${base}/unprocessedrecords`, (c) => {
    const job = findDone(c.req.param("id"));
    return sendCsv(c, job, job.header, listUnprocessed(job));
  });
  // Documented in this spelling too.
  app.get(`${base}/unprocessedRecords`, (c) => {
    const job = findDone(c.req.param("id"));
    return sendCsv(c, job, job.header, listUnprocessed(job));
  });
}

/** `/jobs/ingest`: Bulk API 2.0 for writing. */
export function mountBulkIngest(app: OrgApp, state: OrgState): void {
  const base = "/services/data/:version/jobs/ingest";
  app.post(base, (c) => createJob(c, state));
  app.get(base, () =>
    sendJson({ done: true, records: state.bulk.list("ingest").map(describeJob), nextRecordsUrl: null }),
  );
  app.get(`${base}/:id`, (c) => sendJson(describeProgress(state.bulk.find("ingest", c.req.param("id")))));
  app.put(`${base}/:id/batches`, (c) => uploadData(c, state));
  app.patch(`${base}/:id`, (c) => changeState(c, state));
  app.delete(`${base}/:id`, (c) => {
    state.bulk.remove(state.bulk.find("ingest", c.req.param("id")));
    return sendEmpty();
  });
  mountResults(app, state);
}
