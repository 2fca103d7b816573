import type { ChangeCursor, ChangePage, ContactRole } from "@/lib/crm/face";
import { readContacts } from "@/lib/decide/deal-contacts";
import { type CursorKey, type StoredCursor, saveCursor } from "@/lib/store/check-cursors";
import { inTransaction } from "@/lib/store/client";
import { findKnownRecords, type KnownRecord, markRecordsDue } from "@/lib/store/record-marks";
import { newTrigger } from "./new-trigger";

/** Contact roles have a cursor of their own: they move no stamp of their opportunity. */
export const ROLE_CURSOR: CursorKey = { side: "salesforce", object: "OpportunityContactRole" };

/** Roles from before the first check are read with their opportunities, which are all new to it. */
export function startOfRoles(cursor: StoredCursor | null, overlapMs: number): ChangeCursor {
  if (cursor === null) return { stamp: Date.now() - overlapMs, lastId: "" };
  return cursor.settled ? { stamp: cursor.stamp + 1, lastId: "" } : { stamp: cursor.stamp - overlapMs, lastId: "" };
}

/**
 * P2: a role that was added to or taken from a paired opportunity makes its deal due. What its base knows already, our own
 * writes above all, is no news.
 */
export async function saveRolePage(connectionId: string, page: ChangePage<ContactRole>): Promise<void> {
  const ids = [...new Set(page.readings.map((role) => role.opportunityId))];
  const known = ids.length === 0 ? new Map() : await findKnownRecords(connectionId, "deal", "salesforce", ids);
  const live = new Set(page.readings.filter((role) => !role.isDeleted).map(placeOf));
  const due = new Set(
    page.readings
      // One of several roles that was deleted says nothing of the contact: it may have been given another one since.
      .filter((role) => !role.isDeleted || !live.has(placeOf(role)))
      .filter((role) => isNews(role, known.get(role.opportunityId)))
      .map((role) => role.opportunityId),
  );
  const trigger = newTrigger("T11", "salesforce", ["OpportunityContactRole"]);
  const marks = [...due].flatMap((id) => {
    const record = known.get(id);
    return record ? [{ recordId: record.id, trigger }] : [];
  });
  await inTransaction(async (tx) => {
    await markRecordsDue(tx, connectionId, marks);
    await saveCursor(tx, connectionId, ROLE_CURSOR, page.next);
  });
}

function placeOf({ opportunityId, contactId }: ContactRole): string {
  return `${opportunityId}/${contactId}`;
}

function isNews(role: ContactRole, record: KnownRecord | undefined): boolean {
  if (!record || record.isDue || record.salesforceBase === null) return false;
  const holders = readContacts(record.salesforceBase) ?? [];
  return holders.includes(role.contactId) === role.isDeleted;
}
