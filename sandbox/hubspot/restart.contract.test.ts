import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
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
