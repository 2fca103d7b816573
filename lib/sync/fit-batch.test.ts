import { expect, it } from "vitest";
import type { ClaimedRecord } from "@/lib/store/record-claims";
import { countFitting } from "./fit-batch";

const record = (length: number): ClaimedRecord => ({
  id: "",
  object: "contact",
  hubspotId: null,
  salesforceId: null,
  salesforceType: null,
  base: null,
  hubspotValues: { note: "x".repeat(length) },
  salesforceValues: null,
  hubspotStamp: 0,
  salesforceStamp: 0,
  claimedVersion: 1n,
  triggers: [],
  needsRead: false,
  attempts: 0,
  state: "due",
  exclusionReason: null,
});

it("a batch ends before it outgrows memory, but never before its first record", () => {
  expect(countFitting([record(40), record(40), record(40)], 100)).toBe(2);
  expect(countFitting([record(400), record(1)], 100)).toBe(1);
  expect(countFitting([record(10), record(10)], 100)).toBe(2);
  expect(countFitting([], 100)).toBe(0);
});
