import { type DatabaseOrTransaction, getDatabase } from "./client";

export type RunKind = "check" | "manual" | "events" | "job";

/**
 * What a run did. `due` is an estimate while it runs (two edits of one record are two marks and one sync); once it has
 * ended the books are exact: due = synced + unchanged + failed + excluded.
 */
export type RunCounts = {
  seenHubspot: number;
  seenSalesforce: number;
  due: number;
  synced: number;
  created: number;
  updatedHubspot: number;
  updatedSalesforce: number;
  unchanged: number;
  failed: number;
  excluded: number;
};

export async function startRun(connectionId: string, kind: RunKind, by: string | null): Promise<string> {
  const run = await getDatabase().syncRun.create({ data: { connectionId, kind, by }, select: { id: true } });
  return run.id;
}

export async function addToRun(
  db: DatabaseOrTransaction,
  connectionId: string,
  runId: string,
  counts: Partial<RunCounts>,
): Promise<void> {
  const data = Object.fromEntries(
    Object.entries(counts)
      .filter(([, n]) => n !== 0)
      .map(([name, n]) => [name, { increment: n }]),
  );
  if (Object.keys(data).length === 0) return;
  await db.syncRun.update({ where: { connectionId_id: { connectionId, id: runId } }, data });
}

export async function finishRun(
  connectionId: string,
  runId: string,
  end: { status: "done" | "failed"; message: string | null; callsHubspot: number; callsSalesforce: number },
): Promise<void> {
  const { status, message, callsHubspot, callsSalesforce } = end;
  // A run that was cut short keeps what it had found due and did not come to.
  await getDatabase().$executeRaw`
    UPDATE sync_run SET status = ${status}, message = ${message}, calls_hubspot = ${callsHubspot}, calls_salesforce = ${callsSalesforce},
      finished_at = ${new Date()}, due = CASE WHEN ${status} = 'done' THEN synced + unchanged + failed + excluded
        ELSE GREATEST(due, synced + unchanged + failed + excluded) END
    WHERE connection_id = ${connectionId}::uuid AND id = ${runId}::uuid`;
}

/** Runs whose process died are closed, so that no page waits for them. */
export async function closeInterruptedRuns(connectionId: string, olderThan: Date): Promise<void> {
  await getDatabase().syncRun.updateMany({
    where: { connectionId, status: "running", startedAt: { lt: olderThan } },
    data: { status: "interrupted", finishedAt: new Date() },
  });
}
