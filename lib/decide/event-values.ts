import { momentOf, textOf } from "./activity-values";
import type { RawValue, Values } from "./record-types";
import { type EmailEvent, rollUpEmail } from "./roll-up-email";

/** The longest answers of one form that are kept with its submission, in characters. */
const LONGEST_FIELDS = 32_000;
/** Events of one mail that are kept: a newsletter on a notice board is opened without end. */
const MOST_EVENTS = 1_000;

type Submission = { at: number; pageUrl: string; fields: { name: string; value: string }[] };

/** A submission as the values of one activity, for `composeActivity`. */
export function submissionValues(formName: string, contactId: string, submission: Submission): Values {
  const fields = JSON.stringify(submission.fields);
  return {
    contact_id: contactId,
    email: emailOf(submission) ?? "",
    form_name: formName,
    page_url: submission.pageUrl,
    occurred_at: submission.at,
    fields: fields.length > LONGEST_FIELDS ? `${fields.slice(0, LONGEST_FIELDS)}…` : fields,
  };
}

/** The address that was typed; null when the form asked for none. */
export function emailOf({ fields }: Pick<Submission, "fields">): string | null {
  const typed =
    fields
      .find(({ name }) => name.toLowerCase() === "email")
      ?.value.trim()
      .toLowerCase() ?? "";
  return typed === "" ? null : typed;
}

type Email = { name: string; subject: string; recipient: string; contactId: string };

/** A3: all events of one mail to one person, those that were known and those that came, as the values of one activity. */
export function mergeEmailEvents(email: Email, known: Values | null, came: readonly EmailEvent[]): Values {
  const events = new Map([...readEvents(known?.events), ...came.map(shorten)].map((event) => [event.id, event]));
  const kept = [...events.values()].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).slice(0, MOST_EVENTS);
  return {
    ...rollUpEmail(email, kept),
    contact_id: email.contactId,
    email: email.recipient,
    events: JSON.stringify(kept.map(({ id, type, at, url }) => [id, type, at, url])),
  };
}

/** One event of a mail as the values of an activity of its own. */
export function singleEmailEvent(email: Email, event: EmailEvent): Values {
  return {
    event: event.type,
    email_name: email.name,
    email_subject: email.subject,
    occurred_at: event.at,
    url: event.url,
    contact_id: email.contactId,
    email: email.recipient,
  };
}

/** Ids are kept by their first 13 characters: enough to tell the events of one mail apart. */
function shorten(event: EmailEvent): EmailEvent {
  return { ...event, id: event.id.slice(0, 13) };
}

function readEvents(json: RawValue | undefined): EmailEvent[] {
  try {
    const list: unknown = JSON.parse(textOf(json) || "[]");
    return Array.isArray(list) ? list.flatMap(readEvent) : [];
  } catch {
    return [];
  }
}

function readEvent(row: unknown): EmailEvent[] {
  if (!Array.isArray(row)) return [];
  const [id, type, at, url] = row as unknown[];
  const moment = typeof at === "number" ? momentOf(at) : null;
  if (typeof id !== "string" || (type !== "sent" && type !== "opened" && type !== "clicked") || moment === null) {
    return [];
  }
  return [{ id, type, at: moment, url: typeof url === "string" ? url : null }];
}
