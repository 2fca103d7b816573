/** What a run would do, before its first write. */
export type PlannedCounts = { creates: number; overwrites: number; deletes: number };

export type BrakeDecision = { stop: boolean; reason: "limit" | "deletes_above_one_percent" | null };

/**
 * C4: whether a run stops before its first write and asks. Deletes above 1 % of the pairs always ask, whatever the
 * setting; beyond that, more creates, overwrites and deletes together than `brakeAt` (null = no limit).
 */
export function applyBrake(planned: PlannedCounts, pairs: number, brakeAt: number | null): BrakeDecision {
  if (planned.deletes * 100 > pairs) return { stop: true, reason: "deletes_above_one_percent" };
  const total = planned.creates + planned.overwrites + planned.deletes;
  return brakeAt !== null && total > brakeAt ? { stop: true, reason: "limit" } : { stop: false, reason: null };
}
