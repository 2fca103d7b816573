import type { Trigger } from "@/lib/contracts/records";

/** What tells a person most stands first: an edit with its field, then news, then a button, then machinery. */
const TELLING = ["T10", "T11", "T15", "T12", "T13", "T17", "linked", "cause_changed", "retry", "daily_retry", "T1"];

function rank(trigger: Trigger): number {
  const place = TELLING.indexOf(trigger.code);
  return place === -1 ? TELLING.length : place;
}

/** The one of several coalesced triggers that is named in the sentence; the newest of equals. */
export function pickTrigger(triggers: readonly Trigger[]): Trigger | null {
  const sorted = [...triggers].sort((a, b) => rank(a) - rank(b) || b.at.localeCompare(a.at));
  return sorted[0] ?? null;
}
