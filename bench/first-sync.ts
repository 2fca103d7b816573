import path from "node:path";
import { buildApp } from "@/scripts/build-app";
import { connectDemo } from "@/scripts/connect-demo";
import { readDemoState } from "@/scripts/demo-state";
import { findFreePort } from "@/scripts/free-port";
import { describeEnvironment } from "@/scripts/local-stack";
import { MEMORY_FLAGS, WORKER_FLAGS } from "@/scripts/memory-flags";
import { waitForAnswer } from "@/scripts/wait-for-answer";
import { type Books, readBooks } from "./first-sync/books";
import { readPeakMemory } from "./first-sync/memory";
import { type Program, startProgram } from "./first-sync/program";
import { startVisitor } from "./first-sync/visitor";
import { atMost, type Bench, type BenchOptions, type BenchResult, type Measure, noted } from "./report";
import { startDatabaseServer } from "./world/database";
import { makeHubSpotContacts, makeSalesforcePeople } from "./world/fill";
import { type CallCounts, type Sandboxes, startSandboxes, sumCalls } from "./world/sandboxes";

const RECORDS = 10_000;
const MAX_MEMORY_MB = 300;
const TIMEOUT_MS = 30 * 60_000;
const LOOK_EVERY_MS = 1_000;
/** HubSpot's published 190 calls per 10 s are enforced; records older than this are past every look-back. */
const AGE_MS = 3_600_000;

const NOTES = `  The programs of production: the built app (next start) and the worker, connected through the real OAuth pages, over HTTP to
  both sandboxes with the vendors' limits enforced (HubSpot 190 calls per 10 s). The worker runs the sync by its own schedule;
  somebody signed in looks at the overview and the contacts every 2 s. Time: from the start of the worker's first run to the
  end of its last one that found something due. Memory: the kernel's high-water mark of each process at the end. The build
  happens before.`;

type World = { title: string; seeded: number; fill(sandboxes: Sandboxes): Promise<void> };
type Outcome = {
  books: Books;
  calls: CallCounts;
  /** MB; `appBefore`: before anybody looked at a page and before the worker started */
  memory: Record<"appBefore" | "app" | "worker", number | null>;
  visits: number;
};

async function run(options: BenchOptions): Promise<BenchResult> {
  const count = options.quick ? RECORDS / 10 : RECORDS;
  console.log(`\n${NOTES}`);
  console.log((await buildApp()) ? "  The app was built." : "  The app was built before.");
  const worlds: World[] = [
    {
      title: `${count} only in HubSpot + ${count} only in Salesforce`,
      seeded: 0,
      async fill(sandboxes) {
        await makeHubSpotContacts(sandboxes, count, "hs");
        await makeSalesforcePeople(sandboxes, count, "sf");
        await sandboxes.advance(AGE_MS);
      },
    },
    { title: `sample world of ${count} people, many in both`, seeded: count, fill: async () => {} },
  ];
  const measures: Measure[] = [];
  const details: Record<string, unknown> = {};
  for (const [n, world] of worlds.entries()) {
    const outcome = await measureWorld({ ...options, folder: path.join(options.folder, `world-${n}`) }, world);
    measures.push(...describeOutcome(world, outcome));
    if (outcome.books.messages !== "") console.log(`  Runs ended early (${world.title}): ${outcome.books.messages}`);
    details[world.title] = outcome;
  }
  return { measures, details };
}

async function measureWorld(options: BenchOptions, world: World): Promise<Outcome> {
  const server = await startDatabaseServer(options.folder);
  const sandboxes = await startSandboxes(options.folder, world.seeded);
  const programs: Program[] = [];
  try {
    await world.fill(sandboxes);
    const database = await server.create();
    const state = readDemoState(options.folder);
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const env = {
      ...describeEnvironment({ app: port, ...sandboxes.ports }, state, database.url),
      KAKEHASHI_PUBLIC_URL: url,
      KAKEHASHI_DATA_DIR: options.folder,
      NODE_ENV: "production",
    };
    const next = [
      ...MEMORY_FLAGS,
      "node_modules/next/dist/bin/next",
      "start",
      "--hostname",
      "127.0.0.1",
      "--port",
      String(port),
    ];
    const app = startProgram("app", next, env, options.folder);
    programs.push(app);
    await waitForAnswer(`${url}/api/ready`);
    await connectDemo({ url, state });
    await sandboxes.forgetCalls();
    const appBefore = readPeakMemory(app.pid);
    const visitor = await startVisitor(url, { email: state.adminEmail, password: state.adminPassword });
    const worker = startProgram("worker", [...WORKER_FLAGS, "scripts/start-worker.mjs"], env, options.folder);
    programs.push(worker);
    const books = await waitForBooks(database.url, programs);
    await visitor.stop();
    const failures = Object.entries(visitor.failures);
    if (failures.length > 0)
      throw new Error(`Pages failed: ${failures.map(([what, n]) => `${what} × ${n}`).join(", ")}`);
    return {
      books,
      calls: await sandboxes.countCalls(),
      memory: { appBefore, app: readPeakMemory(app.pid), worker: readPeakMemory(worker.pid) },
      visits: visitor.visits,
    };
  } finally {
    await Promise.all(programs.map((program) => program.stop()));
    await sandboxes.stop();
    await server.stop();
  }
}

async function waitForBooks(databaseUrl: string, programs: Program[]): Promise<Books> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    for (const program of programs) program.throwIfEnded();
    const books = await readBooks(databaseUrl);
    if (books) return books;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`The first sync did not come to an end within ${TIMEOUT_MS / 60_000} minutes`);
}

function describeOutcome(world: World, { books, calls, memory, visits }: Outcome): Measure[] {
  const records = Object.values(books.states).reduce((sum, n) => sum + n, 0);
  const states = Object.entries(books.states).map(([state, n]) => noted(`    ${state}`, n, "records"));
  const lines = [
    noted(world.title, records, "records"),
    ...states,
    noted("    time", books.seconds, "s"),
    noted("    runs of the worker", books.runs, "runs"),
    noted("    rate", records / books.seconds, "records/s"),
    noted("    remote calls", sumCalls(calls), "calls"),
    noted("    remote calls per 1,000 records", (sumCalls(calls) / records) * 1_000, "calls"),
    noted("    pages looked at meanwhile", visits, "pages"),
  ];
  if (memory.app === null || memory.worker === null) return lines;
  return [
    ...lines,
    noted("    peak memory of the app, connected and before the first page", memory.appBefore ?? 0, "MB"),
    noted("    peak memory of the app", memory.app, "MB"),
    noted("    peak memory of the worker", memory.worker, "MB"),
    atMost("    peak memory of both together", memory.app + memory.worker, MAX_MEMORY_MB, "MB"),
  ];
}

export const firstSyncBench: Bench = {
  name: "first-sync",
  title: "First sync with the programs of production: time, calls, peak memory (B6)",
  run,
};
