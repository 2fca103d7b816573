import { mkdirSync } from "node:fs";
import path from "node:path";
import { type Part, startPart } from "./child-process";
import type { DemoState } from "./demo-state";
import { isPortFree } from "./free-port";
import { MEMORY_ENV, MEMORY_FLAGS, WORKER_FLAGS } from "./memory-flags";
import { applyMigrations } from "./migrations";
import { type RunningPostgres, startPostgres } from "./postgres";
import { waitForAnswer } from "./wait-for-answer";

export type StackPorts = { app: number; hubspot: number; salesforce: number };

const PORT_SETTINGS = [
  { key: "app", setting: "PORT", fallback: 3000, title: "the app" },
  { key: "hubspot", setting: "HUBSPOT_SANDBOX_PORT", fallback: 3100, title: "the HubSpot sandbox" },
  { key: "salesforce", setting: "SALESFORCE_SANDBOX_PORT", fallback: 3200, title: "the Salesforce sandbox" },
] as const;

/** A message for the person who started the command; printed without a stack trace. */
export class StartError extends Error {}

/** The three ports as the settings have them, taken or not. */
export function readPorts(): StackPorts {
  const entries = PORT_SETTINGS.map(({ key, setting, fallback }) => [key, Number(process.env[setting] || fallback)]);
  return Object.fromEntries(entries) as StackPorts;
}

/**
 * Reads the three ports and makes sure that each can be listened on, before anything is started.
 *
 * @throws StartError naming every taken port and its setting.
 */
export async function claimPorts(): Promise<StackPorts> {
  const ports = readPorts();
  const problems: string[] = [];
  for (const { key, setting, title } of PORT_SETTINGS) {
    const port = ports[key];
    if (!Number.isInteger(port) || port < 1 || port > 65_535) problems.push(`${setting} is not a port number.`);
    // Next listens on all addresses by default, so somebody else's "all addresses" counts as taken too.
    else if (!(await isPortFree(port)) || !(await isPortFree(port, "::"))) {
      problems.push(`Port ${port} for ${title} is taken. Stop what uses it, or set ${setting} to a free port.`);
    }
  }
  if (new Set(Object.values(ports)).size < PORT_SETTINGS.length) problems.push("The three ports must differ.");
  if (problems.length > 0) throw new StartError(problems.join("\n"));
  return ports;
}

/** The environment of app and worker for a stack on this machine: simulated clouds, kept secrets. */
export function describeEnvironment(ports: StackPorts, state: DemoState, databaseUrl: string): Record<string, string> {
  const hubspot = `http://127.0.0.1:${ports.hubspot}`;
  return {
    PORT: String(ports.app),
    DATABASE_URL: databaseUrl,
    KAKEHASHI_PUBLIC_URL: process.env.KAKEHASHI_PUBLIC_URL || `http://localhost:${ports.app}`,
    KAKEHASHI_ENCRYPTION_KEYS: state.encryptionKeys,
    CRON_SECRET: state.cronSecret,
    METRICS_TOKEN: state.metricsToken,
    BETTER_AUTH_SECRET: state.authSecret,
    KAKEHASHI_ADMIN_EMAIL: state.adminEmail,
    KAKEHASHI_ADMIN_PASSWORD: state.adminPassword,
    KAKEHASHI_ADMIN_API_KEY: state.apiKey,
    HUBSPOT_API_URL: hubspot,
    HUBSPOT_AUTHORIZE_URL: `${hubspot}/oauth/authorize`,
    HUBSPOT_CLIENT_ID: "sandbox-client",
    HUBSPOT_CLIENT_SECRET: "sandbox-secret",
    SALESFORCE_LOGIN_URL: `http://127.0.0.1:${ports.salesforce}`,
    SALESFORCE_CLIENT_ID: "sandbox-client",
    SALESFORCE_CLIENT_SECRET: "sandbox-secret",
    NEXT_TELEMETRY_DISABLED: "1",
    ...MEMORY_ENV,
  };
}

/** Starts a database in `dataDir` and brings it up to date. */
export async function startDatabase(dataDir: string): Promise<RunningPostgres> {
  mkdirSync(dataDir, { recursive: true });
  const postgres = await startPostgres({ dataDir: path.join(dataDir, "postgres") });
  try {
    await applyMigrations(postgres.url);
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Starts both simulated clouds and waits until they answer. Their data lives in `dataDir`/sandbox. */
export function startSandboxes(dataDir: string, ports: StackPorts): { parts: Part[]; ready: Promise<unknown> } {
  const env = {
    HUBSPOT_SANDBOX_PORT: String(ports.hubspot),
    SALESFORCE_SANDBOX_PORT: String(ports.salesforce),
    KAKEHASHI_DATA_DIR: dataDir,
  };
  const start = (side: "hubspot" | "salesforce") =>
    startPart({
      name: `${side}-sandbox`,
      args: ["--import", "tsx", "sandbox/start.ts", side],
      env,
      logFile: path.join(dataDir, "logs", `${side}-sandbox.log`),
    });
  const parts = [start("hubspot"), start("salesforce")];
  const ready = Promise.all(
    [ports.hubspot, ports.salesforce].map((port) => waitForAnswer(`http://127.0.0.1:${port}/`)),
  );
  return { parts, ready };
}

/** Starts the background worker. */
export function startWorker(dataDir: string, env: Record<string, string>): Part {
  return startPart({
    name: "worker",
    args: [...WORKER_FLAGS, "scripts/start-worker.mjs"],
    env: { ...env, KAKEHASHI_DATA_DIR: dataDir },
    logFile: path.join(dataDir, "logs", "worker.log"),
  });
}

/** Starts the web app: `mode` is Next's own command. */
export function startApp(dataDir: string, env: Record<string, string>, mode: "start" | "dev"): Part {
  const port = env.PORT ?? "3000";
  return startPart({
    name: "app",
    args: [
      ...(mode === "start" ? MEMORY_FLAGS : []),
      "node_modules/next/dist/bin/next",
      mode,
      "--hostname",
      "127.0.0.1",
      "--port",
      port,
    ],
    env: { ...env, KAKEHASHI_DATA_DIR: dataDir },
    logFile: path.join(dataDir, "logs", "app.log"),
  });
}
