import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import type { CallLog } from "./call-log";
import type { VirtualClock } from "./clock";
import type { FaultEffect, FaultList } from "./faults";
import type { LimitSettings } from "./limits";
import { RunningCalls } from "./running-calls";

export type SandboxOptions = {
  /** 0 = any free port */
  port?: number;
  seed?: number;
  contacts?: number;
  /** loaded at start if present; saved within about 1 s after a change and at stop */
  snapshotFile?: string;
};
export type CallHook = (call: {
  n: number;
  method: string;
  path: string;
  phase: "before" | "after";
}) => void | Promise<void>;
export type Sandbox = {
  url: string;
  port: number;
  stop(): Promise<void>;
  /** test hook: awaited before a request is handled and again after its effect, before the answer leaves */
  onCall?: CallHook;
};

/** A request that runs longer than this is a long one (Salesforce's words and number). */
const LONG_MS = 20_000;

/**
 * What handlers find in `c.env`: set `call.records` to the number of records carried in or out. `call.longRunning` = how
 * many other calls had been running for more than 20 s when this one came.
 */
export type SandboxBindings = { incoming: IncomingMessage; outgoing: ServerResponse; call: CallFacts };
type CallFacts = { records: number; longRunning: number };
export type SandboxEnv = { Bindings: SandboxBindings };

export type ServeOptions = {
  app: Hono<SandboxEnv>;
  port: number;
  clock: VirtualClock;
  faults: FaultList;
  limits: LimitSettings;
  calls: CallLog;
  /** Only these paths are logged, limited and faulted; pages and `/__sandbox/*` are not. */
  isApiPath(path: string): boolean;
  /** Connections that are held open on purpose, and therefore no long requests. */
  isStream?(path: string): boolean;
  /** The hook in force, looked up for each call. */
  hook(): CallHook | undefined;
};

/** Collapses repeated slashes and drops a trailing one: both vendors and several clients are loose about them. */
export function normaliseTarget(target: string): string {
  const cut = target.indexOf("?");
  const path = cut < 0 ? target : target.slice(0, cut);
  const query = cut < 0 ? "" : target.slice(cut);
  const collapsed = path.replace(/\/{2,}/g, "/").replace(/(.)\/$/, "$1");
  return collapsed + query;
}

/** Marks a response that already left by the raw socket, so that the adapter adds nothing. */
function markSent(): Response {
  return new Response(null, { headers: { "x-hono-already-sent": "true" } });
}

function dropConnection(env: SandboxBindings): Response {
  env.incoming.socket.destroy();
  return markSent();
}

/** Answers instead of the server when the fault names an answer; undefined = the call goes on. */
function answerByFault(effect: FaultEffect): Response | undefined {
  if (effect.status === undefined && effect.body === undefined && effect.html !== true) return undefined;
  const status = effect.status ?? (effect.html ? 502 : 200);
  if (effect.html) {
    const page = `<!DOCTYPE html><html><head><title>${status}</title></head><body><h1>${status} Error</h1><p>The server could not complete your request.</p></body></html>`;
    return new Response(page, { status, headers: { "Content-Type": "text/html;charset=utf-8", ...effect.headers } });
  }
  const headers = { "Content-Type": "application/json;charset=utf-8", ...effect.headers };
  if (status === 204 || status === 304 || effect.body === undefined) {
    return new Response(null, { status, headers: effect.headers ?? {} });
  }
  const text = typeof effect.body === "string" ? effect.body : JSON.stringify(effect.body);
  return new Response(text, { status, headers });
}

/** Promises the whole body in Content-Length, sends half of it and cuts the line. */
async function sendHalf(response: Response, env: SandboxBindings): Promise<Response> {
  const body = Buffer.from(await response.arrayBuffer());
  const headers = Object.fromEntries(response.headers);
  env.outgoing.writeHead(response.status, { ...headers, "content-length": String(Math.max(2, body.length)) });
  await new Promise<void>((done) => {
    env.outgoing.write(body.subarray(0, Math.max(1, Math.floor(body.length / 2))), () => done());
  });
  return dropConnection(env);
}

async function handleApiCall(o: ServeOptions, request: Request, env: SandboxBindings, n: number): Promise<Response> {
  const started = performance.now();
  const at = o.clock.now();
  const method = request.method;
  const { pathname: path, search } = new URL(request.url);
  let status = 0;
  try {
    await o.hook()?.({ n, method, path, phase: "before" });
    const effect = o.faults.find(method, path + search);
    const wait = o.limits.current.latencyMs + (effect?.delayMs ?? 0);
    if (wait > 0) await sleep(wait);
    if (effect?.drop === "before") return dropConnection(env);
    const response = (effect && answerByFault(effect)) ?? (await o.app.fetch(request, env));
    await o.hook()?.({ n, method, path, phase: "after" });
    if (effect?.drop === "after") return dropConnection(env);
    status = response.status;
    for (const [name, value] of Object.entries(effect?.headers ?? {})) response.headers.set(name, value);
    return effect?.halfBody ? await sendHalf(response, env) : response;
  } finally {
    const ms = Math.round((performance.now() - started) * 10) / 10;
    o.calls.add({ at, method, path, query: search.slice(1, 2001), status, ms, records: env.call.records });
  }
}

/** Serves `app` on 127.0.0.1. Rejects with the system's error (EADDRINUSE) when the port is taken. */
export async function serveSandbox(o: ServeOptions): Promise<{ url: string; port: number; stop(): Promise<void> }> {
  let n = 0;
  const running = new RunningCalls(o.clock);
  const listener = getRequestListener(
    async (request, raw) => {
      const call = { records: 0, longRunning: running.countLongerThan(LONG_MS) };
      const env: SandboxBindings = { ...(raw as Omit<SandboxBindings, "call">), call };
      const path = (env.incoming.url ?? "/").split("?")[0] ?? "/";
      if (!o.isApiPath(path)) return o.app.fetch(request, env);
      const own = ++n;
      if (!o.isStream?.(path)) running.start(own);
      return handleApiCall(o, request, env, own).finally(() => running.end(own));
    },
    { overrideGlobalObjects: false },
  );
  // 64 KiB of headers, so that each server itself decides which request line is too long for it.
  const server = createServer({ keepAlive: true, maxHeaderSize: 65_536 }, (incoming, outgoing) => {
    incoming.url = normaliseTarget(incoming.url ?? "/");
    void listener(incoming, outgoing);
  });
  // Streaming clients first try a WebSocket; both clouds speak plain HTTP here, so that attempt is refused.
  server.on("upgrade", (_request, socket) => {
    socket.end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(o.port, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, port, stop };
}
