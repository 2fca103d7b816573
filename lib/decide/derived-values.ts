import { textOf } from "./activity-values";
import type { FieldPlan } from "./decision-types";
import type { DerivedValue } from "./record-snapshot";
import type { HubSpotReading } from "./record-types";

const MARK = "derived-";

/** Whether a planned field comes from here, not from a mapping. */
export function isDerived(mappingId: string): boolean {
  return mappingId.startsWith(MARK);
}

/**
 * L1, K1, F15: lifecycle stage and campaign names go to HubSpot whatever a mapping says; what HubSpot holds already is
 * left alone.
 */
export function planDerived(derived: readonly DerivedValue[], hubspot: HubSpotReading | null): FieldPlan[] {
  return derived.flatMap(({ property, value, source }): FieldPlan[] => {
    const held = hubspot?.values[property] ?? null;
    if (textOf(held) === value.trim()) return [];
    return [
      {
        mappingId: MARK + property,
        rule: "always_salesforce",
        hubspotProperty: property,
        salesforceField: source,
        hubspot: held,
        salesforce: value,
        base: null,
        decision: {
          action: "write",
          side: "hubspot",
          value,
          overwrites: held,
          winner: "salesforce",
          reason: "salesforce_wins",
          conflict: false,
        },
      },
    ];
  });
}
