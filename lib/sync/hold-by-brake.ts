import { applyBrake } from "@/lib/decide/apply-brake";
import { describeRecord } from "@/lib/decide/find-due";
import {
  type BrakeSample,
  clearWaitingBrake,
  countDueAndPairs,
  readBrake,
  readDeleteAllowance,
  saveBrake,
} from "@/lib/store/brakes";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { sideOf, valuesThatGo } from "./carry-out-deletes";
import type { SyncContext } from "./load-sync-context";
import { planRun } from "./plan-run";

/** `until`: only what was due by then may go on; null = everything. */
export type Hold = { held: boolean; until: Date | null };
const GO: Hold = { held: false, until: null };
const STOP: Hold = { held: true, until: null };

/**
 * C4: whether the run must stop before its first write and wait for a person's word. What is due is planned only where
 * its number alone could be too much; what a person approved is not counted again.
 */
export async function holdByBrake(
  contexts: SyncContext[],
  { isApprovedDone = false }: { isApprovedDone?: boolean } = {},
): Promise<Hold> {
  const connection = contexts[0]?.connection;
  if (!connection) return GO;
  const { id, settings, settingsVersion } = connection;
  const brake = await readBrake(id);
  const isWaiting = brake?.state === "waiting";
  if (isWaiting && brake.settingsVersion === settingsVersion) return STOP;
  const deletes = settings.whenDeletedInSalesforce === "archive" || settings.whenDeletedInHubSpot === "delete";
  if (settings.brakeAt !== null || deletes) {
    const after = brake?.state === "approved" ? brake.plannedAt : null;
    const { due, pairs, now } = await countDueAndPairs(id, after);
    const mayBeTooMuch = (settings.brakeAt !== null && due > settings.brakeAt) || (deletes && due * 100 > pairs);
    const plan = mayBeTooMuch ? await planRun(contexts, { after, until: now }) : null;
    const decision = plan && applyBrake(plan, pairs, settings.brakeAt);
    if (plan && decision?.stop && decision.reason) {
      // An approval holds for what it was given for, whatever came meanwhile.
      if (after !== null && !isApprovedDone) return { held: false, until: after };
      await saveBrake(id, { ...plan, reason: decision.reason, plannedAt: now, pairs, settingsVersion });
      return STOP;
    }
  }
  if (isWaiting) await clearWaitingBrake(id);
  return GO;
}

/**
 * C4: deletes that only the batch found (a read, an event) are held here, before they are written: above 1 % of the pairs
 * in one run they ask. The records stay due.
 */
export async function holdDeletes(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter((work) => sideOf(work) !== null && work.refusal === null);
  if (works.length === 0) return;
  const { connectionId, connection } = batch.context;
  const ids = works.map((work) => work.claimed.id);
  const { done, pairs, approved, now } = await readDeleteAllowance(connectionId, batch.runId, ids);
  const asking = works.filter((work) => !approved.has(work.claimed.id));
  const planned = { creates: 0, overwrites: 0, deletes: done + asking.length };
  const { stop } = applyBrake(planned, pairs, null);
  if (!stop || asking.length === 0) return;
  for (const work of asking) work.deferred = true;
  await saveBrake(connectionId, {
    ...planned,
    deletes: asking.length,
    reason: "deletes_above_one_percent",
    plannedAt: now,
    pairs,
    samples: asking.slice(0, 20).map((work) => sampleOf(batch, work)),
    settingsVersion: connection.settingsVersion,
  });
}

function sampleOf(batch: Batch, work: RecordWork): BrakeSample {
  const { object } = batch.context;
  const side = sideOf(work) ?? "hubspot";
  const { name } = describeRecord(object, side, (side === "hubspot" ? work.hubspot : work.salesforce)?.values ?? {});
  const changes = valuesThatGo(batch, work).slice(0, 10);
  return { recordId: work.claimed.id, object, kind: "delete", side, name, changes };
}
