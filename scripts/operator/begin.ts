import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { startProcess } from "@/app/start-process";
import { EnvError } from "@/lib/server/env";
import { closeDatabase, pingDatabase } from "@/lib/store/client";
import { readDataDir } from "../data-dir";
import { readDemoState } from "../demo-state";
import { describeEnvironment, readPorts } from "../local-stack";
import { OperatorError } from "./operator-error";

/**
 * Wires the command line like the app: with the settings of the environment or .env, else those of the demo that runs on
 * this machine.
 * @throws OperatorError when neither is there, or the database is not.
 */
export async function begin(): Promise<void> {
  if (!process.env.DATABASE_URL) borrowDemoSettings();
  try {
    startProcess();
  } catch (error) {
    if (error instanceof EnvError) throw new OperatorError(error.message);
    throw error;
  }
  const condition = await pingDatabase();
  if (condition.state !== "ready") throw new OperatorError(condition.message);
}

export const end = closeDatabase;

function borrowDemoSettings(): void {
  const dataDir = path.join(readDataDir(), "demo");
  const databaseUrl = readDemoDatabase(path.join(dataDir, "postgres"));
  if (databaseUrl === null) return;
  const environment = describeEnvironment(readPorts(), readDemoState(dataDir), databaseUrl);
  for (const [name, value] of Object.entries(environment)) process.env[name] ||= value;
}

/** What the embedded server keeps of itself; null where no demo was started. */
function readDemoDatabase(folder: string): string | null {
  const [password, port] = ["password", "port"].map((name) => path.join(folder, name));
  if (!password || !port || !existsSync(password) || !existsSync(port)) return null;
  const secret = readFileSync(password, "utf8").trim();
  return `postgresql://postgres:${secret}@127.0.0.1:${readFileSync(port, "utf8").trim()}/kakehashi`;
}
