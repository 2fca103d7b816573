import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseAfter, isSetInStep, reconcileSet, type SetInput, type SetPlan } from "./reconcile-set";

const plan = (hubspot: string, salesforce: string, base: string | null) =>
  reconcileSet({ hubspot: [...hubspot], salesforce: [...salesforce], base: base === null ? null : [...base] });
const NOTHING: SetPlan = { addToHubSpot: [], removeFromHubSpot: [], addToSalesforce: [], removeFromSalesforce: [] };

describe("P2: contact roles and other sets of two sides", () => {
  it("D31: without a base the two are joined and nothing is removed", () => {
    expect(plan("ab", "bc", null)).toEqual({ ...NOTHING, addToHubSpot: ["c"], addToSalesforce: ["a"] });
  });
  it("an addition travels", () => {
    expect(plan("abx", "ab", "ab")).toEqual({ ...NOTHING, addToSalesforce: ["x"] });
    expect(plan("ab", "abx", "ab")).toEqual({ ...NOTHING, addToHubSpot: ["x"] });
  });
  it("a removal travels", () => {
    expect(plan("a", "ab", "ab")).toEqual({ ...NOTHING, removeFromSalesforce: ["b"] });
    expect(plan("ab", "a", "ab")).toEqual({ ...NOTHING, removeFromHubSpot: ["b"] });
  });
  it("removed on both, or added on both: nothing", () => {
    expect(plan("ax", "ax", "ab")).toEqual(NOTHING);
  });
  it("a refused removal is tried again, a refused addition too", () => {
    const removal = baseAfter({ hubspot: ["a"], salesforce: ["a", "b"], base: ["a", "b"] });
    expect(plan("a", "ab", removal.join(""))).toEqual({ ...NOTHING, removeFromSalesforce: ["b"] });
    const addition = baseAfter({ hubspot: ["a", "x"], salesforce: ["a"], base: ["a"] });
    expect(plan("ax", "a", addition.join(""))).toEqual({ ...NOTHING, addToSalesforce: ["x"] });
  });
});

const keys = fc.uniqueArray(fc.constantFrom(..."abcdef"), { maxLength: 6 });
const world = fc.record({ hubspot: keys, salesforce: keys, base: fc.option(keys) });
const carryOut = (input: SetInput, p: SetPlan) => {
  const apply = (have: readonly string[], add: string[], remove: string[]) =>
    [...have, ...add].filter((key) => !remove.includes(key)).toSorted();
  return {
    hubspot: apply(input.hubspot, p.addToHubSpot, p.removeFromHubSpot),
    salesforce: apply(input.salesforce, p.addToSalesforce, p.removeFromSalesforce),
  };
};

describe("laws of a set", () => {
  it("D32: carried out, both sides hold the same, and the next time nothing travels", () => {
    fc.assert(
      fc.property(world, (input) => {
        const after = carryOut(input, reconcileSet(input));
        expect(after.hubspot).toEqual(after.salesforce);
        const base = baseAfter({ ...after, base: input.base });
        expect(base).toEqual(after.hubspot);
        expect(isSetInStep(reconcileSet({ ...after, base }))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
  it("D33: swapping the sides swaps the plan; order and repeats change nothing", () => {
    fc.assert(
      fc.property(world, ({ hubspot, salesforce, base }) => {
        const one = reconcileSet({ hubspot, salesforce, base });
        expect(reconcileSet({ hubspot: salesforce, salesforce: hubspot, base })).toEqual({
          addToHubSpot: one.addToSalesforce,
          removeFromHubSpot: one.removeFromSalesforce,
          addToSalesforce: one.addToHubSpot,
          removeFromSalesforce: one.removeFromHubSpot,
        });
        const repeated = [...hubspot, ...hubspot].toReversed();
        expect(reconcileSet({ hubspot: repeated, salesforce: salesforce.toReversed(), base })).toEqual(one);
      }),
      { numRuns: 3_000 },
    );
  });
  it("D31: what was never common is never removed", () => {
    fc.assert(
      fc.property(world, (input) => {
        const p = reconcileSet(input);
        for (const key of [...p.removeFromHubSpot, ...p.removeFromSalesforce]) expect(input.base ?? []).toContain(key);
        const after = carryOut(input, p);
        for (const key of [...input.hubspot, ...input.salesforce])
          if (!(input.base ?? []).includes(key)) expect(after.hubspot).toContain(key);
      }),
      { numRuns: 3_000 },
    );
  });
  it("D32: half carried out, the rest is planned again", () => {
    fc.assert(
      fc.property(world, (input) => {
        const first = reconcileSet(input);
        const half = carryOut(input, { ...first, addToSalesforce: [], removeFromSalesforce: [] });
        const again = reconcileSet({ ...half, base: baseAfter({ ...half, base: input.base }) });
        expect(again).toEqual({ ...first, addToHubSpot: [], removeFromHubSpot: [] });
      }),
      { numRuns: 3_000 },
    );
  });
});
