import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type DatabaseOrTransaction, getDatabase } from "./client";

const CHANNEL = "kakehashi_wake";
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** Tells every listening worker that a connection has something to do; inside a transaction: when that commits. */
export async function signalWork(connectionId: string, db: DatabaseOrTransaction = getDatabase()): Promise<void> {
  await db.$executeRaw`SELECT pg_notify(${CHANNEL}, ${connectionId})`;
}

/**
 * Calls `onSignal` with the connection's id for every signal, and with null whenever signals may have been missed (at the
 * start and after the line was cut): then everything is to be looked at. Holds one database connection of its own until
 * `stop` is aborted; a pooler in transaction mode lets no signal through, and the worker's minute tick does the work then.
 */
export async function listenForSignals(
  databaseUrl: string,
  onSignal: (connectionId: string | null) => void,
  stop: AbortSignal,
): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!stop.aborted) {
    const startedAt = Date.now();
    await listenOnce(databaseUrl, onSignal, stop).catch(() => {});
    if (stop.aborted) return;
    pauseMs = Date.now() - startedAt > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    await sleep(pauseMs, undefined, { signal: stop }).catch(() => {});
  }
}

/** Resolves when the line is gone or `stop` is aborted; rejects when it cannot be opened. */
async function listenOnce(
  databaseUrl: string,
  onSignal: (connectionId: string | null) => void,
  stop: AbortSignal,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, application_name: "kakehashi-signals", keepAlive: true });
  const gone = new Promise<void>((resolve) => {
    client.once("error", () => resolve());
    client.once("end", () => resolve());
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
  try {
    await client.connect();
    client.on("notification", (message) => onSignal(message.payload ?? null));
    await client.query(`LISTEN ${CHANNEL}`);
    onSignal(null);
    await gone;
  } finally {
    await client.end().catch(() => {});
  }
}
