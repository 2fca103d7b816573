import type { ChangeCursor, HubSpotCrm, SalesforceCrm } from "@/lib/crm/face";
import { describeRecord, findMappedChanges, isNewlyConverted } from "@/lib/decide/find-due";
import type { SalesforceType, Side, Values } from "@/lib/decide/record-types";
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
import type { SyncContext } from "./load-sync-context";

/** HubSpot's search index lags its writes by "a few moments": each check looks back this far behind the last one. */
const HUBSPOT_OVERLAP_MS = 60_000;
/** A long Salesforce transaction commits with the stamp of its beginning; governor limits end it within minutes. */
const SALESFORCE_OVERLAP_MS = 300_000;

type CheckInput = {
  context: SyncContext;
  hubspot: HubSpotCrm;
  salesforce: SalesforceCrm;
  runId: string;
  /** Epoch ms after which no further page is asked for */
  deadline: number;
};

/**
 * T1: asks both systems what is new or changed and marks it due. Each page and its cursor are committed together. Marks
 * of this check can be claimed once both systems were asked to the end, so that nothing is decided on half the news.
 * Answers false when the deadline came first; the next call goes on where this one stopped.
 */
export async function checkForChanges(input: CheckInput): Promise<boolean> {
  const checkNo = (await readChecksDone(input.context.connectionId)) + 1n;
  await markDailyRetries(input.context.connectionId, newTrigger("daily_retry", null, []));
  if (!(await checkHubSpot(input, checkNo))) return false;
  if (!(await checkSalesforce(input, checkNo))) return false;
  await closeCheck(input.context.connectionId, checkNo);
  return true;
}

export function newTrigger(code: string, side: Side | null, fields: string[], by: string | null = null): TriggerMark {
  return { code, side, fields, at: new Date().toISOString(), by };
}

async function checkHubSpot(input: CheckInput, checkNo: bigint): Promise<boolean> {
  const key: CursorKey = { side: "hubspot", object: "contact" };
  let cursor = lookBack(await readCursor(input.context.connectionId, key), HUBSPOT_OVERLAP_MS);
  for (;;) {
    if (Date.now() > input.deadline) return false;
    const page = await input.hubspot.readChanges(cursor, input.context.properties);
    await savePage(
      input,
      checkNo,
      "hubspot",
      page.readings.map((r) => ({ ...r, type: null })),
      [{ key, cursor: page.next }],
    );
    if (page.isLast) break;
    cursor = page.next;
  }
  await settleCursors(input.context.connectionId, "hubspot", HUBSPOT_OVERLAP_MS);
  return true;
}

async function checkSalesforce(input: CheckInput, checkNo: bigint): Promise<boolean> {
  const { connectionId } = input.context;
  const cursors = {
    Lead: lookBack(await readCursor(connectionId, { side: "salesforce", object: "Lead" }), SALESFORCE_OVERLAP_MS),
    Contact: lookBack(await readCursor(connectionId, { side: "salesforce", object: "Contact" }), SALESFORCE_OVERLAP_MS),
  };
  let open: SalesforceType[] = ["Lead", "Contact"];
  while (open.length > 0) {
    if (Date.now() > input.deadline) return false;
    const pages = await input.salesforce.readChanges(cursors, input.context.fields, open);
    for (const type of open) {
      const page = pages[type];
      if (!page) continue;
      await savePage(input, checkNo, "salesforce", page.readings, [
        { key: { side: "salesforce", object: type }, cursor: page.next },
      ]);
      cursors[type] = page.next;
    }
    open = open.filter((type) => pages[type]?.isLast === false);
  }
  await settleCursors(connectionId, "salesforce", SALESFORCE_OVERLAP_MS);
  return true;
}

function lookBack(cursor: StoredCursor | null, overlapMs: number): ChangeCursor | null {
  if (cursor === null) return null;
  return cursor.settled ? { stamp: cursor.stamp + 1, lastId: "" } : { stamp: cursor.stamp - overlapMs, lastId: "" };
}

type PageReading = { id: string; type: SalesforceType | null; values: Values; modifiedAt: number };

async function savePage(
  input: CheckInput,
  checkNo: bigint,
  side: Side,
  readings: PageReading[],
  cursors: { key: CursorKey; cursor: ChangeCursor }[],
): Promise<void> {
  const { connectionId } = input.context;
  const known = await findKnownRecords(
    connectionId,
    side,
    readings.map((r) => r.id),
  );
  const marks = readings.map((r) => markFor(r, side, known.get(r.id), input.context)).filter((m) => m !== null);
  const due = marks.filter((m) => m.trigger !== null).length;
  await inTransaction(async (tx) => {
    await saveReadingMarks(tx, connectionId, side, marks, checkNo);
    // An empty page tells of no stamp: the cursor stays at the newest change that was seen.
    if (readings.length > 0) for (const { key, cursor } of cursors) await saveCursor(tx, connectionId, key, cursor);
    await addToRun(tx, connectionId, input.runId, {
      due,
      [side === "hubspot" ? "seenHubspot" : "seenSalesforce"]: readings.length,
    });
  });
}

/** null = no news: an overlap row, or the echo of our own write. */
function markFor(
  reading: PageReading,
  side: Side,
  known: KnownRecord | undefined,
  context: SyncContext,
): ReadingMark | null {
  const { name, company, emails } = describeRecord(side, reading.values);
  const mark = (trigger: TriggerMark | null, needsRead = false): ReadingMark => ({
    remoteId: reading.id,
    salesforceType: reading.type,
    values: reading.values,
    stamp: reading.modifiedAt,
    name,
    company,
    emails,
    trigger,
    needsRead,
  });
  if (!known) return mark(newTrigger(side === "hubspot" ? "T13" : "T12", side, []));
  if (known.stamp !== null && reading.modifiedAt < known.stamp) return null;
  const sameStamp = known.stamp === reading.modifiedAt;
  if (!known.hubspotBase || !known.salesforceBase) {
    return sameStamp && isSameReading(known.seen, reading.values) ? null : mark(newTrigger(sideCode(side), side, []));
  }
  const base = { hubspot: known.hubspotBase, salesforce: known.salesforceBase };
  const type = reading.type ?? known.salesforceType ?? "Contact";
  const changed = findMappedChanges(side, type, reading.values, base, context.settings);
  if (side === "salesforce" && isNewlyConverted(reading.values, base)) changed.push("IsConverted");
  if (changed.length === 0) return isSameReading(known.seen ?? base[side], reading.values) ? null : mark(null);
  if (sameStamp && isSameReading(known.seen, reading.values)) return null;
  // Salesforce stamps whole seconds: at the same stamp nobody can say whether this is older than our own write.
  return mark(newTrigger(codeFor(side, changed, context), side, changed), sameStamp);
}

function sideCode(side: Side): string {
  return side === "hubspot" ? "T10" : "T11";
}

function codeFor(side: Side, changed: string[], context: SyncContext): string {
  const ownerOnly = changed.every((name) => isOwnerField(side, name, context));
  return ownerOnly ? "T15" : sideCode(side);
}

function isOwnerField(side: Side, name: string, context: SyncContext): boolean {
  const { schemas } = context.settings;
  const kinds =
    side === "hubspot" ? [schemas.hubspot[name]?.kind] : [schemas.Lead[name]?.kind, schemas.Contact[name]?.kind];
  return kinds.includes("owner");
}

function isSameReading(a: Values | null, b: Values): boolean {
  if (a === null) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const name of names) if ((a[name] ?? null) !== (b[name] ?? null)) return false;
  return true;
}
