import type { MarketingEvent } from "@/lib/crm/event-face";
import { MARKETING_FEEDS, type MarketingFeed, toggleSince } from "@/lib/decide/event-news";
import { mergeEmailEvents, singleEmailEvent } from "@/lib/decide/event-values";
import type { EmailEvent } from "@/lib/decide/roll-up-email";
import { inTransaction } from "@/lib/store/client";
import { closeFeed, type EventFeed, saveFeedPlace } from "@/lib/store/event-feeds";
import { type EventSource, readSources, saveSources } from "@/lib/store/event-sources";
import { findKnownRecords } from "@/lib/store/record-marks";
import { type EventCheck, type EventRow, findContactsOf, heldOf, saveEventRows } from "./save-events";

/** An event may be listed some moments after the contact shows its date. */
const OVERLAP_MS = 300_000;
const TYPES = { SENT: "sent", OPEN: "opened", CLICK: "clicked" } as const;

/**
 * T3: the events of one kind since they were last read. HubSpot answers the newest first, so that a reading that the
 * deadline cuts short goes on below its last event. Answers false then.
 */
export async function collectMarketingEvents(
  check: EventCheck,
  name: MarketingFeed,
  feed: EventFeed,
): Promise<boolean> {
  const from = Math.max(0, feed.doneUntil - OVERLAP_MS);
  const window = { from, to: feed.before };
  let top = feed.top;
  let next: string | null = null;
  do {
    if (Date.now() > check.deadline) return false;
    const page = await check.hubspot.events.readMarketingEvents(MARKETING_FEEDS[name].type, window, next);
    for (const { at } of page.events) top = Math.max(top ?? at, at);
    await savePage(check, name, page.events, top);
    next = page.next;
  } while (next !== null);
  await closeFeed(check.connectionId, feed, top);
  return true;
}

async function savePage(
  check: EventCheck,
  name: MarketingFeed,
  events: MarketingEvent[],
  top: number | null,
): Promise<void> {
  const settings = check.contexts[0]?.connection.settings;
  const since = settings ? toggleSince(name, settings) : null;
  const wanted = events.filter(({ at, recipient }) => since !== null && at >= since && recipient !== "");
  const rows = settings && wanted.length > 0 ? await makeEmailRows(check, settings.rollUpEmailEvents, wanted) : [];
  const before = events.at(-1)?.at ?? null;
  await inTransaction(async (tx) => {
    await saveEventRows(tx, check, "marketing_email", rows);
    if (before !== null && top !== null) await saveFeedPlace(tx, check.connectionId, name, { before, top });
  });
}

/** One record a mail with its opens and clicks, or one an event (setting); what changes nothing is left out. */
export async function makeEmailRows(
  check: Pick<EventCheck, "connectionId" | "hubspot">,
  rollUp: boolean,
  events: MarketingEvent[],
): Promise<EventRow[]> {
  const [emails, contacts] = await Promise.all([
    findEmails(check, events),
    findContactsOf(
      check,
      events.map(({ recipient }) => recipient),
    ),
  ]);
  const byRow = Map.groupBy(events, (event) => (rollUp ? event.sentId : event.id));
  const known = await findKnownRecords(check.connectionId, "marketing_email", "hubspot", [...byRow.keys()]);
  const rows: EventRow[] = [];
  for (const [id, own] of byRow) {
    const [first] = own;
    if (!first) continue;
    const source = emails.get(first.emailId);
    const email = {
      name: source?.name ?? "",
      subject: source?.subject || first.subject,
      recipient: first.recipient,
      contactId: contacts.get(first.recipient) ?? "",
    };
    const held = heldOf(known.get(id));
    if (!rollUp && held) continue;
    const came = own.map(toEmailEvent);
    const newest = Math.max(known.get(id)?.stamp ?? 0, ...came.map(({ at }) => at));
    const [event] = came;
    if (!event) continue;
    const values = rollUp ? mergeEmailEvents(email, held, came) : singleEmailEvent(email, event);
    if (held?.events === values.events && held !== null) continue;
    rows.push({ id, code: "T3", at: newest, values });
  }
  return rows;
}

function toEmailEvent({ id, type, at, url }: MarketingEvent): EmailEvent {
  return { id, type: TYPES[type], at, url };
}

/** Names of the emails, each asked for once ever. One that HubSpot does not know (any more) goes by its subject. */
async function findEmails(
  { connectionId, hubspot }: Pick<EventCheck, "connectionId" | "hubspot">,
  events: MarketingEvent[],
): Promise<Map<string, EventSource>> {
  const ids = [...new Set(events.map(({ emailId }) => emailId))].filter((id) => id !== "");
  const known = await readSources(connectionId, "marketing_email", ids);
  const fresh: EventSource[] = [];
  for (const id of ids.filter((one) => !known.has(one))) {
    const email = await hubspot.events.readMarketingEmail(id);
    if (email) fresh.push({ id, ...email });
  }
  await saveSources(connectionId, "marketing_email", fresh);
  for (const source of fresh) known.set(source.id, source);
  return known;
}
