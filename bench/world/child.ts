import { type ChildProcess, fork } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** A process of its own that answers one question at a time. */
export type Child = { pid: number; ask<T>(question: unknown): Promise<T>; stop(): Promise<void> };

type Answer = { answer?: unknown; error?: string };

export type ChildOptions = {
  /** URL of the program, from import.meta.resolve */
  program: string;
  args?: string[];
  logFile: string;
  /** Flags for Node itself, such as --cpu-prof */
  nodeFlags?: string[];
  env?: Record<string, string>;
};

/** Starts a TypeScript program that calls `answerParent`; it ends with this process, however that ends. */
export function startChild(o: ChildOptions): Child {
  mkdirSync(path.dirname(o.logFile), { recursive: true });
  const log = openSync(o.logFile, "w");
  const child = fork(fileURLToPath(o.program), o.args ?? [], {
    execArgv: ["--import", "tsx", ...(o.nodeFlags ?? [])],
    stdio: ["ignore", log, log, "ipc"],
    env: { ...process.env, ...o.env },
  });
  closeSync(log);
  return { pid: child.pid ?? 0, ask: (question) => askChild(child, question, o), stop: () => stopChild(child) };
}

function askChild<T>(child: ChildProcess, question: unknown, o: ChildOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const settle = (work: () => void) => {
      child.off("message", onMessage);
      child.off("exit", onExit);
      work();
    };
    const onMessage = (message: Answer) =>
      settle(() => (message.error === undefined ? resolve(message.answer as T) : reject(new Error(message.error))));
    const onExit = () =>
      settle(() => reject(new Error(`${o.program} ended:\n${readFileSync(o.logFile, "utf8").slice(-2_000)}`)));
    child.on("message", onMessage);
    child.on("exit", onExit);
    child.send(question as object);
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.disconnect();
  const hardKill = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(hardKill);
}

/** The child's half: answers every question of the parent with what `work` returns, and ends when the parent is gone. */
export function answerParent(work: (question: unknown) => Promise<unknown>): void {
  process.on("message", (question: unknown) => {
    work(question).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once("disconnect", () => process.exit(0));
}
