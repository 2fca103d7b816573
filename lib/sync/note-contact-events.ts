import {
  type FeedNews,
  findFeedNews,
  findInstantEvents,
  type InstantEvent,
  startOfFeed,
} from "@/lib/decide/event-news";
import { findActivityTriggers } from "@/lib/decide/find-activity-triggers";
import type { SyncObject, Values } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase } from "@/lib/store/client";
import { noteFeedNews } from "@/lib/store/event-feeds";
import { findKnownRecords, type KnownRecord, type TriggerMark } from "@/lib/store/record-marks";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";
import { type EventCheck, saveEventRows } from "./save-events";

type Reading = { id: string; values: Values };

/** What a page of contacts tells besides their values. */
export type ContactEvents = { feeds: FeedNews[]; instants: Map<SyncObject, InstantEvent[]> };

const NOTHING: ContactEvents = { feeds: [], instants: new Map() };

/**
 * T2–T4, T8: the events that readings of HubSpot contacts tell of by their dates; those that we have are left out.
 * `heldOf`: what we held of a contact before, null = nothing.
 */
export async function findContactEvents(
  context: SyncContext,
  readings: Reading[],
  heldOf: (id: string) => Values | null,
): Promise<ContactEvents> {
  const wishes = context.connection.settings;
  const now = Date.now();
  const feeds = readings.flatMap(({ id, values }) => findFeedNews(heldOf(id), values, wishes, now));
  const found = readings.flatMap(({ id, values }) => findInstantEvents(id, values, wishes, now));
  if (found.length === 0) return feeds.length === 0 ? NOTHING : { feeds, instants: new Map() };
  const instants = new Map<SyncObject, InstantEvent[]>();
  for (const [object, events] of Map.groupBy(found, (event) => event.object)) {
    const ids = events.map(({ id }) => id);
    const had = await findKnownRecords(context.connectionId, object, "hubspot", ids);
    instants.set(
      object,
      events.filter(({ id }) => !had.has(id)),
    );
  }
  return { feeds, instants };
}

/** Saved together with the page that told of them: neither is ever ahead of the other. */
export async function saveContactEvents(
  db: DatabaseOrTransaction,
  check: Pick<EventCheck, "connectionId" | "checkNo">,
  { feeds, instants }: ContactEvents,
): Promise<void> {
  await noteFeedNews(
    db,
    check.connectionId,
    feeds.map((news) => ({ name: news.feed, at: news.at, start: startOfFeed(news) })),
  );
  for (const [object, events] of instants) await saveEventRows(db, check, object, events);
}

/**
 * The same for contacts that were read outside of a check (an event, a button, a job). What is held of them afterwards is
 * newer than what the last check saw: the next one could not tell any more that there was more than the last event.
 */
export async function noteContactEvents(
  context: SyncContext,
  readings: Reading[],
  heldOf: (id: string) => Values | null,
): Promise<void> {
  if (context.object !== "contact" || readings.length === 0) return;
  const told = await findContactEvents(context, readings, heldOf);
  await saveContactEvents(getDatabase(), { connectionId: context.connectionId, checkNo: 0n }, told);
}

/** T2–T4, T8, T16: why this reading makes its contact due, apart from mapped values; each code once. */
export function contactTriggers(context: SyncContext, known: KnownRecord, after: Values): TriggerMark[] {
  if (context.object !== "contact") return [];
  const { activities, lifecycle } = context.connection.settings;
  const found = findActivityTriggers(heldValues(known), after, { activities, lifecycleOn: lifecycle.on });
  const byCode = Map.groupBy(found, (trigger) => trigger.code);
  return [...byCode].map(([code, own]) =>
    newTrigger(
      code,
      "hubspot",
      own.map(({ property }) => property),
    ),
  );
}

export function heldValues(known: KnownRecord | undefined): Values | null {
  return known?.seen ?? known?.hubspotBase ?? null;
}
