import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

/**
 * Counts over all runners. `skipReasons`: one line per skipped test. `failures`: title and first words of what failed.
 * `secondGoes`: the same of what passed only when it was tried again.
 */
export type TestResults = {
  passed: number;
  failed: number;
  skipped: number;
  skipReasons: string[];
  failures: string[];
  secondGoes: string[];
};

export const NO_RESULTS: TestResults = {
  passed: 0,
  failed: 0,
  skipped: 0,
  skipReasons: [],
  failures: [],
  secondGoes: [],
};

/** Sums two results. */
export function addResults(a: TestResults, b: TestResults): TestResults {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    skipReasons: [...a.skipReasons, ...b.skipReasons],
    failures: [...a.failures, ...b.failures],
    secondGoes: [...a.secondGoes, ...b.secondGoes],
  };
}

/** Lines of one message that are told after a run: the runner's own output stands far above by then. */
const TOLD_LINES = 4;

function tellFailure(title: string, message: string): string {
  const lines = stripVTControlCharacters(message).split("\n").slice(0, TOLD_LINES);
  return [title, ...lines.map((line) => `  ${line.slice(0, 300)}`)].join("\n");
}

/** The last line of the test command: "12 passed, 0 failed", with ", 1 skipped" only when there are any. */
export function formatResults({ passed, failed, skipped }: TestResults): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  // Files that could not even be loaded have no tests to fail.
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});

/** Reads Vitest's JSON report. A file without a failed test that failed all the same (a syntax error) counts once. */
export function readVitestResults(file: string): TestResults {
  const report = vitestReport.parse(JSON.parse(readFileSync(file, "utf8")));
  const tests = report.testResults.flatMap((result) => result.assertionResults);
  const brokenFiles = report.testResults.filter(
    (result) => result.status === "failed" && !result.assertionResults.some((test) => test.status === "failed"),
  );
  const failed = tests.filter((test) => test.status === "failed");
  const skipped = tests.filter((test) => ["skipped", "pending", "todo", "disabled"].includes(test.status));
  return {
    ...NO_RESULTS,
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: skipped.length,
    skipReasons: skipped.map((test) => `${test.fullName} (marked in its file)`),
    failures: [
      ...failed.map((test) => tellFailure(test.fullName, test.failureMessages?.[0] ?? "")),
      ...brokenFiles.map((result) => tellFailure(result.name, result.message ?? "")),
    ],
  };
}

type Suite = {
  title: string;
  specs?: { title: string; tests: PlaywrightTest[] }[];
  suites?: Suite[];
};
type PlaywrightTest = {
  status: string;
  annotations: { type: string; description?: string }[];
  results: { error?: { message?: string } }[];
};

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    title: z.string(),
    specs: z
      .array(
        z.object({
          title: z.string(),
          tests: z.array(
            z.object({
              status: z.string(),
              annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
              results: z.array(z.object({ error: z.object({ message: z.string().optional() }).optional() })),
            }),
          ),
        }),
      )
      .optional(),
    suites: z.array(suite).optional(),
  }),
);
const playwrightReport = z.object({
  suites: z.array(suite),
  errors: z.array(z.object({ message: z.string().optional() })),
});

/** Reads Playwright's JSON report. Errors outside of tests (a failed set-up) count as failures. */
export function readPlaywrightResults(file: string): TestResults {
  const report = playwrightReport.parse(JSON.parse(readFileSync(file, "utf8")));
  const results: TestResults = {
    ...NO_RESULTS,
    failed: report.errors.length,
    skipReasons: [],
    secondGoes: [],
    failures: report.errors.map((error) => tellFailure("Playwright's set-up", error.message ?? "")),
  };
  const visit = (node: Suite) => {
    for (const spec of node.specs ?? []) for (const test of spec.tests) countTest(results, spec.title, test);
    for (const child of node.suites ?? []) visit(child);
  };
  for (const node of report.suites) visit(node);
  return results;
}

function countTest(results: TestResults, title: string, test: PlaywrightTest): void {
  if (test.status === "expected") results.passed++;
  else if (test.status === "flaky") {
    results.passed++;
    results.secondGoes.push(tellFailure(title, test.results[0]?.error?.message ?? ""));
  } else if (test.status === "skipped") {
    results.skipped++;
    const reason = test.annotations.find((note) => note.type === "skip")?.description ?? "no reason given";
    results.skipReasons.push(`${title} (${reason})`);
  } else {
    results.failed++;
    results.failures.push(tellFailure(title, test.results.at(-1)?.error?.message ?? ""));
  }
}
