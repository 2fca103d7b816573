import {
  type ChangeCursor,
  type HubSpotCrm,
  isHubSpotObject,
  type SalesforceCrm,
  type SalesforceFields,
} from "@/lib/crm/face";
import { isActivityNews, triggerCodeOf } from "@/lib/decide/activity-news";
import { isPseudoName } from "@/lib/decide/deal-contacts";
import { describeRecord, findMappedChanges, isNewlyConverted } from "@/lib/decide/find-due";
import { findCrossed } from "@/lib/decide/meets-conditions";
import { isSharedType, objectOfSalesforce } from "@/lib/decide/object-of";
import {
  SALESFORCE_TYPES,
  SALESFORCE_TYPES_OF,
  type SalesforceReading,
  type SalesforceType,
  type Side,
  type SyncObject,
  type Values,
} from "@/lib/decide/record-types";
import { type CursorKey, readCursor, type StoredCursor, saveCursor, settleCursors } from "@/lib/store/check-cursors";
import { closeCheck, readChecksDone } from "@/lib/store/check-numbers";
import { inTransaction } from "@/lib/store/client";
import {
  findKnownRecords,
  type KnownRecord,
  markDailyRetries,
  type ReadingMark,
  saveReadingMarks,
  type TriggerMark,
} from "@/lib/store/record-marks";
import { addToRun } from "@/lib/store/sync-runs";
import { asksFor, findKnownObjects, type KnownObjects, startOf } from "./activity-checks";
import { checkLifecycle, MEMBER_FIELDS, saveMemberPage } from "./check-people";
import { ROLE_CURSOR, saveRolePage, startOfRoles } from "./check-roles";
import { collectEvents } from "./collect-events";
import { findArchived } from "./find-archived";
import { findMovedAssociations } from "./find-moved-associations";
import { followLists } from "./follow-lists";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";
import {
  type ContactEvents,
  contactTriggers,
  findContactEvents,
  heldValues,
  saveContactEvents,
} from "./note-contact-events";
import { noteMerges } from "./note-merges";

/** HubSpot's search index lags its writes by "a few moments": each check looks back this far behind the last one. */
const HUBSPOT_OVERLAP_MS = 60_000;
/** A long Salesforce transaction commits with the stamp of its beginning; governor limits end it within minutes. */
const SALESFORCE_OVERLAP_MS = 300_000;

type CheckInput = {
  /** One per object; those that are off are not asked for */
  contexts: SyncContext[];
  hubspot: HubSpotCrm;
  salesforce: SalesforceCrm;
  runId: string;
  /** Epoch ms after which no further page is asked for */
  deadline: number;
};

/** One check under way: its number, and where each Salesforce row belongs. */
type Check = CheckInput & { connectionId: string; checkNo: bigint };

/**
 * T1: asks both systems what is new or changed and marks it due. Each page and its cursor are committed together. Marks
 * of this check can be claimed once both systems were asked to the end, so that nothing is decided on half the news.
 * Answers false when the deadline came first; the next call goes on where this one stopped.
 */
export async function checkForChanges(input: CheckInput): Promise<boolean> {
  const connectionId = input.contexts[0]?.connectionId;
  if (connectionId === undefined) return true;
  const check: Check = { ...input, connectionId, checkNo: (await readChecksDone(connectionId)) + 1n };
  await markDailyRetries(connectionId, newTrigger("daily_retry", null, []));
  const asked = input.contexts.filter(isAsked);
  for (const context of asked) if (!(await checkHubSpot(check, context))) return false;
  await settleCursors(connectionId, "hubspot", HUBSPOT_OVERLAP_MS);
  if (!(await followLists(check))) return false;
  if (!(await findArchived(check))) return false;
  if (!(await findMovedAssociations(check))) return false;
  if (!(await collectEvents(check))) return false;
  if (!(await checkSalesforce(check, asked))) return false;
  if (!(await checkLifecycle(check))) return false;
  await closeCheck(connectionId, check.checkNo);
  return true;
}

/** Contacts are always looked at, so that their list is whole while their sync is off. */
export function isAsked({ object, settings }: SyncContext): boolean {
  return object === "contact" || settings.objectSyncOn;
}

async function checkHubSpot(check: Check, context: SyncContext): Promise<boolean> {
  const { object, properties } = context;
  if (!isHubSpotObject(object)) return true;
  const key: CursorKey = { side: "hubspot", object };
  const records = check.hubspot.of(object);
  if (!asksFor(context, "hubspot")) return true;
  let cursor = startOf(lookBack(await readCursor(check.connectionId, key), HUBSPOT_OVERLAP_MS), [context], "hubspot");
  for (;;) {
    if (Date.now() > check.deadline) return false;
    const page = await records.readChanges(cursor, properties);
    const readings = page.readings.map((r) => ({ ...r, type: null }));
    await savePage(check, "hubspot", [{ context, readings }], readings.length, { key, cursor: page.next });
    await noteMerges(context, page.readings);
    if (page.isLast) return true;
    cursor = page.next;
  }
}

async function checkSalesforce(check: Check, contexts: SyncContext[]): Promise<boolean> {
  const { connectionId } = check;
  const asked = contexts.filter((context) => asksFor(context, "salesforce"));
  const fields = mergeFields(asked);
  // K1: members are read for the names of their campaigns only.
  if (check.contexts[0]?.connection.settings.campaigns.namesProperty) fields.CampaignMember = MEMBER_FIELDS;
  else delete fields.CampaignMember;
  let open = SALESFORCE_TYPES.filter((type) => fields[type] !== undefined);
  const cursors: Partial<Record<SalesforceType, ChangeCursor | null>> = {};
  for (const type of open) {
    const cursor = await readCursor(connectionId, { side: "salesforce", object: type });
    const readers = asked.filter((context) => context.fields[type]);
    cursors[type] = startOf(lookBack(cursor, SALESFORCE_OVERLAP_MS), readers, "salesforce");
  }
  let roles = await openRoles(connectionId, asked);
  while (open.length > 0 || roles) {
    if (Date.now() > check.deadline) return false;
    const pages = await check.salesforce.readChanges(cursors, fields, open, roles);
    if (pages.roles) await saveRolePage(connectionId, pages.roles);
    roles = pages.roles && !pages.roles.isLast ? { cursor: pages.roles.next } : undefined;
    for (const type of open) {
      const page = pages[type];
      if (!page) continue;
      cursors[type] = page.next;
      if (type === "CampaignMember") {
        await saveMemberPage(connectionId, check.salesforce, page);
        continue;
      }
      const key: CursorKey = { side: "salesforce", object: type };
      const known = await findKnownObjects(connectionId, type, page.readings);
      await savePage(check, "salesforce", sortByObject(page.readings, asked, known), page.readings.length, {
        key,
        cursor: page.next,
      });
    }
    open = open.filter((type) => pages[type]?.isLast === false);
  }
  await settleCursors(connectionId, "salesforce", SALESFORCE_OVERLAP_MS);
  return true;
}

/** Where the contact roles of opportunities go on; undefined where no deals are synced. */
async function openRoles(connectionId: string, asked: SyncContext[]): Promise<{ cursor: ChangeCursor } | undefined> {
  if (!asked.some((context) => context.object === "deal")) return undefined;
  return { cursor: startOfRoles(await readCursor(connectionId, ROLE_CURSOR), SALESFORCE_OVERLAP_MS) };
}

/** What is read of each type: all that any object needs of it. */
export function mergeFields(contexts: SyncContext[]): SalesforceFields {
  const merged: SalesforceFields = {};
  for (const { fields } of contexts) {
    for (const type of SALESFORCE_TYPES) {
      const own = fields[type];
      if (own) merged[type] = [...new Set([...(merged[type] ?? []), ...own])].sort();
    }
  }
  return merged;
}

export type ObjectReadings = { context: SyncContext; readings: PageReading[] };

/** Rows by the object that they belong to; rows of an object that is not synced are left out. */
export function sortByObject(
  readings: SalesforceReading[],
  contexts: SyncContext[],
  known: KnownObjects = new Map(),
): ObjectReadings[] {
  const byObject = Map.groupBy(
    readings,
    (reading) => known.get(reading.id)?.object ?? objectOfSalesforce(reading.type, reading.values),
  );
  return contexts.flatMap((context) => {
    const own = byObject.get(context.object);
    return own ? [{ context, readings: own.map((reading) => trimToContext(reading, context)) }] : [];
  });
}

/** A type that several objects share is read with the fields of all of them; each keeps its own. */
function trimToContext(reading: SalesforceReading, context: SyncContext): PageReading {
  if (!isSharedType(reading.type)) return reading;
  const own = new Set(context.fields[reading.type] ?? []);
  return { ...reading, values: Object.fromEntries(Object.entries(reading.values).filter(([name]) => own.has(name))) };
}

function lookBack(cursor: StoredCursor | null, overlapMs: number): ChangeCursor | null {
  if (cursor === null) return null;
  return cursor.settled ? { stamp: cursor.stamp + 1, lastId: "" } : { stamp: cursor.stamp - overlapMs, lastId: "" };
}

export type PageReading = { id: string; type: SalesforceType | null; values: Values; modifiedAt: number };

async function savePage(
  check: Check,
  side: Side,
  parts: ObjectReadings[],
  seen: number,
  end: { key: CursorKey; cursor: ChangeCursor },
): Promise<void> {
  const { connectionId, checkNo } = check;
  const marked: { object: SyncObject; marks: ReadingMark[] }[] = [];
  const events: ContactEvents[] = [];
  for (const { context, readings } of parts) {
    const ids = readings.map((r) => r.id);
    const known = await findKnownRecords(connectionId, context.object, side, ids);
    if (side === "hubspot" && context.object === "contact")
      events.push(await findContactEvents(context, readings, (id) => heldValues(known.get(id))));
    const marks = readings.map((r) => markFor(r, side, known.get(r.id), context)).filter((m) => m !== null);
    marked.push({ object: context.object, marks });
  }
  const due = marked.flatMap(({ marks }) => marks).filter((m) => m.trigger !== null).length;
  await inTransaction(async (tx) => {
    for (const { object, marks } of marked) await saveReadingMarks(tx, connectionId, object, side, marks, checkNo);
    for (const told of events) await saveContactEvents(tx, check, told);
    // An empty page tells of no stamp: the cursor stays at the newest change that was seen.
    if (seen > 0) await saveCursor(tx, connectionId, end.key, end.cursor);
    await addToRun(tx, connectionId, check.runId, {
      due,
      [side === "hubspot" ? "seenHubspot" : "seenSalesforce"]: seen,
    });
  });
}

/** null = no news: an overlap row, or the echo of our own write. `isImport`: asked for by a person, however old it is. */
export function markFor(
  reading: PageReading,
  side: Side,
  known: KnownRecord | undefined,
  context: SyncContext,
  isImport = false,
): ReadingMark | null {
  const { name, company, emails } = describeRecord(context.object, side, reading.values);
  // T2–T4, T8, T16: what happened to a contact is one more reason, or the only one.
  const happened = known && side === "hubspot" ? contactTriggers(context, known, reading.values) : [];
  const mark = (trigger: TriggerMark | null, needsRead = false): ReadingMark => ({
    remoteId: reading.id,
    salesforceType: reading.type,
    values: reading.values,
    stamp: reading.modifiedAt,
    name,
    company,
    emails,
    trigger: trigger ?? happened[0] ?? null,
    more: trigger ? happened : happened.slice(1),
    needsRead,
  });
  const { activity } = context.settings;
  if (activity && !isImport && !isActivityNews(side, context.object, reading, known !== undefined, activity))
    return null;
  if (reading.values.IsDeleted === true) {
    // What is gone from Salesforce is acted on only after a direct read (spec C3); what we never knew is no news. One that
    // is due for another reason must hear of it too: what was read of it before is not written any more.
    const isTold = known?.seen?.IsDeleted === true;
    return known && !isTold ? mark(newTrigger("deleted", side, []), true) : null;
  }
  // A lead that we never knew, or whose pair has moved on to its contact, has nothing left to sync (spec M4).
  if (!known && reading.values.IsConverted === true) return null;
  if (!known) return mark(newTrigger(newCode(side, context.object), side, []));
  if (known.stamp !== null && reading.modifiedAt < known.stamp) return null;
  if (isBack(side, known)) return mark(newTrigger("restored", side, []), true);
  const sameStamp = known.stamp === reading.modifiedAt;
  if (!known.hubspotBase || !known.salesforceBase) {
    // An activity is often made first and associated then, which moves no stamp: it is looked at as long as it is read.
    const isAlone = side === "hubspot" && known.exclusionReason === "no_contact" && !known.isDue;
    if (isAlone) return mark(newTrigger(newCode(side, context.object), side, []));
    return sameStamp && isSameReading(known.seen, reading.values) ? null : mark(newTrigger(sideCode(side), side, []));
  }
  const base = { hubspot: known.hubspotBase, salesforce: known.salesforceBase };
  const type = reading.type ?? known.salesforceType ?? SALESFORCE_TYPES_OF[context.object][0] ?? "Contact";
  const changed = findMappedChanges(side, type, reading.values, base, context.settings);
  const conditions = (side === "salesforce" && context.settings.salesforceFilter?.[type]) || [];
  changed.push(...findCrossed(known.seen ?? base.salesforce, reading.values, conditions));
  if (side === "salesforce" && isNewlyConverted(reading.values, base)) {
    changed.push("IsConverted");
    const { on, steps } = context.connection.settings.lifecycle;
    if (on && steps.lead_converted !== null) happened.push(newTrigger("T16", side, ["IsConverted"]));
  }
  if (changed.length === 0) return isSameReading(known.seen ?? base[side], reading.values) ? null : mark(null);
  if (sameStamp && isSameReading(known.seen, reading.values)) return null;
  // Salesforce stamps whole seconds: at the same stamp nobody can say whether this is older than our own write.
  return mark(newTrigger(codeFor(side, changed), side, changed), sameStamp);
}

function newCode(side: Side, object: SyncObject): string {
  return side === "hubspot" ? (triggerCodeOf(object) ?? "T13") : "T12";
}

/** What was gone from this side, deleted or hidden, was read again. */
function isBack(side: Side, { exclusionReason, deletedIn, seen }: KnownRecord): boolean {
  if (exclusionReason === "deleted") return deletedIn === side;
  if (side === "hubspot") return exclusionReason === "hubspot_record_not_found";
  return exclusionReason === "salesforce_record_not_visible" || seen?.IsDeleted === true;
}

function sideCode(side: Side): string {
  return side === "hubspot" ? "T10" : "T11";
}

function codeFor(side: Side, changed: string[]): string {
  return changed.every((name) => name === OWNER_FIELDS[side]) ? "T15" : sideCode(side);
}

const OWNER_FIELDS: Record<Side, string> = { hubspot: "hubspot_owner_id", salesforce: "OwnerId" };

function isSameReading(a: Values | null, b: Values): boolean {
  if (a === null) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) if (!isPseudoName(name) && (a[name] ?? null) !== (b[name] ?? null)) return false;
  return true;
}
