import type { ChangeCursor } from "@/lib/crm/face";
import { isSharedType } from "@/lib/decide/object-of";
import {
  SALESFORCE_TYPES_OF,
  type SalesforceType,
  type Side,
  SYNC_OBJECTS,
  type SyncObject,
} from "@/lib/decide/record-types";
import { findRecordIds } from "@/lib/store/record-marks";
import type { SyncContext } from "./load-sync-context";

/** Whether this side is asked for an object: an activity only where it travels from there. */
export function asksFor({ settings: { activity } }: SyncContext, side: Side): boolean {
  if (!activity) return true;
  return side === "hubspot" ? Object.keys(activity.toSalesforce).length > 0 : activity.toHubSpot !== null;
}

/** A1: nothing is read that was last changed before the first of these objects was turned on. */
export function startOf(cursor: ChangeCursor | null, contexts: SyncContext[], side: Side): ChangeCursor | null {
  const starts = contexts.flatMap(({ settings: { activity } }) => {
    if (!activity) return [0];
    return side === "hubspot" ? Object.values(activity.toSalesforce) : [activity.toHubSpot ?? 0];
  });
  const since = Math.min(...starts);
  if (since <= 0 || !Number.isFinite(since) || (cursor !== null && cursor.stamp >= since)) return cursor;
  return { stamp: Math.floor(since / 1000) * 1000, lastId: "" };
}

/** By Salesforce id: the object as which we know a record. */
export type KnownObjects = Map<string, { object: SyncObject }>;

/** The objects of the rows that we know, for a type that several objects share: a note's Task stays the note's. */
export async function findKnownObjects(
  connectionId: string,
  type: SalesforceType,
  readings: { id: string }[],
): Promise<KnownObjects> {
  if (!isSharedType(type)) return new Map();
  const objects = SYNC_OBJECTS.filter((object) => SALESFORCE_TYPES_OF[object].includes(type));
  const ids = readings.map((reading) => reading.id);
  return findRecordIds(connectionId, "salesforce", objects, ids);
}
