import { CALL_DISPOSITIONS } from "./activity-texts";
import { countOf, momentOf, textOf } from "./activity-values";
import { objectOfSalesforce } from "./object-of";
import { plainTextToHtml } from "./plain-text";
import type { ActivityWords, RawValue, Values } from "./record-types";
import { hubspotWordOf, TASK_PRIORITIES, TASK_STATUSES, TASK_TYPES } from "./task-mappings";
import { momentIn } from "./zoned-time";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** HubSpot itself makes tasks due at 8 in the morning. */
const DUE_HOUR = 8;
/** A past call or email without a time of its own stands in the middle of its day, the same day in most zones. */
const NOON = 12;

/** A Salesforce Task or Event to be shown in HubSpot. */
export type SalesforceActivity = {
  type: "Task" | "Event";
  values: Values;
  /** CreatedDate, epoch ms: the time of an activity that has none of its own */
  createdAt: number;
  /** IANA name of the portal's time zone: a Salesforce date is a day, HubSpot wants a moment */
  timeZone: string;
  /** The org's and the portal's own words; absent = the standard ones */
  words?: ActivityWords | undefined;
};

/** A HubSpot engagement to create or update; `properties` as HubSpot's API takes them (all text). */
export type ComposedEngagement = {
  object: "task" | "call" | "email" | "meeting";
  properties: Record<string, string>;
};

/** Fields of a Task and of an Event to read for `composeEngagement`. */
export const ENGAGEMENT_FIELDS: Record<SalesforceActivity["type"], readonly string[]> = {
  Task: [
    ...["Subject", "Description", "ActivityDate", "Status", "Priority", "IsClosed", "TaskSubtype", "CompletedDateTime"],
    ...["CallType", "CallDurationInSeconds", "CallDisposition", "CreatedDate"],
  ],
  Event: [
    ...["Subject", "Description", "Location", "IsAllDayEvent", "ActivityDate", "StartDateTime", "EndDateTime"],
    ...["DurationInMinutes", "CreatedDate", "IsChild"],
  ],
};

/**
 * A4: the HubSpot engagement of a Salesforce activity. A Task is a call, an email or a task by its subtype, which never
 * changes, so neither does the object. hs_timestamp is always there (HubSpot requires it). Owner and associations are
 * the caller's.
 */
export function composeEngagement(activity: SalesforceActivity): ComposedEngagement {
  if (activity.type === "Event") return { object: "meeting", properties: meetingOf(activity) };
  const object = objectOfSalesforce("Task", activity.values);
  if (object === "call") return { object, properties: callOf(activity) };
  if (object === "email") return { object, properties: emailOf(activity) };
  return { object: "task", properties: taskOf(activity) };
}

function taskOf(activity: SalesforceActivity): Record<string, string> {
  const { values, words } = activity;
  const [status, priority] = [textOf(values.Status), textOf(values.Priority)];
  return {
    hs_timestamp: stampOf(dayMoment(activity, DUE_HOUR) ?? activity.createdAt),
    hs_task_subject: textOf(values.Subject),
    hs_task_body: plainTextToHtml(textOf(values.Description)),
    hs_task_status:
      words?.statuses[status] ?? hubspotWordOf(TASK_STATUSES, status, isDone(values) ? "COMPLETED" : "NOT_STARTED"),
    hs_task_priority: words?.priorities[priority] ?? hubspotWordOf(TASK_PRIORITIES, priority, "NONE"),
    hs_task_type: hubspotWordOf(TASK_TYPES, textOf(values.TaskSubtype), "TODO"),
  };
}

function callOf(activity: SalesforceActivity): Record<string, string> {
  const { values, words } = activity;
  const seconds = countOf(values.CallDurationInSeconds);
  const direction = textOf(values.CallType).toUpperCase();
  const outcome = dispositionId(textOf(values.CallDisposition), words?.liveOutcomes ?? CALL_DISPOSITIONS);
  return {
    hs_timestamp: stampOf(pastMoment(activity)),
    hs_call_title: textOf(values.Subject),
    hs_call_body: plainTextToHtml(textOf(values.Description)),
    ...(seconds === null ? {} : { hs_call_duration: String(seconds * 1000) }),
    ...(direction === "INBOUND" || direction === "OUTBOUND" ? { hs_call_direction: direction } : {}),
    ...(outcome === null ? {} : { hs_call_disposition: outcome }),
    ...(isDone(values) ? { hs_call_status: "COMPLETED" } : {}),
  };
}

function emailOf(activity: SalesforceActivity): Record<string, string> {
  const { values } = activity;
  return {
    hs_timestamp: stampOf(pastMoment(activity)),
    hs_email_direction: "EMAIL",
    hs_email_status: "SENT",
    // Salesforce names the Task of an email "Email: <subject>", in the user's language.
    hs_email_subject: textOf(values.Subject).replace(/^(email|メール)\s*[:：]\s*/i, ""),
    hs_email_text: textOf(values.Description),
  };
}

function meetingOf(activity: SalesforceActivity): Record<string, string> {
  const { values } = activity;
  const { start, end } = values.IsAllDayEvent === true ? wholeDays(activity) : timesOf(activity);
  const location = textOf(values.Location);
  return {
    hs_timestamp: stampOf(start),
    hs_meeting_title: textOf(values.Subject),
    hs_meeting_body: plainTextToHtml(textOf(values.Description)),
    hs_meeting_start_time: stampOf(start),
    hs_meeting_end_time: stampOf(end),
    ...(location === "" ? {} : { hs_meeting_location: location }),
  };
}

type Span = { start: number; end: number };

function timesOf({ values, createdAt }: SalesforceActivity): Span {
  const start = momentOf(values.StartDateTime) ?? momentOf(values.ActivityDateTime) ?? createdAt;
  const told = momentOf(values.EndDateTime);
  if (told !== null && told >= start) return { start, end: told };
  const minutes = countOf(values.DurationInMinutes) ?? 30;
  return { start, end: start + Math.min(minutes * MINUTE, 14 * DAY) };
}

/** Salesforce keeps whole days at midnight UTC, whatever the zone: its days become the portal's, the last one included. */
function wholeDays(activity: SalesforceActivity): Span {
  const { values, timeZone, createdAt } = activity;
  const first = dayOf(values.StartDateTime) ?? dayOf(values.ActivityDate);
  const start = first === null ? null : momentIn(timeZone, first);
  if (first === null || start === null) return { start: createdAt, end: createdAt + DAY };
  const lasts = Math.max(0, (momentOf(values.EndDateTime) ?? 0) - Date.parse(`${first}T00:00:00Z`));
  const next = new Date(Date.parse(`${first}T00:00:00Z`) + lasts + DAY).toISOString().slice(0, 10);
  return { start, end: momentIn(timeZone, next) ?? start + DAY };
}

function dayOf(value: RawValue | undefined): string | null {
  const at = momentOf(value);
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
}

/** When a call or an email happened: when it was completed, if that was on its day, else on that day, else when it was written. */
function pastMoment(activity: SalesforceActivity): number {
  const completed = momentOf(activity.values.CompletedDateTime);
  const ofDay = dayMoment(activity, NOON);
  for (const known of [completed, activity.createdAt])
    if (known !== null && (ofDay === null || Math.abs(known - ofDay) <= DAY / 2)) return known;
  return ofDay ?? activity.createdAt;
}

function dayMoment({ values, timeZone }: SalesforceActivity, hour: number): number | null {
  const day = dayOf(values.ActivityDate);
  return day === null ? null : momentIn(timeZone, day, hour);
}

function isDone(values: Values): boolean {
  return values.IsClosed === true || textOf(values.Status) === "Completed";
}

/** HubSpot keeps a call's outcome by id; a word of the org's own is left out. */
function dispositionId(label: string, outcomes: Record<string, string>): string | null {
  if (label === "") return null;
  return Object.entries(outcomes).find(([, word]) => word.toLowerCase() === label.toLowerCase())?.[0] ?? null;
}

function stampOf(at: number): string {
  return new Date(at).toISOString();
}
