import type { Values } from "./record-types";

/** One event of an email that went to one person: HubSpot's event id makes a repeated reading count once. */
export type EmailEvent = {
  id: string;
  type: "sent" | "opened" | "clicked";
  /** Epoch ms */
  at: number;
  /** The address that was clicked */
  url: string | null;
};

export type ClickedLink = { url: string; count: number };

/**
 * A3: all events of one email to one person as the values of one activity, for `composeActivity`. The same events give
 * the same values, in whatever order and however often they were read. `links` is the JSON of `ClickedLink[]`.
 */
export function rollUpEmail(email: { name: string; subject: string }, read: readonly EmailEvent[]): Values {
  const events = distinctEvents(read);
  const sent = events.filter((event) => event.type === "sent");
  const opened = events.filter((event) => event.type === "opened");
  const clicked = events.filter((event) => event.type === "clicked");
  const leading = sent[0] ?? opened[0] ?? clicked[0];
  return {
    event: leading?.type ?? "sent",
    email_name: email.name,
    email_subject: email.subject,
    occurred_at: leading?.at ?? null,
    opens: opened.length,
    first_opened_at: opened[0]?.at ?? null,
    last_opened_at: opened.at(-1)?.at ?? null,
    clicks: clicked.length,
    first_clicked_at: clicked[0]?.at ?? null,
    last_clicked_at: clicked.at(-1)?.at ?? null,
    links: JSON.stringify(countLinks(clicked)),
  };
}

/** The links of a rolled-up email; what is no such list is none. */
export function readLinks(json: string): ClickedLink[] {
  try {
    const list: unknown = JSON.parse(json);
    return Array.isArray(list) ? list.filter(isLink) : [];
  } catch {
    return [];
  }
}

function isLink(value: unknown): value is ClickedLink {
  return (
    typeof value === "object" &&
    value !== null &&
    "url" in value &&
    typeof value.url === "string" &&
    "count" in value &&
    typeof value.count === "number"
  );
}

function distinctEvents(read: readonly EmailEvent[]): EmailEvent[] {
  const sorted = read.toSorted((a, b) => a.at - b.at || compareText(a.id, b.id) || compareText(a.type, b.type));
  const byKey = new Map<string, EmailEvent>();
  for (const event of sorted)
    if (!byKey.has(`${event.type} ${event.id}`)) byKey.set(`${event.type} ${event.id}`, event);
  return [...byKey.values()];
}

/** Most clicked first, then by address. */
function countLinks(clicked: EmailEvent[]): ClickedLink[] {
  const counts = new Map<string, number>();
  for (const { url } of clicked) if (url !== null && url !== "") counts.set(url, (counts.get(url) ?? 0) + 1);
  return [...counts]
    .map(([url, count]) => ({ url, count }))
    .toSorted((a, b) => b.count - a.count || compareText(a.url, b.url));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
