import { expect, test } from "vitest";
import { findBackfill, sumCounts } from "./tell-backfill";

test("T19: a backfill of the same object is found again", () => {
  const jobs = [
    { id: "a", kind: "list_sync" as const, request: { kind: "list_sync" } },
    { id: "b", kind: "backfill" as const, request: { kind: "backfill", object: "deal" } },
  ];
  expect(findBackfill(jobs, ["contact", "deal"])).toEqual({ object: "deal", jobId: "b" });
  expect(findBackfill(jobs, ["contact"])).toBeNull();
});

test("T19: records are counted over all objects, up to where the API counts", () => {
  expect(sumCounts([295, undefined, 60])).toEqual({ count: 355, isMore: false });
  expect(sumCounts([10_001, 60])).toEqual({ count: 10_060, isMore: true });
});
