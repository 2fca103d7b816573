import { afterAll, beforeAll, describe, it } from "vitest";
import { type Bench, openBench } from "./contract-setup";
import { OAUTH_APP_ID, PORTAL_ID } from "./ids";
import { expectShape, type ReplyName } from "./reply-shapes";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(20);
  await bench.door("PUT", "limits", { enforce: false });
});
afterAll(() => bench.sandbox.stop());

type Answer = Record<string, unknown> & { id: string; objectTypeId: string };
/** A call whose answer has the documented shape; `bare` calls carry no token. */
const reply = async (name: ReplyName, method: string, path: string, body?: unknown, bare = false): Promise<Answer> => {
  const answer = await fetch(bench.sandbox.url + path, {
    method,
    headers: bare ? {} : { Authorization: "Bearer pat-na1-sandbox" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const parsed = (await answer.json()) as Answer;
  expectShape(name, parsed, `${method} ${path}`);
  return parsed;
};

describe("what a portal and an app tell of themselves has the documented shape in every generation", () => {
  it("owners, account, forms", async () => {
    for (const owners of ["/crm/v3/owners", "/crm/owners/2026-03", "/crm/owners/2026-09"]) {
      await reply("ownerPage", "GET", `${owners}?limit=2`);
      await reply("ownerPage", "GET", `${owners}?archived=true`);
      await reply("owner", "GET", `${owners}/71550001`);
    }
    await reply("callDispositions", "GET", "/calling/v1/dispositions");
    for (const account of ["/account-info/v3", "/account-info/2026-03", "/account-info/2026-09"]) {
      await reply("accountDetails", "GET", `${account}/details`);
      await reply("usagePage", "GET", `${account}/api-usage/daily/private-apps`);
    }
    for (const forms of ["/marketing/v3/forms", "/marketing/forms/2026-03", "/marketing/forms/2026-09"]) {
      const page = await reply("formPage", "GET", forms);
      const [first] = page.results as { id: string }[];
      await reply("form", "GET", `${forms}/${first?.id}`);
      await reply("form", "PATCH", `${forms}/${first?.id}`, { name: `Renamed under ${forms}` });
    }
  });

  it("custom object types", async () => {
    for (const [index, version] of ["v3", "2026-03", "2026-09"].entries()) {
      const schemas = `/crm-object-schemas/${version}/schemas`;
      const made = await reply("schema", "POST", schemas, {
        name: `machine_${index}`,
        labels: { singular: "Machine", plural: "Machines" },
        primaryDisplayProperty: "serial",
        requiredProperties: ["serial"],
        associatedObjects: ["CONTACT"],
        properties: [{ name: "serial", label: "Serial", type: "string", fieldType: "text" }],
      });
      const link = { fromObjectTypeId: made.objectTypeId, toObjectTypeId: "0-2", name: `machine_${index}_to_company` };
      await reply("schemaLink", "POST", `${schemas}/${made.objectTypeId}/associations`, link);
      await reply("schema", "GET", `${schemas}/${made.objectTypeId}`);
      await reply("schemaPage", "GET", schemas);
    }
  });

  it("webhook settings and subscriptions", async () => {
    const key = "?hapikey=sandbox-developer-key";
    for (const app of [`/webhooks/v3/${OAUTH_APP_ID}`, `/app-webhooks/2026-09/${OAUTH_APP_ID}`]) {
      const settings = { targetUrl: "http://127.0.0.1:9/hook", throttling: { maxConcurrentRequests: 10 } };
      await reply("webhookSettings", "PUT", `${app}/settings${key}`, settings, true);
      await reply("webhookSettings", "GET", `${app}/settings${key}`, undefined, true);
      const wish = { eventType: "contact.propertyChange", propertyName: "email", active: true };
      const all = `${app}/subscriptions`;
      const { id } = await reply("webhookSubscription", "POST", `${all}${key}`, wish, true);
      await reply("webhookSubscriptionPage", "GET", `${all}${key}`, undefined, true);
      await reply("webhookSubscription", "PATCH", `${all}/${id}${key}`, { active: false }, true);
      const inputs = [{ id: Number(id), active: true }];
      await reply("webhookSubscriptionBatch", "POST", `${all}/batch/update${key}`, { inputs }, true);
    }
  });

  it("the journal: subscriptions, filters, snapshots, entries", async () => {
    const journal = "/webhooks-journal/journal/2026-03";
    const all = "/webhooks-journal/subscriptions/2026-03";
    const wish = { portalId: PORTAL_ID, objectIds: [] };
    const listWish = { ...wish, subscriptionType: "LIST_MEMBERSHIP", listIds: [1], actions: ["ADDED_TO_LIST"] };
    await reply("journalSubscription", "POST", all, listWish);
    const objectWish = {
      ...wish,
      subscriptionType: "OBJECT",
      objectTypeId: "0-1",
      properties: [],
      actions: ["UPDATE"],
    };
    const { id } = await reply("journalSubscription", "POST", all, objectWish);
    await reply("journalSubscriptionPage", "GET", all);
    const filter = { conditions: [{ filterType: "CRM_OBJECT_PROPERTY", property: "email", operator: "IS_NOT_EMPTY" }] };
    const made = await reply("journalFilterId", "POST", `${all}/filters`, { subscriptionId: id, filter });
    await reply("journalFilter", "GET", `${all}/filters/${made.filterId}`);
    await reply("journalFilterList", "GET", `${all}/filters/subscription/${id}`);
    await bench.act("updateContact", { id: "20000000001", properties: { city: "Journal" } });
    const request = { portalId: PORTAL_ID, objectTypeId: "0-1", objectId: 20000000001, properties: ["email"] };
    const snapshots = "/webhooks-journal/snapshots/2026-03/crm";
    const taken = await reply("journalSnapshots", "POST", snapshots, { snapshotRequests: [request] });
    const [first] = taken.snapshotResponses as { snapshotStatusId: string }[];
    await reply("journalStatus", "GET", `${journal}/status/${first?.snapshotStatusId}`);
    const pointer = await reply("journalPointer", "GET", `${journal}/earliest`);
    await reply("journalBatch", "GET", `${journal}/batch/earliest/10`);
    const inputs = [String(pointer.currentOffset), "unknown"];
    await reply("journalBatch", "POST", `${journal}/batch/read`, { inputs });
    const file = new URL(String(pointer.url));
    await reply("journalFile", "GET", file.pathname + file.search, undefined, true);
  });
});
