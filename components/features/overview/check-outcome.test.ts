import { expect, test } from "vitest";
import { tellCheckOutcome } from "./check-outcome";
import { makeRun } from "./testing/make-run";

test("a check that failed is told as failed, also when a worker that helped it began later and ended well", () => {
  const runs = [
    makeRun({ id: "helper", synced: 2 }),
    makeRun({ id: "pressed", status: "failed", message: "salesforce: 503", synced: 1 }),
    makeRun({ id: "before" }),
  ];
  expect(tellCheckOutcome(runs, "before")).toEqual({
    status: "failed",
    message: "salesforce: 503",
    synced: 3,
    failed: 0,
  });
});

test("nothing is told while the check runs, nor of what ended before the press", () => {
  const runs = [
    makeRun({ id: "pressed", status: "running" }),
    makeRun({ id: "by hand", kind: "manual" }),
    makeRun({ id: "before" }),
  ];
  expect(tellCheckOutcome(runs, "before")).toBeNull();
});

test("the very first check is told", () => {
  expect(tellCheckOutcome([makeRun({ id: "pressed", synced: 7 })], undefined)).toMatchObject({
    status: "done",
    synced: 7,
  });
});
