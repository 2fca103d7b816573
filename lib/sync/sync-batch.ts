import { type Claim, DRY_TOKEN, renewLease } from "@/lib/store/record-claims";
import { adoptLostAnswers } from "./adopt-lost-answers";
import { type Batch, type Crms, openWork } from "./batch-work";
import { carryOutDeletes } from "./carry-out-deletes";
import { confirmAbsent } from "./confirm-absent";
import { decideBatch } from "./decide-batch";
import { deferOwnCopies } from "./defer-own-copies";
import { deferSurvivors } from "./defer-survivors";
import { followMerges } from "./follow-merges";
import { failBlocked, holdBlocked } from "./hold-blocked";
import { holdDeletes } from "./hold-by-brake";
import type { SyncContext } from "./load-sync-context";
import { markMembership } from "./mark-membership";
import { OBJECT_STEPS } from "./object-steps";
import { readBatch } from "./read-batch";
import { type BatchResult, recordBatch } from "./record-batch";
import { spareAccounts } from "./spare-accounts";
import { writeBatch } from "./write-batch";

/** Longer than the slowest batch: 30 s per call at most, a few calls behind one another; renewed before writing. */
export const LEASE_MS = 180_000;

/** The way of one batch of due records: read, match, decide, write, record. The only way that ends in a write. */
export async function syncBatch(
  context: SyncContext,
  crms: Crms,
  claim: Claim,
  run: { id: string; by: string | null },
): Promise<BatchResult> {
  const batch = openBatch(context, crms, claim, run);
  const steps = OBJECT_STEPS[context.object] ?? {};
  const isOn = context.settings.objectSyncOn;
  await planBatch(batch);
  await holdDeletes(batch);
  const held = batch.works.filter((w) => !w.absorbed).map((w) => w.claimed.id);
  if (!(await renewLease(context.connectionId, claim.token, held, LEASE_MS))) throw new LeaseLostError();
  holdBlocked(batch);
  await keepingLease(batch, held, () => writeBatch(batch));
  await carryOutDeletes(batch);
  if (isOn) await steps.finish?.(batch);
  failBlocked(batch);
  return recordBatch(batch);
}

export function openBatch(
  context: SyncContext,
  crms: Crms,
  claim: Claim,
  run: { id: string; by: string | null },
): Batch {
  return {
    context,
    crms,
    token: claim.token,
    runId: run.id,
    by: run.by,
    references: { hubspot: {}, salesforce: {} },
    works: claim.records.map(openWork),
  };
}

/** Everything before the first write; a preview goes so far and no further, under a token that holds nothing. */
export async function planBatch(batch: Batch): Promise<void> {
  const steps = OBJECT_STEPS[batch.context.object] ?? {};
  const isOn = batch.context.settings.objectSyncOn;
  await markMembership(batch);
  await readBatch(batch);
  const absent = await confirmAbsent(batch);
  if (batch.token !== DRY_TOKEN) await followMerges(batch, absent);
  await adoptLostAnswers(batch);
  if (isOn) await steps.gather?.(batch);
  if (isOn) await steps.match?.(batch);
  if (isOn) await deferOwnCopies(batch);
  if (isOn) await deferSurvivors(batch);
  await adoptLostAnswers(batch);
  await decideBatch(batch);
  await spareAccounts(batch);
}

/** A bulk job of Salesforce may take longer than the lease: it is renewed meanwhile. */
async function keepingLease(batch: Batch, ids: string[], work: () => Promise<void>): Promise<void> {
  const renew = () => void renewLease(batch.context.connectionId, batch.token, ids, LEASE_MS).catch(() => {});
  const timer = setInterval(renew, LEASE_MS / 3);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}

/** Another worker took the records over; nothing was written, and they are its to sync. */
export class LeaseLostError extends Error {
  constructor() {
    super("The lease on these records ran out before they were written");
    this.name = "LeaseLostError";
  }
}
