import type { Part } from "./child-process";
import { StartError } from "./local-stack";

/** What to undo at the end, the last added first; parts that run until then. */
export type Supervisor = {
  /** Registers a part: when it ends on its own, everything is stopped and the command fails with its last lines. */
  watch: (part: Part) => void;
  /** The same for the database, which is stopped after all parts. */
  watchLast: (part: Part) => void;
};

/**
 * Runs `start`, then keeps going until Ctrl-C or SIGTERM (exit 0), or until a part dies or `start` fails (exit 1). In
 * every case all that was started is stopped first: parts together, then the rest.
 */
export async function runSupervised(start: (supervisor: Supervisor) => Promise<void>): Promise<never> {
  const parts: Part[] = [];
  const last: Part[] = [];
  let isStopping = false;

  const stopAll = async (code: number): Promise<never> => {
    isStopping = true;
    await Promise.all(parts.map((part) => part.stop()));
    for (const part of last) await part.stop();
    process.exit(code);
  };
  const request = () => {
    // A terminal and npm both pass the signal on, so it comes twice.
    if (isStopping) return;
    console.log("\nStopping …");
    void stopAll(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, request);
  stopWithNpm(request);

  const watchIn = (list: Part[], part: Part) => {
    list.push(part);
    void part.ended.then((code) => {
      if (isStopping) return;
      isStopping = true;
      console.error(
        `\nThe part "${part.name}" ended (exit ${code ?? "by signal"}). Its last lines:\n\n${part.lastLines()}\n`,
      );
      void stopAll(1);
    });
  };
  try {
    await start({ watch: (part) => watchIn(parts, part), watchLast: (part) => watchIn(last, part) });
  } catch (error) {
    // While stopping, waiting for a part that is gone fails as well; the first reason has been told.
    if (!isStopping) {
      console.error(error instanceof StartError ? error.message : error);
      await stopAll(1);
    }
  }
  return new Promise<never>(() => {
    // Signals and parts end this process.
    setInterval(() => {}, 60_000);
  });
}

/** npm does not pass on every way of being ended; a command whose npm is gone has nobody to stop it any more. */
function stopWithNpm(request: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) request();
  }, 500).unref();
}
