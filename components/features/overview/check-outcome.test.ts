import { expect, test } from "vitest";
import type { Run } from "@/lib/contracts/overview";
import { tellCheckOutcome } from "./check-outcome";

const AT = "2026-11-30T12:00:00.000Z";

function makeRun(id: string, changes: Partial<Run> = {}): Run {
  return {
    id,
    kind: "check",
    by: null,
    status: "done",
    startedAt: AT,
    finishedAt: AT,
    due: 0,
    synced: 0,
    created: 0,
    updatedHubspot: 0,
    updatedSalesforce: 0,
    unchanged: 0,
    failed: 0,
    excluded: 0,
    calls: { hubspot: 0, salesforce: 0 },
    message: null,
    ...changes,
  };
}

test("a check that failed is told as failed, also when a worker that helped it began later and ended well", () => {
  const runs = [
    makeRun("helper", { synced: 2 }),
    makeRun("pressed", { status: "failed", message: "salesforce: 503", synced: 1 }),
    makeRun("before"),
  ];
  expect(tellCheckOutcome(runs, "before")).toEqual({
    status: "failed",
    message: "salesforce: 503",
    synced: 3,
    failed: 0,
  });
});

test("nothing is told while the check runs, nor of what ended before the press", () => {
  const runs = [makeRun("pressed", { status: "running" }), makeRun("by hand", { kind: "manual" }), makeRun("before")];
  expect(tellCheckOutcome(runs, "before")).toBeNull();
});

test("the very first check is told", () => {
  expect(tellCheckOutcome([makeRun("pressed", { synced: 7 })], undefined)).toMatchObject({ status: "done", synced: 7 });
});
