import path from "node:path";
import { startChild } from "./child";

export type Side = "hubspot" | "salesforce";
export const SIDES = ["hubspot", "salesforce"] as const;

export const TOKENS: Record<Side, string> = { hubspot: "pat-na1-sandbox", salesforce: "00D000000000001AAA!sandbox" };

export type Json = Record<string, unknown>;
/** Calls by route, of both sides. */
export type CallCounts = Record<Side, Record<string, number>>;

/** Both simulated CRMs, each a process of its own, reached over real HTTP. */
export type Sandboxes = {
  urls: Record<Side, string>;
  ports: Record<Side, number>;
  /** Any request to one side, signed in. @throws Error with the answer when it is not 2xx */
  send<T = Json>(side: Side, method: string, path: string, body?: unknown): Promise<T>;
  countCalls(): Promise<CallCounts>;
  forgetCalls(): Promise<void>;
  /** Moves both clocks `ms` further ahead of real time. */
  advance(ms: number): Promise<void>;
  /** Both sides empty, clocks and limits as at the start. */
  empty(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts both with the sample world of `contacts` persons (0: empty), under the vendors' published limits. */
export async function startSandboxes(folder: string, contacts: number): Promise<Sandboxes> {
  const children = SIDES.map((side) =>
    startChild({
      program: import.meta.resolve("./sandbox-process.ts"),
      args: [side, String(contacts)],
      logFile: path.join(folder, "logs", `${side}-sandbox.log`),
    }),
  );
  const [hubspot, salesforce] = await Promise.all(
    children.map((child) => child.ask<{ url: string; port: number }>("where")),
  );
  if (!hubspot || !salesforce) throw new Error("a sandbox did not start");
  const urls = { hubspot: hubspot.url, salesforce: salesforce.url };
  const send: Sandboxes["send"] = (side, method, where, body) => sendJson(side, urls[side] + where, method, body);
  const sendBoth = async (method: string, where: string, body?: unknown): Promise<void> => {
    await Promise.all(SIDES.map((side) => send(side, method, where, body)));
  };
  let aheadMs = 0;
  return {
    urls,
    ports: { hubspot: hubspot.port, salesforce: salesforce.port },
    send,
    async countCalls() {
      const [h, s] = await Promise.all(
        SIDES.map((side) => send<{ counts: Record<string, number> }>(side, "GET", "/__sandbox/calls")),
      );
      return { hubspot: h?.counts ?? {}, salesforce: s?.counts ?? {} };
    },
    forgetCalls: () => sendBoth("DELETE", "/__sandbox/calls"),
    async advance(ms) {
      aheadMs += ms;
      await sendBoth("PUT", "/__sandbox/clock", { offsetMs: aheadMs });
    },
    async empty() {
      aheadMs = 0;
      await sendBoth("POST", "/__sandbox/reset", { contacts: 0 });
    },
    stop: async () => void (await Promise.all(children.map((child) => child.stop()))),
  };
}

async function sendJson<T>(side: Side, url: string, method: string, body: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${TOKENS[side]}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${side} ${method} ${url}: ${answer.status} ${text.slice(0, 500)}`);
  return (text === "" ? {} : JSON.parse(text)) as T;
}

export function sumCalls(counts: CallCounts): number {
  return SIDES.flatMap((side) => Object.values(counts[side])).reduce((sum, n) => sum + n, 0);
}
