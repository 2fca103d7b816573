import { randomBytes } from "node:crypto";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { atMost, type Bench, type BenchOptions, type BenchResult, type Measure, noted, printTable } from "./report";
import { type Child, startChild } from "./world/child";
import { startDatabaseServer } from "./world/database";
import { querySql } from "./world/engine";
import { makeHubSpotContacts } from "./world/fill";
import { type Json, type Sandboxes, startSandboxes } from "./world/sandboxes";

const PAIRS = 200;
const PER_SECOND = 20;
const SECONDS = 60;
/** How exactly an arrival in Salesforce is seen: its own stamps have whole seconds only. */
const LOOK_MS = 40;
const GIVE_UP_MS = 20_000;
const APP_ID = 3_200_417;
const WORKER = import.meta.resolve("./latency/worker-process.ts");
const APP = import.meta.resolve("./latency/app-process.ts");
const KEY = "hapikey=sandbox-developer-key";

const NOTES = `  ${PER_SECOND} changes a second, in turn on either side, each of another of ${PAIRS} pairs, from the moment the edit was answered to
  the moment the other side holds the new value: in HubSpot by the time in the property's history, in Salesforce by looking
  every ${LOOK_MS} ms. Real webhooks (signed, collected for 50 ms, out of order) and real change events; the app, the worker, both
  sandboxes and PostgreSQL are processes of their own; the vendors' limits are enforced.`;

type Pair = { hubspotId: string; leadId: string };
type Edit = { to: "hubspot" | "salesforce"; pair: Pair; value: string; at: number; arrivedAt: number | null };

async function run(options: BenchOptions): Promise<BenchResult> {
  const server = await startDatabaseServer(options.folder);
  const database = await server.create();
  const sandboxes = await startSandboxes(options.folder, 0);
  const children: Child[] = [];
  try {
    console.log(`\n${NOTES}`);
    const worker = startProgram(options, WORKER, database.url, sandboxes);
    children.push(worker);
    await worker.ask({ task: "prepare" });
    const pairs = await makePairs(sandboxes, worker, database.url);
    const app = startProgram(options, APP, database.url, sandboxes);
    children.push(app);
    await subscribe(sandboxes, await app.ask<string>("where"));
    await worker.ask({ task: "listen" });
    await sleep(3_000);
    await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: true });
    await sandboxes.forgetCalls();
    const edits = await makeEdits(sandboxes, pairs, options.quick ? SECONDS / 4 : SECONDS);
    const calls = await sandboxes.countCalls();
    return report(edits, calls);
  } finally {
    for (const child of children) await child.stop();
    await sandboxes.stop();
    await server.stop();
  }
}

function startProgram(options: BenchOptions, program: string, databaseUrl: string, { urls }: Sandboxes): Child {
  return startChild({
    program,
    args: [databaseUrl, urls.hubspot, urls.salesforce],
    logFile: path.join(options.folder, "logs", `${path.parse(program).name}.log`),
    env: {
      DATABASE_URL: databaseUrl,
      KAKEHASHI_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
      HUBSPOT_CLIENT_SECRET: "sandbox-secret",
      LOG_LEVEL: "error",
    },
  });
}

async function makePairs(sandboxes: Sandboxes, worker: Child, databaseUrl: string): Promise<Pair[]> {
  await makeHubSpotContacts(sandboxes, PAIRS, "latency");
  // Longer than the search index lags.
  await sandboxes.advance(5_000);
  await worker.ask({ task: "sync" });
  await worker.ask({ task: "sync" });
  // The clocks of both sides and ours have to agree for the times that are measured.
  await sandboxes.advance(-5_000);
  const rows = await querySql<Pair>(
    databaseUrl,
    `SELECT hubspot_id AS "hubspotId", salesforce_id AS "leadId" FROM sync_record WHERE salesforce_id IS NOT NULL AND hubspot_id IS NOT NULL`,
  );
  if (rows.length !== PAIRS) throw new Error(`${rows.length} pairs instead of ${PAIRS}`);
  return rows;
}

async function subscribe(sandboxes: Sandboxes, appUrl: string): Promise<void> {
  const base = `/webhooks/v3/${APP_ID}`;
  const settings = { targetUrl: `${appUrl}/api/webhooks/hubspot`, throttling: { maxConcurrentRequests: 10 } };
  await sandboxes.send("hubspot", "PUT", `${base}/settings?${KEY}`, settings);
  for (const propertyName of ["phone", "jobtitle", "city", "lastname"]) {
    const wish = { eventType: "contact.propertyChange", propertyName, active: true };
    await sandboxes.send("hubspot", "POST", `${base}/subscriptions?${KEY}`, wish);
  }
}

/** Even pairs are edited in HubSpot, odd ones in Salesforce, so that no two edits meet. */
async function makeEdits(sandboxes: Sandboxes, pairs: Pair[], seconds: number): Promise<Edit[]> {
  const edits: Edit[] = [];
  const watching = watchSalesforce(sandboxes, edits, () => edits.length === seconds * PER_SECOND);
  const startedAt = Date.now();
  const sent: Promise<void>[] = [];
  for (let n = 0; n < seconds * PER_SECOND; n += 1) {
    await sleep(Math.max(0, startedAt + (n * 1_000) / PER_SECOND - Date.now()));
    const pair = pairs[n % pairs.length];
    if (!pair) throw new Error("no pairs");
    sent.push(sendEdit(sandboxes, pair, n, edits));
  }
  await Promise.all(sent);
  await watching;
  await readHubSpotTimes(sandboxes, edits);
  return edits;
}

async function sendEdit(sandboxes: Sandboxes, pair: Pair, n: number, edits: Edit[]): Promise<void> {
  const value = `+81 90 ${String(10_000_000 + n)}`;
  const to = n % 2 === 0 ? "salesforce" : "hubspot";
  const act =
    to === "salesforce"
      ? { action: "updateContact", id: pair.hubspotId, properties: { phone: value } }
      : { action: "updateRecord", object: "Lead", id: pair.leadId, fields: { Phone: value } };
  await sandboxes.send(to === "salesforce" ? "hubspot" : "salesforce", "POST", "/__sandbox/act", act);
  edits.push({ to, pair, value, at: Date.now(), arrivedAt: null });
}

/** Notes when each value is there; ends when all are, or when nothing more came for a long time. */
async function watchSalesforce(sandboxes: Sandboxes, edits: Edit[], isOver: () => boolean): Promise<void> {
  let lastNews = Date.now();
  for (;;) {
    const open = edits.filter((edit) => edit.to === "salesforce" && edit.arrivedAt === null);
    if (isOver() && (open.length === 0 || Date.now() - lastNews > GIVE_UP_MS)) return;
    if (open.length > 0) {
      const values = open.slice(0, 100).map((edit) => `'${edit.value}'`);
      const soql = `SELECT Phone FROM Lead WHERE Phone IN (${values.join(",")})`;
      const { records } = await sandboxes.send<{ records: { Phone: string }[] }>(
        "salesforce",
        "GET",
        `/services/data/v67.0/query?q=${encodeURIComponent(soql)}`,
      );
      const found = new Set(records.map((record) => record.Phone));
      for (const edit of open.filter((one) => found.has(one.value))) {
        edit.arrivedAt = Date.now();
        lastNews = edit.arrivedAt;
      }
    }
    await sleep(LOOK_MS);
  }
}

async function readHubSpotTimes(sandboxes: Sandboxes, edits: Edit[]): Promise<void> {
  await sleep(GIVE_UP_MS / 4);
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  const ids = [...new Set(edits.filter((e) => e.to === "hubspot").map((e) => e.pair.hubspotId))];
  const times = new Map<string, number>();
  for (let start = 0; start < ids.length; start += 50) {
    const inputs = ids.slice(start, start + 50).map((id) => ({ id }));
    const answer = await sandboxes.send<{ results: Json[] }>("hubspot", "POST", "/crm/v3/objects/contacts/batch/read", {
      inputs,
      properties: ["phone"],
      propertiesWithHistory: ["phone"],
    });
    for (const result of answer.results) {
      const { phone } = result.propertiesWithHistory as { phone: { value: string; timestamp: string }[] };
      for (const version of phone) times.set(version.value, Date.parse(version.timestamp));
    }
  }
  for (const edit of edits) if (edit.to === "hubspot") edit.arrivedAt = times.get(edit.value) ?? null;
}

function report(edits: Edit[], calls: Awaited<ReturnType<Sandboxes["countCalls"]>>): BenchResult {
  const measures: Measure[] = [];
  const directions: Record<string, Record<string, number>> = {};
  for (const to of ["salesforce", "hubspot"] as const) {
    const own = edits.filter((edit) => edit.to === to);
    const waits = own.flatMap((e) => (e.arrivedAt === null ? [] : [e.arrivedAt - e.at])).toSorted((a, b) => a - b);
    const title = to === "salesforce" ? "HubSpot → Salesforce" : "Salesforce → HubSpot";
    const lost = own.length - waits.length;
    directions[title] = {
      medianMs: rank(waits, 0.5),
      ninetyMs: rank(waits, 0.9),
      ninetyNineMs: rank(waits, 0.99),
      longestMs: rank(waits, 1),
      changes: own.length,
      lost,
    };
    measures.push(atMost(`${title}: median`, rank(waits, 0.5) / 1_000, 1, "s"));
    measures.push(atMost(`${title}: 99 %`, rank(waits, 0.99) / 1_000, 3, "s"));
    measures.push(atMost(`${title}: changes that did not arrive`, lost, 0, "changes"));
  }
  printTable(
    ["", "median", "90 %", "99 %", "longest", "changes", "lost"],
    Object.entries(directions).map(([title, row]) => [
      title,
      ...Object.entries(row).map(([name, value]) => (name.endsWith("Ms") ? `${value} ms` : String(value))),
    ]),
  );
  const own = Object.entries(calls.salesforce).filter(([route]) => !/cometd|query$/.test(route));
  measures.push(noted("Salesforce calls per change", own.reduce((sum, [, n]) => sum + n, 0) / edits.length, "calls"));
  return { measures, details: { calls, directions } };
}

function rank(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const latencyBench: Bench = {
  name: "latency",
  title: `A change on one side until it is on the other, events on, ${PER_SECOND} changes a second (B5)`,
  run,
};
