import path from "node:path";
import type { Bench, BenchOptions, BenchResult, Measure } from "./report";
import { atMost, noted, printTable } from "./report";
import { type Case, listHubSpotCases, listSalesforceCases, makeAsk } from "./sandbox/cases";
import type { CallsAnswer, CallsQuestion } from "./sandbox/count-calls";
import type { ServerCpu, ServerMemory, ServerPlace } from "./sandbox/server-process";
import { type Child, startChild } from "./world/child";
import { SIDES, type Side, TOKENS } from "./world/sandboxes";

const SMALL = 10_000;
const LARGE = 1_000_000;
/** Of ten people of the sample world HubSpot holds eight; Salesforce seven, some of them twice. */
const HELD: Record<Side, number> = { hubspot: 0.8, salesforce: 0.735 };
const MAX_RATIO = 1.5;
const MAX_TOGETHER_MB = 4 * 1024;
/** 2,000 calls a second on one core. */
const MAX_CALL_MS = 0.5;
const WARM_UP = 30;
const SAMPLES = 61;
/** V8 would stop at 2 GB on a machine of 8. */
const HEAP_MB = 3_000;

const NOTES = `  Each server is a process of its own, asked over HTTP on the loopback by this one; median of ${SAMPLES} calls of each kind after
  ${WARM_UP} to warm up, the kinds taking turns, with the limits lifted. The same calls at both sizes; "everything" and "all changes" match every record. Simple calls: one
  record by id over 8 connections from a third process, for three seconds; the time of one is the CPU time that the server
  used for it, since a busy machine gives it less than a core. Memory: what the system has given the process at
  the end of all that, and what its heap holds after a collection. One server after the other; "together" is their sum.`;

/** `perSecond` as it came; `cpuMs` = CPU time of the server for one. */
type SimpleCalls = { perSecond: number; cpuMs: number };
type Outcome = {
  times: Map<string, number>;
  simple: SimpleCalls;
  memory: ServerMemory;
  place: ServerPlace;
};

async function run(options: BenchOptions): Promise<BenchResult> {
  const large = options.quick ? LARGE / 10 : LARGE;
  console.log(`\n${NOTES}`);
  const measures: Measure[] = [];
  const memory: ServerMemory[] = [];
  const details: Record<string, unknown> = {};
  for (const side of SIDES) {
    const small = await measureServer(options, side, SMALL);
    const big = await measureServer(options, side, large);
    printTimes(side, small, big, large);
    measures.push(...judge(side, small, big, options.quick));
    memory.push(big.memory);
    details[side] = {
      times: [...big.times].map(([title, ms]) => ({
        title,
        small: round(small.times.get(title) ?? 0),
        large: round(ms),
      })),
      secondsToFill: round(big.place.seconds),
    };
  }
  const together = memory.reduce((sum, one) => sum + one.rss, 0);
  const title = `memory of both with ${large.toLocaleString("en")} records each`;
  measures.push(options.quick ? noted(title, together, "MB") : atMost(title, together, MAX_TOGETHER_MB, "MB"));
  return { measures, details };
}

async function measureServer(options: BenchOptions, side: Side, records: number): Promise<Outcome> {
  const server = startChild({
    program: import.meta.resolve("./sandbox/server-process.ts"),
    args: [side, String(Math.ceil(records / HELD[side]))],
    logFile: path.join(options.folder, "logs", `${side}-${records}.log`),
    nodeFlags: ["--expose-gc", `--max-old-space-size=${HEAP_MB}`],
  });
  try {
    const place = await server.ask<ServerPlace>("where");
    const ask = makeAsk(side, place.url);
    await ask("PUT", "/__sandbox/limits", { enforce: false, indexLagMs: 0 });
    const cases = await (side === "hubspot" ? listHubSpotCases(ask) : listSalesforceCases(ask));
    const times = await measureCases(cases);
    const simple = await measureSimpleCalls(options, side, server, await findSimpleCall(side, place.url));
    return { times, simple, memory: await server.ask<ServerMemory>("memory"), place };
  } finally {
    await server.stop();
  }
}

/** Median time in ms of each kind of call; all take turns, so that a noisy moment of the machine hits none alone. */
async function measureCases(cases: readonly Case[]): Promise<Map<string, number>> {
  const times = new Map<string, number[]>(cases.map((one) => [one.title, []]));
  for (let n = 0; n < WARM_UP + SAMPLES; n++) {
    for (const { title, call } of cases) {
      const started = performance.now();
      await call(n);
      if (n >= WARM_UP) times.get(title)?.push(performance.now() - started);
    }
  }
  return new Map([...times].map(([title, list]) => [title, list.sort((x, y) => x - y)[SAMPLES >> 1] ?? 0]));
}

/** The address of one record. */
async function findSimpleCall(side: Side, url: string): Promise<string> {
  const ask = makeAsk(side, url);
  if (side === "hubspot") {
    const { results } = await ask("GET", "/crm/v3/objects/contacts?limit=1");
    return `${url}/crm/v3/objects/contacts/${results[0]?.id}`;
  }
  const { records } = await ask("GET", "/services/data/v67.0/query?q=SELECT+Id+FROM+Lead+LIMIT+1");
  return `${url}/services/data/v67.0/sobjects/Lead/${records[0]?.Id}?fields=Email,LastName,Phone,Company`;
}

async function measureSimpleCalls(options: BenchOptions, side: Side, server: Child, url: string): Promise<SimpleCalls> {
  const caller = startChild({
    program: import.meta.resolve("./sandbox/count-calls.ts"),
    logFile: path.join(options.folder, "logs", `${side}-caller.log`),
  });
  try {
    const question: CallsQuestion = { url, token: TOKENS[side], connections: 8, forMs: 500 };
    // Half a second first, until the engine has compiled what is called often.
    await caller.ask<CallsAnswer>(question);
    const before = await server.ask<ServerCpu>("cpu");
    const { calls, seconds } = await caller.ask<CallsAnswer>({ ...question, forMs: 3_000 });
    const after = await server.ask<ServerCpu>("cpu");
    return { perSecond: calls / seconds, cpuMs: ((after.seconds - before.seconds) * 1000) / calls };
  } finally {
    await caller.stop();
  }
}

function judge(side: Side, small: Outcome, big: Outcome, quick: boolean): Measure[] {
  const ratios = [...big.times].map(([title, ms]) =>
    atMost(
      `${side}: ${title}, against ${SMALL.toLocaleString("en")} records`,
      ms / (small.times.get(title) ?? ms),
      MAX_RATIO,
      "×",
    ),
  );
  const simple = `${side}: CPU time of a simple call`;
  return [
    ...ratios,
    noted(`${side}: simple calls, as the machine was`, big.simple.perSecond, "calls/s"),
    quick ? noted(simple, big.simple.cpuMs, "ms") : atMost(simple, big.simple.cpuMs, MAX_CALL_MS, "ms"),
    noted(`${side}: memory given by the system`, big.memory.rss, "MB"),
    noted(`${side}: heap in use`, big.memory.heap, "MB"),
    noted(`${side}: time to fill`, big.place.seconds, "s"),
  ];
}

function printTimes(side: Side, small: Outcome, big: Outcome, large: number): void {
  const rows = [...big.times].map(([title, ms]) => {
    const before = small.times.get(title) ?? 0;
    return [title, before.toFixed(2), ms.toFixed(2), (ms / before).toFixed(2)];
  });
  const sizes = [SMALL, large].map((size) => `ms at ${size.toLocaleString("en")}`);
  printTable([side, ...sizes, "ratio"], rows);
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

export const sandboxBench: Bench = {
  name: "sandbox",
  title: "The sandboxes at 10,000 and 1,000,000 records: times, rate, memory",
  run,
};
