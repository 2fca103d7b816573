import { Client } from "pg";
import { closeDatabase, connectDatabase } from "@/lib/store/client";
import { findConnection, saveAccount } from "@/lib/store/connections";
import { configureTokenSources } from "@/lib/sync/open-crms";
import { prepareConnection } from "@/lib/sync/prepare-connection";
import { runSync } from "@/lib/sync/run-sync";
import { SIDES, TOKENS } from "./sandboxes";

export type SyncEnd = { due: number; synced: number; failed: number; excluded: number; rounds: number };

const ROUND_BUDGET_MS = 60_000;
const MAX_ROUNDS = 60;

/**
 * The engine in this process, with the sandboxes' fixed tokens: prepares the one connection (id fields created, default
 * mappings). Every mapping is made two-way, so that an edit on either side is carried over. Answers the connection's id.
 */
export async function openEngine(databaseUrl: string, urls: Record<"hubspot" | "salesforce", string>): Promise<string> {
  connectDatabase(databaseUrl);
  configureTokenSources((_, side) => {
    const token = { accessToken: TOKENS[side], baseUrl: urls[side] };
    return { current: async () => token, renew: async () => token };
  });
  const { id } = await findConnection();
  for (const side of SIDES) {
    await saveAccount(id, side, { id: "to be read", name: side, userName: null, connectedAt: new Date() });
  }
  const prepared = await prepareConnection(id, { createIdFields: true });
  if (prepared !== "prepared") throw new Error(`The connection is ${prepared}`);
  await querySql(databaseUrl, "UPDATE field_mapping SET rule = 'two_way'");
  return id;
}

export async function closeEngine(): Promise<void> {
  await closeDatabase();
}

/** Runs the engine until nothing is left. @throws Error when a record failed, or when it does not come to an end. */
export async function syncAll(connectionId: string): Promise<SyncEnd> {
  const end: SyncEnd = { due: 0, synced: 0, failed: 0, excluded: 0, rounds: 0 };
  for (;;) {
    const result = await runSync(connectionId, { budgetMs: ROUND_BUDGET_MS, kind: "check", by: null });
    end.rounds += 1;
    for (const key of ["due", "synced", "failed", "excluded"] as const) end[key] += result[key];
    if (end.failed > 0) throw new Error(`${end.failed} records failed; a measure of failures would say nothing`);
    if (result.remaining === 0) return end;
    if (end.rounds >= MAX_ROUNDS) throw new Error("The sync did not come to an end");
  }
}

/** Rows of a question to the database, beside the engine. */
export async function querySql<Row>(databaseUrl: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
