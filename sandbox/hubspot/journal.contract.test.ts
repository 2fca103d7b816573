import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./contract-setup";

type Journal = { offset: string; journalEvents: Record<string, unknown>[]; publishedAt: string };
type Pointer = { url: string; currentOffset: string; expiresAt: string };

let bench: Bench;
let token: string;
beforeAll(async () => {
  bench = await openBench();
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: "sandbox-client",
    client_secret: "sandbox-secret",
    scope: [
      "developer.webhooks_journal.read",
      "developer.webhooks_journal.subscriptions.read",
      "developer.webhooks_journal.subscriptions.write",
      "developer.webhooks_journal.snapshots.write",
    ].join(" "),
  });
  const reply = await fetch(`${bench.sandbox.url}/oauth/v1/token`, { method: "POST", body: form });
  token = ((await reply.json()) as { access_token: string }).access_token;
});
afterAll(() => bench.sandbox.stop());

const call = async <T>(method: string, path: string, body?: unknown) => {
  const response = await fetch(`${bench.sandbox.url}/webhooks-journal/${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as T };
};
const download = async (url: string) => (await (await fetch(url)).json()) as Journal;
const subscribe = (subscription: object) =>
  call<{ id: number }>("POST", "subscriptions/2026-03", { portalId: 48201337, ...subscription });

describe("the webhooks journal", () => {
  it("has nothing before an app subscribes, and answers 204 then", async () => {
    expect((await call("GET", "journal/2026-03/earliest")).status).toBe(204);
    expect((await subscribe({ subscriptionType: "OBJECT", actions: ["EXPLODE"] })).status).toBe(400);
    const actions = ["CREATE", "UPDATE", "DELETE"];
    expect(
      (await subscribe({ subscriptionType: "OBJECT", objectTypeId: "0-1", properties: ["phone"], actions })).status,
    ).toBe(200);
    await subscribe({
      subscriptionType: "LIST_MEMBERSHIP",
      listIds: [],
      actions: ["ADDED_TO_LIST", "REMOVED_FROM_LIST"],
    });
    await subscribe({ subscriptionType: "GDPR_PRIVACY_DELETION", objectTypeId: "0-1", actions: ["GDPR_DELETE"] });
    const { body } = await call<{ results: unknown[] }>("GET", "subscriptions/2026-03");
    expect(body.results).toHaveLength(3);
  });

  it("holds in order what was subscribed to, list membership too, behind a signed address", async () => {
    const { id } = await bench.act("createContact", { properties: { email: "j@journal.example" } });
    await bench.act("updateContact", { id, properties: { firstname: "not asked for" } });
    await bench.act("updateContact", { id, properties: { phone: "1" } });
    await bench.act("addToList", { listName: "Trade fair Tokyo", recordId: id });
    await bench.act("removeFromList", { listName: "Trade fair Tokyo", recordId: id });
    await bench.act("gdprDelete", { id });
    const { body } = await call<Pointer>("GET", "journal/2026-03/earliest");
    const file = await download(body.url);
    expect(file.journalEvents.map((one) => one.action)).toEqual([
      "CREATE",
      "UPDATE",
      "ADDED_TO_LIST",
      "REMOVED_FROM_LIST",
      "DELETE",
      "GDPR_DELETE",
    ]);
    expect(file.journalEvents[2]).toMatchObject({
      type: "LIST_MEMBERSHIP",
      objectTypeId: "0-1",
      objectId: Number(id),
      listId: "4",
    });
    expect((await fetch(`${body.url}x`)).status).toBe(403);
  });

  it("holds for a filtered subscription only the records that meet its conditions", async () => {
    const at = (await call<Pointer>("GET", "journal/2026-03/latest")).body.currentOffset;
    const { body: deals } = await subscribe({
      subscriptionType: "OBJECT",
      objectTypeId: "0-3",
      objectIds: [],
      properties: [],
      actions: ["CREATE"],
    });
    const condition = { filterType: "CRM_OBJECT_PROPERTY", property: "amount", operator: "GTE", value: "1000" };
    const filter = {
      conditions: [condition, { ...condition, property: "dealname", operator: "STARTS_WITH", value: "Big" }],
    };
    const add = (subscriptionId: number, conditions: object[]) =>
      call<{ filterId: number }>("POST", "subscriptions/2026-03/filters", { subscriptionId, filter: { conditions } });
    const { filterId } = (await add(deals.id, filter.conditions)).body;
    expect((await add(1, filter.conditions)).status).toBe(404);
    expect((await add(deals.id, [{ ...condition, operator: "IN" }])).status).toBe(400);
    expect((await call("GET", `subscriptions/2026-03/filters/${filterId}`)).body).toMatchObject({
      id: filterId,
      filter,
    });
    expect((await call<unknown[]>("GET", `subscriptions/2026-03/filters/subscription/${deals.id}`)).body).toHaveLength(
      1,
    );
    const deal = (dealname: string, amount: string) =>
      bench.call("POST", "/crm/v3/objects/deals", { properties: { dealname, amount } });
    await deal("Big one", "999");
    await deal("Small one", "5000");
    await deal("Big deal", "5000");
    const next = await call<Pointer>("GET", `journal/2026-03/offset/${at}/next`);
    const { journalEvents } = await download(next.body.url);
    expect(journalEvents).toMatchObject([{ action: "CREATE", propertyChanges: { dealname: "Big deal" } }]);
    expect((await call("DELETE", `subscriptions/2026-03/filters/${filterId}`)).status).toBe(204);
    expect((await call("GET", `subscriptions/2026-03/filters/${filterId}`)).status).toBe(404);
    await call("DELETE", `subscriptions/2026-03/${deals.id}`);
  });

  it("takes a snapshot of a record on request, and tells how far it is", async () => {
    const id = await bench.act("createContact", { properties: { email: "snap@journal.example" } });
    const at = (await call<Pointer>("GET", "journal/2026-03/latest")).body.currentOffset;
    const request = { portalId: 48201337, objectTypeId: "0-1", properties: ["email", "phone"] };
    const { body } = await call<{ snapshotResponses: { objectId: number; snapshotStatusId: string }[] }>(
      "POST",
      "snapshots/2026-03/crm",
      {
        snapshotRequests: [
          { ...request, objectId: Number(id.id) },
          { ...request, objectId: 1 },
        ],
      },
    );
    const [taken, failed] = body.snapshotResponses;
    expect(taken).toMatchObject({ objectId: Number(id.id) });
    const status = async (one: typeof taken) =>
      (await call<{ status: string }>("GET", `journal/2026-03/status/${one?.snapshotStatusId}`)).body;
    expect(await status(taken)).toMatchObject({ status: "IN_PROGRESS" });
    await bench.door("PUT", "clock", { offsetMs: 2000 });
    expect(await status(taken)).toMatchObject({ status: "SUCCESS" });
    expect(await status(failed)).toMatchObject({ status: "FAILED", errorCode: "VALIDATION_ERROR" });
    const next = await call<Pointer>("GET", `journal/2026-03/offset/${at}/next`);
    expect((await download(next.body.url)).journalEvents).toMatchObject([
      { action: "SNAPSHOT", propertyChanges: { email: "snap@journal.example", phone: null } },
    ]);
    await bench.door("PUT", "clock", { offsetMs: 0 });
  });

  it("is read onward from an offset, singly or in batches, and forgets after three days", async () => {
    const { body: first } = await call<Pointer>("GET", "journal-local/2026-03/latest");
    expect((await call("GET", `journal/2026-03/offset/${first.currentOffset}/next`)).status).toBe(204);
    await bench.act("createContact", { properties: { email: "k@journal.example" } });
    const next = await call<Pointer>("GET", `journal/2026-03/offset/${first.currentOffset}/next`);
    expect((await download(next.body.url)).journalEvents).toMatchObject([{ action: "CREATE" }]);
    const batch = await call<{ results: Pointer[] }>("GET", "journal/2026-03/batch/earliest/10");
    const offsets = batch.body.results.map((one) => one.currentOffset);
    expect(offsets.slice(-2)).toEqual([first.currentOffset, next.body.currentOffset]);
    const inputs = [first.currentOffset, "nothing"];
    const read = await call<{ numErrors: number }>("POST", "journal/2026-03/batch/read", { inputs });
    expect(read).toMatchObject({ status: 207, body: { numErrors: 1 } });
    await bench.door("PUT", "clock", { offsetMs: 3.1 * 86_400_000 });
    token = "pat-na1-sandbox";
    expect((await call("GET", `journal/2026-03/offset/${first.currentOffset}/next`)).status).toBe(404);
  });
});
