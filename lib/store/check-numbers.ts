import { getDatabase } from "./client";

/** Number of the last check that asked both systems to the end. */
export async function readChecksDone(connectionId: string): Promise<bigint> {
  const row = await getDatabase().connection.findUnique({ where: { id: connectionId }, select: { checksDone: true } });
  return row?.checksDone ?? 0n;
}

/** Lets the marks of this check be claimed. */
export async function closeCheck(connectionId: string, checkNo: bigint): Promise<void> {
  await getDatabase().$executeRaw`
    UPDATE connection SET checks_done = GREATEST(checks_done, ${checkNo}), checks_done_at = now(), updated_at = now()
    WHERE id = ${connectionId}::uuid`;
}

export type CheckState = {
  /** A check asked both systems to the end within the time asked about */
  isRead: boolean;
  /** Some process holds the lease of the check */
  isRunning: boolean;
};

/** How things stand with the check that holds the lease of this name. Ages are measured by the database's clock. */
export async function readCheckState(connectionId: string, lease: string, withinMs: number): Promise<CheckState> {
  const rows = await getDatabase().$queryRaw<{ is_read: boolean | null; is_running: boolean }[]>`
    SELECT c.checks_done_at >= now() - ${withinMs} * interval '1 millisecond' AS is_read,
      EXISTS (SELECT 1 FROM work_lease w WHERE w.connection_id = c.id AND w.name = ${lease} AND w.until > now()) AS is_running
    FROM connection c WHERE c.id = ${connectionId}::uuid`;
  return { isRead: rows[0]?.is_read ?? false, isRunning: rows[0]?.is_running ?? false };
}
