import type { RecordDetail, SyncErrorView, Trigger } from "@/lib/contracts/records";

type CardSentence =
  | { kind: "in_sync"; at: string | null; trigger: Trigger | null }
  | { kind: "failing"; error: SyncErrorView | null }
  | { kind: "excluded"; reason: string }
  | { kind: "due"; trigger: Trigger | null }
  | { kind: "syncing" }
  | { kind: "paused" };

/** What tells a person most stands first: an edit with its field, then news, then a button, then machinery. */
const TELLING = ["T10", "T11", "T15", "T12", "T13", "T17", "linked", "retry", "daily_retry", "T1"];

function rank(trigger: Trigger): number {
  const place = TELLING.indexOf(trigger.code);
  return place === -1 ? TELLING.length : place;
}

/** The one of several coalesced triggers that is named in the sentence; the newest of equals. */
export function pickTrigger(triggers: readonly Trigger[]): Trigger | null {
  const sorted = [...triggers].sort((a, b) => rank(a) - rank(b) || b.at.localeCompare(a.at));
  return sorted[0] ?? null;
}

/** Errors that are still open, newest first. */
export function openErrors(errors: readonly SyncErrorView[]): SyncErrorView[] {
  return errors.filter((e) => e.closedAt === null).sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt));
}

/** The card's one sentence as facts; worded by the component. */
export function readCardSentence(record: RecordDetail): CardSentence {
  switch (record.state) {
    case "in_sync":
      return { kind: "in_sync", at: record.lastSyncedAt, trigger: pickTrigger(record.lastTriggers) };
    case "failing":
      return { kind: "failing", error: openErrors(record.errors)[0] ?? null };
    case "excluded":
      return { kind: "excluded", reason: record.exclusionReason ?? "other" };
    case "due":
      return { kind: "due", trigger: pickTrigger(record.triggers) };
    case "syncing":
      return { kind: "syncing" };
    case "paused":
      return { kind: "paused" };
  }
}
