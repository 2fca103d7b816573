import { PrismaPg } from "@prisma/adapter-pg";
import { Pool } from "pg";
import { forgetStatementsSoon } from "./forget-statements";
import { Prisma, PrismaClient } from "./generated/client";

export type Database = PrismaClient;
/** What a function gets that may run alone or inside a transaction. */
export type DatabaseOrTransaction = PrismaClient | Prisma.TransactionClient;

/** Why the database cannot be used, with a sentence for the log and for /api/ready. */
export type DatabaseCondition =
  | { state: "ready" }
  | { state: "unreachable"; message: string }
  | { state: "not_migrated"; message: string };

type Held = { url: string; client: PrismaClient };

// Next.js loads a module once per bundle (instrumentation, each route), so the one client per process hangs on globalThis.
const holder = globalThis as typeof globalThis & { kakehashiDatabase?: Held };

/**
 * Makes the process's client for this URL; calling it again with the same URL gives the same client.
 * @throws Error when the process already holds a client for another database (tests close it first).
 */
export function connectDatabase(url: string): Database {
  const held = holder.kakehashiDatabase;
  if (held) {
    if (held.url === url) return held.client;
    throw new Error("This process is already connected to another database; closeDatabase() comes first.");
  }
  const pool = new Pool({
    connectionString: url,
    max: readPoolSize(),
    // A pool that is used up or a host that does not answer becomes an error after 10 s instead of a hanging request.
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  });
  pool.on("release", forgetStatementsSoon);
  const client = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  holder.kakehashiDatabase = { url, client };
  return client;
}

/** The process's client; the first call connects to `DATABASE_URL`. */
export function getDatabase(): Database {
  if (holder.kakehashiDatabase) return holder.kakehashiDatabase.client;
  const url = process.env.DATABASE_URL;
  if (!url)
    throw new Error("DATABASE_URL is not set: it names the PostgreSQL database, postgres://user:password@host/name");
  return connectDatabase(url);
}

/** Ends all connections of the pool; a later getDatabase() starts anew. */
export async function closeDatabase(): Promise<void> {
  const held = holder.kakehashiDatabase;
  holder.kakehashiDatabase = undefined;
  await held?.client.$disconnect();
}

/**
 * Runs `work` in one transaction (read committed). Waits up to 10 s for a connection; work that takes longer than
 * `timeoutMs` is rolled back. Never call a CRM inside.
 */
export function inTransaction<Result>(
  work: (transaction: Prisma.TransactionClient) => Promise<Result>,
  timeoutMs = 30_000,
): Promise<Result> {
  return getDatabase().$transaction(work, { maxWait: 10_000, timeout: timeoutMs });
}

/** 23505: PostgreSQL's code of a unique key that is taken, in a statement of ours. */
export function isKeyTaken(error: unknown): boolean {
  return error instanceof Error && error.message.includes("23505");
}

/** Tells apart a database that is not there from one that lacks our tables. Never throws. */
export async function pingDatabase(): Promise<DatabaseCondition> {
  try {
    const rows = await getDatabase().$queryRaw<{ found: boolean }[]>(
      Prisma.sql`SELECT to_regclass('connection') IS NOT NULL AND to_regclass('sync_record') IS NOT NULL AS found`,
    );
    if (rows[0]?.found) return { state: "ready" };
    return {
      state: "not_migrated",
      message: "The database has no Kakehashi tables yet; run: npm run db:migrate",
    };
  } catch (error) {
    return {
      state: "unreachable",
      message: `The database cannot be reached (${describeCause(error)}); is PostgreSQL running and DATABASE_URL right?`,
    };
  }
}

function readPoolSize(): number {
  const size = Number(process.env.DATABASE_POOL ?? "10");
  return Number.isInteger(size) && size >= 1 && size <= 500 ? size : 10;
}

/** A code such as ECONNREFUSED or P1001; never the whole message, which may carry the URL and its password. */
function describeCause(error: unknown): string {
  if (typeof error === "object" && error !== null) {
    if ("code" in error && typeof error.code === "string") return error.code;
    if ("cause" in error && error.cause !== undefined) return describeCause(error.cause);
  }
  return error instanceof Error ? error.name : "unknown cause";
}
