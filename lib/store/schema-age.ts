import type { ErrorType } from "@/lib/decide/error-types";
import type { Side } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";

/** When the oldest description of these field lists was read; null = none was yet. Those of other objects grow old unread. */
export async function readSchemasAt(
  connectionId: string,
  described: Record<Side, readonly string[]>,
): Promise<Date | null> {
  const { _min } = await getDatabase().schemaSnapshot.aggregate({
    where: {
      connectionId,
      OR: [
        { side: "hubspot", object: { in: [...described.hubspot] } },
        { side: "salesforce", object: { in: [...described.salesforce] } },
      ],
    },
    _min: { fetchedAt: true },
  });
  return _min.fetchedAt;
}

/** Whether an error of one of these types was opened since, and still stands. */
export async function hasErrorSince(connectionId: string, types: readonly ErrorType[], since: Date): Promise<boolean> {
  const rows = await getDatabase().$queryRaw<{ found: number }[]>`
    SELECT 1 AS found FROM sync_error WHERE connection_id = ${connectionId}::uuid AND closed_at IS NULL
      AND opened_at >= ${since} AND type IN (${Prisma.join([...types])}) LIMIT 1`;
  return rows.length > 0;
}

/** Fields and people as one text, the same for the same content: jsonb has one order of keys. */
export async function fingerprintSchemas(connectionId: string): Promise<string> {
  const rows = await getDatabase().$queryRaw<{ sum: string | null }[]>`
    SELECT md5(string_agg(part, '/' ORDER BY part)) AS sum FROM (
      SELECT side || object || md5(fields::text) AS part FROM schema_snapshot
      WHERE connection_id = ${connectionId}::uuid AND object <> 'deal_facts'
      UNION ALL
      SELECT side || id || email || active::text FROM owner_snapshot WHERE connection_id = ${connectionId}::uuid
    ) parts`;
  return rows[0]?.sum ?? "";
}
