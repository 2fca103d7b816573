import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { readBudget } from "@/lib/store/call-budget";
import { getDatabase } from "@/lib/store/client";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { type EventWork, startEventWork } from "@/scripts/event-work";
import { hearSalesforce } from "./hear-salesforce";
import { editContact, editRecord, findRow, makeContact, makeRecord, readContact, settle } from "./testing/pairs";
import { receiveWebhooks } from "./testing/webhooks";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let stopWebhooks: () => Promise<void>;
let work: EventWork | undefined;
let asked = 0;

beforeAll(async () => {
  world = await startSyncWorld({ settings: { salesforceEvents: true } });
  stopWebhooks = await receiveWebhooks(world, ["phone", "lastname", "hs_language"]);
});
afterAll(async () => {
  await stopWebhooks();
  await world.stop();
});
beforeEach(async () => {
  await settle(world);
  asked = 0;
  work = await startWork();
  await world.clearCalls();
});
afterEach(async () => {
  await work?.stop();
  work = undefined;
});

/** A worker's half that listens; resolves when Salesforce's events are heard. */
async function startWork(): Promise<EventWork> {
  const started = startEventWork(world.databaseUrl, async () => {
    asked += 1;
  });
  await vi.waitFor(async () => expect(await countStreams()).toBeGreaterThan(0), { timeout: 10_000 });
  return started;
}

async function allow(calls: number | null): Promise<void> {
  const connection = await readConnection(world.connectionId);
  await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, { salesforceDailyCalls: calls });
}

/** Streaming clients that hold a poll now, by what the sandbox counts when it forgets them. */
async function countStreams(): Promise<number> {
  const listener = await getDatabase().eventListener.findFirst();
  return listener?.state === "listening" ? 1 : 0;
}

const within = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 8_000, interval: 50 });

const pathsCalled = async (side: "hubspot" | "salesforce"): Promise<string[]> => {
  const { calls } = (await world.door(side, "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
  return calls.map((call) => call.path);
};

/** Statuses of the HubSpot calls whose path ends so, oldest first. */
const readCalls = async (end: string): Promise<number[]> => {
  const { calls } = (await world.door("hubspot", "GET", "/__sandbox/calls")) as {
    calls: { path: string; status: number }[];
  };
  return calls.filter((call) => call.path.endsWith(end)).map((call) => call.status);
};

const leads = (email: string) => world.soql(`SELECT Id, Phone, LastName FROM Lead WHERE Email = '${email}'`);

test("T18: a webhook carries a HubSpot change to Salesforce within seconds, without a check", async () => {
  const id = await makeContact(world, { email: "ada@example.com", lastname: "Ada" });
  await within(async () => expect(await leads("ada@example.com")).toMatchObject([{ LastName: "Ada" }]));
  await editContact(world, id, { phone: "+81 3 1111" });
  await within(async () => expect(await leads("ada@example.com")).toMatchObject([{ Phone: "+81 3 1111" }]));
  expect((await pathsCalled("hubspot")).filter((path) => path.endsWith("/search"))).toEqual([]);
  // Salesforce holds the value a moment before our own books are closed.
  await within(async () =>
    expect((await findRow(id)).lastTriggers).toMatchObject([{ code: "T18", side: "hubspot", fields: ["phone"] }]),
  );
  expect(asked).toBe(0);
});

test("T18: a change event carries a Salesforce change to HubSpot within seconds, without a check", async () => {
  const id = await makeRecord(world, "Lead", { LastName: "Kay", Company: "Acme", Email: "kay@example.com" });
  const [contact] = await within(async () => {
    const found = await world.findContact("kay@example.com");
    expect(found).toHaveLength(1);
    return found;
  });
  await editRecord(world, "Lead", id, { Phone: "+81 3 2222" });
  await within(async () =>
    expect(await readContact(world, contact?.id ?? "", ["phone"])).toEqual({ phone: "+81 3 2222" }),
  );
  expect((await pathsCalled("hubspot")).filter((path) => path.endsWith("/search"))).toEqual([]);
});

test("T18, Q2: a mass edit is carried over in whole batches, not one by one", async () => {
  const inputs = Array.from({ length: 300 }, (_, n) => ({
    properties: { email: `mass${n}@example.com`, lastname: `Mass ${n}` },
  }));
  // As an import does: a few at a time, over more than a second.
  for (let start = 0; start < 300; start += 20) {
    await world.door("hubspot", "POST", "/crm/v3/objects/contacts/batch/create", {
      inputs: inputs.slice(start, start + 20),
    });
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
  const count = "SELECT COUNT(Id) number FROM Lead WHERE Email LIKE 'mass%'";
  await vi.waitFor(async () => expect(await world.soql(count)).toMatchObject([{ number: 300 }]), {
    timeout: 30_000,
    interval: 250,
  });
  const composites = (await pathsCalled("salesforce")).filter((path) => path.endsWith("/composite"));
  // Two calls for each of some five rounds; without gathering it was 24, one by one it would be hundreds.
  expect(composites.length).toBeLessThanOrEqual(12);
});

test("T18, Q1: when more than half of the calls are used, changes are gathered before they are carried over", async () => {
  const id = await makeContact(world, { email: "paced@example.com", lastname: "Paced" });
  await within(async () => expect(await leads("paced@example.com")).toHaveLength(1));
  await new Promise((resolve) => setTimeout(resolve, 3_500));
  const { used } = await readBudget(world.connectionId);
  await allow(Math.ceil(used / 0.6 / 0.9));
  const startedAt = Date.now();
  await editContact(world, id, { phone: "+81 3 3333" });
  await within(async () => expect(await leads("paced@example.com")).toMatchObject([{ Phone: "+81 3 3333" }]));
  expect(Date.now() - startedAt).toBeGreaterThan(2_000);
  await allow(null);
});

test("T18: a change of nothing that is synced wakes nobody", async () => {
  const id = await makeContact(world, { email: "quiet@example.com", lastname: "Quiet" });
  const [lead] = await within(async () => {
    const found = await leads("quiet@example.com");
    expect(found).toHaveLength(1);
    return found;
  });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const before = await findRow(id);
  await world.clearCalls();
  await editContact(world, id, { hs_language: "ja" });
  await editRecord(world, "Lead", String(lead?.Id), { Rating: "Hot" });
  await within(async () => expect(await getDatabase().wakeUp.count()).toBe(0));
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect((await findRow(id)).requestedVersion).toBe(before.requestedVersion);
  const calls = [...(await pathsCalled("hubspot")), ...(await pathsCalled("salesforce"))];
  expect(calls.filter((path) => !/cometd|__sandbox/.test(path) && /batch|composite|query/.test(path))).toEqual([]);
});

test("T18: names that may not be read are let go and hold nothing up; those of an outage wait for its end", async () => {
  const id = await makeContact(world, { email: "known@example.com", lastname: "Known" });
  await within(async () => expect(await leads("known@example.com")).toHaveLength(1));
  const body = { status: "error", category: "VALIDATION_ERROR", message: "no such thing", correlationId: "c" };
  const match = { method: "POST", path: "/batch/read", nth: 1 };
  await world.door("hubspot", "PUT", "/__sandbox/faults", [{ match, do: { status: 400, body } }]);
  await makeContact(world, { email: "refused@example.com", lastname: "Refused" });
  await within(async () => expect(await readCalls("batch/read")).toContain(400));
  await within(async () => expect(await getDatabase().wakeUp.count()).toBe(0));
  expect(await leads("refused@example.com")).toEqual([]);
  await editContact(world, id, { phone: "+81 3 4444" });
  await within(async () => expect(await leads("known@example.com")).toMatchObject([{ Phone: "+81 3 4444" }]));

  await world.door("hubspot", "PUT", "/__sandbox/faults", [{ match, do: { status: 503, body } }]);
  await makeContact(world, { email: "outage@example.com", lastname: "Outage" });
  await within(async () => expect(await readCalls("batch/read")).toContain(503));
  await makeContact(world, { email: "after@example.com", lastname: "After" });
  await within(async () => expect(await leads("outage@example.com")).toHaveLength(1));
  await world.door("hubspot", "PUT", "/__sandbox/faults", []);
});

test("T18: what happened in Salesforce while no worker ran is heard when one starts again", async () => {
  const id = await makeRecord(world, "Lead", { LastName: "Gone", Company: "Acme", Email: "gone@example.com" });
  await within(async () => expect(await world.findContact("gone@example.com")).toHaveLength(1));
  await work?.stop();
  await editRecord(world, "Lead", id, { LastName: "Back" });
  await getDatabase().eventListener.deleteMany();
  work = await startWork();
  await within(async () =>
    expect(await world.findContact("gone@example.com")).toMatchObject([{ properties: { lastname: "Back" } }]),
  );
});

test("T18: of two workers one listens, and the other takes over", async () => {
  const second = startEventWork(world.databaseUrl, async () => {});
  try {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await world.salesforceAct("dropStreamingClients", {})).toMatchObject({ result: { dropped: 1 } });
  } finally {
    await second.stop();
  }
});

test("T18: an overflow asks for a check at once", async () => {
  await getDatabase().connection.updateMany({ data: { nextCheckAt: new Date(Date.now() + 900_000) } });
  await world.salesforceAct("sendOverflowEvent", { object: "Lead" });
  await within(async () => expect(asked).toBeGreaterThan(0));
  const connection = await getDatabase().connection.findFirstOrThrow();
  expect(connection.nextCheckAt?.getTime()).toBeLessThanOrEqual(Date.now());
});

test("T18: a streaming service that refuses is asked again later and later, and from then on as before", async () => {
  await work?.stop();
  const refusal = [{ channel: "/meta/handshake", successful: false, error: "403::Handshake denied" }];
  const fault = { match: { path: "/cometd" }, do: { status: 200, body: refusal } };
  await world.door("salesforce", "PUT", "/__sandbox/faults", [fault]);
  const waits: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    await getDatabase()
      .$executeRaw`UPDATE event_listener SET updated_at = updated_at - interval '1 hour', retry_at = retry_at - interval '1 hour'`;
    await hearSalesforce(world.connectionId, new AbortController().signal);
    const listener = await getDatabase().eventListener.findFirstOrThrow();
    expect(listener).toMatchObject({ state: "unreachable", detail: "403::Handshake denied" });
    waits.push(Math.round(((listener.retryAt?.getTime() ?? 0) - listener.updatedAt.getTime()) / 1_000));
  }
  expect(waits).toEqual([10, 20, 40]);
  await world.door("salesforce", "PUT", "/__sandbox/faults", []);
  await getDatabase().$executeRaw`UPDATE event_listener SET retry_at = now() - interval '1 second'`;
  work = await startWork();
});

test("T18: when the day's events are used up nobody listens until tomorrow, and the reason is kept", async () => {
  await world.salesforceAct("setDeliveryLimit", { max: 0, used: 0 });
  await world.door("salesforce", "PUT", "/__sandbox/limits", { enforce: true });
  await makeRecord(world, "Lead", { LastName: "Late", Company: "Acme", Email: "late@example.com" });
  const listener = await within(async () => {
    const found = await getDatabase().eventListener.findFirstOrThrow();
    expect(found.state).toBe("limit_reached");
    return found;
  });
  expect(listener.detail).toContain("daily limit");
  expect(listener.retryAt?.toISOString()).toMatch(/T00:00:00/);
  expect(listener.retryAt?.getTime()).toBeGreaterThan(Date.now());
  await work?.stop();
  work = startEventWork(world.databaseUrl, async () => {});
  await world.clearCalls();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect((await pathsCalled("salesforce")).filter((path) => path.includes("cometd"))).toEqual([]);
});
