import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { readEndToEndPorts } from "./end-to-end-ports";

const DATA_DIR = path.resolve(process.env.KAKEHASHI_E2E_DATA_DIR || ".data/e2e");
const START_TIMEOUT_MS = 600_000;

/**
 * Before the browser tests: runs the real demo, from nothing, on free ports and with its own data. The tests find the
 * addresses and the sign-in in the environment: E2E_APP_URL, E2E_HUBSPOT_URL, E2E_SALESFORCE_URL, E2E_EMAIL, E2E_PASSWORD,
 * E2E_API_KEY, E2E_CRON_SECRET. Returns how to end it.
 */
export default async function startDemo(): Promise<() => Promise<void>> {
  const ports = readEndToEndPorts();
  mkdirSync(DATA_DIR, { recursive: true });
  const logFile = path.join(DATA_DIR, "demo.log");
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/demo.ts", "--fresh"], {
    stdio: ["ignore", log, log],
    env: {
      ...process.env,
      KAKEHASHI_DATA_DIR: DATA_DIR,
      PORT: String(ports.app),
      HUBSPOT_SANDBOX_PORT: String(ports.hubspot),
      SALESFORCE_SANDBOX_PORT: String(ports.salesforce),
      KAKEHASHI_PUBLIC_URL: `http://localhost:${ports.app}`,
      npm_lifecycle_event: "",
    },
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  try {
    await waitUntilReady(logFile, () => child.exitCode !== null);
  } catch (error) {
    await stop();
    throw error;
  }
  publishAddresses(ports);
  return stop;
}

async function waitUntilReady(logFile: string, hasEnded: () => boolean): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const printed = existsSync(logFile) ? readFileSync(logFile, "utf8") : "";
    if (printed.includes("Kakehashi is ready")) return;
    if (hasEnded() || Date.now() > deadline) throw new Error(`The demo did not start:\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function publishAddresses(ports: ReturnType<typeof readEndToEndPorts>): void {
  const state = JSON.parse(readFileSync(path.join(DATA_DIR, "demo", "demo.json"), "utf8")) as Record<string, string>;
  Object.assign(process.env, {
    E2E_APP_URL: `http://localhost:${ports.app}`,
    E2E_HUBSPOT_URL: `http://127.0.0.1:${ports.hubspot}`,
    E2E_SALESFORCE_URL: `http://127.0.0.1:${ports.salesforce}`,
    E2E_EMAIL: state.adminEmail,
    E2E_PASSWORD: state.adminPassword,
    E2E_API_KEY: state.apiKey,
    E2E_CRON_SECRET: state.cronSecret,
  });
}
