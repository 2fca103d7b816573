import { makeTransaction } from "../change-feed";
import { badRequest } from "../errors";
import { Transaction } from "../records";
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

function checkParts(parts: Part[]): void {
  if (parts.length > MAX_PARTS) {
    throw badRequest("LIMIT_EXCEEDED", `The number of subrequests in the request exceeded the limit of ${MAX_PARTS}.`);
  }
  if (parts.filter((part) => HEAVY.test(String(part.url))).length > MAX_HEAVY_PARTS) {
    throw badRequest(
      "LIMIT_EXCEEDED",
      `The limit of ${MAX_HEAVY_PARTS} query and collection subrequests was exceeded.`,
    );
  }
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
  tx: Transaction | undefined,
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
  const transaction = c.env.transaction ?? makeTransaction();
  // Parts that must succeed together are one transaction for change events too.
  const inner = { ...c.env, call: { records: 0 }, tx, inComposite: true, ...(tx ? { transaction } : {}) };
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

/** `POST /composite`: up to 25 parts in order; later parts may use results of earlier ones. */
export function mountComposite(app: OrgApp): void {
  app.post("/services/data/:version/composite", async (c) => {
    const body = await readJsonBody(c);
    if (!Array.isArray(body.compositeRequest)) throw badRequest("JSON_PARSER_ERROR", "compositeRequest is required");
    const parts = body.compositeRequest as Part[];
    checkParts(parts);
    const tx = body.allOrNone === true ? new Transaction(c.env.tx) : undefined;
    if (tx) c.env.transaction ??= makeTransaction();
    const results = new Map<string, PartResult>();
    let failed: string | undefined;
    for (const part of parts) {
      const result = failed === undefined ? await runPart(app, c, part, results, tx ?? c.env.tx) : halt(part, HALTED);
      results.set(result.referenceId, result);
      if (tx && failed === undefined && result.httpStatusCode >= 300) failed = result.referenceId;
    }
    if (tx && failed !== undefined) {
      tx.rollBack();
      for (const [name, result] of results)
        if (name !== failed) results.set(name, halt({ referenceId: result.referenceId }, HALTED));
    } else tx?.commit();
    return sendJson({ compositeResponse: [...results.values()] });
  });
}
