import { copiedFrom } from "./object-of";
import type { ActivitySettings, Side, SyncObject, Values } from "./record-types";
import { isBlank } from "./record-types";
import { toggleOfActivity } from "./toggle-of-activity";

type Reading = { values: Values; modifiedAt: number };

/** On a HubSpot engagement: the Salesforce record that it is the copy of. */
const COPY_PROPERTY = "kakehashi_salesforce_id";

/** Where an activity was made, by the id that its copy carries; null when neither side tells. */
export function originOf(hubspot: Values | null, salesforce: Values | null): Side | null {
  if (salesforce && copiedFrom(salesforce) !== null) return "hubspot";
  if (hubspot && !isBlank(hubspot[COPY_PROPERTY])) return "salesforce";
  if (hubspot && salesforce) return null;
  return hubspot ? "hubspot" : "salesforce";
}

/** Since when an activity of this side travels (epoch ms); null = its toggle is off, or no toggle lets it travel. */
export function travelsSince(
  side: Side,
  object: SyncObject,
  values: Values,
  activity: ActivitySettings,
): number | null {
  if (side === "salesforce") return activity.toHubSpot;
  const toggle = toggleOfActivity(object, values);
  return toggle === null ? null : (activity.toSalesforce[toggle] ?? null);
}

/**
 * Whether a reading of an activity can mean anything (spec A1, A3, A4). What changed last before its toggle was turned on
 * does not, nor does our own copy on the other side; a copy of a task is read because tasks travel both ways.
 */
export function isActivityNews(
  side: Side,
  object: SyncObject,
  reading: Reading,
  isKnown: boolean,
  activity: ActivitySettings,
): boolean {
  if (reading.values.IsDeleted === true) return isKnown;
  const since = travelsSince(side, object, reading.values, activity);
  // Salesforce tells whole seconds.
  const start = since !== null && side === "salesforce" ? Math.floor(since / 1000) * 1000 : since;
  if (start === null || reading.modifiedAt < start) return false;
  return isOwn(side, object, reading.values, isKnown);
}

/** Why an import leaves an activity out that we do not know, null when it takes it: a person asked for the past (spec A1). */
export function whyNotImported(
  side: Side,
  object: SyncObject,
  values: Values,
  activity: ActivitySettings,
): "deleted" | "activity_off" | "another_record_is_linked" | "no_contact" | null {
  if (values.IsDeleted === true) return "deleted";
  if (travelsSince(side, object, values, activity) === null) return "activity_off";
  if (isCopy(side, values)) return "another_record_is_linked";
  return isOwn(side, object, values, false) ? null : "no_contact";
}

/** Made on the side where it was read, and somebody's. */
function isOwn(side: Side, object: SyncObject, values: Values, isKnown: boolean): boolean {
  if (isCopy(side, values)) return isKnown && object === "task";
  // A4: only what belongs to a lead or contact; an org has many tasks without one.
  return isKnown || side === "hubspot" || !isBlank(values.WhoId);
}

/** Salesforce itself keeps a copy of an Event for each user who is invited (IsChild): one meeting is one record (spec A3). */
function isCopy(side: Side, values: Values): boolean {
  if (side === "hubspot") return !isBlank(values[COPY_PROPERTY]);
  return copiedFrom(values) !== null || values.IsChild === true;
}

const TRIGGER_CODES: Partial<Record<SyncObject, string>> = {
  email: "T4",
  meeting: "T5",
  call: "T6",
  note: "T7",
  task: "T9",
};

/** T4–T9: why a new activity of HubSpot makes its contact due. */
export function triggerCodeOf(object: SyncObject): string | null {
  return TRIGGER_CODES[object] ?? null;
}
