import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyBrake } from "./apply-brake";

const NONE = { creates: 0, overwrites: 0, deletes: 0 };
const GO = { stop: false, reason: null };

describe("C4: the brake", () => {
  it("stops above the limit, all kinds together, not at it", () => {
    expect(applyBrake({ creates: 40, overwrites: 59, deletes: 1 }, 1_000, 100)).toEqual(GO);
    expect(applyBrake({ creates: 40, overwrites: 60, deletes: 1 }, 1_000, 100)).toEqual({
      stop: true,
      reason: "limit",
    });
    expect(applyBrake({ ...NONE, creates: 1 }, 0, 0)).toEqual({ stop: true, reason: "limit" });
  });
  it("without a limit creates and overwrites never stop", () => {
    expect(applyBrake({ creates: 1e9, overwrites: 1e9, deletes: 0 }, 0, null)).toEqual(GO);
  });
  it("deletes above 1 % of the pairs always ask", () => {
    const wanted = { stop: true, reason: "deletes_above_one_percent" };
    expect(applyBrake({ ...NONE, deletes: 10 }, 1_000, null)).toEqual(GO);
    expect(applyBrake({ ...NONE, deletes: 11 }, 1_000, null)).toEqual(wanted);
    expect(applyBrake({ ...NONE, deletes: 1 }, 99, 1_000_000)).toEqual(wanted);
    expect(applyBrake(NONE, 0, 0)).toEqual(GO);
  });
  it("D42: a run that plans more is stopped wherever a smaller one is", () => {
    const count = fc.integer({ min: 0, max: 300 });
    const planned = fc.record({ creates: count, overwrites: count, deletes: fc.integer({ min: 0, max: 30 }) });
    fc.assert(
      fc.property(planned, planned, fc.integer({ min: 0, max: 2_000 }), fc.option(count), (less, more, pairs, at) => {
        const both = {
          creates: less.creates + more.creates,
          overwrites: less.overwrites + more.overwrites,
          deletes: less.deletes + more.deletes,
        };
        if (applyBrake(less, pairs, at).stop) expect(applyBrake(both, pairs, at).stop).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
