import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engineBindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { MigrationAdapter } from "./schema-engine-adapter";

/** Prisma's schema engine, running as WebAssembly inside this process. */
export type SchemaEngine = engineBindings.SchemaEngine;

/** Nothing in the schema is managed by somebody else: pg-boss keeps its tables in a schema of its own. */
export const schemaFilter = { externalTables: [], externalEnums: [] };

/**
 * Runs `work` with Prisma's schema engine opened on a database, without the engine download that the Prisma command
 * line needs: the same engine comes as WebAssembly in an npm package. Connections are closed at the end.
 *
 * @throws Error with PostgreSQL's own message when a script failed, else the engine's.
 */
export async function withSchemaEngine<T>(databaseUrl: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  await loadEngine();
  const adapter = new MigrationAdapter(databaseUrl);
  // It panics without a schema, although migrations need no more of it than the kind of database.
  const datamodels: [string, string][] = [["schema.prisma", 'datasource db { provider = "postgresql" }']];
  const bound = bindMigrationAwareSqlAdapterFactory(adapter);
  try {
    const engine = await engineBindings.SchemaEngine.new({ datamodels }, () => {}, bound);
    return await work(engine);
  } catch (error) {
    throw adapter.scriptError ?? error;
  } finally {
    await adapter.close();
  }
}

let loading: Promise<void> | undefined;

function loadEngine(): Promise<void> {
  loading ??= instantiateEngine();
  return loading;
}

/** The package imports its .wasm like a module, which Node only does behind a flag; so it is joined by hand. */
async function instantiateEngine(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = readFileSync(path.join(path.dirname(entry), "schema_engine_bg.wasm"));
  const bindings: WebAssembly.ModuleImports = { ...(engineBindings as unknown as WebAssembly.ModuleImports) };
  // The engine never clears the 10-second timer of its lock; that must not keep the process alive.
  for (const name of Object.keys(bindings).filter((key) => key.startsWith("__wbg_setTimeout"))) {
    bindings[name] = (run: () => void, ms: number) => setTimeout(run, ms).unref();
  }
  const imports = { "./schema_engine_bg.js": bindings };
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  // A panic inside WebAssembly can only leave its message through this global; without it the reason is lost.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) },
  });
  engineBindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}
