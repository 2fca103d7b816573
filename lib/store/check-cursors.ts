import type { ChangeCursor } from "@/lib/crm/face";
import type { SalesforceType, SyncObject } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase } from "./client";

export type CursorKey =
  | { side: "hubspot"; object: SyncObject | "DealAssociations" }
  | { side: "salesforce"; object: SalesforceType | "OpportunityContactRole" };
export type StoredCursor = ChangeCursor & { settled: boolean };

export async function readCursor(connectionId: string, key: CursorKey): Promise<StoredCursor | null> {
  const row = await getDatabase().checkCursor.findUnique({
    where: { connectionId_side_object: { connectionId, ...key } },
  });
  return row ? { stamp: row.stamp.getTime(), lastId: row.lastId, settled: row.settled } : null;
}

/**
 * Saved in the same transaction as the marks of its page: neither is ever ahead of the other. A page that was read again
 * behind the cursor does not move it back.
 */
export async function saveCursor(
  db: DatabaseOrTransaction,
  connectionId: string,
  key: CursorKey,
  cursor: ChangeCursor,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO check_cursor AS c (connection_id, side, object, stamp, last_id)
    VALUES (${connectionId}::uuid, ${key.side}, ${key.object}, ${new Date(cursor.stamp)}, ${cursor.lastId})
    ON CONFLICT (connection_id, side, object) DO UPDATE SET stamp = EXCLUDED.stamp, last_id = EXCLUDED.last_id, updated_at = now(),
      first_seen_at = CASE WHEN c.stamp = EXCLUDED.stamp THEN c.first_seen_at ELSE now() END,
      settled = c.settled AND c.stamp = EXCLUDED.stamp
    WHERE c.stamp <= EXCLUDED.stamp`;
}

/**
 * After a check that asked one side to the end: a stamp that has been the newest for `overlapMs` is settled. What was
 * changed before it was seen then is indexed by now, and this check looked back and saw it. One clock only, our own.
 */
export async function settleCursors(connectionId: string, side: CursorKey["side"], overlapMs: number): Promise<void> {
  await getDatabase().$executeRaw`
    UPDATE check_cursor SET settled = true
    WHERE connection_id = ${connectionId}::uuid AND side = ${side} AND NOT settled
      AND first_seen_at <= now() - ${overlapMs} * interval '1 millisecond'`;
}
