import type { Hono } from "hono";
import { type HubSpotError, notFound, validationError } from "../errors";
import { answerJson, type HubSpotContext, type HubSpotEnv, readPageSize, requireScope } from "../http";
import { digestOf } from "../ids";
import type { HubSpotState } from "../state";

/** The legacy events API: 10 by default, 1,000 at most. */
const LIMIT = { usual: 10, most: 1000 };

type Cursor = { skip: number; newest: number };

function readNumber(c: HubSpotContext, name: string, fallback: number): number {
  const given = c.req.query(name);
  if (given === undefined || given === "") return fallback;
  const value = Number(given);
  if (!Number.isFinite(value)) throw badParameter(name, given);
  return value;
}

function badParameter(name: string, given: string): HubSpotError {
  return validationError(`Invalid value for ${name}: ${given}`);
}

/** The offset keeps the moment of the first page, so that events made meanwhile do not shift the later pages. */
function readCursor(c: HubSpotContext, now: number): Cursor {
  const given = c.req.query("offset");
  if (!given) return { skip: 0, newest: now };
  const [skip, newest, seal] = Buffer.from(given, "base64url").toString("utf8").split(":");
  if (seal !== sealOf(Number(skip), Number(newest))) throw badParameter("offset", given);
  return { skip: Number(skip), newest: Number(newest) };
}

function sealOf(skip: number, newest: number): string {
  return digestOf("email-events", skip, newest).slice(0, 8);
}

function makeCursor(skip: number, newest: number): string {
  return Buffer.from(`${skip}:${newest}:${sealOf(skip, newest)}`).toString("base64url");
}

/** Mounts marketing-email events and campaigns (legacy v1, without a newer twin). */
export function mountEmailEventRoutes(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  app.get("/email/public/v1/events", (c) => {
    requireScope(c, "content");
    const limit = readPageSize(c, LIMIT.usual, LIMIT.most);
    const { skip, newest } = readCursor(c, state.clock.now());
    const from = readNumber(c, "startTimestamp", 0);
    const to = Math.min(newest, readNumber(c, "endTimestamp", newest));
    const { eventType, recipient, campaignId, appId } = c.req.query();
    const found = [];
    for (const event of state.emailEvents.newestFirst()) {
      if (event.created < from || event.created > to) continue;
      if (eventType && event.type !== eventType) continue;
      if (recipient && event.recipient !== recipient.toLowerCase()) continue;
      if (campaignId && event.emailCampaignId !== Number(campaignId)) continue;
      if (appId && event.appId !== Number(appId)) continue;
      found.push(event);
    }
    const events = found.slice(skip, skip + limit);
    const hasMore = skip + limit < found.length;
    const offset = makeCursor(skip + events.length, newest);
    return answerJson(c, { hasMore, offset, events }, 200, events.length);
  });
  app.get("/email/public/v1/events/:created/:id", (c) => {
    requireScope(c, "content");
    const { created, id } = c.req.param();
    for (const event of state.emailEvents.newestFirst()) {
      if (event.id === id && event.created === Number(created)) return answerJson(c, event, 200, 1);
    }
    throw notFound();
  });
  for (const path of ["/email/public/v1/campaigns", "/email/public/v1/campaigns/by-id"]) {
    app.get(path, (c) => {
      requireScope(c, "content");
      const limit = readPageSize(c, LIMIT.usual, LIMIT.most);
      const skip = readNumber(c, "offset", 0);
      const all = state.emailEvents.listCampaigns();
      const campaigns = all.slice(skip, skip + limit).map(({ id, appId, appName, lastUpdatedTime }) => ({
        id,
        appId,
        appName,
        lastUpdatedTime,
      }));
      const hasMore = skip + limit < all.length;
      return answerJson(c, { hasMore, offset: String(skip + campaigns.length), campaigns }, 200, campaigns.length);
    });
  }
  app.get("/email/public/v1/campaigns/:id", (c) => {
    requireScope(c, "content");
    const campaign = state.emailEvents.findCampaign(Number(c.req.param("id")));
    if (!campaign) throw notFound();
    const { lastUpdatedTime: _kept, ...facts } = campaign;
    return answerJson(c, { ...facts, counters: state.emailEvents.count(campaign.id) }, 200, 1);
  });
}
