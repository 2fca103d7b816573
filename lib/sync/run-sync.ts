import type { CronResult } from "@/lib/contracts/overview";
import { CrmCallError } from "@/lib/crm/face";
import { classifyFailure, type SyncFailure } from "@/lib/decide/classify-error";
import { saveCheckTimes } from "@/lib/store/connections";
import { countRemaining } from "@/lib/store/record-marks";
import { closeInterruptedRuns, finishRun, type RunKind, startRun } from "@/lib/store/sync-runs";
import { releaseWorkLease, renewWorkLease, takeWorkLease } from "@/lib/store/work-leases";
import { checkForChanges } from "./check-for-changes";
import { drainDue, suspend } from "./drain-due";
import { loadSyncContext, type SyncContext } from "./load-sync-context";
import { type OpenCrms, openCrms } from "./open-crms";

export const CHECK_LEASE = "check";
/** Longer than any single page of a check; renewed between pages of work. */
const CHECK_LEASE_MS = 120_000;
/** What a check has read is taken as the truth for this long; then both systems are asked again between batches. */
const READING_AGE_MS = 30_000;
const RUN_GIVEN_UP_MS = 30 * 60_000;

export type RunOptions = {
  budgetMs: number;
  kind: RunKind;
  by: string | null;
  /** Records per batch; the default is what fills both vendors' calls best */
  batchSize?: number;
};

/**
 * Asks both systems what changed and works off what is due, until nothing is or the time is up. The worker, the cron
 * route and the "Check now" button all come in here. While another process checks, this one helps to work off.
 */
export async function runSync(connectionId: string, options: RunOptions): Promise<CronResult> {
  const startedAt = Date.now();
  const context = await loadSyncContext(connectionId);
  if (context?.connection.status !== "active") return emptyResult(connectionId, startedAt);
  const opened = await openCrms(connectionId);
  await closeInterruptedRuns(connectionId, new Date(startedAt - RUN_GIVEN_UP_MS));
  const runId = await startRun(connectionId, options.kind, options.by);
  const work = { context, crms: opened, runId, options, deadline: startedAt + options.budgetMs };
  let failure: SyncFailure | null = null;
  let crashed = true;
  let totals = emptyTotals();
  try {
    const end = await checkAndDrain(work);
    failure = end.failure;
    totals = end.totals;
    crashed = false;
  } finally {
    await finishRun(connectionId, runId, {
      status: failure || crashed ? "failed" : "done",
      message: failure ? `${failure.side}: ${failure.remoteMessage}` : null,
      callsHubspot: opened.calls.hubspot,
      callsSalesforce: opened.calls.salesforce,
    });
  }
  return {
    runId,
    ...totals,
    remaining: await countRemaining(connectionId),
    calls: { ...opened.calls },
    durationMs: Date.now() - startedAt,
  };
}

type Totals = { due: number; synced: number; failed: number; excluded: number };
type RunWork = { context: SyncContext; crms: OpenCrms; runId: string; options: RunOptions; deadline: number };

async function checkAndDrain(work: RunWork): Promise<{ failure: SyncFailure | null; totals: Totals }> {
  const { context, crms, deadline, options } = work;
  const { connectionId } = context;
  const totals = emptyTotals();
  const lease = await takeWorkLease(connectionId, CHECK_LEASE, CHECK_LEASE_MS);
  let readAt = 0;
  try {
    const ask = async (): Promise<boolean> => {
      if (lease === null) return true;
      if (Date.now() - readAt < READING_AGE_MS) return true;
      if (!(await renewWorkLease(connectionId, CHECK_LEASE, lease, CHECK_LEASE_MS))) return false;
      const done = await checkForChanges({ context, ...crms, runId: work.runId, deadline });
      readAt = Date.now();
      return done;
    };
    const drained = await drainDue(
      context,
      crms,
      { id: work.runId, by: options.by },
      async () => Date.now() < deadline && (await ask()),
      options.batchSize,
    );
    for (const counts of drained.counts) {
      totals.synced += counts.synced + counts.unchanged;
      totals.failed += counts.failed;
      totals.excluded += counts.excluded;
    }
    totals.due = totals.synced + totals.failed + totals.excluded;
    return { failure: drained.stoppedBy, totals };
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    const failure = classifyFailure(error.failure, {});
    if (failure.retry === "suspends") await suspend(connectionId, failure);
    return { failure, totals };
  } finally {
    if (lease !== null) {
      await releaseWorkLease(connectionId, CHECK_LEASE, lease);
      await saveCheckTimes(
        connectionId,
        new Date(),
        new Date(Date.now() + context.connection.settings.checkEveryMinutes * 60_000),
      );
    }
  }
}

function emptyTotals(): Totals {
  return { due: 0, synced: 0, failed: 0, excluded: 0 };
}

async function emptyResult(connectionId: string, startedAt: number): Promise<CronResult> {
  return {
    runId: null,
    ...emptyTotals(),
    remaining: await countRemaining(connectionId),
    calls: { hubspot: 0, salesforce: 0 },
    durationMs: Date.now() - startedAt,
  };
}
