import path from "node:path";
import { buildApp } from "@/scripts/build-app";
import { connectDemo } from "@/scripts/connect-demo";
import { type DemoState, readDemoState } from "@/scripts/demo-state";
import { findFreePort } from "@/scripts/free-port";
import { describeEnvironment } from "@/scripts/local-stack";
import { MEMORY_FLAGS, WORKER_FLAGS } from "@/scripts/memory-flags";
import { waitForAnswer } from "@/scripts/wait-for-answer";
import { readPeakMemory, type TogetherMemory, watchMemory } from "./first-sync/memory";
import { type Program, startProgram } from "./first-sync/program";
import { atMost, type Bench, type BenchOptions, type BenchResult, type Measure, noted } from "./report";
import { startDatabaseServer } from "./world/database";
import { querySql } from "./world/engine";
import { makeHubSpotContacts, makeSalesforcePeople } from "./world/fill";
import { type Sandboxes, startSandboxes } from "./world/sandboxes";

const PEOPLE = 100_000;
const QUICK_PEOPLE = 5_000;
const MAX_MEMORY_MB = 300;
const MAX_SALESFORCE_CALLS = 1_700;
const TIMEOUT_MS = 60 * 60_000;
const LOOK_EVERY_MS = 2_000;
/** Longer than the search index lags. */
const INDEX_LAG_MS = 5_000;
/** The people are older than every look-back of a check, so that only the import finds them. */
const AGE_MS = 3_600_000;

const NOTES = `  The programs of production: the built app (next start) and the worker, connected through the real OAuth pages, over HTTP to
  both sandboxes with the vendors' limits enforced. Somebody starts an import over the API and looks at its progress every
  2 s. Salesforce calls: all that the sandbox counted meanwhile. Afterwards both sides are counted: everybody stands once. Memory: the kernel's high-water mark of app and worker, and
  both together at one time, looked at every 250 ms from the worker's start on.`;

type Progress = { status: string; problem: string | null; progress: Record<string, number | null> };
type Running = { url: string; state: DemoState; sandboxes: Sandboxes; programs: Program[] };

async function run(options: BenchOptions): Promise<BenchResult> {
  const people = options.quick ? QUICK_PEOPLE : PEOPLE;
  console.log(`\n${NOTES}`);
  console.log((await buildApp()) ? "  The app was built." : "  The app was built before.");
  const server = await startDatabaseServer(options.folder);
  const sandboxes = await startSandboxes(options.folder, 0);
  const programs: Program[] = [];
  try {
    const database = await server.create();
    const state = readDemoState(options.folder);
    const url = await startApp(options, sandboxes, database.url, state, programs);
    await makeHubSpotContacts(sandboxes, people, "hs");
    await makeSalesforcePeople(sandboxes, people, "sf");
    await sandboxes.advance(AGE_MS);
    await keepChecksAway(database.url);
    const env = describeEnvironment({ app: Number(new URL(url).port), ...sandboxes.ports }, state, database.url);
    const worker = [...WORKER_FLAGS, "scripts/start-worker.mjs"];
    programs.push(startProgram("worker", worker, { ...env, NODE_ENV: "production" }, options.folder));
    const running = { url, state, sandboxes, programs };
    const watch = watchMemory(programs.map((program) => program.pid));
    const measures = [
      ...(await measureImport(running, people, "HubSpot", { kind: "import_hubspot", object: "contact" })),
      ...(await measureImport(running, people, "Salesforce", { kind: "import_salesforce", object: "contact" })),
    ];
    watch.stop();
    return { measures: [...measures, ...describeMemory(programs, watch.readPeak())], details: { people } };
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
    await sandboxes.stop();
    await server.stop();
  }
}

async function startApp(
  options: BenchOptions,
  sandboxes: Sandboxes,
  databaseUrl: string,
  state: DemoState,
  programs: Program[],
): Promise<string> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...describeEnvironment({ app: port, ...sandboxes.ports }, state, databaseUrl),
    KAKEHASHI_PUBLIC_URL: url,
    KAKEHASHI_DATA_DIR: options.folder,
    NODE_ENV: "production",
  };
  const next = path.join("node_modules", "next", "dist", "bin", "next");
  const args = [...MEMORY_FLAGS, next, "start", "--hostname", "127.0.0.1", "--port", String(port)];
  programs.push(startProgram("app", args, env, options.folder));
  await waitForAnswer(`${url}/api/ready`);
  await connectDemo({ url, state });
  return url;
}

/** How many people each side has, once the search index has caught up. */
async function countPeople(sandboxes: Sandboxes): Promise<{ hubspot: number; salesforce: number }> {
  await sandboxes.advance(INDEX_LAG_MS);
  const { total } = await sandboxes.send<{ total: number }>("hubspot", "POST", "/crm/v3/objects/contacts/search", {
    limit: 1,
  });
  let salesforce = 0;
  for (const type of ["Lead", "Contact"]) {
    const where = `/services/data/v67.0/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${type}`)}`;
    salesforce += (await sandboxes.send<{ totalSize: number }>("salesforce", "GET", where)).totalSize;
  }
  return { hubspot: total, salesforce };
}

/** As if a check had just been: whoever is in the CRMs now is older than its cursors, and the next one is an hour away. */
async function keepChecksAway(databaseUrl: string): Promise<void> {
  for (const [side, object] of [
    ["hubspot", "contact"],
    ["salesforce", "Lead"],
    ["salesforce", "Contact"],
  ]) {
    await querySql(
      databaseUrl,
      `INSERT INTO check_cursor (connection_id, side, object, stamp, updated_at)
       SELECT id, '${side}', '${object}', now() + interval '${AGE_MS} milliseconds', now() FROM connection`,
    );
  }
  await querySql(
    databaseUrl,
    "UPDATE connection SET next_check_at = now() + interval '5 hours', last_check_at = now()",
  );
}

async function measureImport(
  running: Running,
  people: number,
  from: string,
  request: Record<string, string>,
): Promise<Measure[]> {
  const { sandboxes } = running;
  const before = await countPeople(sandboxes);
  await sandboxes.forgetCalls();
  const startedAt = Date.now();
  const { id } = await ask<{ id: string }>(running, "POST", "/api/jobs", { request });
  const end = await waitForEnd(running, id);
  const seconds = (Date.now() - startedAt) / 1_000;
  // The second import meets those of the first again, and finds them unchanged.
  const { created, updated, failed, excluded, open } = end.progress;
  // Whose answer was lost (30 s, on a busy machine) is found again at the next try, and counts as updated.
  const arrived = (created ?? 0) + (updated ?? 0);
  if (end.status !== "done" || arrived !== people || failed !== 0 || excluded !== 0 || open !== 0)
    throw new Error(`The import from ${from} ended otherwise: ${JSON.stringify(end)}`);
  const calls = await sandboxes.countCalls();
  const after = await countPeople(sandboxes);
  const grown = { hubspot: after.hubspot - before.hubspot, salesforce: after.salesforce - before.salesforce };
  const expected = from === "HubSpot" ? { hubspot: 0, salesforce: people } : { hubspot: people, salesforce: 0 };
  if (grown.hubspot !== expected.hubspot || grown.salesforce !== expected.salesforce)
    throw new Error(`The import from ${from} made ${JSON.stringify(grown)} instead of ${JSON.stringify(expected)}`);
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0);
  return [
    noted(`Import of ${people} people from ${from}: time`, seconds, "s"),
    noted("    rate", people / seconds, "people/s"),
    noted("    of them tried again", updated ?? 0, "people"),
    noted("    HubSpot calls", sum(calls.hubspot), "calls"),
    atMost("    Salesforce calls", sum(calls.salesforce), (MAX_SALESFORCE_CALLS * people) / PEOPLE, "calls"),
  ];
}

async function waitForEnd(running: Running, id: string): Promise<Progress> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    for (const program of running.programs) program.throwIfEnded();
    const job = await ask<Progress>(running, "GET", `/api/jobs/${id}`);
    if (job.status !== "queued" && job.status !== "running") return job;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`The import did not come to an end within ${TIMEOUT_MS / 60_000} minutes`);
}

async function ask<T>({ url, state }: Running, method: string, where: string, body?: unknown): Promise<T> {
  const answer = await fetch(url + where, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${state.apiKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

function describeMemory([app, worker]: Program[], together: TogetherMemory): Measure[] {
  const inApp = app ? readPeakMemory(app.pid) : null;
  const inWorker = worker ? readPeakMemory(worker.pid) : null;
  if (inApp === null || inWorker === null) return [];
  return [
    noted("Peak memory of the app since its start", inApp, "MB"),
    noted("Peak memory of the worker since its start", inWorker, "MB"),
    atMost("Peak memory of both at one time", together.resident, MAX_MEMORY_MB, "MB"),
    noted("    with what they share (Node itself) counted once", together.taken, "MB"),
  ];
}

export const importBench: Bench = {
  name: "import",
  title: "Import of existing people with the programs of production: Salesforce calls, peak memory",
  run,
};
