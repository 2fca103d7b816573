import { createHmac, randomBytes } from "node:crypto";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeDatabase, connectDatabase, getDatabase } from "@/lib/store/client";
import { findConnection, resumeConnection, saveAccount } from "@/lib/store/connections";
import { OAUTH_APP_ID, PORTAL_ID } from "@/sandbox/hubspot/ids";
import { startHubSpotSandbox } from "@/sandbox/hubspot/server";
import { createTestDatabase } from "@/scripts/testing/database";
import { POST } from "./route";

type Json = Record<string, unknown>;

const SECRET = "sandbox-secret";
let hubspot: Awaited<ReturnType<typeof startHubSpotSandbox>>;
let server: ReturnType<typeof serve>;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connectionId: string;
let address: string;

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.url);
  server = serve({ fetch: (request) => POST(request), hostname: "127.0.0.1", port: 0 });
  await new Promise<void>((resolve) => server.once("listening", () => resolve()));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  address = `${publicUrl}/api/webhooks/hubspot`;
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    KAKEHASHI_PUBLIC_URL: publicUrl,
    KAKEHASHI_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString("base64")}`,
    HUBSPOT_CLIENT_SECRET: SECRET,
    LOG_LEVEL: "silent",
  });
  hubspot = await startHubSpotSandbox({ contacts: 5 });
  connectionId = (await findConnection()).id;
  const account = { id: String(PORTAL_ID), name: "Portal", userName: null, connectedAt: new Date() };
  await saveAccount(connectionId, "hubspot", account);
  await resumeConnection(connectionId);
  await configureWebhooks();
});
afterAll(async () => {
  server.close();
  await closeDatabase();
  await Promise.all([hubspot.stop(), database.drop()]);
});
beforeEach(async () => {
  await getDatabase().wakeUp.deleteMany();
});

async function ask(method: string, path: string, body?: unknown): Promise<Json> {
  const headers = { "content-type": "application/json", authorization: "Bearer pat-na1-sandbox" };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const response = await fetch(`${hubspot.url}${path}`, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Json;
}

/** As an administrator sets it up, through HubSpot's own API. */
async function configureWebhooks(): Promise<void> {
  const base = `/webhooks/v3/${OAUTH_APP_ID}`;
  const key = "hapikey=sandbox-developer-key";
  await ask("PUT", `${base}/settings?${key}`, { targetUrl: address, throttling: { maxConcurrentRequests: 10 } });
  const types = ["creation", "deletion", "restore", "merge", "associationChange"].map((name) => `contact.${name}`);
  const wanted: Json[] = [
    ...types.map((eventType) => ({ eventType })),
    ...["phone", "jobtitle"].map((propertyName) => ({ eventType: "contact.propertyChange", propertyName })),
    { eventType: "object.creation", objectTypeId: "0-48" },
  ];
  for (const one of wanted) await ask("POST", `${base}/subscriptions?${key}`, { ...one, active: true });
}

const act = async (action: string, body: Json): Promise<Json> =>
  (await ask("POST", "/__sandbox/act", { action, ...body })).result as Json;

const listRows = async (): Promise<string[]> =>
  (await getDatabase().wakeUp.findMany())
    .map((row) => [row.type, row.remoteId, ...row.fields.toSorted()].join(" "))
    .toSorted();

/** Until nothing is on its way any more; answers how the deliveries were answered. */
async function untilDelivered(): Promise<number[]> {
  return vi.waitFor(
    async () => {
      const { waiting, deliveries } = await act("listWebhookDeliveries", {});
      const statuses = (deliveries as { status: number }[]).map((one) => one.status);
      expect([waiting, statuses.length > 0]).toEqual([0, true]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return statuses;
    },
    { timeout: 5_000 },
  );
}

const EVENT = { portalId: PORTAL_ID, subscriptionType: "contact.deletion", objectId: 77, eventId: 1, attemptNumber: 0 };

function sign(body: string, timestamp = Date.now(), secret = SECRET): Record<string, string> {
  const signature = createHmac("sha256", secret).update(`POST${address}${body}${timestamp}`).digest("base64");
  return { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": String(timestamp) };
}

const post = (body: string, headers: Record<string, string>): Promise<Response> =>
  fetch(address, { method: "POST", body, headers: { "content-type": "application/json", ...headers } });

test("T18: what a marketer changes in HubSpot is noted by id, with the property that changed", async () => {
  const { id } = (await act("createContact", { properties: { email: "new@example.com", lastname: "New" } })) as {
    id: string;
  };
  expect(await untilDelivered()).toEqual(expect.arrayContaining([204]));
  expect(await listRows()).toEqual([`0-1 ${id}`]);
  await getDatabase().wakeUp.deleteMany();
  await act("updateContact", { id, properties: { phone: "1", jobtitle: "Chief", lastname: "Not subscribed" } });
  expect(new Set(await untilDelivered())).toEqual(new Set([204]));
  expect(await listRows()).toEqual([`0-1 ${id} jobtitle phone`]);
});

test("T18: shuffled and doubled deliveries leave one mark per record", async () => {
  await act("setWebhookDelivery", { shuffle: true, duplicateShare: 1, batchWindowMs: 50 });
  const ids: string[] = [];
  for (let n = 0; n < 12; n += 1) {
    const made = await act("createContact", { properties: { email: `many${n}@example.com`, phone: String(n) } });
    ids.push(String(made.id));
  }
  expect(new Set(await untilDelivered())).toEqual(new Set([204]));
  expect(await listRows()).toEqual(ids.map((id) => `0-1 ${id}`).toSorted());
});

test("T18: a merge names both records, a call by its own object type", async () => {
  const made = await Promise.all(
    ["one", "two"].map((name) => act("createContact", { properties: { email: `${name}@merge.example` } })),
  );
  await untilDelivered();
  await getDatabase().wakeUp.deleteMany();
  const [winner, loser] = made.map((one) => String(one.id));
  await act("mergeContacts", { primaryObjectId: winner, objectIdToMerge: loser });
  await untilDelivered();
  expect(await listRows()).toEqual(expect.arrayContaining([`0-1 ${winner}`, `0-1 ${loser}`]));
  const call = await ask("POST", "/crm/v3/objects/calls", { properties: { hs_timestamp: new Date().toISOString() } });
  await untilDelivered();
  expect(await listRows()).toContain(`0-48 ${call.id}`);
});

test.each<[string, (body: string) => Record<string, string>]>([
  ["without a signature", () => ({})],
  ["signed with another secret", (body) => sign(body, Date.now(), "another secret")],
  ["signed for another body", () => sign("[]")],
  ["signed six minutes ago", (body) => sign(body, Date.now() - 360_000)],
  ["signed six minutes ahead", (body) => sign(body, Date.now() + 360_000)],
  ["with a time that is none", (body) => ({ ...sign(body), "x-hubspot-request-timestamp": "soon" })],
])("T18: a request %s is refused and changes nothing", async (_, headersFor) => {
  const body = JSON.stringify([EVENT]);
  const response = await post(body, headersFor(body));
  expect(response.status).toBe(401);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(await listRows()).toEqual([]);
});

test("T18: the same request played again changes nothing, a new delivery of the same event does", async () => {
  const body = JSON.stringify([EVENT]);
  const headers = sign(body);
  expect((await post(body, headers)).status).toBe(204);
  expect(await listRows()).toEqual(["0-1 77"]);
  await getDatabase().wakeUp.deleteMany();
  expect((await post(body, headers)).status).toBe(204);
  expect(await listRows()).toEqual([]);
  expect((await post(body, sign(body, Date.now() + 1))).status).toBe(204);
  expect(await listRows()).toEqual(["0-1 77"]);
});

test("T18: two copies that arrive at once are taken once", async () => {
  const body = JSON.stringify([{ ...EVENT, objectId: 78 }]);
  const headers = sign(body);
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(body, headers)));
  expect(answers.map((one) => one.status)).toEqual([204, 204, 204, 204, 204]);
  expect(await getDatabase().wakeUp.findMany()).toMatchObject([{ remoteId: "78", version: 1n }]);
});

test("T18: events of another portal change nothing", async () => {
  const body = JSON.stringify([{ ...EVENT, portalId: 1 }]);
  expect((await post(body, sign(body))).status).toBe(204);
  expect(await listRows()).toEqual([]);
});

test.each(["", "{}", "[{}]", "null", "not json", '[{"portalId":"x","subscriptionType":1}]'])(
  "T18: a signed body that is no list of events is refused: %s",
  async (body) => {
    expect((await post(body, sign(body))).status).toBe(400);
    expect(await listRows()).toEqual([]);
  },
);

test("T18: 10 MB are refused unread, with or without a length", async () => {
  const chunk = Buffer.alloc(65_536, " ");
  let sent = 0;
  const endless = new ReadableStream({
    async pull(controller) {
      // 10 MB, slow enough that a reader who stops early is seen to
      if (sent >= 10_485_760) return controller.close();
      sent += chunk.length;
      controller.enqueue(chunk);
      await new Promise((resolve) => setTimeout(resolve, 1));
    },
  });
  const init = { method: "POST", body: endless, duplex: "half", headers: sign("") } as RequestInit;
  const status = await fetch(address, init).then(
    (response) => response.status,
    () => "cut off",
  );
  expect([413, "cut off"]).toContain(status);
  expect(sent).toBeLessThan(8_000_000);
  const long = "x".repeat(10_485_760);
  expect(await post(long, sign(long)).then((one) => one.status)).toBe(413);
  expect(await listRows()).toEqual([]);
});

test("T18: a hundred events are noted within milliseconds", async () => {
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const body = JSON.stringify(Array.from({ length: 100 }, (_, n) => ({ ...EVENT, objectId: round * 100 + n + 1 })));
    const startedAt = performance.now();
    expect((await post(body, sign(body))).status).toBe(204);
    times.push(performance.now() - startedAt);
  }
  expect(await getDatabase().wakeUp.count()).toBe(2_000);
  // HubSpot gives 5 s; the median is a few milliseconds, the bound leaves room for a busy machine.
  expect(times.toSorted((a, b) => a - b)[10]).toBeLessThan(250);
});
