import type { ConnectionView } from "@/lib/contracts/connection";
import type { SetupStep } from "@/lib/decide/setup-steps";

/** As in lib/decide/setup-steps, of which pages take types only. */
export const STEPS = [
  "hubspot",
  "salesforce",
  "permissions",
  "objects",
  "creation",
  "inclusion",
  "mappings",
  "preview",
  "turn_on",
] as const satisfies readonly SetupStep[];

export type StepState = "done" | "open" | "locked";
type Connection = Pick<ConnectionView, "turnedOnAt" | "setupStep"> & {
  hubspot: { connected: boolean };
  salesforce: { connected: boolean };
};

const placeOf = (step: SetupStep) => STEPS.indexOf(step);

/** Where the set-up is: what is not connected comes first, then where somebody left it. */
function currentStep(connection: Connection): SetupStep {
  if (!connection.hubspot.connected) return "hubspot";
  if (!connection.salesforce.connected) return "salesforce";
  if (connection.turnedOnAt !== null) return "turn_on";
  const left = connection.setupStep;
  return left !== null && placeOf(left) > placeOf("permissions") ? left : "permissions";
}

/** The step to show: the one that was asked for, if it can be taken already. */
export function readStep(asked: string | null, connection: Connection): SetupStep {
  const step = STEPS.find((one) => one === asked);
  return step && stateOf(step, connection) !== "locked" ? step : currentStep(connection);
}

/** Both sides can be connected in either order; everything after them needs both. */
export function stateOf(step: SetupStep, connection: Connection): StepState {
  if (step === "hubspot" || step === "salesforce") return connection[step].connected ? "done" : "open";
  if (!connection.hubspot.connected || !connection.salesforce.connected) return "locked";
  if (connection.turnedOnAt !== null) return "done";
  return placeOf(step) < placeOf(currentStep(connection)) ? "done" : "open";
}

/** The neighbours of a step; null at the ends. */
export function neighboursOf(step: SetupStep): { before: SetupStep | null; after: SetupStep | null } {
  const place = placeOf(step);
  return { before: STEPS[place - 1] ?? null, after: STEPS[place + 1] ?? null };
}
