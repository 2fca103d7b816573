import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";

/** `args` go to Node itself. `env` is added to this process's own. */
export type PartOptions = { name: string; args: string[]; env: Record<string, string>; logFile: string };

/** A running part. `ended` settles once, with its exit code (null: a signal). `stop` never fails. */
export type Part = { name: string; ended: Promise<number | null>; stop: () => Promise<void>; lastLines: () => string };

const STOP_TIMEOUT_MS = 10_000;
const END_WITH_PARENT = new URL("./end-with-parent.mjs", import.meta.url).href;

/**
 * Starts a Node program whose output goes to `logFile` (started anew). It gets a process group of its own, so that Ctrl-C
 * reaches only the parent, which then stops the parts in order; the whole group is stopped, grandchildren included.
 */
export function startPart({ name, args, env, logFile }: PartOptions): Part {
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, ["--import", END_WITH_PARENT, ...args], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, ...env },
  });
  closeSync(log);
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.once("error", () => resolve(null));
  });
  // The last chance when this process itself fails: nothing that it started may stay.
  const killOnExit = () => signalGroup(child, "SIGKILL");
  process.once("exit", killOnExit);
  void ended.then(() => process.off("exit", killOnExit));
  return { name, ended, stop: () => stopPart(child, ended), lastLines: () => readLastLines(logFile) };
}

async function stopPart(child: ChildProcess, ended: Promise<number | null>): Promise<void> {
  if (child.pid === undefined) return;
  signalGroup(child, "SIGTERM");
  const hardKill = setTimeout(() => signalGroup(child, "SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(hardKill);
  // Whatever the part itself had started and left behind.
  signalGroup(child, "SIGKILL");
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

function readLastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-25).join("\n") : "";
}
