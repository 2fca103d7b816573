import { makeTransaction } from "../change-feed";
import { badRequest } from "../errors";
import { Transaction } from "../writer";
import { type OrgApp, type OrgContext, readJsonBody, sendJson } from "./context";

type Part = {
  method?: unknown;
  url?: unknown;
  referenceId?: unknown;
  body?: unknown;
  httpHeaders?: Record<string, string>;
};
type PartResult = { body: unknown; httpHeaders: Record<string, string>; httpStatusCode: number; referenceId: string };

const MAX_PARTS = 25;
/** At most five parts may be queries or collections. */
const MAX_HEAVY_PARTS = 5;
const HEAVY = /\/(query|queryAll)(\/|\?|$)|\/composite\/sobjects/i;
const REFERENCE = /@\{([^}]+)\}/g;

const HALTED = "The transaction was rolled back since another operation in the same transaction failed.";

class BadReference extends Error {}

function follow(results: Map<string, PartResult>, path: string): unknown {
  const [reference = "", ...steps] = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  let value: unknown = results.get(reference)?.body;
  for (const step of steps) value = (value as Record<string, unknown> | null | undefined)?.[step];
  const failed = (results.get(reference)?.httpStatusCode ?? 0) >= 300;
  if (value === undefined || value === null || failed) {
    throw new BadReference(`Invalid reference specified. No value for ${path} found in ${reference}`);
  }
  return value;
}

/** Replaces `@{ref.path}` in every text of a value. */
function fillIn(value: unknown, results: Map<string, PartResult>): unknown {
  if (typeof value === "string") return value.replace(REFERENCE, (_all, path: string) => String(follow(results, path)));
  if (Array.isArray(value)) return value.map((inner) => fillIn(inner, results));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillIn(inner, results)]));
}

function checkCount(parts: Part[]): void {
  if (parts.length > MAX_PARTS) {
    throw badRequest("LIMIT_EXCEEDED", `The number of subrequests in the request exceeded the limit of ${MAX_PARTS}.`);
  }
  if (parts.filter((part) => HEAVY.test(String(part.url))).length > MAX_HEAVY_PARTS) {
    throw badRequest(
      "LIMIT_EXCEEDED",
      `The limit of ${MAX_HEAVY_PARTS} query and collection subrequests was exceeded.`,
    );
  }
}

function checkReferences(parts: Part[]): void {
  const references = parts.map((part) => part.referenceId);
  if (references.some((name) => typeof name !== "string" || !/^[A-Za-z][A-Za-z0-9_]*$/.test(name))) {
    throw badRequest("JSON_PARSER_ERROR", "Each subrequest needs a referenceId of letters, digits and underscores");
  }
  if (new Set(references).size !== references.length) {
    throw badRequest("INVALID_INPUT", "Duplicate ReferenceId provided in the request");
  }
}

function halt(part: Part, message: string): PartResult {
  const body = [{ errorCode: "PROCESSING_HALTED", message }];
  return { body, httpHeaders: {}, httpStatusCode: 400, referenceId: String(part.referenceId) };
}

async function runPart(
  app: OrgApp,
  c: OrgContext,
  part: Part,
  results: Map<string, PartResult>,
  together: Pick<OrgContext["env"], "tx" | "transaction"> | undefined,
): Promise<PartResult> {
  let url: string;
  let body: unknown;
  try {
    url = String(fillIn(part.url, results));
    body = fillIn(part.body, results);
  } catch (error) {
    if (error instanceof BadReference) return halt(part, error.message);
    throw error;
  }
  const headers = new Headers(part.httpHeaders);
  headers.set("Authorization", c.req.header("Authorization") ?? "");
  headers.set("Content-Type", "application/json");
  const client = c.req.header("Sforce-Call-Options");
  if (client) headers.set("Sforce-Call-Options", client);
  const method = String(part.method ?? "GET").toUpperCase();
  const request = new Request(new URL(url, c.req.url), {
    method,
    headers,
    ...(body === undefined || body === null || method === "GET" ? {} : { body: JSON.stringify(body) }),
  });
  // Parts that must succeed together are one transaction for change events too.
  const inner = { ...c.env, call: { records: 0, longRunning: 0 }, inComposite: true, ...together };
  const response = await app.fetch(request, inner);
  c.env.call.records += inner.call.records;
  const text = await response.text();
  const location = response.headers.get("Location");
  return {
    body: text === "" ? null : JSON.parse(text),
    httpHeaders: location ? { Location: location } : {},
    httpStatusCode: response.status,
    referenceId: String(part.referenceId),
  };
}

/** Runs parts in order; with `allOrNone` the first failure undoes everything and halts the others. */
async function runParts(app: OrgApp, c: OrgContext, parts: Part[], allOrNone: boolean): Promise<PartResult[]> {
  const tx = allOrNone ? new Transaction(c.env.tx) : undefined;
  const results = new Map<string, PartResult>();
  const transaction = makeTransaction();
  let failed: string | undefined;
  for (const part of parts) {
    const result =
      failed === undefined ? await runPart(app, c, part, results, tx && { tx, transaction }) : halt(part, HALTED);
    results.set(result.referenceId, result);
    if (tx && failed === undefined && result.httpStatusCode >= 300) failed = result.referenceId;
  }
  if (tx && failed !== undefined) {
    tx.rollBack();
    for (const [name, result] of results)
      if (name !== failed) results.set(name, halt({ referenceId: result.referenceId }, HALTED));
  } else tx?.commit();
  return [...results.values()];
}

/** `POST /composite`: up to 25 parts in order; later parts may use results of earlier ones. */
export function mountComposite(app: OrgApp): void {
  app.post("/services/data/:version/composite", async (c) => {
    const body = await readJsonBody(c);
    if (!Array.isArray(body.compositeRequest)) throw badRequest("JSON_PARSER_ERROR", "compositeRequest is required");
    const parts = body.compositeRequest as Part[];
    checkCount(parts);
    checkReferences(parts);
    return sendJson({ compositeResponse: await runParts(app, c, parts, body.allOrNone === true) });
  });
}

type Graph = { graphId?: unknown; compositeRequest?: unknown };
const MAX_GRAPHS = 75;
const MAX_NODES = 500;
/** After so many failed graphs the rest is not tried (wire.md B.2). */
const MAX_FAILED_GRAPHS = 14;

function readGraphs(body: Record<string, unknown>): { graphId: string; parts: Part[] }[] {
  if (!Array.isArray(body.graphs)) throw badRequest("JSON_PARSER_ERROR", "graphs is required");
  const graphs = (body.graphs as Graph[]).map(({ graphId, compositeRequest }) => {
    if (typeof graphId !== "string" || !Array.isArray(compositeRequest))
      throw badRequest("JSON_PARSER_ERROR", "each graph needs a graphId and a compositeRequest");
    const parts = compositeRequest as Part[];
    checkReferences(parts);
    const other = parts.find((part) => !/\/sobjects\//i.test(String(part.url)));
    if (other) throw badRequest("INVALID_INPUT", `${String(other.url)} is not supported in a graph`);
    return { graphId, parts };
  });
  if (graphs.length > MAX_GRAPHS) throw badRequest("LIMIT_EXCEEDED", `at most ${MAX_GRAPHS} graphs are allowed`);
  if (graphs.reduce((sum, { parts }) => sum + parts.length, 0) > MAX_NODES)
    throw badRequest("LIMIT_EXCEEDED", `at most ${MAX_NODES} nodes are allowed`);
  if (new Set(graphs.map(({ graphId }) => graphId)).size < graphs.length)
    throw badRequest("INVALID_INPUT", "Duplicate graphId provided in the request");
  return graphs;
}

/** `POST /composite/graph`: each graph succeeds or fails as a whole, independently of the others. */
export function mountGraph(app: OrgApp): void {
  app.post("/services/data/:version/composite/graph", async (c) => {
    const graphs = [];
    let failures = 0;
    for (const { graphId, parts } of readGraphs(await readJsonBody(c))) {
      const compositeResponse =
        failures < MAX_FAILED_GRAPHS
          ? await runParts(app, c, parts, true)
          : parts.map((part) => halt(part, "The graph was not run because too many others failed."));
      const isSuccessful = compositeResponse.every((result) => result.httpStatusCode < 300);
      if (!isSuccessful) failures++;
      graphs.push({ graphId, graphResponse: { compositeResponse }, isSuccessful });
    }
    return sendJson({ graphs });
  });
}
