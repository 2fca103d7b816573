import { describe, expect, test } from "vitest";
import { SETUP_STEPS, type SetupStep } from "@/lib/decide/setup-steps";
import { neighboursOf, readStep, STEPS, stateOf } from "./setup-steps";

const at = (
  hubspot: boolean,
  salesforce: boolean,
  setupStep: SetupStep | null = null,
  turnedOnAt: string | null = null,
) => ({
  hubspot: { connected: hubspot },
  salesforce: { connected: salesforce },
  setupStep,
  turnedOnAt,
});

describe("the set-up", () => {
  test("has the steps of the API, in their order", () => {
    expect(STEPS).toEqual(SETUP_STEPS);
  });
  test.each([
    ["nothing is connected", at(false, false), "hubspot"],
    ["HubSpot is", at(true, false), "salesforce"],
    ["Salesforce alone is", at(false, true), "hubspot"],
    ["both are", at(true, true), "permissions"],
    ["somebody left it further on", at(true, true, "inclusion"), "inclusion"],
    ["a side was disconnected since", at(true, false, "inclusion"), "salesforce"],
    ["it was left before both were connected", at(true, true, "salesforce"), "permissions"],
    ["it is on", at(true, true, "inclusion", "2026-01-01T00:00:00Z"), "turn_on"],
  ])("goes on where the server says: %s", (_, connection, step) => {
    expect(readStep(null, connection)).toBe(step);
  });
  test("goes to any step that can be taken, and nowhere else", () => {
    expect(readStep("mappings", at(true, true))).toBe("mappings");
    expect(readStep("salesforce", at(false, false))).toBe("salesforce");
    expect(readStep("mappings", at(true, false))).toBe("salesforce");
    expect(readStep("lunch", at(true, true))).toBe("permissions");
  });
  test("ticks what is behind", () => {
    const connection = at(true, true, "creation");
    expect(STEPS.map((step) => stateOf(step, connection))).toEqual([
      ...Array.from({ length: 4 }, () => "done"),
      ...Array.from({ length: 5 }, () => "open"),
    ]);
    expect(stateOf("preview", at(true, false))).toBe("locked");
  });
  test("has an end on both sides", () => {
    expect(neighboursOf("hubspot")).toEqual({ before: null, after: "salesforce" });
    expect(neighboursOf("turn_on")).toEqual({ before: "preview", after: null });
  });
});
