import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { applyMigrations } from "./migrations";
import { createTemporaryDatabase, type TemporaryDatabase } from "./temporary-database";
import { createTestDatabase } from "./testing/database";

let database: TemporaryDatabase;
let folder: string;

beforeEach(async () => {
  database = await createTemporaryDatabase(inject("database").serverUrl);
  folder = mkdtempSync(path.join(tmpdir(), "kakehashi-migrations-"));
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function addMigration(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

async function askDatabase(sql: string, url = database.url): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("migrations", () => {
  it("are applied once, in the order of their names", async () => {
    addMigration("20260102000000_second", "ALTER TABLE note ADD COLUMN body text;");
    addMigration("20260101000000_first", "CREATE TABLE note (id int);");
    expect(await applyMigrations(database.url, folder)).toEqual(["20260101000000_first", "20260102000000_second"]);
    expect(await applyMigrations(database.url, folder)).toEqual([]);
  });

  it("may hold any SQL, semicolons inside function bodies, strings and comments included", async () => {
    addMigration(
      "20260101000000_function",
      `-- one; two
       CREATE FUNCTION answer() RETURNS int AS $$ BEGIN RETURN 42; END; $$ LANGUAGE plpgsql;
       CREATE TABLE word (value text DEFAULT 'a;b');`,
    );
    await applyMigrations(database.url, folder);
    expect(await askDatabase("SELECT answer()")).toEqual([{ answer: 42 }]);
  });

  it("leave nothing behind when they fail, say what PostgreSQL said, and can be mended and run again", async () => {
    addMigration("20260101000000_broken", "CREATE TABLE half (id int); CREATE TABLE other (id nonsense);");
    await expect(applyMigrations(database.url, folder)).rejects.toThrow('type "nonsense" does not exist');
    expect(await askDatabase("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
    addMigration("20260101000000_broken", "CREATE TABLE half (id int);");
    expect(await applyMigrations(database.url, folder)).toEqual(["20260101000000_broken"]);
  });

  it("started by several processes at once are applied by one of them", async () => {
    addMigration("20260101000000_first", "CREATE TABLE note (id int);");
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(database.url, folder)));
    expect(applied.flat()).toEqual(["20260101000000_first"]);
  });
});

describe("the test database", () => {
  it("has the app's tables and is gone after drop", async () => {
    const copy = await createTestDatabase();
    expect(await askDatabase("SELECT to_regclass('connection') IS NOT NULL AS found", copy.url)).toEqual([
      { found: true },
    ]);
    await copy.drop();
    await expect(askDatabase("SELECT 1", copy.url)).rejects.toThrow("does not exist");
  });
});
