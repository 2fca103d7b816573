import { momentOf, textOf } from "./activity-values";
import { htmlToPlainText, plainTextToHtml } from "./plain-text";
import type { Values } from "./record-types";
import { dayIn, minuteIn, momentIn } from "./zoned-time";

/** HubSpot itself makes tasks due at 8 in the morning. */
const DUE_HOUR = 8;
const MINUTE = 60_000;

/**
 * A HubSpot task as a Salesforce Task holds it, so that the two can be compared and mapped: hs_task_body as plain text
 * (HubSpot: HTML), hs_timestamp as a day of the portal's zone (HubSpot: a moment, Salesforce's ActivityDate: a day). A due
 * time that is no moment stays as it is. Only values that are there are touched.
 */
export function toPlainTask(values: Values, timeZone: string): Values {
  const plain: Values = { ...values };
  if (values.hs_task_body !== undefined) plain.hs_task_body = htmlToPlainText(textOf(values.hs_task_body)) || null;
  const due = momentOf(values.hs_timestamp);
  if (due !== null) plain.hs_timestamp = dayIn(timeZone, due);
  return plain;
}

/**
 * What to write to HubSpot for values in that plain form: the body as HTML, the day as a moment. A task that moves to
 * another day keeps its time of day (`held` = HubSpot's own hs_timestamp, null for a new task); otherwise it is 8:00.
 */
export function toHubSpotTask(plain: Values, held: Values[string], timeZone: string): Values {
  const values: Values = { ...plain };
  if (plain.hs_task_body !== undefined) values.hs_task_body = plainTextToHtml(textOf(plain.hs_task_body));
  const day = textOf(plain.hs_timestamp);
  const start = momentIn(timeZone, day);
  if (start !== null) values.hs_timestamp = new Date(dueMoment(day, momentOf(held), timeZone) ?? start).toISOString();
  return values;
}

function dueMoment(day: string, held: number | null, timeZone: string): number | null {
  const eight = momentIn(timeZone, day, DUE_HOUR);
  if (held === null) return eight;
  if (dayIn(timeZone, held) === day) return held;
  const [hours = 0, minutes = 0] = minuteIn(timeZone, held).slice(11).split(":").map(Number);
  const start = momentIn(timeZone, day, hours);
  const moved = start === null ? null : start + minutes * MINUTE;
  // A clock that is put forward or back may leave that time out of the day.
  return moved !== null && dayIn(timeZone, moved) === day ? moved : eight;
}
