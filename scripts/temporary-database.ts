import { randomBytes } from "node:crypto";
import { Client } from "pg";

/** A database that exists until `drop`, which also cuts the connections that are still open. */
export type TemporaryDatabase = { name: string; url: string; drop: () => Promise<void> };

/**
 * Creates a database with a random name on the server of `serverUrl`, whose user needs CREATEDB.
 * `template`: name of a database to copy; nobody may be connected to it while it is copied.
 */
export async function createTemporaryDatabase(serverUrl: string, template?: string): Promise<TemporaryDatabase> {
  const name = `kakehashi_tmp_${randomBytes(6).toString("hex")}`;
  await runOnServer(serverUrl, `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ""}`);
  return {
    name,
    url: withDatabase(serverUrl, name),
    drop: () => runOnServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The same server and user, another database. */
export function withDatabase(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs SQL, several statements allowed, on a connection of its own. */
export async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
