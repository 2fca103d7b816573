import type { Context } from "hono";
import type { z } from "zod";
import type { SandboxBindings } from "../shared/serve";
import { type ErrorBody, HubSpotError, missingScopes, validationError } from "./errors";
import type { Caller } from "./oauth-state";
import type { Change } from "./record";

export type HubSpotEnv = { Bindings: SandboxBindings; Variables: { caller: Caller; correlationId: string } };
export type HubSpotContext = Context<HubSpotEnv>;

/** The API generations that share handlers; they differ in how partial failure is told. */
export type ApiVersion = "v3" | "2026-03" | "2026-09";

const JSON_TYPE = "application/json;charset=utf-8";

/** Answers JSON; `records` is the number of records it carries, for the call log. */
export function answerJson(c: HubSpotContext, body: unknown, status = 200, records?: number): Response {
  if (records !== undefined) c.env.call.records = records;
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": JSON_TYPE } });
}

/** 204. */
export function answerNothing(): Response {
  return new Response(null, { status: 204 });
}

/** HubSpot's error JSON; the correlation id comes right after the message, as recorded. */
export function answerError(status: number, body: ErrorBody, correlationId: string): Response {
  const { status: word, message, ...rest } = body;
  return new Response(JSON.stringify({ status: word, message, correlationId, ...rest }), {
    status,
    headers: { "Content-Type": JSON_TYPE },
  });
}

/** Parses a JSON body against a schema. Throws 400 "Invalid input JSON …" for anything else. */
export async function readJson<T extends z.ZodType>(c: HubSpotContext, schema: T): Promise<z.output<T>> {
  return parseJson(await c.req.text(), schema);
}

/** Parses JSON text against a schema. Throws 400 "Invalid input JSON …" for anything else. */
export function parseJson<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw validationError(`Invalid input JSON on line 1, column 1: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw validationError(`Invalid input JSON on line 1, column 1: ${issue?.message} at ${issue?.path.join(".") || "$"}`);
}

/** A list in the query, given as `a,b` or repeated or both: real clients do either. */
export function readList(c: HubSpotContext, name: string): string[] {
  const given = c.req.queries(name) ?? [];
  return [...new Set(given.flatMap((part) => part.split(",")).map((part) => part.trim()))].filter(Boolean);
}

/** A page size from the query. Throws 400 outside 1…max. */
export function readPageSize(c: HubSpotContext, fallback: number, max: number): number {
  const given = c.req.query("limit");
  if (given === undefined) return fallback;
  const limit = Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > max) {
    throw validationError(`Invalid limit ${given}: must be between 1 and ${max}`);
  }
  return limit;
}

/** Throws 403 unless the caller has at least one of the scopes. */
export function requireScope(c: HubSpotContext, ...anyOf: string[]): void {
  const { scopes } = c.get("caller");
  if (!anyOf.some((scope) => scopes.has(scope))) throw missingScopes(anyOf);
}

/** Whether the caller may see only that there was a sales email, not what it says. */
export function hidesEmails(c: HubSpotContext): boolean {
  return !c.get("caller").scopes.has("sales-email-read");
}

/** The edit that this call makes, as history will tell it. */
export function makeApiChange(c: HubSpotContext, at: number): Change {
  const { appId, isOAuth } = c.get("caller");
  const sourceLabel = isOAuth ? "Sandbox OAuth app" : "Private app";
  return { at, sourceType: "INTEGRATION", sourceId: String(appId), sourceLabel, userId: null };
}

/** Where the client reached this server, for links in answers. */
export function readOrigin(c: HubSpotContext): string {
  return new URL(c.req.url).origin;
}

/** 404 for a path that no API has. */
export function unknownRoute(path: string): HubSpotError {
  return new HubSpotError(404, {
    status: "error",
    message: `Resource not found: ${path}`,
    category: "OBJECT_NOT_FOUND",
  });
}
