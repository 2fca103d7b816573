import type { ActivityLanguage } from "./activity-texts";
import { epochMsOf } from "./canonical-value";
import type { ActivityWords, RawValue, SyncObject, Values } from "./record-types";
import { isBlank } from "./record-types";

const ACTIVITY_OBJECTS = [
  "call",
  "email",
  "meeting",
  "note",
  "form_submission",
  "marketing_email",
  "sales_email",
  "document_view",
] as const;
export type ActivityObject = (typeof ACTIVITY_OBJECTS)[number];

/** Whether records of this object are composed as a whole; tasks are mapped value by value. */
export function isActivityObject(object: SyncObject): object is ActivityObject {
  return ACTIVITY_OBJECTS.some((known) => known === object);
}

/**
 * One activity of HubSpot. Calls, emails, meetings and notes carry HubSpot's own properties; what HubSpot keeps as an
 * event has these values (moments as epoch ms or ISO text):
 * - form_submission: `form_name`, `page_url`, `occurred_at`, `fields` = JSON of `{name, value}[]` as submitted
 * - marketing_email, sales_email: `event` = sent | opened | clicked, `email_name`, `email_subject`, `url` (clicked),
 *   `occurred_at`; rolled up (`rollUpEmail`) also `opens`, `first_opened_at`, `last_opened_at`, `clicks`,
 *   `first_clicked_at`, `last_clicked_at`, `links` = JSON of `{url, count}[]`
 * - document_view: `document_name`, `occurred_at`
 */
export type Activity = {
  object: ActivityObject;
  values: Values;
  language: ActivityLanguage;
  /** IANA name of the portal's time zone */
  timeZone: string;
  /** The org's and the portal's own words; absent = the standard ones */
  words?: ActivityWords | undefined;
};

/** Salesforce takes dates of the years 1700–4000; one garbage date would otherwise refuse a whole call. */
const EARLIEST = Date.UTC(1700, 0, 1);
const LATEST = Date.UTC(4000, 11, 31);

/** Epoch ms of an ISO date-time or epoch-ms value; null when it is blank, garbage or outside 1700–4000. */
export function momentOf(value: RawValue | undefined): number | null {
  if (value === undefined || isBlank(value)) return null;
  const ms = typeof value === "number" ? value : epochMsOf(String(value).trim());
  return ms !== null && ms >= EARLIEST && ms <= LATEST ? ms : null;
}

/** The first of the named values that is a moment. */
export function firstMoment(values: Values, names: readonly string[]): number | null {
  for (const name of names) {
    const moment = momentOf(values[name]);
    if (moment !== null) return moment;
  }
  return null;
}

/** Trimmed text, "" for a blank. */
export function textOf(value: RawValue | undefined): string {
  return value === undefined || value === null ? "" : String(value).trim();
}

/** A whole number of at least 0; null when it is none. */
export function countOf(value: RawValue | undefined): number | null {
  if (value === undefined || isBlank(value)) return null;
  const number = Math.round(Number(value));
  return Number.isFinite(number) && number >= 0 ? number : null;
}
