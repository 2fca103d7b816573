import type { HubSpotCrm } from "@/lib/crm/face";
import { describeRecord } from "@/lib/decide/find-due";
import type { SyncObject, Values } from "@/lib/decide/record-types";
import type { DatabaseOrTransaction } from "@/lib/store/client";
import { findHubSpotByEmails } from "@/lib/store/record-claims";
import { type KnownRecord, type ReadingMark, saveReadingMarks } from "@/lib/store/record-marks";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";

/** What the collecting of events knows of the check that it is part of. */
export type EventCheck = {
  connectionId: string;
  contexts: SyncContext[];
  hubspot: HubSpotCrm;
  checkNo: bigint;
  /** Epoch ms */
  deadline: number;
};

/** One event of HubSpot as a record of ours; `at` in epoch ms. */
export type EventRow = { id: string; code: string; at: number; values: Values };

/** Events become due records of their own, claimed once the check has ended. */
export async function saveEventRows(
  db: DatabaseOrTransaction,
  check: Pick<EventCheck, "connectionId" | "checkNo">,
  object: SyncObject,
  rows: EventRow[],
): Promise<void> {
  const marks = rows.map(
    (row): ReadingMark => ({
      remoteId: row.id,
      salesforceType: null,
      values: row.values,
      stamp: row.at,
      name: describeRecord(object, "hubspot", row.values).name,
      company: "",
      emails: [],
      trigger: newTrigger(row.code, "hubspot", []),
      needsRead: false,
    }),
  );
  await saveReadingMarks(db, check.connectionId, object, "hubspot", marks, check.checkNo);
}

/** What we hold of an event, last read or last written. */
export function heldOf(known: KnownRecord | undefined): Values | null {
  return known?.seen ?? known?.hubspotBase ?? null;
}

/** HubSpot's size of a batch read by address. */
const AT_ONCE = 1_000;

/**
 * Whose these addresses are, by address. Our own records first; HubSpot is asked for the rest, since its search may not
 * have told of a new contact yet. An address that HubSpot does not know is absent.
 */
export async function findContactsOf(
  check: Pick<EventCheck, "connectionId" | "hubspot">,
  emails: string[],
): Promise<Map<string, string>> {
  const wanted = [...new Set(emails.map((email) => email.trim().toLowerCase()).filter((email) => email.includes("@")))];
  const found = new Map<string, string>();
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const part = wanted.slice(start, start + AT_ONCE);
    for (const row of await findHubSpotByEmails(check.connectionId, part)) {
      for (const email of row.emails) if (!found.has(email)) found.set(email, row.hubspotId);
    }
    const open = part.filter((email) => !found.has(email));
    if (open.length === 0) continue;
    for (const { id, values } of await check.hubspot.readByEmails(open, ["email", "hs_additional_emails"])) {
      for (const email of describeRecord("contact", "hubspot", values).emails) found.set(email, id);
    }
  }
  return found;
}
