import { spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { DEMOS, readEndToEndPorts } from "./end-to-end-ports";

const DATA_DIR = path.resolve(process.env.KAKEHASHI_E2E_DATA_DIR || ".data/e2e");
const START_TIMEOUT_MS = 600_000;

/**
 * Before the browser tests: runs the real demo, from nothing, once for each worker, on free ports and with its own data. The
 * tests find the addresses and the sign-in of the first one in the environment: E2E_APP_URL_0, E2E_HUBSPOT_URL_0,
 * E2E_SALESFORCE_URL_0, E2E_EMAIL_0, E2E_PASSWORD_0, E2E_API_KEY_0, E2E_CRON_SECRET_0, and so on. Returns how to end them.
 */
export default async function startDemos(config: { workers: number }): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  const stopAll = async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
  try {
    // One after the other: the first one builds the app for all.
    for (let demo = 0; demo < Math.min(DEMOS, config.workers); demo++) stops.push(await startDemo(demo));
  } catch (error) {
    await stopAll();
    throw error;
  }
  return stopAll;
}

async function startDemo(demo: number): Promise<() => Promise<void>> {
  const ports = readEndToEndPorts(demo);
  const dataDir = path.join(DATA_DIR, String(demo));
  mkdirSync(dataDir, { recursive: true });
  const logFile = path.join(dataDir, "demo.log");
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/demo.ts", "--fresh"], {
    stdio: ["ignore", log, log],
    env: {
      ...process.env,
      KAKEHASHI_DATA_DIR: dataDir,
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
  publishAddresses(demo, dataDir, ports);
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

function publishAddresses(demo: number, dataDir: string, ports: ReturnType<typeof readEndToEndPorts>): void {
  const state = JSON.parse(readFileSync(path.join(dataDir, "demo", "demo.json"), "utf8")) as Record<string, string>;
  const said = {
    E2E_APP_URL: `http://localhost:${ports.app}`,
    E2E_HUBSPOT_URL: `http://127.0.0.1:${ports.hubspot}`,
    E2E_SALESFORCE_URL: `http://127.0.0.1:${ports.salesforce}`,
    E2E_EMAIL: state.adminEmail,
    E2E_PASSWORD: state.adminPassword,
    E2E_API_KEY: state.apiKey,
    E2E_CRON_SECRET: state.cronSecret,
  };
  Object.assign(
    process.env,
    Object.fromEntries(Object.entries(said).map(([name, value]) => [`${name}_${demo}`, value])),
  );
}
