import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Client } from "@hubspot/api-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";
import { OAUTH_APP_ID } from "./ids";
import { signV3 } from "./webhook-delivery";

type Arrived = { events: Event[]; signature: string; timestamp: string; body: string };
type Event = { subscriptionType: string; objectId: number; attemptNumber: number; eventId: number } & Record<
  string,
  unknown
>;

let bench: Bench;
let developer: Client;
let server: Server;
let url: string;
let status = 200;
let arrived: Arrived[] = [];
beforeAll(async () => {
  bench = await openBench();
  developer = new Client({ basePath: bench.sandbox.url, developerApiKey: "sandbox-developer-key" });
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const [signature, timestamp] = ["x-hubspot-signature-v3", "x-hubspot-request-timestamp"].map((name) =>
      String(request.headers[name]),
    );
    arrived.push({ events: JSON.parse(body), signature: signature ?? "", timestamp: timestamp ?? "", body });
    response.writeHead(status).end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/hubspot?tenant=1`;
});
beforeEach(() => {
  arrived = [];
  status = 200;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await bench.sandbox.stop();
});

const events = () => arrived.flatMap((one) => one.events);
const seen = (count: number) =>
  vi.waitFor(() => expect(events().length).toBeGreaterThanOrEqual(count), { timeout: 4000 });
const subscribe = (eventType: string, more: object = {}) =>
  developer.webhooks.subscriptionsApi.create(OAUTH_APP_ID, { eventType: eventType as never, active: true, ...more });

describe("webhook settings and subscriptions", () => {
  it("are opened by the developer key alone, and have no target at first", async () => {
    const byToken = await fetch(`${bench.sandbox.url}/webhooks/v3/${OAUTH_APP_ID}/settings`, {
      headers: { Authorization: "Bearer pat-na1-sandbox" },
    });
    expect(byToken.status).toBe(401);
    expect((await refusal(developer.webhooks.settingsApi.getAll(OAUTH_APP_ID))).status).toBe(404);
    const throttling = { maxConcurrentRequests: 10, period: "SECONDLY" as never };
    const settings = await developer.webhooks.settingsApi.configure(OAUTH_APP_ID, { targetUrl: url, throttling });
    expect(settings.targetUrl).toBe(url);
  });

  it("must be of a known kind, with a property where one is needed", async () => {
    expect((await refusal(subscribe("contact.birthday"))).status).toBe(400);
    expect((await refusal(subscribe("contact.propertyChange"))).status).toBe(400);
    const made = await subscribe("contact.propertyChange", { propertyName: "phone" });
    const off = await developer.webhooks.subscriptionsApi.update(Number(made.id), OAUTH_APP_ID, { active: false });
    expect(off.active).toBe(false);
    await developer.webhooks.subscriptionsApi.archive(Number(made.id), OAUTH_APP_ID);
    expect((await developer.webhooks.subscriptionsApi.getAll(OAUTH_APP_ID)).results).toEqual([]);
  });
});

describe("webhook deliveries", () => {
  it("carry signed events of a contact's life", async () => {
    await subscribe("contact.creation");
    await subscribe("contact.propertyChange", { propertyName: "phone" });
    await subscribe("contact.deletion");
    await subscribe("contact.merge");
    await subscribe("contact.privacyDeletion");
    await subscribe("contact.associationChange");
    await subscribe("object.creation", { objectTypeId: "0-48" });
    const winner = await bench.act("createContact", { properties: { email: "a@hooks.example" } });
    const loser = await bench.act("createContact", { properties: { email: "b@hooks.example" } });
    await bench.act("updateContact", { id: winner.id, properties: { phone: "77" } });
    await bench.act("logCall", { id: winner.id });
    await bench.act("mergeContacts", { primaryObjectId: winner.id, objectIdToMerge: loser.id });
    await bench.act("gdprDelete", { id: winner.id });
    await seen(9);
    const byType = (type: string) => events().filter((one) => one.subscriptionType === type);
    expect(
      byType("contact.creation")
        .map((one) => one.objectId)
        .sort(),
    ).toEqual([Number(winner.id), Number(loser.id)]);
    expect(byType("contact.propertyChange")).toMatchObject([
      {
        objectId: Number(winner.id),
        propertyName: "phone",
        propertyValue: "77",
        changeSource: "CRM_UI",
        attemptNumber: 0,
      },
    ]);
    expect(byType("object.creation")).toMatchObject([{ objectTypeId: "0-48" }]);
    expect(byType("contact.merge")).toMatchObject([
      { primaryObjectId: Number(winner.id), mergedObjectIds: [Number(loser.id)], newObjectId: Number(winner.id) },
    ]);
    expect(byType("contact.privacyDeletion")).toHaveLength(1);
    expect(byType("contact.deletion")).toHaveLength(1);
    const links = byType("contact.associationChange");
    expect(links.every((one) => one.associationType === "CONTACT_TO_CALL")).toBe(true);
    expect(links.map((one) => one.associationRemoved).sort()).toEqual([false, true]);
    for (const { body, signature, timestamp } of arrived) {
      expect(signature).toBe(signV3("sandbox-secret", "POST", url, body, Number(timestamp)));
    }
  });

  it("come again with a higher attempt number after a failure, as time goes by", async () => {
    status = 503;
    const { id } = await bench.act("createContact", { properties: { email: "retry@hooks.example" } });
    await seen(1);
    status = 200;
    await bench.door("PUT", "clock", { offsetMs: 120_000 });
    await seen(2);
    expect(events().map((one) => [one.objectId, one.attemptNumber])).toEqual([
      [Number(id), 0],
      [Number(id), 1],
    ]);
    expect(events()[0]?.eventId).toBe(events()[1]?.eventId);
  });

  it("hold at most 100 events, and come twice when told to", async () => {
    await bench.act("setWebhookDelivery", { duplicateShare: 1, batchWindowMs: 200 });
    const inputs = Array.from({ length: 90 }, (_, i) => ({
      properties: { email: `m${i}@hooks.example` },
      associations: [],
    }));
    await bench.client.crm.contacts.batchApi.create({ inputs });
    await seen(180);
    expect(events()).toHaveLength(180);
    expect(Math.max(...arrived.map((one) => one.events.length))).toBeLessThanOrEqual(100);
    const ids = events().map((one) => one.objectId);
    expect(new Set(ids).size).toBe(90);
    expect(ids).not.toEqual([...ids].sort((a, b) => a - b));
  });
});

it("signs as in HubSpot's published example", () => {
  const body = "{'example_field':'example_value'}";
  const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
  expect(signV3(secret, "POST", "https://www.example.com/webhook_uri", body, 1693657560000)).toBe(
    "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
  );
});
