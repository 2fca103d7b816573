import { spawn } from "node:child_process";
import { existsSync, globSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { ensureChromium } from "./find-chromium";
import { generatePrisma } from "./generate-prisma";
import {
  addResults,
  formatResults,
  NO_RESULTS,
  readPlaywrightResults,
  readVitestResults,
  type TestResults,
} from "./test-results";

const FOLDER = "test-results";
const VITEST_REPORT = path.join(FOLDER, "vitest.json");
const PLAYWRIGHT_REPORT = path.join(FOLDER, "end-to-end.json");

/** Runs a test runner with its output shown. Resolves with its exit code. */
function runTests(program: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, program, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.once("exit", (code) => resolve(code ?? 1));
    child.once("error", () => resolve(1));
  });
}

/** A runner that crashed, or whose setup failed, counts as one failure even when every single test passed. */
function judge(title: string, code: number, results: TestResults): TestResults {
  const ranNothing = results.passed + results.failed === 0;
  if (results.failed > 0 || (code === 0 && !ranNothing)) return results;
  const failure = `${title} ended with exit code ${code} ${ranNothing ? "and without results" : "although no test failed"}.`;
  return { ...results, failed: results.failed + 1, failures: [...results.failures, failure] };
}

async function runVitest(): Promise<TestResults> {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${VITEST_REPORT}`];
  const code = await runTests(["node_modules/vitest/vitest.mjs", "run", ...reporters]);
  return judge("Vitest", code, existsSync(VITEST_REPORT) ? readVitestResults(VITEST_REPORT) : NO_RESULTS);
}

async function runPlaywright(): Promise<TestResults> {
  if (globSync("e2e/**/*.spec.ts").length === 0) return NO_RESULTS;
  // PLAYWRIGHT_JSON_OUTPUT_* would move the report away from where it is read.
  const code = await runTests(["node_modules/@playwright/test/cli.js", "test"], { PLAYWRIGHT_JSON_OUTPUT_NAME: "" });
  return judge(
    "Playwright",
    code,
    existsSync(PLAYWRIGHT_REPORT) ? readPlaywrightResults(PLAYWRIGHT_REPORT) : NO_RESULTS,
  );
}

/** How much script each page brings along, measured in the build that the end-to-end tests ran against; counts as one test. */
async function checkFirstLoad(): Promise<TestResults> {
  if (!existsSync(path.join(".next", "BUILD_ID"))) return NO_RESULTS;
  const code = await runTests(["--import", "tsx", "scripts/check-first-load.ts"]);
  if (code === 0) return { ...NO_RESULTS, passed: 1 };
  return { ...NO_RESULTS, failed: 1, failures: ["A page's first load is too large: see the table above."] };
}

async function runAll(): Promise<TestResults> {
  mkdirSync(FOLDER, { recursive: true });
  for (const report of [VITEST_REPORT, PLAYWRIGHT_REPORT]) rmSync(report, { force: true });
  await generatePrisma();
  process.env.CHROMIUM_PATH = ensureChromium();
  const tests = addResults(await runVitest(), await runPlaywright());
  return addResults(tests, await checkFirstLoad());
}

try {
  const results = await runAll();
  for (const reason of results.skipReasons) console.log(`skipped: ${reason}`);
  // They count as passed, and must not be forgotten: docs/decisions/0011.
  for (const failure of results.secondGoes) console.log(`passed at the second go: ${failure}`);
  for (const failure of results.failures) console.log(`failed: ${failure}`);
  console.log(formatResults(results));
  process.exit(results.failed > 0 ? 1 : 0);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  console.log(formatResults({ ...NO_RESULTS, failed: 1 }));
  process.exit(1);
}
