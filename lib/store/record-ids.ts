import type { SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";

export type RecordIdQuery = {
  object: SyncObject;
  /** Empty = in any state */
  states: readonly string[];
  /** Of these only; null = of all */
  only: string[] | null;
  /** The last id of the page before; null = from the beginning, with the total */
  after: string | null;
  limit: number;
};

/** Our records of one object by rising id. */
export async function listRecordIds(
  connectionId: string,
  query: RecordIdQuery,
): Promise<{ ids: string[]; total: number | null }> {
  const { states, only, after, limit } = query;
  const where = Prisma.sql`connection_id = ${connectionId}::uuid AND object = ${query.object}
    ${states.length === 0 ? Prisma.empty : Prisma.sql`AND state = ANY(${[...states]})`}
    ${only === null ? Prisma.empty : Prisma.sql`AND id = ANY(${only}::uuid[])`}`;
  const rows = await getDatabase().$queryRaw<{ id: string }[]>`
    SELECT id FROM sync_record WHERE ${where} ${after === null ? Prisma.empty : Prisma.sql`AND id > ${after}::uuid`}
    ORDER BY id LIMIT ${limit}`;
  const ids = rows.map((row) => row.id);
  if (after !== null) return { ids, total: null };
  const counted = await getDatabase().$queryRaw<
    { n: number }[]
  >`SELECT count(*)::int AS n FROM sync_record WHERE ${where}`;
  return { ids, total: counted[0]?.n ?? 0 };
}

/** What these records are; ids that we do not have are absent. */
export async function findRecordObjects(
  connectionId: string,
  ids: string[],
): Promise<{ id: string; object: SyncObject }[]> {
  const rows = await getDatabase().syncRecord.findMany({
    where: { connectionId, id: { in: ids } },
    select: { id: true, object: true },
  });
  return rows.map((row) => ({ id: row.id, object: row.object as SyncObject }));
}
