import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("..", import.meta.url));
const PORTS = { hubspot: "HUBSPOT_SANDBOX_PORT", salesforce: "SALESFORCE_SANDBOX_PORT" };
/** So many that the leads do not fit into one page of 2,000. */
const CONTACTS = 6000;

/** The tokens that each sandbox takes at any time. */
export const TOKENS = { hubspot: "pat-na1-sandbox", salesforce: "00D000000000001AAA!sandbox" };

/**
 * A sandbox server in a process of its own. `call` asks it directly, past the client under test, and answers the parsed
 * body; it throws when the status is not 2xx. `folder` is an empty place for the client's files, gone after `stop`.
 */
export type RunningSandbox = {
  url: string;
  folder: string;
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Plays a person or an administrator. */
  act(action: string, fields?: Record<string, unknown>): Promise<void>;
  stop(): Promise<void>;
};

async function readUrl(child: ChildProcess): Promise<string> {
  let output = "";
  const listening = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const url = /listening on (\S+)\n/.exec(output)?.[1];
      if (url) resolve(url);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
  });
  const ended = once(child, "exit").then(() => undefined);
  const url = await Promise.race([listening, ended]);
  if (url === undefined) throw new Error(`the sandbox did not start: ${output}`);
  return url;
}

async function callJson<T>(url: string, method: string, token: string, body: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** Starts one of the servers on a free port of 127.0.0.1, with a world of 6,000 people. */
export async function startSandbox(name: "hubspot" | "salesforce"): Promise<RunningSandbox> {
  const folder = await mkdtemp(path.join(tmpdir(), `clients-${name}-`));
  const data = path.join(folder, "sandbox-data");
  const child = spawn(process.execPath, ["--import", "tsx", "sandbox/start.ts", name], {
    cwd: REPOSITORY,
    env: { ...process.env, KAKEHASHI_DATA_DIR: data, DEMO_CONTACTS: String(CONTACTS), [PORTS[name]]: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const url = await readUrl(child).catch(async (error) => {
    await stop();
    throw error;
  });
  const call = <T>(method: string, target: string, body?: unknown) =>
    callJson<T>(url + target, method, TOKENS[name], body);
  const act = (action: string, fields = {}) => call<void>("POST", "/__sandbox/act", { action, ...fields });
  return { url, folder, call, act, stop };
}
