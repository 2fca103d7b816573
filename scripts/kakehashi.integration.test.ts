import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { configureAccess } from "@/lib/access/access-settings";
import { saveTokens } from "@/lib/access/stored-tokens";
import { parseEnv } from "@/lib/server/env";
import { getDatabase } from "@/lib/store/client";
import { readConnection } from "@/lib/store/connections";
import { listMappings } from "@/lib/store/field-mappings";
import { makeContact } from "@/lib/sync/testing/pairs";
import { HUBSPOT_TOKEN, SALESFORCE_TOKEN, type SyncWorld, startSyncWorld } from "@/lib/sync/testing/world";

const OLD_KEY = `old:${randomBytes(32).toString("base64")}`;
const NEW_KEY = `new:${randomBytes(32).toString("base64")}`;
let world: SyncWorld;
let folder: string;
let environment: Record<string, string>;

beforeAll(async () => {
  world = await startSyncWorld();
  folder = mkdtempSync(path.join(tmpdir(), "kakehashi-cli-"));
  environment = {
    DATABASE_URL: world.databaseUrl,
    KAKEHASHI_ENCRYPTION_KEYS: OLD_KEY,
    HUBSPOT_API_URL: world.hubspot.url,
    SALESFORCE_LOGIN_URL: world.salesforce.url,
    LOG_LEVEL: "silent",
  };
  configureAccess(parseEnv(environment));
  const never = { refreshToken: null, expiresAt: null, scopes: "" };
  await saveTokens(world.connectionId, "hubspot", { accessToken: HUBSPOT_TOKEN, ...never });
  await saveTokens(world.connectionId, "salesforce", { accessToken: SALESFORCE_TOKEN, ...never });
  await getDatabase().connection.updateMany({ data: { salesforceUrl: world.salesforce.url } });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.stop();
});

type Ended = { code: number | null; out: string; err: string };

/** Runs the command line as an operator does, in a process of its own and without a terminal. */
function run(words: string[], env: Record<string, string> = environment): Promise<Ended> {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/kakehashi.ts", ...words], {
    env: { NODE_ENV: "test", KAKEHASHI_DATA_DIR: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, out, err })));
}

const file = (name: string): string => path.join(folder, name);

async function exportConfig(): Promise<{ settings: Record<string, unknown>; mappings: Record<string, unknown[]> }> {
  expect((await run(["config", "export", file("config.json")])).code).toBe(0);
  return JSON.parse(readFileSync(file("config.json"), "utf8"));
}

function save(config: unknown, n = 0): string {
  writeFileSync(file(`edited${n}.json`), JSON.stringify(config));
  return file(`edited${n}.json`);
}

test("sync carries a new contact over and counts it; status and explain tell of it, each gate in words", async () => {
  const id = await makeContact(world, { email: "cli@example.com", lastname: "Console" });
  const synced = await run(["sync"]);
  expect(synced).toMatchObject({ code: 0, out: expect.stringContaining("1 synced, 0 failed") });
  expect(await world.soql("SELECT LastName FROM Lead WHERE Email = 'cli@example.com'")).toHaveLength(1);
  const status = await run(["status"]);
  expect(status.out).toMatch(/Connection\s+active/);
  expect(status.out).toMatch(/Contacts\s+.*1 in sync/);
  expect(status.out).toMatch(/Salesforce calls\s+\d+ in 24 h/);
  for (const key of [id, "CLI@example.com"]) {
    const told = await run(["explain", key]);
    expect(told).toMatchObject({ code: 0, out: expect.stringContaining("Console: in sync") });
    expect(told.out).toMatch(/yes {2}The connection is active/);
  }
});

test("G6: a record without an address is explained by the gate that is closed", async () => {
  const id = await makeContact(world, { lastname: "Nobody" });
  await run(["sync"]);
  const { out } = await run(["explain", id]);
  expect(out).toMatch(/NO {3}.*e-?mail/i);
});

test("what is not understood, not known or not reachable is said in a sentence, with exit code 1", async () => {
  const cases: [string[], Record<string, string>, RegExp][] = [
    [["dance"], environment, /There is no command "dance"[\s\S]*Usage:/],
    [["status", "--loud"], environment, /Unknown option '--loud'[\s\S]*Usage:/],
    [["explain", "nobody@example.com"], environment, /No record with "nobody@example.com" is known/],
    [["config", "import", "/nowhere/x.json"], environment, /cannot be read/],
    [["status"], { ...environment, DATABASE_URL: "postgresql://x:y@127.0.0.1:1/z" }, /database cannot be reached/],
    [["status"], { KAKEHASHI_ENCRYPTION_KEYS: OLD_KEY }, /DATABASE_URL is missing/],
  ];
  const ends = await Promise.all(cases.map(([words, env]) => run(words, env)));
  for (const [n, ended] of ends.entries()) {
    const [words, , message] = cases[n] ?? [[], {}, /never/];
    expect({ words, ...ended }).toMatchObject({ words, code: 1, out: "" });
    expect(ended.err).toMatch(message);
    expect(ended.err).not.toMatch(/\n {4}at /);
  }
});

test("X5: an exported file differs in nothing, and importing it changes nothing", async () => {
  await exportConfig();
  const before = await listMappings(world.connectionId, "contact");
  expect(await run(["config", "import", file("config.json")])).toMatchObject({ code: 0, out: "Nothing differs.\n" });
  expect(await listMappings(world.connectionId, "contact")).toEqual(before);
});

test("X5: the diff is shown and asked for before anything is applied; then exactly that is applied", async () => {
  const config = await exportConfig();
  config.settings.checkEveryMinutes = 7;
  const contact = config.mappings.contact as { hubspotProperty: string; rule: string }[];
  const phone = contact.find((row) => row.hubspotProperty === "phone");
  if (phone) phone.rule = "prefer_hubspot";
  config.mappings.contact = [
    ...contact.filter((row) => row.hubspotProperty !== "jobtitle"),
    { hubspotProperty: "fax", leadField: "Fax", rule: "two_way" } as never,
  ];
  const edited = save(config);
  const asked = await run(["config", "import", edited]);
  expect(asked).toMatchObject({ code: 1, err: expect.stringContaining("--yes") });
  expect((await run(["config", "import", edited, "--dry-run"])).out).toBe(asked.out);
  expect(asked.out).toContain("~ settings.checkEveryMinutes: 15 → 7");
  expect(asked.out).toMatch(/~ mappings\.contact\.phone\.rule: "\w+" → "prefer_hubspot"/);
  // A default mapping cannot go: leaving it out switches it off.
  expect(asked.out).toMatch(/~ mappings\.contact\.jobtitle\.rule: "\w+" → "dont_sync"/);
  expect(asked.out).toContain("+ mappings.contact.fax:");
  expect((await readConnection(world.connectionId))?.settings.checkEveryMinutes).toBe(15);

  expect(await run(["config", "import", edited, "--yes"])).toMatchObject({
    code: 0,
    out: expect.stringContaining("4 changes applied."),
  });
  expect((await readConnection(world.connectionId))?.settings.checkEveryMinutes).toBe(7);
  const rules = new Map((await listMappings(world.connectionId, "contact")).map((m) => [m.hubspotProperty, m.rule]));
  expect([rules.get("phone"), rules.get("jobtitle"), rules.get("fax")]).toEqual([
    "prefer_hubspot",
    "dont_sync",
    "two_way",
  ]);
  expect((await run(["config", "import", edited])).out).toBe("Nothing differs.\n");
  const audit = await getDatabase().auditEntry.findFirst({ where: { action: "settings_changed" } });
  expect(audit).toMatchObject({ by: expect.stringContaining("command line") });
});

test("X5: a file with anything wrong in it changes nothing and names what is wrong", async () => {
  const config = await exportConfig();
  const before = await listMappings(world.connectionId, "contact");
  const wrong: [unknown, RegExp][] = [
    [{ ...config, kakehashi: 2 }, /not a configuration of Kakehashi:\n {2}kakehashi:/],
    [{ ...config, settings: { checkEveryMinutes: 90 } }, /settings\.checkEveryMinutes/],
    [{ ...config, settings: { checkEveryMinute: 9 } }, /checkEveryMinute/],
    [
      {
        ...config,
        settings: { checkEveryMinutes: 3 },
        mappings: {
          contact: [
            ...(config.mappings.contact ?? []),
            { hubspotProperty: "no_such_property", leadField: "Rating", rule: "two_way" },
          ],
        },
      },
      /mappings\.contact\.no_such_property: hubspot_property_missing/,
    ],
  ];
  const ends = await Promise.all(wrong.map(([content], n) => run(["config", "import", save(content, n), "--yes"])));
  for (const [n, ended] of ends.entries()) {
    expect(ended.code).toBe(1);
    expect(ended.err).toMatch(wrong[n]?.[1] ?? "");
  }
  expect(await listMappings(world.connectionId, "contact")).toEqual(before);
  expect((await readConnection(world.connectionId))?.settings.checkEveryMinutes).toBe(7);
});

test("X5: ids of another portal are left out of a promotion, and the person is told", async () => {
  const config = await exportConfig();
  const foreign = {
    ...config,
    from: { hubspot: "1", salesforce: "2" },
    settings: { owners: { pairs: { "1": "2" }, defaultUserId: null }, checkEveryMinutes: 9 },
  };
  const ended = await run(["config", "import", save(foreign), "--yes"]);
  expect(ended).toMatchObject({ code: 0, out: expect.stringContaining("! settings.owners is left out") });
  const settings = (await readConnection(world.connectionId))?.settings;
  expect(settings).toMatchObject({ checkEveryMinutes: 9, owners: { pairs: {} } });
});

test("rotate-keys: afterwards the newest key alone opens the sign-ins; a key that is missing is named", async () => {
  const both = { ...environment, KAKEHASHI_ENCRYPTION_KEYS: `${NEW_KEY},${OLD_KEY}` };
  expect(await run(["rotate-keys"], both)).toMatchObject({ code: 0, out: expect.stringContaining("2 sign-ins") });
  expect((await run(["rotate-keys"], both)).out).toContain("newest key already");
  const newest = { ...environment, KAKEHASHI_ENCRYPTION_KEYS: NEW_KEY };
  expect(await run(["sync"], newest)).toMatchObject({ code: 0 });
  const lost = await run(["rotate-keys"], environment);
  expect(lost.code).toBe(1);
  expect(lost.err).toContain('encrypted with key "new"');
});
