import { FORM_FEED, MARKETING_FEEDS, type MarketingFeed } from "@/lib/decide/event-news";
import { listOpenFeeds } from "@/lib/store/event-feeds";
import { collectMarketingEvents } from "./collect-marketing-events";
import { collectSubmissions } from "./collect-submissions";
import type { EventCheck } from "./save-events";

/**
 * T2, T3, T14: reads the events that contacts told of: 50 submissions or 1,000 email events a call, none when no date
 * moved. Each becomes a record of its own (spec A3). Answers false when the deadline came first.
 */
export async function collectEvents(input: Omit<EventCheck, "connectionId">): Promise<boolean> {
  const connectionId = input.contexts[0]?.connectionId;
  if (connectionId === undefined) return true;
  const check: EventCheck = { ...input, connectionId };
  const feeds = await listOpenFeeds(connectionId);
  const forms = feeds.filter(({ name }) => name.startsWith(FORM_FEED));
  if (forms.length > 0 && !(await collectSubmissions(check, forms))) return false;
  for (const feed of feeds) {
    if (!(feed.name in MARKETING_FEEDS)) continue;
    if (!(await collectMarketingEvents(check, feed.name as MarketingFeed, feed))) return false;
  }
  return true;
}
