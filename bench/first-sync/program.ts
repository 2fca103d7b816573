import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";

/** A program of ours as it runs in production, with its process id. */
export type Program = { pid: number; throwIfEnded(): void; stop(): Promise<void> };

/** Starts Node with `args`; the program is ended with SIGTERM, and at the latest together with this process. */
export function startProgram(name: string, args: string[], env: Record<string, string>, folder: string): Program {
  const logFile = path.join(folder, "logs", `${name}.log`);
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, args, { stdio: ["ignore", log, log], env: { ...process.env, ...env } });
  closeSync(log);
  const killNow = () => child.kill("SIGKILL");
  process.once("exit", killNow);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    throwIfEnded() {
      if (hasEnded()) throw new Error(`${name} ended:\n${readFileSync(logFile, "utf8").slice(-3_000)}`);
    },
    async stop() {
      process.off("exit", killNow);
      if (hasEnded()) return;
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      const hardKill = setTimeout(killNow, 10_000);
      await ended;
      clearTimeout(hardKill);
    },
  };
}
