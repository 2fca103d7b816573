import type { FieldPlan } from "./decide-record";
import type { Base, Values } from "./record-types";

/**
 * The base after a sync: what each side holds now, except for fields whose write failed. Those keep what they had (or
 * stay without a base), so that they are still seen as changed at the next try.
 */
export function planBase(
  before: Base | null,
  now: { hubspot: Values; salesforce: Values },
  fields: FieldPlan[],
  failed: { hubspot: boolean; salesforce: boolean },
): Base {
  const base: Base = { hubspot: { ...now.hubspot }, salesforce: { ...now.salesforce } };
  for (const field of fields) {
    if (field.decision.action !== "write" || !failed[field.decision.side]) continue;
    keepOld(base.hubspot, before?.hubspot, field.hubspotProperty);
    keepOld(base.salesforce, before?.salesforce, field.salesforceField);
  }
  return base;
}

function keepOld(values: Values, before: Values | undefined, name: string): void {
  const old = before?.[name];
  if (old === undefined) delete values[name];
  else values[name] = old;
}
