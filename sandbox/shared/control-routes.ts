import type { Context, Hono } from "hono";
import { z } from "zod";
import type { CallLog } from "./call-log";
import type { VirtualClock } from "./clock";
import { type FaultList, faultsSchema } from "./faults";
import { type LimitSettings, limitsSchema } from "./limits";
import type { SandboxEnv } from "./serve";

/** Thrown by an action that cannot be done (no such record, …): answered 400 with the message and `details`. */
export class ActError extends Error {
  constructor(
    message: string,
    readonly details?: unknown,
  ) {
    super(message);
  }
}

export type ActDoor = { summary: string; schema: z.ZodType; run(input: unknown): unknown };

/** Declares one action of `POST /__sandbox/act`: its fields (without `action`), what it does, and the doing. */
export function defineAct<T extends z.ZodType>(
  schema: T,
  summary: string,
  run: (input: z.output<T>) => unknown,
): ActDoor {
  return { schema, summary, run: (input) => run(input as z.output<T>) };
}

export type ControlOptions = {
  title: string;
  clock: VirtualClock;
  faults: FaultList;
  limits: LimitSettings;
  calls: CallLog;
  /** Throws the data away and seeds anew; missing values = those of the start. */
  reset(o: { seed?: number; contacts?: number }): void | Promise<void>;
  acts: Record<string, ActDoor>;
};

const resetSchema = z.strictObject({
  seed: z.number().int().optional(),
  contacts: z.number().int().nonnegative().optional(),
});
const clockSchema = z.strictObject({ offsetMs: z.number() });
const actSchema = z.looseObject({ action: z.string() });

function refuse(c: Context, message: string, details?: unknown): Response {
  return c.json({ error: message, ...(details === undefined ? {} : { details }) }, 400);
}

function explain(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; ");
}

async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T> | Response> {
  const text = await c.req.text();
  let json: unknown;
  try {
    json = text === "" ? {} : JSON.parse(text);
  } catch {
    return refuse(c, "the body is not JSON");
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? parsed.data : refuse(c, explain(parsed.error));
}

async function runAct(c: Context, acts: Record<string, ActDoor>): Promise<Response> {
  const body = await readBody(c, actSchema);
  if (body instanceof Response) return body;
  const { action, ...fields } = body;
  const door = Object.hasOwn(acts, action) ? acts[action] : undefined;
  if (!door) return refuse(c, `unknown action "${action}"; known: ${Object.keys(acts).sort().join(", ")}`);
  const input = door.schema.safeParse(fields);
  if (!input.success) return refuse(c, `${action}: ${explain(input.error)}`);
  try {
    return c.json({ ok: true, result: (await door.run(input.data)) ?? null });
  } catch (error) {
    if (error instanceof ActError) return refuse(c, error.message, error.details);
    throw error;
  }
}

/** Mounts the test doors `/__sandbox/*`. Bad input is answered 400 `{error}`. */
export function mountControlRoutes(app: Hono<SandboxEnv>, o: ControlOptions): void {
  app.post("/__sandbox/reset", async (c) => {
    const body = await readBody(c, resetSchema);
    if (body instanceof Response) return body;
    o.faults.set([]);
    o.limits.reset();
    o.clock.setOffset(0);
    o.calls.clear();
    await o.reset(body);
    return c.json({ ok: true });
  });
  app.get("/__sandbox/calls", (c) => c.json(o.calls.report()));
  app.delete("/__sandbox/calls", (c) => {
    o.calls.clear();
    return c.json({ ok: true });
  });
  app.put("/__sandbox/faults", async (c) => {
    const body = await readBody(c, faultsSchema);
    if (body instanceof Response) return body;
    o.faults.set(body);
    return c.json({ ok: true, faults: body.length });
  });
  app.put("/__sandbox/limits", async (c) => {
    const body = await readBody(c, limitsSchema.partial());
    if (body instanceof Response) return body;
    return c.json({ ok: true, limits: o.limits.change(body) });
  });
  app.put("/__sandbox/clock", async (c) => {
    const body = await readBody(c, clockSchema);
    if (body instanceof Response) return body;
    o.clock.setOffset(body.offsetMs);
    return c.json({ ok: true, now: new Date(o.clock.now()).toISOString() });
  });
  app.post("/__sandbox/act", (c) => runAct(c, o.acts));
  app.get("/__sandbox/openapi.json", (c) => c.json(describeDoors(o)));
}

function describeBody(schema: z.ZodType): object {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  delete (json as { $schema?: string }).$schema;
  return { required: true, content: { "application/json": { schema: json } } };
}

function describeDoors(o: ControlOptions): object {
  const responses = { "200": { description: "done" }, "400": { description: "bad input; `error` says what" } };
  const door = (summary: string, schema?: z.ZodType) => ({
    summary,
    ...(schema ? { requestBody: describeBody(schema) } : {}),
    responses,
  });
  const actions = Object.entries(o.acts).map(([action, act]) => ({
    title: action,
    description: act.summary,
    allOf: [
      { type: "object", properties: { action: { const: action } }, required: ["action"] },
      z.toJSONSchema(act.schema, { io: "input", unrepresentable: "any" }),
    ],
  }));
  return {
    openapi: "3.1.0",
    info: { title: `${o.title}: test doors`, version: "1.0.0" },
    paths: {
      "/__sandbox/reset": { post: door("Seed anew; also clears calls, faults, limits and the clock", resetSchema) },
      "/__sandbox/calls": { get: door("Calls and counts by route"), delete: door("Forget all calls") },
      "/__sandbox/faults": { put: door("Replace the list of faults", faultsSchema) },
      "/__sandbox/limits": { put: door("Change limits", limitsSchema.partial()) },
      "/__sandbox/clock": { put: door("Move the clock against real time", clockSchema) },
      "/__sandbox/act": {
        post: {
          summary: "Play a person or an administrator",
          requestBody: { required: true, content: { "application/json": { schema: { oneOf: actions } } } },
          responses,
        },
      },
      "/__sandbox/openapi.json": { get: door("This document") },
    },
  };
}
