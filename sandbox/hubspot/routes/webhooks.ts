import type { Hono } from "hono";
import { z } from "zod";
import { invalidAuthentication, notFound } from "../errors";
import { answerJson, answerNothing, type HubSpotContext, type HubSpotEnv, readJson } from "../http";
import { OAUTH_APP_ID } from "../ids";
import type { HubSpotState } from "../state";
import type { WebhookSubscription } from "../webhook-events";

const settingsSchema = z.object({
  targetUrl: z.string(),
  throttling: z.object({ maxConcurrentRequests: z.number().int().optional() }).nullish(),
});
const createSchema = z.object({
  eventType: z.string(),
  propertyName: z.string().optional(),
  objectTypeId: z.string().optional(),
  active: z.boolean().default(false),
});
const changeSchema = z.object({ active: z.boolean() });
const batchSchema = z.object({ inputs: z.array(z.object({ id: z.coerce.number(), active: z.boolean() })) });

/** The developer account's key, which the typed client sends as `?hapikey=`. */
export function developerKey(): string {
  return process.env.HUBSPOT_SANDBOX_DEVELOPER_KEY || "sandbox-developer-key";
}

/** Subscription ids are strings in newer documents and numbers in older ones; the client's model says string. */
function show(subscription: WebhookSubscription) {
  return { ...subscription, id: String(subscription.id) };
}

/** Mounts webhook settings and subscriptions of the app. They are opened by the developer key, not by a token. */
export function mountWebhookRoutes(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  for (const base of ["/webhooks/v3/:appId", "/app-webhooks/2026-09/:appId"]) mountUnder(app, base, state);
}

function mountUnder(app: Hono<HubSpotEnv>, base: string, state: HubSpotState): void {
  const { webhooks } = state;
  const open = (c: HubSpotContext) => {
    if (c.req.query("hapikey") !== developerKey()) throw invalidAuthentication();
    if (c.req.param("appId") !== String(OAUTH_APP_ID)) throw notFound({ appId: [c.req.param("appId") ?? ""] });
    return webhooks;
  };
  app.get(`${base}/settings`, (c) => answerJson(c, open(c).getSettings()));
  app.put(`${base}/settings`, async (c) => {
    const { targetUrl, throttling } = await readJson(c, settingsSchema);
    return answerJson(c, open(c).putSettings(targetUrl, throttling?.maxConcurrentRequests));
  });
  app.delete(`${base}/settings`, (c) => {
    open(c).settings = null;
    return answerNothing();
  });
  const all = `${base}/subscriptions`;
  const idOf = (c: HubSpotContext) => Number(c.req.param("id"));
  app.get(all, (c) => answerJson(c, { results: open(c).list().map(show) }));
  app.post(all, async (c) => {
    open(c);
    return answerJson(c, show(webhooks.create(await readJson(c, createSchema))), 201);
  });
  app.post(`${all}/batch/update`, async (c) => {
    open(c);
    const { inputs } = await readJson(c, batchSchema);
    const at = new Date(state.clock.now()).toISOString();
    const results = inputs.map(({ id, active }) => show(webhooks.setActive(id, active)));
    return answerJson(c, { status: "COMPLETE", results, startedAt: at, completedAt: at });
  });
  app.get(`${all}/:id`, (c) => answerJson(c, show(open(c).get(idOf(c)))));
  app.patch(`${all}/:id`, async (c) => {
    open(c);
    return answerJson(c, show(webhooks.setActive(idOf(c), (await readJson(c, changeSchema)).active)));
  });
  app.delete(`${all}/:id`, (c) => {
    open(c).remove(idOf(c));
    return answerNothing();
  });
}
