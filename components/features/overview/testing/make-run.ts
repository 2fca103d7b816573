import type { Run } from "@/lib/contracts/overview";

const AT = "2026-01-05T10:00:00Z";

/** A check that ended well and had nothing to do, but for the changes. */
export function makeRun(changes: Partial<Run> = {}): Run {
  return {
    id: "r",
    kind: "check",
    by: null,
    status: "done",
    startedAt: AT,
    finishedAt: AT,
    due: 0,
    synced: 0,
    created: 0,
    updatedHubspot: 0,
    updatedSalesforce: 0,
    unchanged: 0,
    failed: 0,
    excluded: 0,
    calls: { hubspot: 0, salesforce: 0 },
    message: null,
    ...changes,
  };
}
