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
