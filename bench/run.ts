import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { callsBench } from "./calls";
import { cpuBench } from "./cpu";
import { firstSyncBench } from "./first-sync";
import { importBench } from "./import";
import { latencyBench } from "./latency";
import { objectsBench } from "./objects";
import { pagesBench } from "./pages";
import { type Bench, type BenchResult, printMeasures } from "./report";
import { sandboxBench } from "./sandbox";

const BENCHES: Bench[] = [
  callsBench,
  objectsBench,
  cpuBench,
  firstSyncBench,
  importBench,
  latencyBench,
  pagesBench,
  sandboxBench,
];
const RESULTS = fileURLToPath(new URL("results.json", import.meta.url));
const PACKAGES = ["@hubspot/api-client", "jsforce", "@prisma/client", "pg", "next"];

const { values: flags } = parseArgs({
  options: { only: { type: "string", multiple: true }, quick: { type: "boolean" } },
});

function chooseBenches(): Bench[] {
  const wanted = flags.only ?? BENCHES.map((bench) => bench.name);
  return wanted.map((name) => {
    const found = BENCHES.find((bench) => bench.name === name);
    if (!found) throw new Error(`There is no benchmark "${name}"; there are: ${BENCHES.map((b) => b.name).join(", ")}`);
    return found;
  });
}

function describeMachine(): Record<string, unknown> {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  return {
    cores: cpus().length,
    model: cpus()[0]?.model.trim() ?? "unknown",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    // Text, because the formatter of the project would want a short list on one line of results.json.
    load: loadavg()
      .map((value) => value.toFixed(1))
      .join(" "),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    packages: Object.fromEntries(PACKAGES.map((name) => [name, dependencies[name]])),
  };
}

async function runBench(bench: Bench): Promise<BenchResult> {
  console.log(`\n── ${bench.name}: ${bench.title}`);
  const folder = mkdtempSync(path.join(tmpdir(), "kakehashi-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  try {
    const result = await bench.run({ quick: flags.quick ?? false, folder });
    printMeasures(result.measures);
    return result;
  } finally {
    remove();
    process.off("exit", remove);
  }
}

/** With --only, what was measured before stays; `at` of each result tells when. */
function readEarlierResults(): Record<string, BenchResult & { at: string }> {
  if (!flags.only || !existsSync(RESULTS)) return {};
  const earlier = JSON.parse(readFileSync(RESULTS, "utf8")) as {
    at: string;
    results: Record<string, BenchResult & { at?: string }>;
  };
  return Object.fromEntries(
    Object.entries(earlier.results).map(([name, result]) => [name, { ...result, at: result.at ?? earlier.at }]),
  );
}

async function runAll(): Promise<void> {
  const benches = chooseBenches();
  const machine = describeMachine();
  const { packages, ...rest } = machine;
  console.log(
    Object.entries(rest)
      .map(([key, value]) => `${key} ${String(value)}`)
      .join(" · "),
  );
  console.log(
    Object.entries(packages as Record<string, string>)
      .map(([name, version]) => `${name} ${version}`)
      .join(" · "),
  );
  if (flags.quick) console.log("--quick: a tenth of the size; printed, not judged where the size matters");
  const results: Record<string, BenchResult & { at: string }> = readEarlierResults();
  for (const bench of benches) results[bench.name] = { at: new Date().toISOString(), ...(await runBench(bench)) };
  const report = { at: new Date().toISOString(), quick: flags.quick ?? false, machine, results };
  writeFileSync(RESULTS, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\nWritten: bench/results.json`);
}

// Ctrl-C: every part that was started is ended by its own handler of "exit".
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));

try {
  await runAll();
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exit(1);
}
