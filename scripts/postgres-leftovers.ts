import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isPortFree } from "./free-port";

const STOP_TIMEOUT_MS = 20_000;

/** Notes that this process runs the server of `root`, so that a later start can tell a killed run from a live one. */
export function rememberOwner(root: string): void {
  writeFileSync(path.join(root, "owner.pid"), String(process.pid));
}

/**
 * Makes way for a new server after a run that was killed: ends a server that outlived its owner, and removes a
 * postmaster.pid without a server. PostgreSQL itself refuses to start when any process has the number in that file,
 * and after a reboot or in a new container that is a stranger.
 *
 * @throws Error when the owner still runs: two at once on one data folder.
 */
export async function clearAbandonedServer(root: string, cluster: string): Promise<void> {
  const lockFile = path.join(cluster, "postmaster.pid");
  if (!existsSync(lockFile)) return;
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory key, status.
  const [pidLine, , , portLine] = readFileSync(lockFile, "utf8").split("\n");
  const server = { pid: Number(pidLine), port: Number(portLine) };
  if (server.port > 0 && !(await isPortFree(server.port))) {
    if (isOwnerAlive(root)) throw new Error(describeBusy(root));
    await endServer(server.pid, server.port, lockFile);
  }
  rmSync(lockFile, { force: true });
}

function describeBusy(root: string): string {
  return (
    `The database in ${root} is in use by process ${readOwner(root)}, another run of Kakehashi. ` +
    "Stop that one first, or set KAKEHASHI_DATA_DIR to another folder."
  );
}

function readOwner(root: string): number {
  const file = path.join(root, "owner.pid");
  return existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
}

function isOwnerAlive(root: string): boolean {
  const owner = readOwner(root);
  return owner > 0 && owner !== process.pid && isAlive(owner);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The lock file is removed by the server itself on its way out, which proves that `pid` was that server. */
async function endServer(pid: number, port: number, lockFile: string): Promise<void> {
  if (isAlive(pid)) process.kill(pid, "SIGINT");
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (existsSync(lockFile) && !(await isPortFree(port))) {
    if (Date.now() > deadline) {
      throw new Error(`Port ${port} is taken and the database of an earlier run (process ${pid}) does not end.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
