import type { Problem, ProblemCode } from "@/lib/contracts/problem";

/** A refusal of the API, or no usable answer at all (`network`, `unavailable`, `unexpected_reply`). Words stand in messages under `problems.<code>`. */
export class ApiProblem extends Error {
  readonly code: ProblemCode | "network" | "unavailable" | "unexpected_reply";
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
/**
 * A schema, or the way to load it. Loading it keeps zod (32 KB) out of a page's first load: it comes beside the answer.
 * `() => import("@/lib/contracts/overview").then((file) => file.overviewSchema)`
 */
type Schema<T> = Parser<T> | (() => Promise<Parser<T>>);

function loadParser<T>(schema: Schema<T>): Promise<Parser<T>> {
  return typeof schema === "function" ? schema() : Promise.resolve(schema);
}

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
  const { problemSchema } = await import("@/lib/contracts/problem");
  const problem = problemSchema.safeParse(body);
  if (problem.success) throw new ApiProblem(problem.data.code, response.status, problem.data);
  // Not our own words: what stands in front of the server answers for it while it is away.
  throw new ApiProblem(response.status >= 500 ? "unavailable" : "unexpected_reply", response.status);
}

function parseReply<T>(parser: Parser<T>, body: unknown): T {
  try {
    return parser.parse(body);
  } catch (error) {
    console.error("The server's reply has another shape than expected", error);
    throw new ApiProblem("unexpected_reply", 200);
  }
}

/** The call and the load of the schema go side by side; a refused call is told before anything else. */
async function parseAnswer<T>(answer: Promise<unknown>, schema: Schema<T>): Promise<T> {
  const loading = loadParser(schema);
  // Observed below; without this a refused call would leave a failed load unhandled
  loading.catch(() => undefined);
  const body = await answer;
  const parser = await loading.catch(() => {
    throw new ApiProblem("network", 0);
  });
  return parseReply(parser, body);
}

/** GET `path` and parse the reply. Throws `ApiProblem`; an aborted call throws its AbortError. */
export function apiGet<T>(path: string, schema: Schema<T>, signal?: AbortSignal): Promise<T> {
  return parseAnswer(call(path, { headers: { accept: "application/json" }, signal: signal ?? null }), schema);
}

/** Changes under way, by what they ask for. */
const underWay = new Map<string, Promise<unknown>>();

/** A second press, before the page could show that the first one counted, asks for the same thing: it gets the same answer. */
function callOnce(path: string, init: { method: string; headers: Record<string, string>; body: string }) {
  const key = `${init.method} ${path} ${init.body}`;
  const running = underWay.get(key);
  if (running) return running;
  const started = call(path, init).finally(() => underWay.delete(key));
  underWay.set(key, started);
  return started;
}

/**
 * POST, PATCH, PUT or DELETE with a JSON body; without `schema` the reply is not looked at. The very same change is sent
 * once while it is under way. Throws `ApiProblem`.
 */
export async function apiSend(method: "POST" | "PATCH" | "PUT" | "DELETE", path: string, body?: unknown): Promise<void>;
export async function apiSend<T>(
  method: "POST" | "PATCH" | "PUT" | "DELETE",
  path: string,
  body: unknown,
  schema: Schema<T>,
): Promise<T>;
export async function apiSend<T>(method: string, path: string, body?: unknown, schema?: Schema<T>) {
  const headers = { accept: "application/json", "content-type": "application/json" };
  const init = { method, headers, body: JSON.stringify(body ?? {}) };
  const answer = callOnce(path, init);
  if (schema) return parseAnswer(answer, schema);
  await answer;
}
