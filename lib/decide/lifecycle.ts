import { textOf } from "./activity-values";
import { type ConnectionSettings, LIFECYCLE_STEPS, type LifecycleStep } from "./connection-settings";
import type { ObjectSchema, RawValue } from "./record-types";

/** What came true of a person in Salesforce and HubSpot was not told yet. */
export type LifecycleFacts = {
  /** The lead was converted */
  converted: boolean;
  /** The contact has a role on an open opportunity */
  openOpportunity: boolean;
  /** The contact has a role on a closed-won opportunity */
  wonOpportunity: boolean;
};

/** The portal's stages (values, not labels) from first to last. */
export function stageOrder(schema: ObjectSchema): string[] {
  return (schema.lifecyclestage?.options ?? []).map((option) => option.value);
}

/**
 * L1: the lifecycle stage that a contact moves to by itself; null = it stays. `order` is the portal's stages (values, not
 * labels) from first to last. Of all steps whose fact holds, the furthest target counts, and only ahead of where the
 * contact is: a stage that the order does not know is neither left nor entered, since nobody can say what is ahead of it.
 */
export function decideLifecycle(
  current: RawValue,
  facts: LifecycleFacts,
  settings: Pick<ConnectionSettings["lifecycle"], "on" | "steps">,
  order: readonly string[],
): string | null {
  if (!settings.on) return null;
  const place = textOf(current) === "" ? -1 : order.indexOf(textOf(current));
  if (place === -1 && textOf(current) !== "") return null;
  const holds: Record<LifecycleStep, boolean> = {
    lead_converted: facts.converted,
    opportunity_open: facts.openOpportunity,
    opportunity_won: facts.wonOpportunity,
  };
  const targets = LIFECYCLE_STEPS.filter((step) => holds[step]).map((step) =>
    order.indexOf(settings.steps[step] ?? ""),
  );
  const furthest = Math.max(-1, ...targets);
  return furthest > place ? (order[furthest] ?? null) : null;
}
