import { execFile } from "node:child_process";
import { makeClientEnvironment } from "./client-environment";

/** What the Salesforce CLI prints with `--json`: `status` 0 and a result, or an error's name and message. */
export type SfReply<T> = { status: number; result: T; name?: string; message?: string; data?: unknown };

const SETTINGS = {
  SF_DISABLE_TELEMETRY: "true",
  // The CLI's own switch is SF_AUTOUPDATE_DISABLE, but in an installation from npm that one turns the update hook on.
  SF_DISABLE_AUTOUPDATE: "true",
  SF_SKIP_NEW_VERSION_CHECK: "true",
  SF_DISABLE_LOG_FILE: "true",
  SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
  SF_USE_PROGRESS_BAR: "false",
};

/** Runs the installed `sf` in `folder`, which is its home as well. Rejects only when it cannot be started or hangs. */
export function runSf(folder: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const environment = makeClientEnvironment(folder, { ...SETTINGS, ...env });
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env: environment, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 };
    execFile("sf", args, options, (error, stdout, stderr) => {
      if (error && (error.killed || typeof error.code !== "number")) reject(error);
      else resolve(error && stdout === "" ? stderr : stdout);
    });
  });
}

/** Runs `sf … --json` and answers what it printed, whether it went well or not. */
export async function askSf<T>(folder: string, args: string[], env?: Record<string, string>): Promise<SfReply<T>> {
  const output = await runSf(folder, [...args, "--json"], env);
  try {
    return JSON.parse(output) as SfReply<T>;
  } catch {
    throw new Error(`sf ${args.join(" ")} printed no JSON: ${output}`);
  }
}
