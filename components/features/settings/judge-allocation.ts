/** What the server takes: a whole number of calls in 24 h. */
export const LEAST_CALLS = 100;
const MOST_CALLS = 100_000_000;

export type AllocationVerdict = "fine" | "not_a_number" | "too_small" | "too_large";

/** What is wrong with an allocation as typed. */
export function judgeAllocation(typed: string): AllocationVerdict {
  const text = typed.trim();
  if (!/^\d+$/.test(text)) return "not_a_number";
  const calls = Number(text);
  if (calls < LEAST_CALLS) return "too_small";
  return calls > MOST_CALLS ? "too_large" : "fine";
}
