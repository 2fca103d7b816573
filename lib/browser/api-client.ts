import { type Problem, type ProblemCode, problemSchema } from "@/lib/contracts/problem";

/** A refusal of the API, or no usable answer at all (`network`, `unexpected_reply`). Words stand in messages under `problems.<code>`. */
export class ApiProblem extends Error {
  readonly code: ProblemCode | "network" | "unexpected_reply";
  /** HTTP status; 0 when no answer came */
  readonly status: number;
  readonly detail: string | undefined;
  readonly fields: NonNullable<Problem["fields"]>;
  readonly requestId: string | undefined;

  constructor(code: ApiProblem["code"], status: number, problem?: Problem) {
    super(problem?.title ?? code);
    this.name = "ApiProblem";
    this.code = code;
    this.status = status;
    this.detail = problem?.detail;
    this.fields = problem?.fields ?? [];
    this.requestId = problem?.requestId;
  }
}

/** Anything with a throwing `parse`: every zod schema of lib/contracts fits. */
type Parser<T> = { parse: (value: unknown) => T };

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function call(path: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiProblem("network", 0);
  }
  const body = await readJson(response);
  if (response.ok) return body;
  const problem = problemSchema.safeParse(body);
  if (problem.success) throw new ApiProblem(problem.data.code, response.status, problem.data);
  throw new ApiProblem("unexpected_reply", response.status);
}

function parseReply<T>(schema: Parser<T>, body: unknown): T {
  try {
    return schema.parse(body);
  } catch (error) {
    console.error("The server's reply has another shape than expected", error);
    throw new ApiProblem("unexpected_reply", 200);
  }
}

/** GET `path` and parse the reply. Throws `ApiProblem`; an aborted call throws its AbortError. */
export async function apiGet<T>(path: string, schema: Parser<T>, signal?: AbortSignal): Promise<T> {
  return parseReply(schema, await call(path, { headers: { accept: "application/json" }, signal: signal ?? null }));
}

/** POST, PATCH, PUT or DELETE with a JSON body; without `schema` the reply is not looked at. Throws `ApiProblem`. */
export async function apiSend(method: "POST" | "PATCH" | "PUT" | "DELETE", path: string, body?: unknown): Promise<void>;
export async function apiSend<T>(
  method: "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  body: unknown,
  schema: Parser<T>,
): Promise<T>;
export async function apiSend<T>(
  method: string,
  path: string,
  body?: unknown,
  schema?: Parser<T>,
): Promise<T | undefined> {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const reply = await call(path, { method, headers, body: JSON.stringify(body ?? {}) });
  return schema ? parseReply(schema, reply) : undefined;
}
