import { pickTrigger } from "@/components/record-words/pick-trigger";
import type { RecordDetail, SyncErrorView, Trigger } from "@/lib/contracts/records";

type CardSentence =
  | { kind: "in_sync"; at: string | null; trigger: Trigger | null }
  | { kind: "failing"; error: SyncErrorView | null }
  | { kind: "excluded"; reason: string }
  | { kind: "due"; trigger: Trigger | null }
  | { kind: "syncing" }
  | { kind: "paused" };

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
