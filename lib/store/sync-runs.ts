import { type DatabaseOrTransaction, getDatabase } from "./client";

export type RunKind = "check" | "manual" | "events" | "job";

/** What a run did; exact books: due = synced + unchanged + failed + excluded + what remains. */
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
  await getDatabase().syncRun.update({
    where: { connectionId_id: { connectionId, id: runId } },
    data: { ...end, finishedAt: new Date() },
  });
}

/** Runs whose process died are closed, so that no page waits for them. */
export async function closeInterruptedRuns(connectionId: string, olderThan: Date): Promise<void> {
  await getDatabase().syncRun.updateMany({
    where: { connectionId, status: "running", startedAt: { lt: olderThan } },
    data: { status: "interrupted", finishedAt: new Date() },
  });
}
