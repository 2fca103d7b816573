import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { applyMigrations } from "../migrations";
import { startPostgres } from "../postgres";
import { createTemporaryDatabase } from "../temporary-database";

declare module "vitest" {
  interface ProvidedContext {
    /** Server for test databases, and the migrated database to copy on it. */
    database: { serverUrl: string; template: string };
  }
}

/** Before the integration tests: one PostgreSQL (or that of DATABASE_URL) with one migrated database to copy. */
export default async function startDatabase(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "kakehashi-test-"));
  const postgres = await startPostgres({ dataDir: folder, durable: false });
  const template = await createTemporaryDatabase(postgres.url);
  await applyMigrations(template.url);
  project.provide("database", { serverUrl: postgres.url, template: template.name });
  return async () => {
    await template.drop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
