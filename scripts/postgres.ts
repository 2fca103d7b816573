import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { findFreePort, isPortFree } from "./free-port";
import { buildServerCommand, findPostgresBinaries, resolveServerUser } from "./postgres-binaries";
import { clearAbandonedServer, rememberOwner } from "./postgres-leftovers";
import { runProgram } from "./run-program";

/**
 * A running database: `url` of its main database, and how to end it. `stop` never fails and may be called twice. `ended`
 * settles when the server ends, asked or not; a database of somebody else's (DATABASE_URL) never does.
 */
export type RunningPostgres = {
  url: string;
  stop: () => Promise<void>;
  ended: Promise<number | null>;
  lastLines: () => string;
};

/**
 * `dataDir`: folder for everything PostgreSQL keeps. `port`: else a free one, remembered in `dataDir`.
 * `durable: false`: no waiting for the disk, for databases that are thrown away; a power cut would damage them.
 */
export type PostgresOptions = { dataDir: string; port?: number; durable?: boolean };

const DATABASE = "kakehashi";
const READY_TIMEOUT_MS = 60_000;
// Fast shutdown takes well under a second; a checkpoint on a slow disk may take longer.
const STOP_TIMEOUT_MS = 20_000;

/**
 * Starts the PostgreSQL that comes with npm, in `dataDir`, listening on 127.0.0.1 only, and creates the database
 * `kakehashi` in it. With `DATABASE_URL` set nothing is started and that database is used.
 *
 * @throws Error with the last lines of the server's log when it does not come up.
 */
export async function startPostgres({ dataDir, port, durable = true }: PostgresOptions): Promise<RunningPostgres> {
  const given = process.env.DATABASE_URL;
  if (given) return { url: given, stop: async () => {}, ended: new Promise(() => {}), lastLines: () => "" };

  const root = path.resolve(dataDir);
  const cluster = path.join(root, "cluster");
  const user = resolveServerUser();
  mkdirSync(root, { recursive: true });
  const password = keepPassword(path.join(root, "password"));
  const binaries = await findPostgresBinaries();
  if (!existsSync(path.join(cluster, "PG_VERSION"))) await initialise(binaries.initdb, cluster, password, user);
  await clearAbandonedServer(root, cluster);

  const usedPort = await choosePort(path.join(root, "port"), port);
  const logFile = path.join(root, "postgres.log");
  const child = spawnServer({ program: binaries.postgres, cluster, port: usedPort, logFile, user, durable });
  rememberOwner(root);
  const stopOnExit = () => child.kill("SIGINT");
  process.once("exit", stopOnExit);
  const stop = () => stopServer(child).finally(() => process.off("exit", stopOnExit));
  const url = (database: string) => `postgresql://postgres:${password}@127.0.0.1:${usedPort}/${database}`;
  try {
    await waitUntilReady(child, url("postgres"));
    await ensureDatabase(url("postgres"));
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL did not start: ${messageOf(error)}\n${lastLines(logFile)}`);
  }
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return { url: url(DATABASE), stop, ended, lastLines: () => lastLines(logFile) };
}

function keepPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString("hex"), { mode: 0o600 });
  return readFileSync(file, "utf8").trim();
}

type ServerUser = ReturnType<typeof resolveServerUser>;

async function initialise(initdb: string, cluster: string, password: string, user: ServerUser): Promise<void> {
  // A folder without PG_VERSION is the rest of an initialisation that was killed half-way: initdb refuses it.
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(cluster, { recursive: true });
  chmodSync(cluster, 0o700);
  const passwordFile = `${cluster}.pw`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user) for (const owned of [cluster, passwordFile]) chownSync(owned, user.uid, user.gid);
  const options = ["--auth=scram-sha-256", "--username=postgres", "--encoding=UTF8", "--no-sync"];
  try {
    const args = [`--pgdata=${cluster}`, `--pwfile=${passwordFile}`, ...options, ...(await localeOptions())];
    const command = buildServerCommand(initdb, args, user, cluster);
    const done = await runProgram(command.program, command.args, command.user);
    if (done.code !== 0) throw new Error(`initdb failed (exit ${done.code}): ${done.output}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * PostgreSQL's built-in C.UTF-8 sorts and compares alike on every machine. pg_trgm however asks the system's character
 * types: under "C" it finds no letters in Japanese text, so a UTF-8 one is taken where the system has it.
 */
async function localeOptions(): Promise<string[]> {
  const listed = await runProgram("locale", ["-a"]).catch(() => ({ output: "" }));
  const available = listed.output.split(/\s+/);
  const type = ["C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8"].find((name) => available.includes(name)) ?? "C";
  return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", `--lc-ctype=${type}`];
}

async function choosePort(file: string, wanted: number | undefined): Promise<number> {
  const remembered = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (wanted === undefined && remembered > 0 && (await isPortFree(remembered))) return remembered;
  const port = wanted ?? (await findFreePort());
  writeFileSync(file, String(port));
  return port;
}

type ServerStart = {
  program: string;
  cluster: string;
  port: number;
  logFile: string;
  user: ServerUser;
  durable: boolean;
};

function spawnServer({ program, cluster, port, logFile, user, durable }: ServerStart): ChildProcess {
  const log = openSync(logFile, "a");
  const settings = {
    listen_addresses: "127.0.0.1",
    // No socket file: the default folder /tmp or /run may be missing or not writable.
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "128MB",
    fsync: durable ? "on" : "off",
    synchronous_commit: durable ? "on" : "off",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // Its own process group: Ctrl-C in a terminal reaches the whole group, and the database must go last.
  const command = buildServerCommand(program, ["-D", cluster, "-p", String(port), ...flags], user, cluster);
  const child = spawn(command.program, command.args, {
    ...command.user,
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...process.env, LC_ALL: "C" },
  });
  child.on("error", () => {});
  closeSync(log);
  return child;
}

async function waitUntilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    if (child.exitCode !== null || child.pid === undefined)
      throw new Error(`it ended with exit code ${child.exitCode}`);
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    // A server that is still starting cuts the connection; without a listener that is an uncaught error.
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  // SIGINT is PostgreSQL's fast shutdown: open transactions roll back, data is flushed.
  child.kill("SIGINT");
  const hardKill = setTimeout(() => child.kill("SIGKILL"), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(hardKill);
}

function lastLines(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-15).join("\n") : "";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
