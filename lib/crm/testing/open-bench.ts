import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { Fault } from "../../../sandbox/shared/faults";
import type { Sandbox } from "../../../sandbox/shared/serve";
import { type CallGate, CrmCallError, type TokenSource } from "../face";

/** A running sandbox with short ways to its test doors, and what an adapter needs to reach it. */
export type Bench = {
  sandbox: Sandbox;
  tokens: TokenSource & { useExpired(): void; renewals: number };
  gate: CallGate & { acquired: string[]; noted: (number | null)[]; pauses: number[] };
  setFaults(faults: Fault[]): Promise<void>;
  setLimits(limits: Record<string, number | boolean>): Promise<void>;
  act<T>(action: string, fields?: Record<string, unknown>): Promise<T>;
  /** Calls since the last `forgetCalls` */
  listCalls(): Promise<{ method: string; path: string; status: number }[]>;
  forgetCalls(): Promise<void>;
};

/** Makes the bench of a started sandbox: fixed token, no spacing, index without lag. */
export async function openBench(sandbox: Sandbox, accessToken: string): Promise<Bench> {
  const send = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${sandbox.url}/__sandbox/${path}`, {
      method,
      headers: { "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const reply = (await response.json()) as { error?: string };
    if (!response.ok) throw new Error(`${path}: ${reply.error}`);
    return reply;
  };
  const bench: Bench = {
    sandbox,
    tokens: makeTokens(sandbox.url, accessToken),
    gate: makeGate(),
    setFaults: async (faults) => void (await send("PUT", "faults", faults)),
    setLimits: async (limits) => void (await send("PUT", "limits", limits)),
    act: async <T>(action: string, fields = {}) =>
      ((await send("POST", "act", { action, ...fields })) as { result: T }).result,
    listCalls: async () => ((await send("GET", "calls")) as { calls: Awaited<ReturnType<Bench["listCalls"]>> }).calls,
    forgetCalls: async () => void (await send("DELETE", "calls")),
  };
  await bench.setLimits({ indexLagMs: 0, enforce: false });
  return bench;
}

function makeTokens(baseUrl: string, accessToken: string): Bench["tokens"] {
  let current = accessToken;
  const tokens: Bench["tokens"] = {
    renewals: 0,
    useExpired: () => {
      current = "an-expired-token";
    },
    current: async () => ({ accessToken: current, baseUrl }),
    renew: async () => {
      tokens.renewals += 1;
      current = accessToken;
      return { accessToken, baseUrl };
    },
  };
  return tokens;
}

function makeGate(): Bench["gate"] {
  const gate: Bench["gate"] = {
    acquired: [],
    noted: [],
    pauses: [],
    acquire: async (bucket) => void gate.acquired.push(bucket),
    note: (_side, perTenSeconds, pauseMs = 0) => {
      gate.noted.push(perTenSeconds);
      gate.pauses.push(pauseMs);
    },
  };
  return gate;
}

/** Runs `work`, which must fail as a whole call, and answers what it says. */
export async function failureOf(work: Promise<unknown>): Promise<RemoteFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof CrmCallError) return error.failure;
    throw error;
  }
  throw new Error("the call was expected to fail");
}
