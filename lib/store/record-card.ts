import type { RawValue, Side, Values } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import type { JournalChange, JournalError, JournalOutcome } from "./journal";
import { readMomentCursor, writeMomentCursor } from "./moment-cursor";
import type { TriggerMark } from "./record-marks";
import { type RecordListRow, readRecordRow } from "./record-queries";

export type StoredError = {
  id: string;
  type: string;
  category: string;
  side: Side;
  fields: { field: string; value: RawValue }[];
  remoteCode: string;
  remoteMessage: string;
  retry: string;
  openedAt: Date;
  lastSeenAt: Date;
  closedAt: Date | null;
  occurrences: number;
};

export type StoredCandidate = { id: string; type: string; name: string; email: string | null };

/** What is stored about one record, for its page. */
export type RecordCard = RecordListRow & {
  triggers: TriggerMark[];
  lastTriggers: TriggerMark[];
  /** Null when nothing waits */
  nextTryAt: Date | null;
  attempts: number;
  /** When the CRM says that the record was last changed, as last read */
  hubspotModifiedAt: Date | null;
  salesforceModifiedAt: Date | null;
  /** Open ones first, then those closed within the last 7 days, newest first */
  errors: StoredError[];
  candidates: StoredCandidate[];
  /** As last read; null when never */
  hubspotValues: Values | null;
  salesforceValues: Values | null;
  /** Parents that must be in sync first, "contact/hubspot/123" each */
  waitsFor: string[];
};

export type StoredTimelineEntry = {
  id: string;
  at: Date;
  outcome: JournalOutcome;
  triggers: TriggerMark[];
  changes: JournalChange[];
  error: JournalError | null;
  calls: number;
  by: string | null;
};

const WEEK_MS = 7 * 24 * 3_600_000;
/** More than a person looks through; an address that hundreds share is nobody's own. */
const MAX_DUPLICATES = 50;

/** Null when there is no such record. `id` must be a UUID. */
export async function readRecordCard(connectionId: string, id: string): Promise<RecordCard | null> {
  const [row, stored, errors] = await Promise.all([
    readRecordRow(connectionId, id),
    getDatabase().syncRecord.findUnique({ where: { connectionId_id: { connectionId, id } } }),
    readErrors(connectionId, id),
  ]);
  if (!row || !stored) return null;
  const isContact = stored.object === "contact";
  const [memberErrors, duplicates] = await Promise.all([
    isContact ? readMemberErrors(connectionId, stored.hubspotId) : [],
    isContact && stored.hubspotId !== null ? readDuplicates(connectionId, stored) : [],
  ]);
  const candidates = listOf<StoredCandidate>(stored.candidates);
  const later = duplicates.filter(({ id: found }) => candidates.every((candidate) => candidate.id !== found));
  const waits = stored.requestedVersion > stored.syncedVersion || stored.state === "failing";
  return {
    ...row,
    triggers: listOf<TriggerMark>(stored.triggers),
    lastTriggers: listOf<TriggerMark>(stored.lastTriggers),
    nextTryAt: waits ? stored.nextAttemptAt : null,
    attempts: stored.attempts,
    hubspotModifiedAt: stored.hubspotStamp,
    salesforceModifiedAt: stored.salesforceStamp,
    errors: [...errors, ...memberErrors],
    candidates: [...candidates, ...later],
    hubspotValues: (stored.hubspotSeen ?? stored.hubspotBase) as Values | null,
    salesforceValues: (stored.salesforceSeen ?? stored.salesforceBase) as Values | null,
    waitsFor: stored.waitsFor,
  };
}

/** Newest first; `before` is the `nextBefore` of the page before. Entries that are only planned are not history yet. */
export async function readTimeline(
  connectionId: string,
  recordId: string,
  page: { before: string | undefined; limit: number },
): Promise<{ entries: StoredTimelineEntry[]; nextBefore: string | null }> {
  const before = readMomentCursor(page.before);
  const rows = await getDatabase().journalEntry.findMany({
    where: {
      connectionId,
      recordId,
      status: "settled",
      ...(before ? { OR: [{ at: { lt: before.at } }, { at: before.at, id: { lt: before.id } }] } : {}),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: page.limit + 1,
  });
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    entries: shown.map((row) => ({
      id: row.id,
      at: row.at,
      outcome: row.outcome as JournalOutcome,
      triggers: listOf<TriggerMark>(row.triggers),
      changes: listOf<JournalChange>(row.changes),
      error: row.error as JournalError | null,
      calls: row.calls,
      by: row.by,
    })),
    nextBefore: last ? writeMomentCursor(last) : null,
  };
}

async function readErrors(connectionId: string, recordId: string): Promise<StoredError[]> {
  const rows = await getDatabase().syncError.findMany({
    where: {
      connectionId,
      recordId,
      OR: [{ closedAt: null }, { closedAt: { gt: new Date(Date.now() - WEEK_MS) } }],
    },
    orderBy: [{ closedAt: { sort: "desc", nulls: "first" } }, { lastSeenAt: "desc" }],
    take: 20,
  });
  return rows.map((row) => ({
    ...row,
    side: row.side as Side,
    fields: listOf<{ field: string; value: RawValue }>(row.fields),
    remoteCode: row.remoteCode ?? "",
  }));
}

/** M2: Salesforce records with one of the contact's addresses that came after its partner was chosen, by our own rows. */
async function readDuplicates(
  connectionId: string,
  { email, otherEmails }: { email: string | null; otherEmails: string[] },
): Promise<StoredCandidate[]> {
  const rows = await getDatabase().syncRecord.findMany({
    where: {
      ...{ connectionId, object: "contact", hubspotId: null, salesforceId: { not: null }, deletedIn: null },
      email: { in: [...(email === null ? [] : [email]), ...otherEmails] },
    },
    select: { salesforceId: true, salesforceType: true, displayName: true, email: true },
    orderBy: { salesforceId: "asc" },
    take: MAX_DUPLICATES,
  });
  return rows.map((row) => ({
    id: row.salesforceId ?? "",
    type: row.salesforceType ?? "",
    name: row.displayName,
    email: row.email,
  }));
}

/** K1: what keeps the contact out of a campaign is shown with the contact; the memberships are records of their own. */
async function readMemberErrors(connectionId: string, hubspotId: string | null): Promise<StoredError[]> {
  if (hubspotId === null) return [];
  const rows = await getDatabase().syncRecord.findMany({
    where: { connectionId, object: "campaign_member", state: "failing", hubspotId: { startsWith: `${hubspotId}-` } },
    select: { id: true },
    take: 20,
  });
  const errors = await Promise.all(rows.map((row) => readErrors(connectionId, row.id)));
  return errors.flat().filter((error) => error.closedAt === null);
}

function listOf<Item>(json: unknown): Item[] {
  return Array.isArray(json) ? (json as Item[]) : [];
}
