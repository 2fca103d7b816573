import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "./connection-settings";
import { decideLifecycle, type LifecycleFacts } from "./lifecycle";

/** HubSpot's own stages in their order */
const ORDER = [
  ...["subscriber", "lead", "marketingqualifiedlead", "salesqualifiedlead", "opportunity", "customer"],
  ...["evangelist", "other"],
];
const ON = { ...DEFAULT_SETTINGS.lifecycle, on: true };
const NONE: LifecycleFacts = { converted: false, openOpportunity: false, wonOpportunity: false };
const decide = (current: string | null, facts: Partial<LifecycleFacts>, settings = ON, order = ORDER) =>
  decideLifecycle(current, { ...NONE, ...facts }, settings, order);

describe("L1: lifecycle stages that move by themselves", () => {
  it("converted: sales qualified lead; open opportunity: opportunity; won: customer", () => {
    expect(decide("lead", { converted: true })).toBe("salesqualifiedlead");
    expect(decide("lead", { openOpportunity: true })).toBe("opportunity");
    expect(decide("lead", { wonOpportunity: true })).toBe("customer");
    expect(decide("lead", {})).toBeNull();
  });
  it("the furthest of several", () => {
    expect(decide(null, { converted: true, openOpportunity: true, wonOpportunity: true })).toBe("customer");
    expect(decide("", { converted: true, openOpportunity: true })).toBe("opportunity");
  });
  it("T16, L1: never backwards", () => {
    expect(decide("customer", { converted: true, openOpportunity: true })).toBeNull();
    expect(decide("evangelist", { wonOpportunity: true })).toBeNull();
    expect(decide("opportunity", { openOpportunity: true })).toBeNull();
  });
  it("targets can be changed, a step without one is off", () => {
    const settings = {
      ...ON,
      steps: { lead_converted: "lead", opportunity_open: null, opportunity_won: "evangelist" },
    };
    expect(decide("subscriber", { converted: true }, settings)).toBe("lead");
    expect(decide("subscriber", { openOpportunity: true }, settings)).toBeNull();
    expect(decide("customer", { wonOpportunity: true }, settings)).toBe("evangelist");
  });
  it("off: nothing moves", () => {
    expect(decide("lead", { wonOpportunity: true }, { ...ON, on: false })).toBeNull();
  });
  it("a stage that the portal does not have is neither left nor entered", () => {
    expect(decide("our_own", { wonOpportunity: true })).toBeNull();
    const gone = { ...ON, steps: { ...ON.steps, opportunity_won: "deleted_stage" } };
    expect(decide("lead", { wonOpportunity: true }, gone)).toBeNull();
    expect(decide("lead", { wonOpportunity: true }, ON, [])).toBeNull();
  });
  it("D35: always ahead of where the contact is, and a second decision moves nothing", () => {
    const stage = fc.constantFrom(...ORDER, "unknown");
    const facts = fc.record({ converted: fc.boolean(), openOpportunity: fc.boolean(), wonOpportunity: fc.boolean() });
    const target = fc.option(stage);
    const steps = fc.record({ lead_converted: target, opportunity_open: target, opportunity_won: target });
    const order = fc.shuffledSubarray(ORDER);
    fc.assert(
      fc.property(fc.option(stage), facts, steps, order, (current, f, s, o) => {
        const next = decideLifecycle(current, f, { on: true, steps: s }, o);
        if (next === null) return;
        expect(o.indexOf(next)).toBeGreaterThan(current === null ? -1 : o.indexOf(current));
        expect(decideLifecycle(next, f, { on: true, steps: s }, o)).toBeNull();
      }),
      { numRuns: 5_000 },
    );
  });
});
