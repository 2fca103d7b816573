import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { addResults, formatResults, readPlaywrightResults, readVitestResults } from "./test-results";

const folder = mkdtempSync(path.join(tmpdir(), "kakehashi-results-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeReport(report: unknown): string {
  const file = path.join(folder, "report.json");
  writeFileSync(file, JSON.stringify(report));
  return file;
}

const vitestFile = (status: string, tests: string[]) => ({
  name: "some.test.ts",
  status,
  message: tests.length === 0 ? "SyntaxError: no such thing" : "",
  assertionResults: tests.map((result, i) => ({
    fullName: `test ${i}`,
    status: result,
    failureMessages: result === "failed" ? ["\u001b[31mexpected 1\u001b[39m\nto be 2"] : [],
  })),
});

describe("test results", () => {
  it("of Vitest count a file that could not be loaded as one failure", () => {
    const testResults = [vitestFile("passed", ["passed", "skipped"]), vitestFile("failed", [])];
    const results = readVitestResults(writeReport({ numPassedTests: 1, numFailedTests: 0, testResults }));
    expect(results).toMatchObject({ passed: 1, failed: 1, skipped: 1 });
    expect(results.failures).toEqual(["some.test.ts\n  SyntaxError: no such thing"]);
  });

  it("name what failed, with the first lines of why", () => {
    const testResults = [vitestFile("failed", ["passed", "failed"])];
    const results = readVitestResults(writeReport({ numPassedTests: 1, numFailedTests: 1, testResults }));
    expect(results.failures).toEqual(["test 1\n  expected 1\n  to be 2"]);
  });

  it("of Playwright count nested tests and errors outside of tests", () => {
    const broke = { error: { message: "it broke" } };
    const GOES: Record<string, object[]> = { unexpected: [broke, broke], flaky: [broke, {}] };
    const spec = (title: string, status: string) => ({
      title,
      tests: [
        {
          status,
          annotations: [{ type: "skip", description: "needs a printer" }],
          results: GOES[status] ?? [{}],
        },
      ],
    });
    const inner = { title: "inner", specs: [spec("flaky", "flaky"), spec("later", "skipped")] };
    const suites = [
      { title: "file", specs: [spec("works", "expected"), spec("breaks", "unexpected")], suites: [inner] },
    ];
    const results = readPlaywrightResults(writeReport({ suites, errors: [{}] }));
    expect(results).toMatchObject({ passed: 2, failed: 2, skipped: 1, skipReasons: ["later (needs a printer)"] });
    expect(results.failures).toEqual(["Playwright's set-up\n  ", "breaks\n  it broke"]);
    expect(results.secondGoes).toEqual(["flaky\n  it broke"]);
  });

  it("add up to one line, which names skipped tests only when there are any", () => {
    const one = { passed: 3, failed: 0, skipped: 0, skipReasons: [], failures: [], secondGoes: [] };
    expect(formatResults(addResults(one, one))).toBe("6 passed, 0 failed");
    expect(formatResults({ ...one, skipped: 2 })).toBe("3 passed, 0 failed, 2 skipped");
  });
});
