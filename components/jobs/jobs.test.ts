import { describe, expect, test } from "vitest";
import type { Job, Preview } from "@/lib/contracts/jobs";
import { countWrites, listWrites, sumReasons } from "./tell-preview";
import { isSameWork, listOutcomes, readProgress, roundRate, stepSeconds } from "./tell-progress";

const PROGRESS: Job["progress"] = {
  total: 10_000,
  named: 4_000,
  done: 3_120,
  open: 880,
  created: 1_000,
  updated: 2_000,
  unchanged: 100,
  failed: 2,
  excluded: 18,
  takenBack: 0,
  ratePerSecond: 640.4,
  secondsLeft: 11,
};

describe("a job's line", () => {
  test("tells done, total, rate, time left and failures", () => {
    expect(readProgress({ progress: PROGRESS })).toEqual({
      done: 3_120,
      total: 10_000,
      rate: 640,
      leftMs: 11_000,
      failed: 2,
    });
  });
  test("never shows more done than there are, nor a rate of nothing", () => {
    const progress = { ...PROGRESS, total: 3_000, ratePerSecond: 0, secondsLeft: null };
    expect(readProgress({ progress })).toMatchObject({ done: 3_120, total: 3_120, rate: null, leftMs: null });
  });
  test.each([
    [0, 1],
    [47, 47],
    [60, 60],
    [61, 70],
    [134, 140],
    [600, 600],
    [601, 660],
    [1_310, 1_320],
  ])("the time left of %i s is told as %i s: steps grow, so that it does not flicker", (seconds, shown) => {
    expect(stepSeconds(seconds)).toBe(shown);
  });
  test.each([
    [640.4, 640],
    [99.96, 100],
    [12.34, 12.3],
    [0.456, 0.46],
  ])("a rate of %f is told as %f", (rate, shown) => {
    expect(roundRate(rate)).toBe(shown);
  });
  test("its end names only what there was", () => {
    const progress = { ...PROGRESS, unchanged: 0, excluded: 0, failed: 0 };
    expect(listOutcomes({ progress })).toEqual([
      { kind: "created", count: 1_000 },
      { kind: "updated", count: 2_000 },
    ]);
  });
});

describe("the same work", () => {
  test.each([
    [{ kind: "list_sync", listId: "1" }, { kind: "list_sync", listId: "1" }, true],
    [{ kind: "list_sync", listId: "1" }, { kind: "list_sync", listId: "2" }, false],
    [{ kind: "resync", object: "contact", records: 2 }, { kind: "resync", object: "contact", records: 2 }, true],
    [{ kind: "resync", object: "contact", states: [] }, { kind: "backfill", object: "contact", states: [] }, false],
    [{ kind: "resync", object: "deal", errorTypes: ["a"] }, { kind: "resync", object: "deal" }, false],
    [{ kind: "import_hubspot", object: "deal" }, { kind: "import_hubspot", object: "company" }, false],
  ])("%j and %j: %s", (open, asked, same) => {
    expect(isSameWork(open, asked)).toBe(same);
  });
});

describe("X1: a preview's line", () => {
  const actions: Preview["actions"] = {
    create_salesforce: 1_200,
    create_hubspot: 4,
    link: 0,
    update: 310,
    archive_hubspot: 0,
    delete_salesforce: 0,
    nothing: 7,
  };
  test("adds up both sides and leaves out what there is none of", () => {
    expect(listWrites({ actions })).toEqual([
      { kind: "create", count: 1_204 },
      { kind: "update", count: 310 },
    ]);
    expect(countWrites({ actions })).toBe(1_514);
  });
  test("tells reasons with the most records first", () => {
    expect(sumReasons({ not_in_inclusion_list: 6, no_email: 80, deleted: 0 })).toEqual({
      sum: 86,
      reasons: [
        { reason: "no_email", count: 80 },
        { reason: "not_in_inclusion_list", count: 6 },
      ],
    });
  });
});
