import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { Sandbox } from "../shared/serve";
import { TOKEN } from "./contract-setup";
import { OAUTH_APP_ID } from "./ids";
import { startHubSpotSandbox } from "./server";

type Reply = {
  id: string;
  results: unknown[];
  lists: { name: string; size: number }[];
  events: unknown[];
  targetUrl: string;
};

const call = async (sandbox: Sandbox, method: string, path: string, body?: unknown) => {
  const response = await fetch(sandbox.url + path, {
    method,
    headers: { Authorization: `Bearer ${TOKEN}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return (text === "" ? {} : JSON.parse(text)) as Reply;
};

it("webhooks that were not answered before a restart are delivered after it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hubspot-webhooks-"));
  const snapshotFile = join(folder, "state.jsonl.gz");
  const arrived: string[] = [];
  let isAnswering = false;
  const receiver = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (!isAnswering) return;
    for (const { propertyValue } of JSON.parse(body) as { propertyValue: string }[]) arrived.push(propertyValue);
    response.end();
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const targetUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const app = `/webhooks/v3/${OAUTH_APP_ID}`;
  const first = await startHubSpotSandbox({ contacts: 3, snapshotFile });
  const rename = (city: string) =>
    call(first, "POST", "/__sandbox/act", { action: "updateContact", id: "20000000001", properties: { city } });
  const habits = (fields: object) => call(first, "POST", "/__sandbox/act", { action: "setWebhookDelivery", ...fields });
  const subscription = { eventType: "contact.propertyChange", propertyName: "city", active: true };
  await call(first, "PUT", `${app}/settings?hapikey=sandbox-developer-key`, { targetUrl });
  await call(first, "POST", `${app}/subscriptions?hapikey=sandbox-developer-key`, subscription);
  await habits({ batchWindowMs: 0 });
  // The first event is on its way and not answered when the server stops, the second still waits to be collected.
  await rename("Sent");
  const listed = () => call(first, "POST", "/__sandbox/act", { action: "listWebhookDeliveries" });
  await vi.waitFor(async () => expect(await listed()).toMatchObject({ result: { waiting: 0 } }));
  await habits({ batchWindowMs: 60_000 });
  await rename("Waiting");
  await first.stop();
  isAnswering = true;

  const second = await startHubSpotSandbox({ snapshotFile });
  await vi.waitFor(() => expect(arrived.sort()).toEqual(["Sent", "Waiting"]), { timeout: 4000 });
  await second.stop();
  receiver.closeAllConnections();
  receiver.close();
  await rm(folder, { recursive: true });
});

it("everything that the portal holds is there again after a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hubspot-restart-"));
  const snapshotFile = join(folder, "state.json");
  const first = await startHubSpotSandbox({ contacts: 20, snapshotFile });
  const act = (action: string, fields: object) => call(first, "POST", "/__sandbox/act", { action, ...fields });
  const contact = "20000000002";
  const hook = `/webhooks/v3/${OAUTH_APP_ID}/settings?hapikey=sandbox-developer-key`;
  const properties = [{ name: "vin", label: "VIN" }];
  await call(first, "POST", "/crm-object-schemas/v3/schemas", { name: "car", labels: {}, properties });
  await call(first, "POST", "/crm/v3/objects/car", { properties: { vin: "V1" } });
  await call(first, "PUT", hook, { targetUrl: "http://127.0.0.1:9/hook" });
  await call(first, "POST", "/crm/v3/pipelines/deals", {
    label: "Partners",
    stages: [{ label: "Open", metadata: { probability: "0.5" } }],
  });
  const listen = { subscriptionType: "OBJECT", portalId: 48201337, objectTypeId: "0-1", actions: [] };
  await call(first, "POST", "/webhooks-journal/subscriptions/2026-03", listen);
  await act("updateContact", { id: contact, properties: { email: "kept@example.com" } });
  await act("logCall", { id: contact });
  await act("submitForm", { email: "kept@example.com", formName: "Kept form" });
  await act("sendMarketingEmail", { id: contact });
  const lists = await call(first, "GET", "/crm/v3/lists");
  await first.stop();

  const second = await startHubSpotSandbox({ snapshotFile });
  const count = async (path: string) => (await call(second, "GET", path)).results.length;
  expect(await count("/crm/v3/objects/car")).toBe(1);
  expect(await count(`/crm/v4/objects/contacts/${contact}/associations/calls`)).toBe(1);
  expect(await count("/crm/v3/pipelines/deals")).toBe(3);
  expect(await count("/marketing/v3/forms")).toBe(4);
  expect(await count("/webhooks-journal/subscriptions/2026-03")).toBe(1);
  expect(await count("/webhooks-journal/journal/2026-03/batch/earliest/10")).toBe(1);
  expect((await call(second, "GET", "/email/public/v1/events")).events).toHaveLength(3);
  expect((await call(second, "GET", hook)).targetUrl).toBe("http://127.0.0.1:9/hook");
  const sizes = (reply: Reply) => reply.lists.map(({ name, size }) => `${name} ${size}`);
  expect(sizes(await call(second, "GET", "/crm/v3/lists"))).toEqual(sizes(lists));
  await second.stop();
  await rm(folder, { recursive: true });
});
