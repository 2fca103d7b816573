import { CrmCallError } from "@/lib/crm/face";
import { classifyFailure } from "@/lib/decide/classify-error";
import { objectOfTypeId } from "@/lib/decide/name-woken-records";
import { SALESFORCE_TYPES, SALESFORCE_TYPES_OF, type SalesforceType, type SyncObject } from "@/lib/decide/record-types";
import { inTransaction } from "@/lib/store/client";
import { findRecordIds, markRecordsDue, type ReadingMark, saveReadingMarks } from "@/lib/store/record-marks";
import { deleteWakeUps, listWakeUps, type WakeUp } from "@/lib/store/wake-ups";
import type { Crms } from "./batch-work";
import { isAsked, markFor, mergeFields, type ObjectReadings, sortByObject } from "./check-for-changes";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";
import { noteContactEvents } from "./note-contact-events";

/** As many as fill a few calls of each side; the rest follows in the next round. */
const AT_ONCE = 500;

/**
 * T18: takes up the records that events named. Known ones become due and both their sides are read again; unknown ones
 * are read by id and join the queue as a check would have let them. Answers how many names were taken up.
 * @throws CrmCallError when a side cannot be reached; the names then stay.
 */
export async function takeWakeUps(contexts: SyncContext[], crms: Crms): Promise<number> {
  const connectionId = contexts[0]?.connectionId;
  if (connectionId === undefined) return 0;
  const asked = contexts.filter(isAsked);
  const wakeUps = await listWakeUps(connectionId, AT_ONCE);
  if (wakeUps.length === 0) return 0;
  const wanted = wakeUps.filter((wakeUp) => concerns(wakeUp, asked));
  const unknown = await markKnown(connectionId, asked, wakeUps, wanted);
  if (unknown.length > 0) await readUnknown(connectionId, asked, crms, unknown);
  return wakeUps.length;
}

/** The objects that a name may stand for: a Salesforce Task may be a task, a call or an e-mail. */
function objectsOf(wakeUp: WakeUp, contexts: SyncContext[]): SyncContext[] {
  if (wakeUp.side === "hubspot") {
    const object = objectOfTypeId(wakeUp.type);
    return contexts.filter((context) => context.object === object);
  }
  const type = SALESFORCE_TYPES.find((known) => known === wakeUp.type);
  return type ? contexts.filter(({ object }) => SALESFORCE_TYPES_OF[object].includes(type)) : [];
}

/** Whether an object that is on reads any of the fields that changed. */
function concerns(wakeUp: WakeUp, contexts: SyncContext[]): boolean {
  const { side, type, fields } = wakeUp;
  return objectsOf(wakeUp, contexts).some((context) => {
    if (fields.length === 0) return true;
    const read = side === "hubspot" ? context.properties : (context.fields[type as SalesforceType] ?? []);
    return fields.some((field) => read.includes(field));
  });
}

/** Marks what we know and forgets all names but those of records that we do not know, which are answered. */
async function markKnown(
  connectionId: string,
  contexts: SyncContext[],
  all: WakeUp[],
  wanted: WakeUp[],
): Promise<WakeUp[]> {
  const marks: Parameters<typeof markRecordsDue>[2] = [];
  const unknown: WakeUp[] = [];
  for (const group of Map.groupBy(wanted, ({ side, type }) => `${side}/${type}`).values()) {
    const [first] = group;
    if (!first) continue;
    const objects = objectsOf(first, contexts).map((context) => context.object);
    const ids = group.map((wakeUp) => wakeUp.remoteId);
    const known = await findRecordIds(connectionId, first.side, objects, ids);
    for (const wakeUp of group) {
      const found = known.get(wakeUp.remoteId);
      if (!found) unknown.push(wakeUp);
      else marks.push({ recordId: found.recordId, trigger: newTrigger("T18", wakeUp.side, wakeUp.fields) });
    }
  }
  const left = new Set(unknown);
  const done = all.filter((wakeUp) => !left.has(wakeUp));
  await inTransaction(async (tx) => {
    await markRecordsDue(tx, connectionId, marks);
    await deleteWakeUps(tx, connectionId, done);
  });
  return unknown;
}

async function readUnknown(
  connectionId: string,
  contexts: SyncContext[],
  crms: Crms,
  unknown: WakeUp[],
): Promise<void> {
  const marked: { object: SyncObject; side: WakeUp["side"]; marks: ReadingMark[] }[] = [];
  for (const [side, group] of Map.groupBy(unknown, (wakeUp) => wakeUp.side)) {
    const read = side === "hubspot" ? readHubSpot : readSalesforce;
    for (const { context, readings } of await readUnlessRefused(() => read(contexts, crms, group))) {
      if (side === "hubspot") await noteContactEvents(context, readings, () => null);
      const marks = readings.map((reading) => markFor(reading, side, undefined, context)).filter((m) => m !== null);
      // Whoever partners it may have changed as well: both sides are read before anything is decided.
      marked.push({ object: context.object, side, marks: marks.map((mark) => ({ ...mark, needsRead: true })) });
    }
  }
  await inTransaction(async (tx) => {
    for (const { object, side, marks } of marked) await saveReadingMarks(tx, connectionId, object, side, marks, 0n);
    // What cannot be read is gone or hidden from us: there is nothing to sync.
    await deleteWakeUps(tx, connectionId, unknown);
  });
}

/**
 * A reading that is refused for what it asks (a field or object that our user may not see) would be refused again, and hold
 * up everything else: the names are let go, and the check meets the refusal by its own way.
 */
async function readUnlessRefused(read: () => Promise<ObjectReadings[]>): Promise<ObjectReadings[]> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CrmCallError && classifyFailure(error.failure, {}).retry === "waits") return [];
    throw error;
  }
}

async function readHubSpot(contexts: SyncContext[], crms: Crms, unknown: WakeUp[]): Promise<ObjectReadings[]> {
  const parts: ObjectReadings[] = [];
  for (const [typeId, group] of Map.groupBy(unknown, (wakeUp) => wakeUp.type)) {
    const object = objectOfTypeId(typeId);
    const context = contexts.find((one) => one.object === object);
    if (!object || !context) continue;
    const ids = group.map((wakeUp) => wakeUp.remoteId);
    const readings = await crms.hubspot.of(object).readByIds(ids, context.properties);
    parts.push({ context, readings: readings.map((reading) => ({ ...reading, type: null })) });
  }
  return parts;
}

async function readSalesforce(contexts: SyncContext[], crms: Crms, unknown: WakeUp[]): Promise<ObjectReadings[]> {
  const ids = unknown.map((wakeUp) => wakeUp.remoteId);
  const readings = await crms.salesforce.readByIds(ids, mergeFields(contexts));
  return sortByObject(readings, contexts);
}
