import type { Side } from "@/lib/decide/record-types";
import { DRY_TOKEN, type LoneRow } from "@/lib/store/record-claims";
import { markRecordDue } from "@/lib/store/record-marks";
import type { Batch, RecordWork } from "./batch-work";
import { newTrigger } from "./new-trigger";

/** How often a record gives way before it counts as one of its own: the other one may be gone, and only its row left. */
const MAX_WAITS = 3;

/**
 * A record without a partner (on `side`) waits for the one of ours that it belongs to, which has its turn at once and joins
 * the two. Who holds that one now is at it: however long that takes, there is nothing to hurry and nothing to doubt.
 */
export async function giveWay(batch: Batch, work: RecordWork, to: LoneRow, side: Side): Promise<void> {
  const { connectionId } = batch.context;
  const isHeld = to.heldBy !== null && to.heldBy !== batch.token;
  if (!isHeld && countWaits(work) >= MAX_WAITS) return;
  work.deferred = true;
  if (isHeld || batch.token === DRY_TOKEN) return;
  const other = side === "salesforce" ? "hubspot" : "salesforce";
  await markRecordDue(connectionId, work.claimed.id, newTrigger("linked", other, []));
  await markRecordDue(connectionId, to.recordId, newTrigger("linked", side, []));
}

function countWaits(work: RecordWork): number {
  return work.claimed.triggers.filter((trigger) => trigger.code === "linked").length;
}
