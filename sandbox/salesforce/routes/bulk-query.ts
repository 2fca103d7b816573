import { z } from "zod";
import { formatCsvRow } from "../../shared/csv";
import { DELIMITERS, type QueryJob } from "../bulk-jobs";
import { badRequest } from "../errors";
import { runBulkQuery } from "../run-bulk";
import { prepareQuery } from "../soql/run-query";
import { formatStamp } from "../stamps";
import type { OrgState } from "../state";
import { type OrgApp, type OrgContext, readClientName, readJsonBody, sendEmpty, sendJson } from "./context";

const newJob = z.looseObject({
  operation: z.enum(["query", "queryAll"]),
  query: z.string(),
  lineEnding: z.enum(["LF", "CRLF"]).nullish(),
  columnDelimiter: z.enum(Object.keys(DELIMITERS)).nullish(),
});

/** Query jobs allowed in 24 h. */
export const MAX_QUERY_JOBS = 10_000;
/** Records of one page of results when the client asks for no number; the real service chooses by size. */
const PAGE = 50_000;

function describeJob(job: QueryJob): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.userId,
    createdDate: formatStamp(job.createdAt),
    systemModstamp: formatStamp(job.changedAt),
    state: job.state,
    concurrencyMode: "Parallel",
    contentType: "CSV",
    apiVersion: Number(job.version.slice(1)),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

function describeProgress(job: QueryJob): object {
  return {
    ...describeJob(job),
    jobType: "V2Query",
    numberRecordsProcessed: job.processed,
    retries: 0,
    totalProcessingTime: job.processingMs,
    ...(job.errorMessage ? { errorMessage: job.errorMessage } : {}),
  };
}

async function createJob(c: OrgContext, state: OrgState): Promise<Response> {
  const parsed = newJob.safeParse(await readJsonBody(c));
  if (!parsed.success) throw badRequest("INVALIDJOB", "InvalidJob : operation and query are required");
  if (state.limits.current.enforce && state.bulk.countToday("query") >= MAX_QUERY_JOBS)
    throw badRequest("LIMIT_EXCEEDED", "The daily number of query jobs is used up");
  const prepared = prepareQuery(state, parsed.data.query, parsed.data.operation === "queryAll");
  if (prepared.aggregate || prepared.columns === undefined) {
    throw badRequest(
      "API_ERROR",
      "Aggregate functions, GROUP BY, TYPEOF, child subqueries and compound address fields are not supported in Bulk Query",
    );
  }
  const now = state.clock.now();
  const job: QueryJob = {
    kind: "query",
    id: state.bulk.nextId(),
    object: prepared.def.name,
    operation: parsed.data.operation,
    query: parsed.data.query,
    state: "UploadComplete",
    userId: c.get("login").userId,
    version: c.get("version"),
    client: readClientName(c),
    createdAt: now,
    changedAt: now,
    lineEnding: parsed.data.lineEnding ?? "LF",
    columnDelimiter: parsed.data.columnDelimiter ?? "COMMA",
    processed: 0,
    failed: 0,
    processingMs: 0,
    ids: [],
  };
  state.bulk.add(job);
  void runBulkQuery(state, job);
  return sendJson(describeJob(job));
}

/** Bulk results spell times with `Z`. */
function formatCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/.test(text) ? text.replace("+0000", "Z") : text;
}

/** A locator is opaque; this one is the place in the result. */
function readLocator(text: string | undefined): number {
  if (text === undefined || text === "") return 0;
  const at = Number(Buffer.from(text, "base64url").toString());
  if (!Number.isInteger(at) || at < 0) throw badRequest("INVALID_LOCATOR", `The locator ${text} is not valid`);
  return at;
}

function sendResults(c: OrgContext, state: OrgState): Response {
  const job = state.bulk.find("query", c.req.param("id") ?? "");
  if (job.state !== "JobComplete")
    throw badRequest("INVALIDJOBSTATE", `Job ${job.id} is ${job.state}, it has no results`);
  const query = prepareQuery(state, job.query, job.operation === "queryAll");
  const from = readLocator(c.req.query("locator"));
  const asked = Number(c.req.query("maxRecords") ?? PAGE);
  const to = Math.min(job.ids.length, from + (asked >= 1 ? Math.floor(asked) : PAGE));
  const delimiter = DELIMITERS[job.columnDelimiter];
  const columns = query.columns ?? [];
  const lines = [
    formatCsvRow(
      columns.map((column) => column.name),
      delimiter,
    ),
  ];
  const table = state.table(query.def.name);
  for (const id of job.ids.slice(from, to)) {
    const row = table.get(id);
    if (row)
      lines.push(
        formatCsvRow(
          columns.map((column) => formatCell(column.read(row))),
          delimiter,
        ),
      );
  }
  c.env.call.records = lines.length - 1;
  const end = job.lineEnding === "CRLF" ? "\r\n" : "\n";
  return c.body(lines.join(end) + end, 200, {
    "Content-Type": "text/csv",
    "Sforce-Locator": to < job.ids.length ? Buffer.from(String(to)).toString("base64url") : "null",
    "Sforce-NumberOfRecords": String(lines.length - 1),
  });
}

async function abortJob(c: OrgContext, state: OrgState): Promise<Response> {
  const job = state.bulk.find("query", c.req.param("id") ?? "");
  const { state: wanted } = await readJsonBody(c);
  if (wanted !== "Aborted" || ["JobComplete", "Failed", "Aborted"].includes(job.state))
    throw badRequest("INVALIDJOBSTATE", `Job ${job.id} is ${job.state}, it can not be moved to ${String(wanted)}`);
  state.bulk.moveTo(job, "Aborted");
  return sendJson(describeJob(job));
}

/** `/jobs/query`: Bulk API 2.0 for reading. */
export function mountBulkQuery(app: OrgApp, state: OrgState): void {
  const base = "/services/data/:version/jobs/query";
  app.post(base, (c) => createJob(c, state));
  app.get(base, () =>
    sendJson({ done: true, records: state.bulk.list("query").map(describeJob), nextRecordsUrl: null }),
  );
  app.get(`${base}/:id`, (c) => sendJson(describeProgress(state.bulk.find("query", c.req.param("id")))));
  app.get(`${base}/:id/results`, (c) => sendResults(c, state));
  app.patch(`${base}/:id`, (c) => abortJob(c, state));
  app.delete(`${base}/:id`, (c) => {
    state.bulk.remove(state.bulk.find("query", c.req.param("id")));
    return sendEmpty();
  });
}
