import { type HubSpotCrm, isHubSpotObject } from "@/lib/crm/face";
import { getDatabase } from "@/lib/store/client";
import { findUntold, readLastScan, saveScan } from "@/lib/store/deletion-scans";
import { markRecordsDue } from "@/lib/store/record-marks";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";

/**
 * HubSpot tells of deletes by webhook only, and its recycle bin has no order by time: it is paged through as a whole, 100
 * records a call for the 90 days that it keeps them. Once an hour, 10,000 deleted records cost 2,400 calls a day.
 */
const EVERY_MS = 3_600_000;

/**
 * C3: looks for pairs whose HubSpot record was deleted, where that is to be carried out, and makes them due. Nothing is
 * believed here: the batch asks for each record directly. Answers false when the deadline came first.
 */
export async function findArchived(input: {
  contexts: SyncContext[];
  hubspot: HubSpotCrm;
  deadline: number;
}): Promise<boolean> {
  for (const context of input.contexts) {
    const { connectionId, object, settings } = context;
    if (settings.whenDeleted?.hubspot !== "delete" || !settings.objectSyncOn || !isHubSpotObject(object)) continue;
    const startedAt = new Date();
    const last = await readLastScan(connectionId, object);
    if (last !== null && startedAt.getTime() - last < EVERY_MS) continue;
    const records = input.hubspot.of(object);
    for (let after: string | null = null; ; ) {
      if (Date.now() > input.deadline) return false;
      const page = await records.listArchived(after);
      const untold = await findUntold(
        connectionId,
        object,
        page.records.map((record) => record.id),
      );
      const trigger = newTrigger("deleted", "hubspot", []);
      await markRecordsDue(
        getDatabase(),
        connectionId,
        untold.map((recordId) => ({ recordId, trigger })),
      );
      if (page.next === null) break;
      after = page.next;
    }
    await saveScan(connectionId, object, startedAt);
  }
  return true;
}
