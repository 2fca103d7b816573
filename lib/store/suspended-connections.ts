import { getDatabase } from "./client";

/** The connections that wait for this reason, oldest first. */
export async function listSuspendedFor(reason: string): Promise<string[]> {
  const rows = await getDatabase().connection.findMany({
    where: { status: "suspended", suspendedReason: reason },
    select: { id: true },
    orderBy: { suspendedAt: "asc" },
  });
  return rows.map((row) => row.id);
}
