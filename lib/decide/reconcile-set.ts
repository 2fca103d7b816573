/** What both sides of one pair hold of a set (contact roles, a company's contacts), in keys that both sides share. */
export type SetInput = {
  hubspot: readonly string[];
  salesforce: readonly string[];
  /** What was common when the pair was last in sync; null = never */
  base: readonly string[] | null;
};

export type SetPlan = {
  addToHubSpot: string[];
  removeFromHubSpot: string[];
  addToSalesforce: string[];
  removeFromSalesforce: string[];
};

/**
 * P1, P2: both sides' additions and removals, each carried to the other side. Without a base nothing is removed: the two
 * sets are joined. A key that is not in the base is never removed, so an addition always stands against a removal.
 * Answers are sorted. The base after carrying it out is what both sides then hold (`baseAfter`); a side that refused
 * keeps its difference and is asked again.
 */
export function reconcileSet({ hubspot, salesforce, base }: SetInput): SetPlan {
  const h = new Set(hubspot);
  const s = new Set(salesforce);
  const known = new Set(base ?? []);
  const onlyHubSpot = [...h].filter((key) => !s.has(key)).toSorted();
  const onlySalesforce = [...s].filter((key) => !h.has(key)).toSorted();
  return {
    addToHubSpot: onlySalesforce.filter((key) => !known.has(key)),
    removeFromHubSpot: onlyHubSpot.filter((key) => known.has(key)),
    addToSalesforce: onlyHubSpot.filter((key) => !known.has(key)),
    removeFromSalesforce: onlySalesforce.filter((key) => known.has(key)),
  };
}

/** True when nothing of the set has to travel. */
export function isSetInStep(plan: SetPlan): boolean {
  return Object.values(plan).every((keys) => keys.length === 0);
}

/**
 * The base after a write: what both sides hold now, and what the base had and one side still has because its removal was
 * refused, so that it is removed next time rather than taken for an addition.
 */
export function baseAfter({ hubspot, salesforce, base }: SetInput): string[] {
  const s = new Set(salesforce);
  const either = new Set([...hubspot, ...salesforce]);
  const common = hubspot.filter((key) => s.has(key));
  const pending = (base ?? []).filter((key) => either.has(key));
  return [...new Set([...common, ...pending])].toSorted();
}
