import type { SyncFailure } from "@/lib/decide/classify-error";
import { isBrakeWaiting } from "@/lib/store/brakes";
import { type Claim, claimDueRecords, readWaitForNextDue, releaseRecords } from "@/lib/store/record-claims";
import type { RunCounts } from "@/lib/store/sync-runs";
import type { Crms } from "./batch-work";
import { stopDeadBulkJobs } from "./bulk-watch";
import { countFitting } from "./fit-batch";
import { type Hold, holdByBrake } from "./hold-by-brake";
import type { SyncContext } from "./load-sync-context";
import { LEASE_MS } from "./sync-batch";
import { syncClaim } from "./sync-claim";

/** 1,000 records fill 10 HubSpot calls and 5 Salesforce collections; about 3 MB of readings in memory. */
const BATCH_SIZE = 1_000;
const SHORT_WAIT_MS = 3_000;

export type Drain = {
  run: { id: string; by: string | null };
  /** Asked before each batch: the time left, and whether what was read is fresh */
  mayGoOn: () => Promise<boolean>;
  /** Told after each batch */
  count: (counts: RunCounts) => void;
  batchSize?: number | undefined;
};

/**
 * Works off due records batch by batch until none is left or `mayGoOn` says no. Answers the failure that ended the work
 * early, null when there was none.
 */
export async function drainDue(contexts: SyncContext[], crms: Crms, drain: Drain): Promise<SyncFailure | null> {
  const { run, mayGoOn, count, batchSize = BATCH_SIZE } = drain;
  if (contexts[0]) await stopDeadBulkJobs(contexts[0].connectionId, crms.salesforce);
  let brake: Hold | null = null;
  while (await mayGoOn()) {
    brake ??= await holdByBrake(contexts);
    if (brake.held || (await isWaiting(contexts))) return null;
    const claimed = await claimNext(contexts, batchSize, null, brake.until);
    if (claimed === null && brake.until !== null) {
      // What a person let go on is done; now the rest is looked at for itself.
      brake = await holdByBrake(contexts, { isApprovedDone: true });
      continue;
    }
    if (claimed === null) {
      // Records whose partner was held by another worker come back within seconds: wait for them instead of leaving.
      const wait = contexts[0] ? await readWaitForNextDue(contexts[0].connectionId, SHORT_WAIT_MS) : null;
      if (wait === null) break;
      await new Promise((resolve) => setTimeout(resolve, wait + 10));
      continue;
    }
    const end = await syncClaim(claimed.context, crms, claimed.claim, run);
    if (end.counts) count(end.counts);
    if (end.stoppedBy) return end.stoppedBy;
  }
  return null;
}

/** C4: a batch found more deletes than may go without a person's word. */
async function isWaiting(contexts: SyncContext[]): Promise<boolean> {
  return contexts[0] !== undefined && (await isBrakeWaiting(contexts[0].connectionId));
}

/** A batch of the first object that has any due record, of one job if told: parents go before their children. */
export async function claimNext(
  contexts: SyncContext[],
  batchSize: number,
  jobId: string | null = null,
  until: Date | null = null,
): Promise<{ context: SyncContext; claim: Claim } | null> {
  for (const context of contexts) {
    const claim = await claimBatch(context, batchSize, jobId, until);
    if (claim.records.length > 0) return { context, claim };
  }
  return null;
}

/** Claims a batch and gives back at once what would not fit into memory together. */
async function claimBatch(
  { connectionId, object }: SyncContext,
  batchSize: number,
  jobId: string | null,
  until: Date | null,
): Promise<Claim> {
  const claim = await claimDueRecords(connectionId, object, batchSize, LEASE_MS, jobId, until);
  const fitting = countFitting(claim.records);
  const excess = claim.records.slice(fitting).map((r) => r.id);
  await releaseRecords(connectionId, claim.token, excess, new Date());
  return { token: claim.token, records: claim.records.slice(0, fitting) };
}
