import { randomBytes } from "node:crypto";
import path from "node:path";
import { syncRecordNow } from "@/lib/sync/sync-now";
import { measureRecordPage } from "./pages/largest-paint";
import { cursorAt, openApi, QUESTIONS, type Question, type Times, timeQuestion } from "./pages/measure";
import { seedContacts } from "./pages/seed";
import { atMost, type Bench, type BenchOptions, type BenchResult, type Measure, noted, printTable } from "./report";
import { startChild } from "./world/child";
import { type DatabaseServer, startDatabaseServer } from "./world/database";
import { closeEngine, openEngine, querySql, syncAll } from "./world/engine";
import { makeHubSpotContacts } from "./world/fill";
import { startSandboxes, sumCalls } from "./world/sandboxes";

const SMALL = 10_000;
const LARGE = 1_000_000;
const TIMES = 60;
const MAX_P95_MS = 100;
const MAX_RATIO = 1.5;
/** A ratio of two times this short is noise of the machine. */
const TELLING_MS = 10;
const MAX_ROUND_TRIPS = 3;
/** Each call to a CRM takes so much longer, so that the calls that wait for each other can be counted. */
const LATENCY_MS = 400;
const APP = import.meta.resolve("./pages/app-process.ts");

const NOTES = `  The real routes over HTTP with an API key, one question at a time, ${TIMES} times each; the table is filled by SQL with names of two
  scripts, values of both sides, errors and reasons. Milliseconds until the whole answer of 100 rows is there. "deep page": from
  the middle of the list. The manual sync: a contact whose job title was changed in HubSpot, every CRM call slowed by ${LATENCY_MS} ms,
  so that time tells how many calls waited for each other.`;

type Table = Map<string, Times>;

async function run(options: BenchOptions): Promise<BenchResult> {
  console.log(`\n${NOTES}`);
  const sizes = [SMALL, options.quick ? LARGE / 10 : LARGE];
  const server = await startDatabaseServer(options.folder);
  try {
    const paints = await measureRecordPage(options);
    const tables: Table[] = [];
    for (const count of sizes) tables.push(await measureLists(server, options, count));
    const [small, large] = tables;
    if (!small || !large) throw new Error("nothing was measured");
    const measures = [...describeLists(small, large, sizes), ...(await measureManualSync(server, options)), ...paints];
    const details = {
      [`${sizes[0]} rows`]: Object.fromEntries(small),
      [`${sizes[1]} rows`]: Object.fromEntries(large),
    };
    return { measures, details };
  } finally {
    await server.stop();
  }
}

async function measureLists(server: DatabaseServer, options: BenchOptions, count: number): Promise<Table> {
  const database = await server.create();
  const app = startChild({
    program: APP,
    logFile: path.join(options.folder, "logs", `app-${count}.log`),
    env: {
      DATABASE_URL: database.url,
      KAKEHASHI_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
      KAKEHASHI_PUBLIC_URL: "http://127.0.0.1",
      LOG_LEVEL: "error",
    },
  });
  try {
    const { url, key } = await app.ask<{ url: string; key: string }>("where");
    const api = openApi(url, key);
    // The first question makes the one connection.
    await api.get("/api/records");
    const [connection] = await querySql<{ id: string }>(database.url, "SELECT id FROM connection");
    if (!connection) throw new Error("there is no connection");
    const startedAt = Date.now();
    await seedContacts(database.url, connection.id, count);
    console.log(`  ${count} rows were filled in within ${Math.round((Date.now() - startedAt) / 1_000)} s.`);
    const table: Table = new Map();
    for (const question of [...QUESTIONS, ...(await findDeepPages(database.url))]) {
      table.set(question.title, await timeQuestion(api, question.path, TIMES));
    }
    const { rows } = await api.get("/api/records?search=nov");
    table.set("record page", await timeQuestion(api, `/api/records/${rows[0]?.id}`, TIMES));
    return table;
  } finally {
    await app.stop();
  }
}

async function findDeepPages(databaseUrl: string): Promise<Question[]> {
  const [middle] = await querySql<{ name: string; at: Date }>(
    databaseUrl,
    `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY display_name) AS name,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY last_synced_at) AS at FROM sync_record`,
  );
  const name = cursorAt("name", middle?.name ?? "");
  const synced = cursorAt("-synced", middle?.at.toISOString() ?? "");
  return [
    { title: "deep page by name", path: `/api/records?cursor=${name}` },
    { title: "deep page of one state", path: `/api/records?state=in_sync&cursor=${name}` },
    { title: "deep page by last sync", path: `/api/records?sort=-synced&cursor=${synced}` },
  ];
}

function describeLists(small: Table, large: Table, sizes: number[]): Measure[] {
  const lines = [...large].map(([title, times]) => ({ title, large: times, small: small.get(title) ?? times }));
  const ms = (value: number) => value.toFixed(1);
  printTable(
    ["", `p50 ${sizes[0]}`, `p95 ${sizes[0]}`, `p50 ${sizes[1]}`, `p95 ${sizes[1]}`, "ratio of p95", "rows"],
    lines.map(({ title, small: s, large: l }) => [
      title,
      ms(s.p50),
      ms(s.p95),
      ms(l.p50),
      ms(l.p95),
      (l.p95 / s.p95).toFixed(2),
      String(l.rows),
    ]),
  );
  return lines.flatMap(({ title, small: s, large: l }) => [
    atMost(`${title}: p95 at ${sizes[1]}`, l.p95, MAX_P95_MS, "ms"),
    l.p95 < TELLING_MS
      ? noted(`${title}: beside ${sizes[0]}`, l.p95 / s.p95, "×")
      : atMost(`${title}: beside ${sizes[0]}`, l.p95 / s.p95, MAX_RATIO, "×"),
  ]);
}

async function measureManualSync(server: DatabaseServer, options: BenchOptions): Promise<Measure[]> {
  const database = await server.create();
  const sandboxes = await startSandboxes(options.folder, 0);
  try {
    const connectionId = await openEngine(database.url, sandboxes.urls);
    const [contactId] = await makeHubSpotContacts(sandboxes, 1, "manual");
    await sandboxes.advance(600_000);
    await syncAll(connectionId);
    const [record] = await querySql<{ id: string }>(database.url, "SELECT id FROM sync_record");
    if (!record) throw new Error("the contact was not taken in");
    const act = { action: "updateContact", id: contactId, properties: { jobtitle: "Head of Bridges" } };
    await sandboxes.send("hubspot", "POST", "/__sandbox/act", act);
    for (const side of ["hubspot", "salesforce"] as const) {
      await sandboxes.send(side, "PUT", "/__sandbox/limits", { latencyMs: LATENCY_MS });
    }
    await sandboxes.forgetCalls();
    const startedAt = performance.now();
    const answer = await syncRecordNow(connectionId, record.id, "benchmark");
    const took = performance.now() - startedAt;
    if (answer.kind !== "done" || answer.result.outcome !== "updated") throw new Error(JSON.stringify(answer));
    const { hubspot, salesforce } = await sandboxes.countCalls();
    return [
      atMost(
        "manual sync of a changed contact, calls that wait for each other",
        Math.floor(took / LATENCY_MS),
        MAX_ROUND_TRIPS,
        "round trips",
      ),
      noted("manual sync, calls to HubSpot", sumCalls({ hubspot, salesforce: {} }), "calls"),
      noted("manual sync, calls to Salesforce", sumCalls({ hubspot: {}, salesforce }), "calls"),
    ];
  } finally {
    await closeEngine();
    await sandboxes.stop();
  }
}

export const pagesBench: Bench = {
  name: "pages",
  title: "The records pages at 10,000 and 1,000,000 rows, the record page's largest paint, a manual sync (B8, B9)",
  run,
};
