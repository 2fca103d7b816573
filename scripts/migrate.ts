import path from "node:path";
import { readDataDir } from "./data-dir";
import { applyMigrations } from "./migrations";
import { startPostgres } from "./postgres";

// Without DATABASE_URL this brings up the database that `npm run dev` uses.
const postgres = await startPostgres({ dataDir: path.join(readDataDir(), "dev", "postgres") });
try {
  const applied = await applyMigrations(postgres.url);
  console.log(applied.length > 0 ? `Applied ${applied.join(", ")}` : "The database is up to date.");
} catch (error) {
  console.error(`The migrations failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await postgres.stop();
}
