import type { ChangeCursor } from "@/lib/crm/face";
import { type DatabaseOrTransaction, getDatabase } from "./client";

export type CursorKey = { side: "hubspot"; object: "contact" } | { side: "salesforce"; object: "Lead" | "Contact" };

export async function readCursor(connectionId: string, key: CursorKey): Promise<ChangeCursor | null> {
  const row = await getDatabase().checkCursor.findUnique({
    where: { connectionId_side_object: { connectionId, ...key } },
  });
  return row ? { stamp: row.stamp.getTime(), lastId: row.lastId } : null;
}

/** Saved in the same transaction as the marks of its page: neither is ever ahead of the other. */
export async function saveCursor(
  db: DatabaseOrTransaction,
  connectionId: string,
  key: CursorKey,
  cursor: ChangeCursor,
): Promise<void> {
  const value = { stamp: new Date(cursor.stamp), lastId: cursor.lastId };
  await db.checkCursor.upsert({
    where: { connectionId_side_object: { connectionId, ...key } },
    create: { connectionId, ...key, ...value },
    update: value,
  });
}
