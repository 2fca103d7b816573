import { type SpawnOptions, spawn } from "node:child_process";

/** What a finished program left: its exit code (null when a signal ended it) and its output, both streams together. */
export type FinishedProgram = { code: number | null; output: string };

/** Runs a program to its end and collects what it printed. Rejects only when it cannot be started at all. */
export async function runProgram(
  program: string,
  args: string[],
  options: SpawnOptions = {},
): Promise<FinishedProgram> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, output }));
  });
}
