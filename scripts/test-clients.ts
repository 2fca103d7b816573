import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { formatResults, NO_RESULTS, readVitestResults } from "./test-results";

const FOLDER = "clients";
const REPORT = path.join("test-results", "clients.json");

type Manifest = { version?: string; dependencies?: Record<string, string> };

function readManifest(folder: string): Manifest {
  const file = path.join(folder, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
}

function isInstalled(): boolean {
  const wanted = Object.entries(readManifest(FOLDER).dependencies ?? {});
  return wanted.every(([name, version]) => readManifest(path.join(FOLDER, "node_modules", name)).version === version);
}

/** The npm that runs this script, or the one in PATH. None of the clients' install scripts is needed, so none runs. */
function installClients(): void {
  const npm = process.env.npm_execpath;
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund"];
  console.log("Installing the clients (once, about 330 MB)…");
  const [program, first] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  const done = spawnSync(program, [...first, ...args], { cwd: FOLDER, stdio: ["ignore", "inherit", "inherit"] });
  if (done.status !== 0) throw new Error(`npm install in ${FOLDER} failed: ${done.error?.message ?? done.status}`);
}

function runTests(): boolean {
  mkdirSync(path.dirname(REPORT), { recursive: true });
  rmSync(REPORT, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${REPORT}`];
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", `${FOLDER}/vitest.config.ts`, ...reporters];
  const done = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
  const results = existsSync(REPORT) ? readVitestResults(REPORT) : NO_RESULTS;
  const isQuietFailure = results.failed === 0 && (done.status !== 0 || results.passed === 0);
  const counted = isQuietFailure ? { ...results, failed: 1 } : results;
  console.log(formatResults(counted));
  return counted.failed === 0;
}

/** Runs the clients that other people wrote against both sandboxes; the first time it installs them in their folder. */
try {
  if (!isInstalled()) installClients();
  process.exit(runTests() ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.log(formatResults({ ...NO_RESULTS, failed: 1 }));
  process.exit(1);
}
