import type { SyncResult } from "@/lib/contracts/records";
import type { SyncFailure } from "@/lib/decide/classify-error";
import { withPurpose } from "@/lib/store/call-purpose";
import { readLastOutcome } from "@/lib/store/last-outcome";
import { claimRecord, readObjectOf } from "@/lib/store/record-claims";
import { finishRun, startRun } from "@/lib/store/sync-runs";
import { loadSyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";
import { openCrms } from "./open-crms";
import { LEASE_MS } from "./sync-batch";
import { syncClaim } from "./sync-claim";

export type SyncNowAnswer =
  | { kind: "done"; result: SyncResult }
  | { kind: "not_found" }
  | { kind: "already_running" }
  | { kind: "suspended" }
  | { kind: "crm_unavailable"; failure: SyncFailure };

/** T17 for one record: read both sides now, decide, write; the same way as every other sync. */
export async function syncRecordNow(connectionId: string, recordId: string, by: string): Promise<SyncNowAnswer> {
  const startedAt = Date.now();
  const object = await readObjectOf(connectionId, recordId);
  if (object === null) return { kind: "not_found" };
  const context = await loadSyncContext(connectionId, object);
  if (context?.connection.status !== "active") return { kind: "suspended" };
  const claim = await claimRecord(connectionId, recordId, newTrigger("T17", null, [], by), LEASE_MS);
  if (claim === "not_found") return { kind: "not_found" };
  if (claim === "held") return { kind: "already_running" };
  const opened = await openCrms(connectionId);
  const runId = await startRun(connectionId, "manual", by);
  let stoppedBy: SyncFailure | null = null;
  let ended = false;
  try {
    const end = await withPurpose({ reason: "manual" }, () => syncClaim(context, opened, claim, { id: runId, by }));
    stoppedBy = end.stoppedBy;
    ended = true;
  } finally {
    await finishRun(connectionId, runId, {
      status: ended && !stoppedBy ? "done" : "failed",
      message: stoppedBy ? `${stoppedBy.side}: ${stoppedBy.remoteMessage}` : null,
      callsHubspot: opened.calls.hubspot,
      callsSalesforce: opened.calls.salesforce,
    });
  }
  if (stoppedBy?.retry === "suspends") return { kind: "suspended" };
  if (stoppedBy) return { kind: "crm_unavailable", failure: stoppedBy };
  const last = await readLastOutcome(connectionId, recordId);
  return {
    kind: "done",
    result: {
      state: last?.state ?? "due",
      outcome: last?.outcome ?? "unchanged",
      changes: last?.changes ?? 0,
      calls: { ...opened.calls },
      durationMs: Date.now() - startedAt,
    },
  };
}
