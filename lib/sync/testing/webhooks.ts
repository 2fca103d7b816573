import { randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { POST } from "@/app/api/webhooks/hubspot/route";
import { OAUTH_APP_ID } from "@/sandbox/hubspot/ids";
import type { SyncWorld } from "./world";

const KEY = "hapikey=sandbox-developer-key";

type Receive = (request: Request) => Promise<Response>;

/**
 * The app's webhook route behind real HTTP, and the sandbox's app subscribed to it: contacts made and deleted, these
 * properties of theirs, and further event types. `between`: what the network does with a delivery before or after the
 * app has it. Answers how to stop it.
 */
export async function receiveWebhooks(
  world: SyncWorld,
  properties: string[],
  eventTypes: string[] = [],
  between: (request: Request, app: Receive) => Promise<Response> = (request, app) => app(request),
): Promise<() => Promise<void>> {
  const server = serve({ fetch: (request) => between(request, POST), hostname: "127.0.0.1", port: 0 });
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    DATABASE_URL: world.databaseUrl,
    KAKEHASHI_PUBLIC_URL: publicUrl,
    KAKEHASHI_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    HUBSPOT_CLIENT_SECRET: "sandbox-secret",
    LOG_LEVEL: "silent",
  });
  const base = `/webhooks/v3/${OAUTH_APP_ID}`;
  const targetUrl = `${publicUrl}/api/webhooks/hubspot`;
  await world.door("hubspot", "PUT", `${base}/settings?${KEY}`, {
    targetUrl,
    throttling: { maxConcurrentRequests: 10 },
  });
  const wanted = [
    { eventType: "contact.creation" },
    { eventType: "contact.deletion" },
    ...eventTypes.map((eventType) => ({ eventType })),
    ...properties.map((propertyName) => ({ eventType: "contact.propertyChange", propertyName })),
  ];
  for (const one of wanted) {
    await world.door("hubspot", "POST", `${base}/subscriptions?${KEY}`, { ...one, active: true });
  }
  return () => new Promise((resolve) => server.close(() => resolve()));
}
