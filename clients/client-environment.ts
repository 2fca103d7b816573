import path from "node:path";
import { fileURLToPath } from "node:url";

const PROGRAMS = fileURLToPath(new URL("node_modules/.bin", import.meta.url));

/**
 * The whole environment of a client: its installed programs first in PATH, a home of its own, nothing of the person who
 * runs the tests. The servers are local, so no proxy of the machine may come between.
 */
export function makeClientEnvironment(home: string, settings: Record<string, string>): NodeJS.ProcessEnv {
  return {
    PATH: [PROGRAMS, path.dirname(process.execPath), process.env.PATH ?? ""].join(path.delimiter),
    HOME: home,
    TMPDIR: home,
    NO_PROXY: "127.0.0.1",
    CI: "true",
    NODE_ENV: "production",
    ...settings,
  };
}
