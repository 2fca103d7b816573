import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startSalesforceSandbox } from "../../../sandbox/salesforce/server";
import { type Bench, openBench } from "../testing/open-bench";
import { createCall } from "./call";
import type { ChangeNotice } from "./change-notice";
import { type ListenEnd, listenForChanges } from "./listen-changes";

const TOKEN = "00D000000000001AAA!sandbox";
const API = "/services/data/v67.0";
let bench: Bench;
let stop: AbortController;
let renewals = 0;
let ended: Promise<ListenEnd>;

beforeAll(async () => {
  bench = await openBench(await startSalesforceSandbox({ contacts: 0 }), TOKEN);
});
afterEach(async () => {
  stop.abort();
  await ended.catch(() => {});
});
afterAll(async () => {
  await bench.sandbox.stop();
});

type Heard = { notices: ChangeNotice[]; missed: string[]; listening: string[][] };

/** Begins to listen; answers what is heard, once every channel is open. */
async function listen(positions: [string, number][] = [], fail = false): Promise<Heard> {
  const heard: Heard = { notices: [], missed: [], listening: [] };
  stop = new AbortController();
  ended = listenForChanges({
    tokens: {
      current: bench.tokens.current,
      async renew(refused) {
        renewals += 1;
        await bench.act("restoreSession");
        return bench.tokens.renew(refused);
      },
    },
    positions: new Map(positions),
    async onNotices(notices) {
      if (fail) throw new Error("the database is gone");
      heard.notices.push(...notices);
    },
    onMissed: async (channel) => void heard.missed.push(channel),
    onListening: async (refused) => void heard.listening.push(refused),
    stop: stop.signal,
  });
  ended.catch(() => {});
  await vi.waitFor(() => expect(heard.listening).toHaveLength(1), { timeout: 5_000 });
  return heard;
}

const hear = (heard: Heard, count: number) =>
  vi.waitFor(() => expect(heard.notices.length).toBeGreaterThanOrEqual(count), { timeout: 8_000 });

const makeLead = async (name: string): Promise<string> =>
  (await bench.act<{ id: string }>("createRecord", { object: "Lead", fields: { LastName: name, Company: "Acme" } })).id;

const editLead = (id: string, fields: Record<string, unknown>) =>
  bench.act("updateRecord", { object: "Lead", id, fields });

test("T18: what is created, changed and deleted in Salesforce is heard, with the fields that changed", async () => {
  const heard = await listen();
  const id = await makeLead("Kudo");
  await editLead(id, { FirstName: "Ai", City: "Osaka", Phone: null });
  await bench.act("deleteRecord", { object: "Lead", id });
  await hear(heard, 3);
  expect(heard.notices).toMatchObject([
    { channel: "/data/LeadChangeEvent", entity: "Lead", kind: "change", ids: [id], fields: [], isOwn: false },
    { ids: [id], fields: expect.arrayContaining(["FirstName", "City"]) },
    { ids: [id], kind: "change", fields: [] },
  ]);
  const replayIds = heard.notices.map((notice) => notice.replayId);
  expect(replayIds).toEqual(replayIds.toSorted((a, b) => a - b));
});

test("T18: several types are heard at once, and each channel goes on from its own position", async () => {
  const first = await listen();
  const lead = await makeLead("Mori");
  const account = await bench.act<{ id: string }>("createRecord", { object: "Account", fields: { Name: "Acme" } });
  await hear(first, 2);
  stop.abort();
  await ended;
  await editLead(lead, { Company: "Beta" });
  await bench.act("updateRecord", { object: "Account", id: account.id, fields: { Name: "Beta" } });
  const second = await listen(first.notices.map((n) => [n.channel, n.replayId]));
  await hear(second, 2);
  expect(second.notices.map((n) => `${n.entity} ${n.fields.includes("LastName")}`).toSorted()).toEqual([
    "Account false",
    "Lead false",
  ]);
  expect(second.notices.map((n) => n.ids[0]).toSorted()).toEqual([account.id, lead].toSorted());
  expect(second.missed).toEqual([]);
});

test("T18: our own writes are told apart from everybody else's", async () => {
  const heard = await listen();
  const body = { LastName: "Own", Company: "Acme" };
  const request = { method: "POST" as const, path: `${API}/sobjects/Lead`, isWrite: true };
  const { z } = await import("zod");
  await createCall({ tokens: bench.tokens, gate: bench.gate })({ ...request, body, reply: z.unknown() });
  await createCall({ tokens: bench.tokens, gate: bench.gate, clientName: "kakehashi-two" })({
    ...request,
    body,
    reply: z.unknown(),
  });
  await hear(heard, 2);
  expect(heard.notices.map((notice) => notice.isOwn)).toEqual([true, false]);
});

test("T18: gap events name the record, an overflow stands for any", async () => {
  const heard = await listen();
  const id = await makeLead("Gap");
  await bench.act("sendGapEvent", { object: "Lead", ids: [id], change: "UPDATE" });
  await bench.act("sendOverflowEvent", { object: "Lead" });
  await hear(heard, 3);
  expect(heard.notices.slice(1)).toMatchObject([
    { kind: "gap", ids: [id], fields: [] },
    { kind: "overflow", ids: [] },
  ]);
});

test("T18: a position that is too old is told, and listening goes on with what is new", async () => {
  const heard = await listen([
    ["/data/LeadChangeEvent", 1],
    ["/data/ContactChangeEvent", 999_999_999],
  ]);
  expect(heard.missed).toEqual(expect.arrayContaining(["/data/ContactChangeEvent", "/data/LeadChangeEvent"]));
  const id = await makeLead("After");
  await hear(heard, 1);
  expect(heard.notices).toMatchObject([{ ids: [id] }]);
});

test("T18: a client that Salesforce forgot begins anew; a channel that had no event yet may have missed some", async () => {
  const heard = await listen();
  await bench.act("setPollHold", { ms: 300 });
  const id = await makeLead("Before");
  await hear(heard, 1);
  await bench.act("dropStreamingClients");
  await editLead(id, { Company: "Beta" });
  await hear(heard, 2);
  expect(heard.notices.map((n) => n.ids[0])).toEqual([id, id]);
  await vi.waitFor(() => expect(heard.missed).toHaveLength(4));
  expect(heard.missed).not.toContain("/data/LeadChangeEvent");
});

test("T18: a lost session is renewed and goes on where it was", async () => {
  const heard = await listen();
  const id = await makeLead("Before");
  await hear(heard, 1);
  await bench.act("setPollHold", { ms: 300 });
  await bench.act("expireSession");
  await editLead(id, { Company: "Beta" });
  await hear(heard, 2);
  expect(heard.notices.map((n) => n.ids[0])).toEqual([id, id]);
  expect(renewals).toBe(1);
});

test("T18: when the day's events are used up it ends and says so", async () => {
  const heard = await listen();
  await bench.setLimits({ enforce: true });
  await bench.act("setDeliveryLimit", { max: 1, used: 1 });
  await makeLead("Too many");
  expect(await ended).toMatchObject({ reason: "limit_reached", detail: expect.stringContaining("daily limit") });
  expect(heard.notices).toEqual([]);
  await bench.setLimits({ enforce: false });
});

test("T18: what could not be kept ends the listening, to be heard again from the kept position", async () => {
  await listen([], true);
  await makeLead("Not kept");
  await expect(ended).rejects.toThrow("the database is gone");
});

test("T18: when it is stopped nothing is asked of Salesforce any more", async () => {
  await listen();
  stop.abort();
  expect(await ended).toMatchObject({ reason: "stopped" });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await bench.forgetCalls();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(await bench.listCalls()).toEqual([]);
});
