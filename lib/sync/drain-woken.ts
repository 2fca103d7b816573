import { setTimeout as sleep } from "node:timers/promises";
import { CrmCallError } from "@/lib/crm/face";
import { classifyFailure, type SyncFailure } from "@/lib/decide/classify-error";
import { hasRoom, readBudget } from "@/lib/store/call-budget";
import { withPurpose } from "@/lib/store/call-purpose";
import { countRemaining } from "@/lib/store/record-marks";
import { finishRun, startRun } from "@/lib/store/sync-runs";
import { countWakeUps, hasWakeUps } from "@/lib/store/wake-ups";
import { releaseWorkLease, takeWorkLease } from "@/lib/store/work-leases";
import { drainDue } from "./drain-due";
import { loadSyncContexts } from "./load-sync-context";
import { openCrms } from "./open-crms";
import { suspend } from "./sync-claim";
import { takeWakeUps } from "./take-wake-ups";

const WAKE_LEASE = "wake";
/** Longer than one go may take; a process that died gives the work free after it. */
const LEASE_MS = 120_000;
/** One go, and one line in the list of runs, takes what comes within this time … */
const GO_MS = 30_000;
/** … unless nothing came for so long. */
const QUIET_MS = 3_000;
/** So many names at once are an import or a mass edit: a moment later they fill whole batches (spec Q2). */
const BURST = 100;
/** After so many the next are gathered for a moment, so that a fast worker does not carry an import over in crumbs. */
const MANY = 15;
const BURST_LOOK_MS = 300;
const BURST_WAIT_MS = 1_000;
/** The more of the allocation is used, the longer changes are gathered: each go costs two or three Salesforce calls. */
const PACES = [
  { above: 0.9, waitMs: 30_000 },
  { above: 0.75, waitMs: 10_000 },
  { above: 0.5, waitMs: 2_000 },
];

/** Resolves with true as soon as there is a further signal, with false after `ms` without one. */
export type WaitForMore = (ms: number) => Promise<boolean>;

/**
 * T18: works off what events woke, at once and without asking both systems for everything that changed; that stays the
 * check's. One process at a time per connection; whoever comes second leaves, for the first takes up what came meanwhile.
 */
export async function drainWoken(connectionId: string, waitForMore: WaitForMore): Promise<void> {
  if (!(await hasWork(connectionId))) return;
  const lease = await takeWorkLease(connectionId, WAKE_LEASE, LEASE_MS);
  if (lease === null) return;
  try {
    await withPurpose({ object: "all", reason: "sync" }, () => drainOneGo(connectionId, waitForMore));
  } finally {
    await releaseWorkLease(connectionId, WAKE_LEASE, lease);
  }
}

async function hasWork(connectionId: string): Promise<boolean> {
  return (await hasWakeUps(connectionId)) || (await countRemaining(connectionId)) > 0;
}

async function drainOneGo(connectionId: string, waitForMore: WaitForMore): Promise<void> {
  const contexts = (await loadSyncContexts(connectionId)) ?? [];
  if (contexts[0]?.connection.status !== "active" || !(await hasRoom(connectionId))) return;
  const crms = await openCrms(connectionId);
  const deadline = Date.now() + GO_MS;
  const run = { id: await startRun(connectionId, "events", null), by: null };
  let failure: SyncFailure | null = null;
  let crashed = true;
  let taken = 0;
  const take = async () => {
    await letBurstGather(connectionId, taken);
    taken = await takeWakeUps(contexts, crms);
  };
  try {
    do {
      await waitForBudget(connectionId);
      await take();
      failure = await drainDue(contexts, crms, {
        run,
        // Between batches too: what was named meanwhile goes along with the next.
        mayGoOn: async () => {
          await take();
          return Date.now() < deadline;
        },
        count: () => {},
      });
    } while (!failure && Date.now() < deadline && (await waitForMore(QUIET_MS)));
    crashed = false;
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    failure = classifyFailure(error.failure, {});
    if (failure.retry === "suspends") await suspend(connectionId, failure);
  } finally {
    await finishRun(connectionId, run.id, {
      status: failure || crashed ? "failed" : "done",
      message: failure ? `${failure.side}: ${failure.remoteMessage}` : null,
      callsHubspot: crms.calls.hubspot,
      callsSalesforce: crms.calls.salesforce,
    });
  }
}

/** Waits as long as the budget asks for. */
async function waitForBudget(connectionId: string): Promise<void> {
  const { used, open } = await readBudget(connectionId);
  const share = open === null || open === 0 ? 0 : used / open;
  const pace = PACES.find(({ above }) => share > above);
  if (pace) await sleep(pace.waitMs);
}

/** Waits while many more names keep coming; single changes go on at once. */
async function letBurstGather(connectionId: string, taken: number): Promise<void> {
  if (taken >= MANY) await sleep(BURST_LOOK_MS);
  const until = Date.now() + BURST_WAIT_MS;
  let count = await countWakeUps(connectionId);
  while (count >= BURST && Date.now() < until) {
    await sleep(BURST_LOOK_MS);
    const now = await countWakeUps(connectionId);
    if (now === count) return;
    count = now;
  }
}
