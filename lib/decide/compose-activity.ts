import { ACTIVITY_TEXTS, type ActivityTexts, CALL_DISPOSITIONS } from "./activity-texts";
import { type Activity, type ActivityObject, countOf, firstMoment, momentOf, textOf } from "./activity-values";
import { describeActivity } from "./describe-activity";
import { cutText, htmlToPlainText, tidyText } from "./plain-text";
import type { Values } from "./record-types";
import { dayIn } from "./zoned-time";

/** Longest Subject, Location and CallDisposition, by Salesforce's describe. */
const LINE = 255;
const MINUTE = 60_000;
/** Salesforce refuses an Event of more than 14 days. */
const LONGEST_EVENT = 14 * 24 * 60 * MINUTE;

export type ComposedActivity = { type: "Task" | "Event"; values: Values };

/** Salesforce takes these when a Task is created and refuses them afterwards. */
export const CREATE_ONLY_TASK_FIELDS: readonly string[] = ["TaskSubtype"];

/**
 * A2: the Salesforce record of one HubSpot activity: a completed Task, or an Event for a meeting. WhoId, WhatId, OwnerId
 * and the id field are the caller's. A meeting without any start leaves StartDateTime null, which Salesforce refuses by
 * name.
 */
export function composeActivity(activity: Activity): ComposedActivity {
  const texts = ACTIVITY_TEXTS[activity.language];
  const { kind, name } = nameActivity(activity);
  const common = {
    Subject: subjectOf(texts, texts[kind], name),
    Description: describeActivity(activity),
  };
  if (activity.object === "meeting") return { type: "Event", values: { ...common, ...whenAndWhere(activity.values) } };
  const at = firstMoment(activity.values, ["hs_timestamp", "occurred_at", "hs_createdate"]);
  return {
    type: "Task",
    values: {
      ...common,
      ActivityDate: at === null ? null : dayIn(activity.timeZone, at),
      Status: activity.words?.org.completedStatus ?? "Completed",
      Priority: activity.words?.org.normalPriority ?? "Normal",
      TaskSubtype: subtypeOf(activity.object),
      ...(activity.object === "call" ? callValues(activity) : {}),
    },
  };
}

type Kind = keyof Omit<ActivityTexts, "colon" | "cut">;

function nameActivity({ object, values }: Activity): { kind: Kind; name: string } {
  switch (object) {
    case "call":
      return { kind: "call", name: textOf(values.hs_call_title) };
    case "meeting":
      return { kind: "meeting", name: textOf(values.hs_meeting_title) };
    case "note":
      return { kind: "note", name: firstLine(htmlToPlainText(textOf(values.hs_note_body))) };
    case "email":
      return { kind: emailKind(textOf(values.hs_email_direction)), name: textOf(values.hs_email_subject) };
    case "form_submission":
      return { kind: "form_submission", name: textOf(values.form_name) };
    case "document_view":
      return { kind: "document_view", name: textOf(values.document_name) };
    case "marketing_email":
    case "sales_email": {
      const event = textOf(values.event);
      const done = event === "opened" || event === "clicked" ? event : "sent";
      return { kind: `${object}_${done}`, name: textOf(values.email_name) || textOf(values.email_subject) };
    }
  }
}

function emailKind(direction: string): Kind {
  if (direction === "INCOMING_EMAIL") return "email_received";
  return direction === "FORWARDED_EMAIL" ? "email_forwarded" : "email_sent";
}

function subjectOf(texts: ActivityTexts, what: string, name: string): string {
  const line = tidyText(name).replaceAll(/\s+/g, " ").trim();
  return cutText(line === "" ? `HubSpot – ${what}` : `HubSpot – ${what}${texts.colon}${line}`, LINE);
}

/** A note has no title: its first line names it, short enough for a list of activities. */
function firstLine(text: string): string {
  return cutText(text.split("\n")[0] ?? "", 80);
}

function subtypeOf(object: ActivityObject): string {
  if (object === "call") return "Call";
  // One subtype for a send and its opens: it cannot change later, and a send may be read after its open.
  return object === "email" || object === "marketing_email" || object === "sales_email" ? "Email" : "Task";
}

function callValues({ values, words }: Activity): Values {
  const duration = countOf(values.hs_call_duration);
  const direction = textOf(values.hs_call_direction);
  return {
    CallDurationInSeconds: duration === null ? null : Math.round(duration / 1000),
    CallType: direction === "INBOUND" ? "Inbound" : direction === "OUTBOUND" ? "Outbound" : null,
    CallDisposition: dispositionLabel(textOf(values.hs_call_disposition), words?.outcomes ?? {}),
  };
}

/** An outcome whose label nobody knows is left out: its id says nothing in a report. */
function dispositionLabel(value: string, outcomes: Record<string, string>): string | null {
  const known = new Map([...Object.entries(CALL_DISPOSITIONS), ...Object.entries(outcomes)]);
  const label = known.get(value) ?? (/^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(value) ? "" : value);
  return label === "" ? null : cutText(label, LINE);
}

/** A meeting whose end is missing or not after its start lasts 30 minutes. */
function whenAndWhere(values: Values): Values {
  const location = [values.hs_meeting_location, values.hs_meeting_external_url].map(textOf).find((text) => text !== "");
  const where = { Location: location === undefined ? null : cutText(tidyText(location), LINE) };
  const start = wholeSecond(firstMoment(values, ["hs_meeting_start_time", "hs_timestamp", "hs_createdate"]));
  if (start === null) return { StartDateTime: null, EndDateTime: null, ...where };
  const told = wholeSecond(momentOf(values.hs_meeting_end_time));
  const end = told !== null && told > start ? Math.min(told, start + LONGEST_EVENT) : start + 30 * MINUTE;
  return { StartDateTime: stampOf(start), EndDateTime: stampOf(end), ...where };
}

/** Salesforce keeps whole seconds: an end in the second of its start would be no end. */
function wholeSecond(at: number | null): number | null {
  return at === null ? null : Math.floor(at / 1000) * 1000;
}

function stampOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
