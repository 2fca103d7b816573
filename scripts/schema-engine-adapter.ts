import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { Pool, type QueryConfig, type QueryResult } from "pg";
import { createTemporaryDatabase, runOnServer } from "./temporary-database";

/** Prisma's PostgreSQL adapter, mended where the schema engine needs more of it than queries do. */
export class MigrationAdapter extends PrismaPg {
  /** The error of the last script that failed: the engine itself only says "external connector error". */
  scriptError: Error | undefined;
  readonly #url: string;
  readonly #catalog: CatalogPool;
  readonly #cleanup: (() => Promise<void>)[] = [];

  constructor(url: string) {
    const catalog = openCatalogPool(url);
    super(catalog.pool);
    this.#url = url;
    this.#catalog = catalog;
  }

  override async connect() {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const isChar = this.#catalog.charColumns.get(result.rows);
      const columnTypes = result.columnTypes.map((type, i) => (isChar?.has(i) ? ColumnTypeEnum.Character : type));
      return { ...result, columnTypes };
    };
    // Prisma's version cuts scripts at every semicolon, also inside $$ … $$, strings and comments. Sent whole, as by
    // Prisma's command line, a migration can hold any SQL and is a single transaction.
    adapter.executeScript = (script) => this.#runScript(script);
    return adapter;
  }

  /** Prisma's version connects to the main database when it was given a URL, because a URL wins over `database`. */
  override async connectToShadowDb() {
    const shadow = await createTemporaryDatabase(this.#url);
    const factory = new MigrationAdapter(shadow.url);
    this.#cleanup.push(() => factory.close(), shadow.drop);
    return factory.connect();
  }

  /** Closes all connections and drops the temporary databases. */
  async close(): Promise<void> {
    for (const step of this.#cleanup) await step();
    await this.#catalog.pool.end();
  }

  async #runScript(script: string): Promise<void> {
    try {
      await runOnServer(this.#url, script);
    } catch (error) {
      this.scriptError = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
}

/** `charColumns`: for the rows of a result, which columns have PostgreSQL's internal type "char". */
type CatalogPool = { pool: Pool; charColumns: WeakMap<unknown[], Set<number>> };

const INTERNAL_CHAR = 18;
const TEXT = 25;

/**
 * PostgreSQL's own tables have columns of the internal one-byte type "char". The engine reads them to describe a database,
 * but Prisma's adapter refuses the type; so they pass it announced as text, and get their type back afterwards.
 */
function openCatalogPool(connectionString: string): CatalogPool {
  const pool = new Pool({ connectionString, max: 4 });
  const charColumns: CatalogPool["charColumns"] = new WeakMap();
  const query = pool.query.bind(pool) as (config: QueryConfig) => Promise<QueryResult>;
  const queryAnnouncingText = async (config: QueryConfig) => {
    const result = await query(config);
    charColumns.set(result.rows, new Set(result.fields.flatMap((f, i) => (f.dataTypeID === INTERNAL_CHAR ? [i] : []))));
    for (const field of result.fields) if (field.dataTypeID === INTERNAL_CHAR) field.dataTypeID = TEXT;
    return result;
  };
  return { pool: Object.assign(pool, { query: queryAnnouncingText }), charColumns };
}
