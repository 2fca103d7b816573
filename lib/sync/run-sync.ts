import type { CronResult } from "@/lib/contracts/overview";
import { CrmCallError } from "@/lib/crm/face";
import { classifyFailure, type SyncFailure, stopsAll } from "@/lib/decide/classify-error";
import { hasRoom } from "@/lib/store/call-budget";
import { withPurpose } from "@/lib/store/call-purpose";
import { readCheckState } from "@/lib/store/check-numbers";
import { type StoredConnection, saveCheckTimes } from "@/lib/store/connections";
import { countRemaining } from "@/lib/store/record-marks";
import { closeInterruptedRuns, finishRun, type RunCounts, type RunKind, startRun } from "@/lib/store/sync-runs";
import { releaseWorkLease, renewWorkLease, takeWorkLease } from "@/lib/store/work-leases";
import { checkForChanges } from "./check-for-changes";
import { drainDue } from "./drain-due";
import { loadSyncContexts, type SyncContext } from "./load-sync-context";
import { type OpenCrms, openCrms } from "./open-crms";
import { prepareTurnedOn } from "./prepare-turned-on";
import { forgetMissingField, refreshOldSchemas } from "./refresh-old-schemas";
import { suspend } from "./sync-claim";
import { takeWakeUps } from "./take-wake-ups";

export const CHECK_LEASE = "check";
/** Longer than any single page of a check; renewed between pages of work. */
const CHECK_LEASE_MS = 120_000;
/** What a check has read is taken as the truth for this long; then both systems are asked again between batches. */
const READING_AGE_MS = 30_000;
/** A limit per second or a hiccup ends no run: it is tried again after these waits; 0 = give up until the next check. */
const SHORT_OUTAGE_WAITS_MS = [1_500, 4_000, 0];
/** How often one that waits for another process's reading looks for it. */
const LOOK_MS = 250;
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
 * route and the "Check now" button all come in here. While another process checks, this one helps to work off what that
 * one read since: on an older reading it would decide about people who were merged, edited or deleted meanwhile.
 */
export async function runSync(connectionId: string, options: RunOptions): Promise<CronResult> {
  const startedAt = Date.now();
  const unprepared = (await prepareTurnedOn(connectionId)) ?? (await refreshOldSchemas(connectionId));
  const contexts = (await loadSyncContexts(connectionId)) ?? [];
  const [first] = contexts;
  if (first?.connection.status !== "active") return emptyResult(connectionId, startedAt);
  // Q1: at the allocation work waits; what is due stays due, and a person's own syncs go on.
  if (!(await hasRoom(connectionId))) return emptyResult(connectionId, startedAt);
  const opened = await openCrms(connectionId);
  await closeInterruptedRuns(connectionId, new Date(startedAt - RUN_GIVEN_UP_MS));
  const runId = await startRun(connectionId, options.kind, options.by);
  const totals = emptyTotals();
  const work = {
    contexts,
    connection: first.connection,
    crms: opened,
    runId,
    options,
    startedAt,
    deadline: startedAt + options.budgetMs,
    totals,
  };
  let failure: SyncFailure | null = null;
  let crashed = true;
  try {
    failure = await withPurpose({ object: "all", reason: "check" }, () => checkAndDrain(work));
    if (failure && (await forgetMissingField(connectionId, failure))) {
      const fresh = { ...work, contexts: (await loadSyncContexts(connectionId)) ?? [] };
      failure = await withPurpose({ object: "all", reason: "check" }, () => checkAndDrain(fresh));
    }
    failure ??= unprepared;
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
type RunWork = {
  contexts: SyncContext[];
  connection: StoredConnection;
  crms: OpenCrms;
  runId: string;
  options: RunOptions;
  startedAt: number;
  deadline: number;
  totals: Totals;
};

/** Works until nothing is left, the time is up, or a failure stands that a short wait does not heal. */
async function checkAndDrain(work: RunWork): Promise<SyncFailure | null> {
  const { connection, options } = work;
  const connectionId = connection.id;
  let lease = await takeWorkLease(connectionId, CHECK_LEASE, CHECK_LEASE_MS);
  // A person means what stands there now: unless the other check still reads it, theirs comes after it.
  if (lease === null && options.by !== null && !(await waitForReading(work)))
    lease = await takeWorkLease(connectionId, CHECK_LEASE, CHECK_LEASE_MS);
  try {
    for (const waitMs of SHORT_OUTAGE_WAITS_MS) {
      const failure = await drainOnce(work, lease);
      const mayHeal = failure?.retry === "heals" && !stopsAll(failure) && Date.now() + waitMs < work.deadline;
      if (!mayHeal || waitMs === 0) return failure;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    return null;
  } finally {
    if (lease !== null) {
      await releaseWorkLease(connectionId, CHECK_LEASE, lease);
      const next = Date.now() + connection.settings.checkEveryMinutes * 60_000;
      await saveCheckTimes(connectionId, new Date(), new Date(next));
    }
  }
}

/** One go: asks both systems whenever the last reading has grown old, and works off batches in between. */
async function drainOnce(work: RunWork, lease: bigint | null): Promise<SyncFailure | null> {
  const { contexts, connection, crms, deadline, options, totals } = work;
  let readAt = 0;
  const ask = async (): Promise<boolean> => {
    if (lease === null) return waitForReading(work);
    if (Date.now() - readAt < READING_AGE_MS) return true;
    if (!(await renewWorkLease(connection.id, CHECK_LEASE, lease, CHECK_LEASE_MS))) return false;
    const done = await checkForChanges({ contexts, ...crms, runId: work.runId, deadline });
    readAt = Date.now();
    return done;
  };
  try {
    return await drainDue(contexts, crms, {
      run: { id: work.runId, by: options.by },
      mayGoOn: async () => {
        if (Date.now() >= deadline || !(await ask())) return false;
        // Where no worker listens to signals, what events named is taken up here.
        await takeWakeUps(contexts, crms);
        return true;
      },
      count: (counts) => addToTotals(totals, counts),
      batchSize: options.batchSize,
    });
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    const failure = classifyFailure(error.failure, {});
    if (failure.retry === "suspends") await suspend(connection.id, failure);
    return failure;
  }
}

/** false = the other process's check ended, or the time did, without a reading since this run began. */
async function waitForReading({ connection, startedAt, deadline }: RunWork): Promise<boolean> {
  for (;;) {
    const { isRead, isRunning } = await readCheckState(connection.id, CHECK_LEASE, Date.now() - startedAt);
    if (isRead || !isRunning || Date.now() >= deadline) return isRead;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function addToTotals(totals: Totals, counts: RunCounts): void {
  totals.synced += counts.synced + counts.unchanged;
  totals.failed += counts.failed;
  totals.excluded += counts.excluded;
  totals.due = totals.synced + totals.failed + totals.excluded;
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
