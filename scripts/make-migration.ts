import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { readDataDir } from "./data-dir";
import { migrationLockfile, prismaFolder, readMigrations } from "./migrations";
import { startPostgres } from "./postgres";
import { schemaFilter, withSchemaEngine } from "./schema-engine";

/**
 * The SQL between the migrations so far and prisma/schema.prisma, or null when they agree. The migrations are replayed
 * in a temporary database on the server of `serverUrl`, so parts written by hand count as well.
 */
async function diffSchema(serverUrl: string): Promise<string | null> {
  const schemaFile = path.join(prismaFolder, "schema.prisma");
  return withSchemaEngine(serverUrl, async (engine) => {
    const diff = await engine.diff({
      from: { tag: "migrations", ...readMigrations() },
      to: { tag: "schemaDatamodel", files: [{ path: schemaFile, content: readFileSync(schemaFile, "utf8") }] },
      script: true,
      exitCode: true,
      filters: schemaFilter,
    });
    // 2 means "there is a difference", as with Prisma's own `migrate diff --exit-code`.
    return diff.exitCode === 2 ? diff.stdout : null;
  });
}

function writeMigration(name: string, sql: string): string {
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = path.join(prismaFolder, "migrations", `${stamp}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "migration.sql"), sql);
  writeFileSync(path.join(prismaFolder, "migrations", "migration_lock.toml"), migrationLockfile);
  return path.relative(process.cwd(), path.join(folder, "migration.sql"));
}

const { values } = parseArgs({ options: { name: { type: "string" } } });
const name = values.name?.toLowerCase().replace(/[^a-z0-9]+/g, "_");
if (!name) {
  console.error("Say what the migration does: npm run db:make-migration -- --name add_field_groups");
  process.exit(1);
}
const postgres = await startPostgres({ dataDir: path.join(readDataDir(), "migrations-postgres") });
try {
  const sql = await diffSchema(postgres.url);
  console.log(sql ? `Wrote ${writeMigration(name, sql)}` : "The schema and the migrations agree: nothing to write.");
} finally {
  await postgres.stop();
}
