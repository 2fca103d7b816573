/** What the server takes: a whole number of calls in 24 h. */
const LEAST = 100;
const MOST = 100_000_000;

export type AllocationVerdict = "fine" | "not_a_number" | "too_small" | "too_large" | "above_org";

/** What is wrong with an allocation as typed. `above_org` can be saved: Salesforce's own limit then comes first. */
export function judgeAllocation(typed: string, orgMax: number | null): AllocationVerdict {
  const text = typed.trim();
  if (!/^\d+$/.test(text)) return "not_a_number";
  const calls = Number(text);
  if (calls < LEAST) return "too_small";
  if (calls > MOST) return "too_large";
  return orgMax !== null && calls > orgMax ? "above_org" : "fine";
}
