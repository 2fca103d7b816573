import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { getAccessSettings } from "@/lib/access/access-settings";
import { readKeyHolder } from "@/lib/access/api-keys";
import { readBearer } from "@/lib/access/bearer";
import { readSession, type SignedIn } from "@/lib/access/read-session";
import { isAllowed, type Permission, type UserRole } from "@/lib/access/roles";
import { checkOrigin } from "./check-origin";
import { observeRequest } from "./http-metrics";
import { getLog } from "./log";
import { problemResponse, Refusal } from "./problem";
import { checkInput, readJsonBody, readQuery } from "./read-request";

/** Who asks: a signed-in person, or the holder of an API key (session null). `name` goes into journal and audit log. */
export type Caller = { name: string; role: UserRole; session: SignedIn | null };

type Input<Params, Query, Body> = {
  request: Request;
  caller: Caller;
  params: Params;
  query: Query;
  body: Body;
  requestId: string;
};

type RouteSpec<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> = {
  /** What the caller's role must allow; deny by default */
  allow: Permission;
  params?: Params;
  query?: Query;
  /** Without it no body is read */
  body?: Body;
  handle(input: Input<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<Response | object>;
};

/** What a route takes, as the API's description and its tests see it. */
export type DeclaredRoute = {
  allow: Permission | "anyone";
  params: z.ZodType | undefined;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
};

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

const READING = new Set(["GET", "HEAD"]);

/**
 * The one way into the API: who asks, may they, does the request come from our own pages, is the input right; then the
 * handler. Answers JSON with no-store; refusals and crashes become application/problem+json with a request id, and no
 * stack, SQL or token ever leaves. A handler answers an object (200) or a Response of its own.
 */
export function defineRoute<
  Params extends z.ZodType = z.ZodUnknown,
  Query extends z.ZodType = z.ZodUnknown,
  Body extends z.ZodType = z.ZodUnknown,
>(spec: RouteSpec<Params, Query, Body>) {
  const handle = async (request: Request, context: RouteContext): Promise<Response> => {
    const given = await context.params;
    const work = async (requestId: string) => {
      const caller = await readCaller(request);
      if (!isAllowed(caller.role, spec.allow)) throw new Refusal("not_allowed");
      const params = spec.params ? readParams(given, spec.params) : undefined;
      const query = spec.query ? readQuery(new URL(request.url), spec.query) : undefined;
      const body = spec.body ? await readJsonBody(request, spec.body) : undefined;
      const input = { request, caller, params, query, body, requestId };
      const answer = await spec.handle(input as Input<z.output<Params>, z.output<Query>, z.output<Body>>);
      const response = answer instanceof Response ? answer : jsonResponse(answer);
      for (const line of caller.session?.cookies ?? []) response.headers.append("set-cookie", line);
      return response;
    };
    return answerSafely(request, work, given);
  };
  return declare(handle, spec);
}

type OpenSpec<Body extends z.ZodType> = {
  body: Body;
  handle(input: { request: Request; body: z.output<Body> }): Promise<Response | object>;
};

/** A route for whoever is not signed in yet: it takes a body that proves enough by itself, such as the token of a link. */
export function defineOpenRoute<Body extends z.ZodType>(spec: OpenSpec<Body>) {
  const handle = (request: Request): Promise<Response> =>
    answerSafely(request, async () => spec.handle({ request, body: await readJsonBody(request, spec.body) }));
  return declare(handle, { allow: "anyone", body: spec.body });
}

/** Lets the handler tell what it takes, so that the API's description can be held against it. */
function declare<Handler extends object>(
  handler: Handler,
  { allow, params, query, body }: Partial<DeclaredRoute> & Pick<DeclaredRoute, "allow">,
): Handler & { declared: DeclaredRoute } {
  return Object.assign(handler, { declared: { allow, params, query, body } });
}

/**
 * Runs a handler and turns whatever it throws into an answer; for routes that have no signed-in caller. `params`: what
 * stands in the place of the address's brackets, so that all records count as one route.
 */
export async function answerSafely(
  request: Request,
  handle: (requestId: string) => Promise<Response | object>,
  params: Record<string, string | string[] | undefined> = {},
): Promise<Response> {
  const done = observeRequest(request, params);
  const response = await answer(request, handle);
  done(response.status);
  return response;
}

async function answer(request: Request, handle: (requestId: string) => Promise<Response | object>): Promise<Response> {
  const requestId = randomUUID();
  try {
    const result = await handle(requestId);
    const response = result instanceof Response ? result : jsonResponse(result);
    if (!response.headers.has("cache-control")) response.headers.set("cache-control", "no-store");
    response.headers.set("x-request-id", requestId);
    return response;
  } catch (error) {
    return problemResponse(asRefusal(error, request, requestId), requestId);
  }
}

export function jsonResponse(body: object, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}

/** @throws Refusal not_signed_in, wrong_origin */
async function readCaller(request: Request): Promise<Caller> {
  const bearer = readBearer(request.headers);
  if (bearer !== null) {
    const holder = await readKeyHolder(bearer);
    if (!holder) throw new Refusal("not_signed_in");
    return { ...holder, session: null };
  }
  const session = await readSession(request.headers);
  if (!session) throw new Refusal("not_signed_in");
  if (!READING.has(request.method)) checkOrigin(request.headers, getAccessSettings().publicUrl);
  return { name: session.email, role: session.role, session };
}

/** A path that cannot name anything (an id that is no UUID) is not found, not malformed. */
function readParams<Schema extends z.ZodType>(params: object, schema: Schema): z.output<Schema> {
  try {
    return checkInput(params, schema, "");
  } catch {
    throw new Refusal("not_found");
  }
}

function asRefusal(error: unknown, request: Request, requestId: string): Refusal {
  if (error instanceof Refusal) return error;
  const path = new URL(request.url).pathname;
  getLog().error({ err: error, requestId, method: request.method, path }, "A request failed");
  return new Refusal("internal");
}
