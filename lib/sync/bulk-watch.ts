import type { BulkWatch, SalesforceCrm } from "@/lib/crm/face";
import { forgetBulkJob, listDeadBulkJobs, noteBulkJob, touchBulkJob } from "@/lib/store/bulk-jobs";

/** Shorter than the lease on records (180 s), so that a dead job is stopped before its records are taken over. */
const SILENT_MS = 120_000;

export function createBulkWatch(connectionId: string): BulkWatch {
  return {
    started: (id) => noteBulkJob(connectionId, id),
    seen: (id) => touchBulkJob(connectionId, id),
    ended: (id) => forgetBulkJob(connectionId, id),
  };
}

/**
 * Stops bulk jobs whose process died: Salesforce would work them off some time, and overwrite what was written since.
 * @throws CrmCallError when Salesforce does not answer; nothing is to be written before it has.
 */
export async function stopDeadBulkJobs(connectionId: string, salesforce: SalesforceCrm): Promise<void> {
  for (const id of await listDeadBulkJobs(connectionId, SILENT_MS)) {
    await salesforce.stopBulkJob(id);
    await forgetBulkJob(connectionId, id);
  }
}
