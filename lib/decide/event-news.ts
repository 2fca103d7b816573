import type { ActivityToggle } from "./activity-toggles";
import { countOf, momentOf, textOf } from "./activity-values";
import type { ConnectionSettings } from "./connection-settings";
import type { SyncObject, Values } from "./record-types";

/** The settings that say which events of HubSpot anybody wants to know of. */
export type EventWishes = Pick<ConnectionSettings, "activities" | "activitiesSince" | "campaigns">;

/** A feed of HubSpot's events that has something new: what happened at `at` (epoch ms) was not read yet. */
export type FeedNews = { feed: string; at: number; since: number };

/** An event that HubSpot tells by nothing but a date on the contact: it is a record of its own at once. */
export type InstantEvent = { object: SyncObject; code: "T4" | "T8"; id: string; at: number; values: Values };

/** Feeds are named after the toggle, or after the form as HubSpot names it on the contact; "form:*" = every form. */
export const FORM_FEED = "form:";
export const EVERY_FORM = `${FORM_FEED}*`;
export const MARKETING_FEEDS = {
  marketing_email_sent: { property: "hs_email_last_send_date", type: "SENT" },
  marketing_email_opened: { property: "hs_email_last_open_date", type: "OPEN" },
  marketing_email_clicked: { property: "hs_email_last_click_date", type: "CLICK" },
} as const;
export type MarketingFeed = keyof typeof MARKETING_FEEDS;

/** Besides the properties of `TRIGGER_PROPERTIES`: a rise by more than one hides submissions of other forms. */
export const CONVERSION_COUNT = "num_conversion_events";

/** A date further ahead than any clock is wrong is garbage: taken for true, nothing would be news after it. */
const AHEAD_MS = 24 * 3_600_000;
/** How far before the first event of a feed that is new its reading begins: others may have come in before it. */
const BEFORE_MS = 24 * 3_600_000;

/** Since when submissions of any form matter (epoch ms); null = they do not. A1, K1: turning on is not retroactive. */
export function formsSince({ activities, activitiesSince, campaigns }: EventWishes): number | null {
  const moments = [
    ...(activities.form_submission ? [sinceOf("form_submission", activitiesSince)] : []),
    ...campaigns.rules.map((rule) => momentOf(rule.since) ?? 0),
  ];
  return moments.length === 0 ? null : Math.min(...moments);
}

/** Since when events of this toggle matter (epoch ms); null = it is off. */
export function toggleSince(toggle: ActivityToggle, { activities, activitiesSince }: EventWishes): number | null {
  return activities[toggle] ? sinceOf(toggle, activitiesSince) : null;
}

/** T2, T3: the feeds that a reading of a contact calls for. */
export function findFeedNews(before: Values | null, after: Values, wishes: EventWishes, now: number): FeedNews[] {
  const news: FeedNews[] = [];
  const add = (feed: string, property: string, since: number | null) => {
    const at = momentOf(after[property]);
    if (since !== null && at !== null && at >= since && at <= now + AHEAD_MS) news.push({ feed, at, since });
  };
  const name = textOf(after.recent_conversion_event_name);
  const since = formsSince(wishes);
  add(name === "" ? EVERY_FORM : FORM_FEED + name, "recent_conversion_date", since);
  if (hidesSubmissions(before, after)) add(EVERY_FORM, "recent_conversion_date", since);
  for (const [feed, { property }] of Object.entries(MARKETING_FEEDS)) {
    add(feed, property, toggleSince(feed as MarketingFeed, wishes));
  }
  return news;
}

/** More than one submission since the last reading: the contact names the form of the last one only. */
function hidesSubmissions(before: Values | null, after: Values): boolean {
  const known = before === null ? 0 : (countOf(before[CONVERSION_COUNT]) ?? 0);
  return (countOf(after[CONVERSION_COUNT]) ?? 0) > known + 1;
}

/** T4, T8: opens and clicks of sales emails and views of documents, which HubSpot tells by the date of the last one. */
export function findInstantEvents(contactId: string, after: Values, wishes: EventWishes, now: number): InstantEvent[] {
  return INSTANT.flatMap(({ toggle, property, object, code, event }) => {
    const since = toggleSince(toggle, wishes);
    const at = momentOf(after[property]);
    if (since === null || at === null || at < since || at > now + AHEAD_MS) return [];
    const values: Values = { contact_id: contactId, occurred_at: at, ...(event === null ? {} : { event }) };
    return [{ object, code, id: [contactId, ...(event === null ? [] : [event]), at].join("-"), at, values }];
  });
}

const INSTANT = [
  {
    toggle: "sales_email_opened",
    property: "hs_sales_email_last_opened",
    object: "sales_email",
    code: "T4",
    event: "opened",
  },
  {
    toggle: "sales_email_clicked",
    property: "hs_sales_email_last_clicked",
    object: "sales_email",
    code: "T4",
    event: "clicked",
  },
  {
    toggle: "document_view",
    property: "hs_document_last_revisited",
    object: "document_view",
    code: "T8",
    event: null,
  },
] as const;

/** Where the reading of a feed that was never read begins: not at `since`, which may be years and many pages ago. */
export function startOfFeed({ at, since }: FeedNews): number {
  return Math.max(since, at - BEFORE_MS);
}

function sinceOf(toggle: ActivityToggle, { hubspot }: ConnectionSettings["activitiesSince"]): number {
  return momentOf(hubspot[toggle]) ?? 0;
}

/**
 * The forms that a contact's conversion may mean: by name, or by the name after the title of its page ("Contact us:
 * Newsletter"); without any, every form.
 */
export function formsOf<Form extends { name: string }>(feed: string, forms: readonly Form[]): Form[] {
  const told = plain(feed.slice(FORM_FEED.length));
  const named = forms.filter(({ name }) => {
    const own = plain(name);
    return own !== "" && (own === told || told.endsWith(`: ${own}`));
  });
  return feed === EVERY_FORM || named.length === 0 ? [...forms] : named;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
