import path from "node:path";
import type { Usage } from "./cpu/usage";
import { atMost, type Bench, type BenchOptions, type BenchResult, type Measure, noted, printTable } from "./report";
import { type Child, startChild } from "./world/child";
import { type DatabaseServer, startDatabaseServer } from "./world/database";
import { makeHubSpotContacts, makeSalesforcePeople } from "./world/fill";
import { type Sandboxes, startSandboxes } from "./world/sandboxes";

const RECORDS = 10_000;
const PAIRS = 2;
/** Synced before the measure on both sides of a pair, so that neither pays for loading and compiling its code. */
const WARM_UP = 400;
const AHEAD_MS = 600_000;

const ENGINE = import.meta.resolve("./cpu/engine-process.ts");
const FLOOR = import.meta.resolve("./cpu/floor-process.ts");

const DIRECTIONS = ["to-salesforce", "to-hubspot"] as const;
type Direction = (typeof DIRECTIONS)[number];
const TITLES: Record<Direction, string> = {
  "to-salesforce": "HubSpot → Salesforce",
  "to-hubspot": "Salesforce → HubSpot",
};

const NOTES = `  CPU seconds (user + system) of the process itself; sandboxes and PostgreSQL are processes of their own and not counted. Each
  pair runs the engine and the floor one after the other on equally filled sandboxes, after ${WARM_UP} records to warm up. The floor:
  the same two client libraries, read one side, create on the other in batches of 200 / 100, write the new id back; no
  database, no matching, no checks of the answers. The engine does all that and reads the other side, matches and keeps books.`;

type Pair = { direction: Direction; engine: Usage; floor: Usage };

async function run(options: BenchOptions): Promise<BenchResult> {
  const count = options.quick ? RECORDS / 10 : RECORDS;
  const server = await startDatabaseServer(options.folder);
  const sandboxes = await startSandboxes(options.folder, 0);
  try {
    console.log(`\n${NOTES}`);
    const pairs: Pair[] = [];
    for (let n = 0; n < (options.quick ? 1 : PAIRS); n++) {
      for (const direction of DIRECTIONS) pairs.push(await measurePair(options, server, sandboxes, direction, count));
    }
    printPairs(pairs);
    return { measures: judgePairs(pairs, options.quick), details: { pairs } };
  } finally {
    await sandboxes.stop();
    await server.stop();
  }
}

/** The engine goes first: preparing the connection makes the id fields, which the floor then uses as well. */
async function measurePair(
  options: BenchOptions,
  server: DatabaseServer,
  sandboxes: Sandboxes,
  direction: Direction,
  count: number,
): Promise<Pair> {
  const database = await server.create();
  const urls = [sandboxes.urls.hubspot, sandboxes.urls.salesforce];
  const start = (program: string, args: string[]) =>
    startChild({
      program: program,
      args,
      logFile: path.join(options.folder, "logs", `${path.parse(program).name}.log`),
      nodeFlags: readFlags(),
    });
  await sandboxes.empty();
  const engine = start(ENGINE, [database.url, ...urls]);
  await engine.ask({ task: "prepare" });
  const engineUsage = await warmAndMeasure(sandboxes, engine, "work", direction, count);
  await engine.stop();
  await clearRecords(sandboxes, options, server);
  const floor = start(FLOOR, urls);
  const floorUsage = await warmAndMeasure(sandboxes, floor, direction, direction, count);
  await floor.stop();
  await database.drop();
  return { direction, engine: engineUsage, floor: floorUsage };
}

/** An empty world that has the id fields. */
async function clearRecords(sandboxes: Sandboxes, options: BenchOptions, server: DatabaseServer): Promise<void> {
  await sandboxes.empty();
  const database = await server.create();
  const urls = [sandboxes.urls.hubspot, sandboxes.urls.salesforce];
  const logFile = path.join(options.folder, "logs", "prepare.log");
  const child = startChild({ program: ENGINE, args: [database.url, ...urls], logFile });
  await child.ask({ task: "prepare" });
  await child.stop();
  await database.drop();
}

async function warmAndMeasure(
  sandboxes: Sandboxes,
  child: Child,
  task: string,
  direction: Direction,
  count: number,
): Promise<Usage> {
  await fill(sandboxes, direction, WARM_UP, "warm");
  await child.ask({ task });
  // The engine once more: new leads come back with the owner that Salesforce gave them, which is news of its own.
  if (task === "work") await child.ask({ task });
  // Moves the warm-up behind what the engine looks back to (300 s) before its newest record.
  await sandboxes.advance(AHEAD_MS);
  await fill(sandboxes, direction, count, "measured");
  return child.ask<Usage>({ task });
}

async function fill(sandboxes: Sandboxes, direction: Direction, count: number, tag: string): Promise<void> {
  if (direction === "to-salesforce") await makeHubSpotContacts(sandboxes, count, tag);
  else await makeSalesforcePeople(sandboxes, count, tag);
  await sandboxes.advance(AHEAD_MS + 5_000);
  // The floor does not space its calls, and waiting costs no CPU: without limits both run as fast as they can.
  await sandboxes.send("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
}

function printPairs(pairs: Pair[]): void {
  const per = (usage: Usage) => ((usage.cpuSeconds / usage.records) * 1_000).toFixed(3);
  printTable(
    ["pair", "records", "engine s/1,000", "floor s/1,000", "ratio", "engine ms/record", "engine records/s"],
    pairs.map(({ direction, engine, floor }) => [
      TITLES[direction],
      String(engine.records),
      per(engine),
      per(floor),
      ratioOf(engine, floor).toFixed(2),
      per(engine),
      (engine.records / engine.wallSeconds).toFixed(0),
    ]),
  );
}

function ratioOf(engine: Usage, floor: Usage): number {
  return engine.cpuSeconds / engine.records / (floor.cpuSeconds / floor.records);
}

/** The median of the pairs; with a tenth of the records the ratio is noise and not judged. */
function judgePairs(pairs: Pair[], quick: boolean): Measure[] {
  return DIRECTIONS.flatMap((direction) => {
    const own = pairs.filter((pair) => pair.direction === direction);
    const ratio = median(own.map((pair) => ratioOf(pair.engine, pair.floor)));
    const added = median(own.map(({ engine, floor }) => msPerRecord(engine) - msPerRecord(floor)));
    const line = quick ? (what: string, value: number, _: number, unit: string) => noted(what, value, unit) : atMost;
    return [
      line(`${TITLES[direction]}: CPU beside the floor`, ratio, 3, "×"),
      line(`${TITLES[direction]}: CPU that the engine adds per record`, added, 0.3, "ms"),
    ];
  });
}

function msPerRecord(usage: Usage): number {
  return (usage.cpuSeconds / usage.records) * 1_000;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? 0) + (sorted[Math.ceil(middle - 0.5)] ?? 0)) / 2;
}

/** BENCH_NODE_FLAGS="--cpu-prof --cpu-prof-dir=…" goes to the measured processes, to see where their time is spent. */
function readFlags(): string[] {
  return (process.env.BENCH_NODE_FLAGS ?? "").split(" ").filter((flag) => flag !== "");
}

export const cpuBench: Bench = { name: "cpu", title: "CPU of the engine beside the bare client libraries (B3)", run };
