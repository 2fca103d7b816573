import type { Side, SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";

export type RecordIdQuery = {
  object: SyncObject;
  /** Empty = in any state */
  states: readonly string[];
  /** Of these only; null = of all */
  only: string[] | null;
  /** Those with an open error of one of these types (none = any) that this side gave (null = either); null = of all */
  errors: { types: readonly string[]; side: Side | null } | null;
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
    ${only === null ? Prisma.empty : Prisma.sql`AND id = ANY(${only}::uuid[])`} ${withErrors(query.errors)}`;
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

function withErrors(errors: RecordIdQuery["errors"]): Prisma.Sql {
  if (errors === null || (errors.types.length === 0 && errors.side === null)) return Prisma.empty;
  const ofType = errors.types.length === 0 ? Prisma.empty : Prisma.sql`AND e.type = ANY(${[...errors.types]})`;
  const ofSide = errors.side === null ? Prisma.empty : Prisma.sql`AND e.side = ${errors.side}`;
  return Prisma.sql`AND EXISTS (SELECT 1 FROM sync_error e
    WHERE e.connection_id = sync_record.connection_id AND e.record_id = sync_record.id AND e.closed_at IS NULL ${ofType} ${ofSide})`;
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
