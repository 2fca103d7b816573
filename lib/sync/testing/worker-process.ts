import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { CronResult } from "@/lib/contracts/overview";
import { HUBSPOT_TOKEN, SALESFORCE_TOKEN, type SyncWorld } from "./world";

/** `jobId`: one turn of that job instead of a run; its answer has only `end`. */
type WorkerRun = { budgetMs: number; batchSize?: number; jobId?: string };

/** A real process that runs the engine on the world's database and sandboxes; see sync-child. */
export type WorkerProcess = {
  ready: Promise<void>;
  /** Null when the process died before it could answer */
  run(options: WorkerRun): Promise<CronResult | null>;
  signal(name: "SIGSTOP" | "SIGCONT"): void;
  /** SIGKILL; resolves when the process is gone */
  kill(): Promise<void>;
  /** Lets it end by itself */
  end(): Promise<void>;
};

/** `databaseUrl`: the world's own, or that of a proxy before it. */
export function spawnWorker(world: SyncWorld, databaseUrl = world.databaseUrl): WorkerProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "lib/sync/testing/sync-child.ts"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      CONNECTION_ID: world.connectionId,
      HUBSPOT_URL: world.hubspot.url,
      SALESFORCE_URL: world.salesforce.url,
      HUBSPOT_TOKEN,
      SALESFORCE_TOKEN,
    },
  });
  const exited = new Promise<null>((resolve) => child.once("exit", () => resolve(null)));
  child.stdin.on("error", () => {});
  const nextLine = readLines(child);
  const ready = Promise.race([nextLine(), exited]).then((line) => {
    if (line !== "ready") throw new Error("The worker process ended before it was ready");
  });
  // A test that fails early never awaits it; its own error is the one to show.
  ready.catch(() => {});
  return {
    ready,
    async run(options) {
      await ready;
      child.stdin.write(`${JSON.stringify(options)}\n`);
      const line = await Promise.race([nextLine(), exited]);
      return line === null ? null : (JSON.parse(line) as CronResult);
    },
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
    async end() {
      child.stdin.end();
      await exited;
    },
  };
}

function readLines(child: ChildProcess): () => Promise<string> {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  if (!child.stdout) throw new Error("The worker process has no output");
  createInterface({ input: child.stdout }).on("line", (line) => {
    const first = waiting.shift();
    if (first) first(line);
    else lines.push(line);
  });
  return async () => lines.shift() ?? new Promise<string>((resolve) => waiting.push(resolve));
}

/** Keeps `ahead` processes started, because starting one takes a second. */
export function keepWorkers(
  start: () => WorkerProcess,
  ahead: number,
): { take(): WorkerProcess; stop(): Promise<void> } {
  const idle = Array.from({ length: ahead }, start);
  return {
    take() {
      idle.push(start());
      return idle.shift() ?? start();
    },
    stop: async () => void (await Promise.all(idle.map((worker) => worker.kill()))),
  };
}
