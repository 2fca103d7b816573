import type { RecordRef } from "./change-feed";
import { CALLS, COMPANIES, CONTACTS, DEALS, EMAILS, MEETINGS, NOTES, TASKS } from "./object-types";
import type { Change, CrmRecord } from "./record";
import type { HubSpotState } from "./state";
import { parseMoment } from "./values";
import { updateRecord } from "./write-record";

function latest(before: string | undefined, at: string): string {
  return before !== undefined && before > at ? before : at;
}

function increase(before: string | undefined): string {
  return String(Number(before ?? 0) + 1);
}

/** Whether an activity counts as having been in touch, by HubSpot's description of "Last contacted". */
function isContacting(activity: RecordRef, { properties }: CrmRecord): boolean {
  if (activity.type === EMAILS) return properties.hs_email_direction !== "INCOMING_EMAIL";
  return activity.type === CALLS || activity.type === MEETINGS;
}

/** What an activity that was put on a record moves there: the read-only "contact activity" properties. */
function describeMoves(activity: RecordRef, record: CrmRecord, target: CrmRecord, now: string): Record<string, string> {
  const { properties: before } = target;
  const at = new Date(parseMoment(record.properties.hs_timestamp ?? "") ?? record.createdAt).toISOString();
  const isAhead = at > now;
  if (activity.type === TASKS) {
    const isOpen = record.properties.hs_task_status !== "COMPLETED";
    const next = before.notes_next_activity_date;
    return isOpen && isAhead && (!next || next < now || at < next) ? { notes_next_activity_date: at } : {};
  }
  const moves: Record<string, string> = { notes_last_updated: latest(before.notes_last_updated, isAhead ? now : at) };
  if (activity.type !== EMAILS || isContacting(activity, record)) moves.num_notes = increase(before.num_notes);
  if (isAhead) moves.notes_next_activity_date = at;
  else if (isContacting(activity, record)) moves.notes_last_contacted = latest(before.notes_last_contacted, at);
  if (isContacting(activity, record)) moves.num_contacted_notes = increase(before.num_contacted_notes);
  if (activity.type === MEETINGS) moves.hs_latest_meeting_activity = latest(before.hs_latest_meeting_activity, at);
  if (activity.type === EMAILS && record.properties.hs_email_direction === "INCOMING_EMAIL") {
    moves.hs_sales_email_last_replied = latest(before.hs_sales_email_last_replied, at);
    moves.hs_last_sales_activity_timestamp = latest(before.hs_last_sales_activity_timestamp, at);
  }
  return moves;
}

/** Moves the activity properties of a contact, company or deal after an activity was associated with it. */
export function moveActivityProperties(
  state: HubSpotState,
  activity: RecordRef,
  target: RecordRef,
  change: Change,
): void {
  if (target.type !== CONTACTS && target.type !== COMPANIES && target.type !== DEALS) return;
  const record = state.findRecord(activity);
  const holder = state.findRecord(target);
  if (!record || !holder || (activity.type === NOTES && record.archived)) return;
  const moves = describeMoves(activity, record, holder, new Date(change.at).toISOString());
  const store = state.storeOf(target.type);
  const known = Object.fromEntries(Object.entries(moves).filter(([name]) => store.schema.find(name)));
  updateRecord(store, holder, known, { ...change, sourceType: "CALCULATED" });
}
