import { describe, expect, it } from "vitest";
import { measureRun } from "./run-progress";
import { makeRun } from "./testing/make-run";

const start = Date.parse("2026-01-05T10:00:00Z");
const run = makeRun({
  status: "running",
  startedAt: "2026-01-05T10:00:00Z",
  finishedAt: null,
  due: 100,
  synced: 40,
  failed: 5,
  excluded: 5,
});

describe("the progress of a run", () => {
  it("counts unchanged, failed and excluded records as done and tells rate and time left", () => {
    expect(measureRun(run, start + 10_000)).toEqual({ done: 50, due: 100, failed: 5, perSecond: 5, leftMs: 10_000 });
    expect(measureRun({ ...run, unchanged: 30 }, start + 10_000)).toMatchObject({ done: 80, leftMs: 2_500 });
  });
  it("tells no rate before anything is done", () => {
    const idle = { ...run, synced: 0, failed: 0, excluded: 0 };
    expect(measureRun(idle, start + 10_000)).toMatchObject({ perSecond: null, leftMs: null });
  });
  it("never claims more than is due", () => {
    expect(measureRun({ ...run, synced: 500 }, start + 10_000).done).toBe(100);
  });
});
