import { ACTIVITY_TEXTS, type ActivityTexts } from "./activity-texts";
import { type Activity, countOf, momentOf, textOf } from "./activity-values";
import { cutText, htmlToPlainText, tidyText } from "./plain-text";
import type { RawValue, Values } from "./record-types";
import { readLinks } from "./roll-up-email";
import { minuteIn } from "./zoned-time";

/** Longest Description of a Task or Event, by Salesforce's describe. */
const DESCRIPTION = 32_000;

/** The content of an activity as the Description of its Task or Event, in plain text; null when there is none. */
export function describeActivity(activity: Activity): string | null {
  const texts = ACTIVITY_TEXTS[activity.language];
  const text = tidyText(contentOf(activity, texts));
  return text === "" ? null : cutText(text, DESCRIPTION, texts.cut);
}

type Row = readonly [label: string, value: string];

function contentOf({ object, values, timeZone }: Activity, texts: ActivityTexts): string {
  const time = (value: RawValue | undefined) => timeText(value, timeZone);
  switch (object) {
    case "note":
      return htmlToPlainText(textOf(values.hs_note_body));
    case "call":
      return join(
        rows(texts, [
          [texts.from, textOf(values.hs_call_from_number)],
          [texts.to, textOf(values.hs_call_to_number)],
        ]),
        htmlToPlainText(textOf(values.hs_call_body)),
      );
    case "email":
      return join(
        rows(texts, [
          [texts.from, textOf(values.hs_email_from_email)],
          [texts.to, textOf(values.hs_email_to_email).replaceAll(/;\s*/g, ", ")],
          [texts.subject, textOf(values.hs_email_subject)],
        ]),
        textOf(values.hs_email_text) || htmlToPlainText(textOf(values.hs_email_html)),
        trackingOf(
          { opens: values.hs_email_open_count ?? null, clicks: values.hs_email_click_count ?? null, ...values },
          texts,
          time,
        ),
      );
    case "meeting":
      return meetingContent(values, texts);
    case "form_submission":
      return join(
        rows(texts, [
          [texts.form, textOf(values.form_name)],
          [texts.page, textOf(values.page_url)],
          [texts.time, time(values.occurred_at)],
        ]),
        rows(texts, readFields(textOf(values.fields))),
      );
    case "document_view":
      return rows(texts, [
        [texts.document, textOf(values.document_name)],
        [texts.time, time(values.occurred_at)],
      ]);
    case "marketing_email":
    case "sales_email":
      return join(
        rows(texts, [
          [texts.email, textOf(values.email_name)],
          [texts.subject, textOf(values.email_subject)],
          [texts.time, time(values.occurred_at)],
          [texts.link, textOf(values.url)],
        ]),
        trackingOf(values, texts, time),
      );
  }
}

function meetingContent(values: Values, texts: ActivityTexts): string {
  const outcome = textOf(values.hs_meeting_outcome);
  const word = Object.hasOwn(texts, outcome) ? texts[outcome as keyof ActivityTexts] : outcome;
  const notes = htmlToPlainText(textOf(values.hs_internal_meeting_notes));
  return join(
    rows(texts, [
      [texts.outcome, word],
      [texts.link, textOf(values.hs_meeting_external_url)],
    ]),
    htmlToPlainText(textOf(values.hs_meeting_body)),
    notes === "" ? "" : `${texts.internalNotes}${texts.colon.trimEnd()}\n${notes}`,
  );
}

/** A3: how often and when an email was opened and clicked, and which links. */
function trackingOf(values: Values, texts: ActivityTexts, time: (value: RawValue | undefined) => string): string {
  const counted = (value: RawValue | undefined) => ((countOf(value) ?? 0) > 0 ? String(countOf(value)) : "");
  const links = readLinks(textOf(values.links)).map(({ url, count }) => `- ${url} (${count})`);
  return join(
    rows(texts, [
      [texts.opens, counted(values.opens)],
      [texts.firstOpen, time(values.first_opened_at)],
      [texts.lastOpen, time(values.last_opened_at)],
      [texts.clicks, counted(values.clicks)],
      [texts.firstClick, time(values.first_clicked_at)],
      [texts.lastClick, time(values.last_clicked_at)],
    ]),
    links.length === 0 ? "" : [`${texts.links}${texts.colon.trimEnd()}`, ...links].join("\n"),
  );
}

function timeText(value: RawValue | undefined, timeZone: string): string {
  const at = momentOf(value);
  return at === null ? "" : `${minuteIn(timeZone, at)} (${timeZone})`;
}

function rows(texts: ActivityTexts, given: readonly Row[]): string {
  return given
    .filter(([, value]) => value !== "")
    .map(([label, value]) => `${label}${texts.colon}${value}`)
    .join("\n");
}

function join(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

/** The submitted fields; what is no list of them is shown as it is rather than lost. */
function readFields(json: string): Row[] {
  if (json === "") return [];
  try {
    const list: unknown = JSON.parse(json);
    if (Array.isArray(list)) return list.flatMap(readField);
  } catch {
    // Falls through: shown as text.
  }
  return [["…", json]];
}

function readField(field: unknown): Row[] {
  if (typeof field !== "object" || field === null || !("name" in field) || !("value" in field)) return [];
  const { name, value } = field;
  if (value === null || value === undefined) return [];
  return [[String(name), tidyText(typeof value === "object" ? JSON.stringify(value) : String(value))]];
}
