import type { Context, Hono } from "hono";
import type { SandboxBindings } from "../../shared/serve";
import { makeTransaction } from "../change-feed";
import { badRequest, invalidSession, invalidType, notFound, SalesforceError } from "../errors";
import type { ObjectDef } from "../schema";
import type { Login, OrgState } from "../state";
import type { Transaction, Writer } from "../writer";

/** `tx` is set while a request runs as a part of a composite that must succeed as a whole. */
export type OrgEnv = {
  Bindings: SandboxBindings & {
    tx?: Transaction | undefined;
    inComposite?: boolean;
    transaction?: { key: string; next: number };
  };
  Variables: { login: Login; version: string };
};
export type OrgApp = Hono<OrgEnv>;
export type OrgContext = Context<OrgEnv>;

/** The session id that always works, until an administrator kills it. */
export const FIXED_SESSION = "00D000000000001AAA!sandbox";
/** REST versions that this server speaks: real clients ask for old ones too. */
export const OLDEST_VERSION = 20;
export const NEWEST_VERSION = 68;

/** Requests that may run for more than 20 s at the same time (wire.md B.2.7). */
const MAX_LONG_REQUESTS = 25;

/** Answers JSON with the content type of the real service. */
export function sendJson(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json;charset=UTF-8", ...headers },
  });
}

/** Answers 204 (or another bodiless status). */
export function sendEmpty(status = 204): Response {
  return new Response(null, { status });
}

/** Reads a JSON object body; "" = {}. Throws JSON_PARSER_ERROR. */
export async function readJsonBody(c: OrgContext): Promise<Record<string, unknown>> {
  const text = await c.req.text();
  if (text.trim() === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest("JSON_PARSER_ERROR", "Unexpected character in the request body at [line:1, column:1]");
  }
  if (body === null || typeof body !== "object" || Array.isArray(body)) {
    throw badRequest("JSON_PARSER_ERROR", "The HTTP entity body is required to be a JSON object");
  }
  return body as Record<string, unknown>;
}

/** The object of a path by name in any case. Unknown names are 404 NOT_FOUND in a path. */
export function findPathObject(state: OrgState, name: string): ObjectDef {
  const def = state.schema.findObject(name);
  if (!def || !state.objectPermission(def.name).readable) throw notFound();
  return def;
}

/** The object of a body (`attributes.type`). Throws INVALID_TYPE. */
export function findBodyObject(state: OrgState, name: unknown): ObjectDef {
  const def = typeof name === "string" ? state.schema.findObject(name) : undefined;
  if (!def || !state.objectPermission(def.name).readable) throw invalidType(String(name ?? ""));
  return def;
}

/** Who writes in this request, and with which options of its headers. */
export function makeWriter(c: OrgContext): Writer {
  return {
    userId: c.get("login").userId,
    version: c.get("version"),
    origin: { api: "rest", client: readClientName(c) },
    transaction: c.env.transaction ?? makeTransaction(),
    autoAssign: !/^\s*false/i.test(c.req.header("Sforce-Auto-Assign") ?? ""),
    allowDuplicates: /allowSave\s*=\s*true/i.test(c.req.header("Sforce-Duplicate-Rule-Header") ?? ""),
    tx: c.env.tx,
  };
}

/** `Sforce-Call-Options: client=name, …` */
export function readClientName(c: OrgContext): string | undefined {
  return /client\s*=\s*([^,]+)/i.exec(c.req.header("Sforce-Call-Options") ?? "")?.[1]?.trim();
}

/** The login behind an access token, or undefined when it is unknown or dead. */
export function findLogin(state: OrgState, token: string | undefined): Login | undefined {
  if (token === undefined) return undefined;
  if (token === FIXED_SESSION) {
    return state.setup.deadSessions.includes(token)
      ? undefined
      : { userId: state.adminId, clientId: "sandbox-client", scope: "full" };
  }
  return Object.hasOwn(state.setup.accessTokens, token) ? state.setup.accessTokens[token] : undefined;
}

/** The token of `Authorization: Bearer …`; streaming clients say `OAuth …`. */
export function readToken(c: OrgContext): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
}

function checkVersion(version: string): void {
  const number = /^v(\d+)\.0$/.exec(version)?.[1];
  if (number === undefined || Number(number) > NEWEST_VERSION) throw notFound();
  if (Number(number) < OLDEST_VERSION) {
    throw new SalesforceError(410, "UNSUPPORTED_API_VERSION", "The requested API version is no longer supported");
  }
}

function sendError(error: SalesforceError): Response {
  const headers = { "Content-Type": "application/json;charset=UTF-8" };
  return new Response(JSON.stringify(error.toBody()), { status: error.status, headers });
}

/** Puts session, version and daily limit in front of everything under `/services/data/vX`. */
export function mountGuards(app: OrgApp, state: OrgState): void {
  app.onError((error) => {
    if (error instanceof SalesforceError) return sendError(error);
    console.error(error);
    return sendError(new SalesforceError(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."));
  });
  app.notFound(() => sendError(notFound()));
  app.options("*", () => sendEmpty());
  app.use("/services/data/:version/*", async (c, next) => {
    const version = c.req.param("version");
    checkVersion(version);
    const login = findLogin(state, readToken(c));
    if (!login) throw invalidSession();
    c.set("login", login);
    c.set("version", version);
    // Parts of a composite request count once, together.
    const usage = c.env.inComposite ? state.readUsage() : state.countCall();
    if (state.limits.current.enforce && usage.used > usage.max) {
      // What is refused does not count.
      if (!c.env.inComposite) state.countCall(-1);
      throw new SalesforceError(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.");
    }
    const { count, until } = state.longRequests;
    // Those of others that the tests ask for, and those that really run; streaming connections do not count.
    const long = (state.clock.now() < until ? count : 0) + c.env.call.longRunning;
    if (state.limits.current.enforce && long >= MAX_LONG_REQUESTS) {
      const message = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
      throw new SalesforceError(403, "REQUEST_LIMIT_EXCEEDED", message);
    }
    await next();
  });
}

/** Adds the headers that every REST reply carries, errors included. */
export function mountHeaders(app: OrgApp, state: OrgState): void {
  app.use("/services/data/*", async (c, next) => {
    await next();
    const { used, max } = state.readUsage();
    c.res.headers.set("Sforce-Limit-Info", `api-usage=${used}/${max}`);
    c.res.headers.set("Vary", "Accept-Encoding");
  });
}
