import path from "node:path";
import { applyMigrations } from "@/scripts/migrations";
import { startPostgres } from "@/scripts/postgres";
import { createTemporaryDatabase, type TemporaryDatabase } from "@/scripts/temporary-database";

/** One embedded PostgreSQL (or that of DATABASE_URL) that hands out empty migrated databases. */
export type DatabaseServer = { create(): Promise<TemporaryDatabase>; stop(): Promise<void> };

export async function startDatabaseServer(folder: string): Promise<DatabaseServer> {
  const postgres = await startPostgres({ dataDir: path.join(folder, "postgres") });
  return {
    async create() {
      const database = await createTemporaryDatabase(postgres.url);
      await applyMigrations(database.url);
      return database;
    },
    stop: postgres.stop,
  };
}
