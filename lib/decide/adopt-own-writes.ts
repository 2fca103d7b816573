import type { Base, RawValue, Side, Values } from "./record-types";

/** A value that we sent without hearing whether it arrived, and the one of the other side that it was made of. */
export type UncertainWrite = {
  side: Side;
  hubspotProperty: string;
  salesforceField: string;
  after: RawValue;
  source: RawValue;
};

/**
 * D56: the base once both sides were read again. Where a side holds what an uncertain write of ours sent, the write
 * arrived: that value and its source are what both had in common then. Otherwise our own write would pass for an edit of
 * that side, and whoever put the source back to what it had been would have edited nothing. `writes`: the newest first.
 */
export function adoptOwnWrites(
  base: Base,
  held: { hubspot: Values; salesforce: Values },
  writes: readonly UncertainWrite[],
): Base {
  const adopted: Base = { hubspot: { ...base.hubspot }, salesforce: { ...base.salesforce } };
  const known = new Set<string>();
  for (const { side, hubspotProperty, salesforceField, after, source } of writes) {
    const key = `${hubspotProperty} ${salesforceField}`;
    const value = held[side][side === "hubspot" ? hubspotProperty : salesforceField] ?? null;
    if (known.has(key) || !isSame(value, after)) continue;
    known.add(key);
    adopted.hubspot[hubspotProperty] = side === "hubspot" ? value : source;
    adopted.salesforce[salesforceField] = side === "salesforce" ? value : source;
  }
  return adopted;
}

/** HubSpot tells every value as text, and blank is one. */
function isSame(one: RawValue, other: RawValue): boolean {
  return String(one ?? "") === String(other ?? "");
}
