import path from "node:path";
import { readDataDir } from "./data-dir";
import { applyMigrations } from "./migrations";
import { startPostgres } from "./postgres";

// Without DATABASE_URL this brings up the database that `npm run dev` uses.
const postgres = await startPostgres({ dataDir: path.join(readDataDir(), "dev", "postgres") });
let code = 0;
try {
  const applied = await applyMigrations(postgres.url);
  console.log(applied.length > 0 ? `Applied ${applied.join(", ")}` : "The database is up to date.");
} catch (error) {
  console.error(`The migrations failed: ${error instanceof Error ? error.message : String(error)}`);
  code = 1;
} finally {
  await postgres.stop();
}
// The engine leaves its 10-second lock timer running, which would hold this process that long.
process.exit(code);
