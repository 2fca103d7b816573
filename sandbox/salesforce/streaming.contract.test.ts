import type { Connection } from "jsforce";
import { StreamingExtension } from "jsforce/lib/api/streaming";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { OrgProbe } from "./contract-setup";
import { FIXED_SESSION } from "./routes/context";
import { startSalesforceSandbox } from "./server";

type Event = {
  payload: {
    ChangeEventHeader: {
      changeType: string;
      changeOrigin: string;
      transactionKey: string;
      recordIds: string[];
      changedFields: string[];
      nulledFields: string[];
      sequenceNumber: number;
    };
    [field: string]: unknown;
  };
  event: { replayId: number };
};
type Message = { channel: string; successful?: boolean; error?: string; clientId?: string; data?: Event };

let sandbox: Sandbox;
let probe: OrgProbe;
let conn: Connection;
const open: { disconnect(): void }[] = [];

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 30 });
  probe = new OrgProbe(sandbox);
});
beforeEach(async () => {
  await probe.reset();
  conn = probe.connect({ client: "writer" });
});
afterEach(() => {
  for (const client of open.splice(0)) client.disconnect();
});
afterAll(() => sandbox.stop());

async function listen(channel: string, replayId: number): Promise<Event[]> {
  const seen: Event[] = [];
  const client = conn.streaming.createClient([new StreamingExtension.Replay(channel, replayId)]);
  open.push(client as unknown as { disconnect(): void });
  await client.subscribe(channel, (event: unknown) => void seen.push(event as Event));
  return seen;
}
async function post(messages: object[], token = FIXED_SESSION): Promise<Message[]> {
  const reply = await fetch(`${sandbox.url}/cometd/67.0`, {
    method: "POST",
    headers: { Authorization: `OAuth ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(messages),
  });
  expect(reply.status).toBe(200);
  return (await reply.json()) as Message[];
}
async function shakeHands(): Promise<string> {
  const [reply] = await post([
    { channel: "/meta/handshake", version: "1.0", supportedConnectionTypes: ["long-polling"] },
  ]);
  return String(reply?.clientId);
}
const subscribe = (clientId: string, channel: string, replay?: number) => ({
  channel: "/meta/subscribe",
  clientId,
  subscription: channel,
  ...(replay === undefined ? {} : { ext: { replay: { [channel]: replay } } }),
});
const connect = (clientId: string) => ({ channel: "/meta/connect", clientId, connectionType: "long-polling" });
const read = (messages: Message[]) => messages.flatMap((message) => message.data ?? []);

describe("change events with the unmodified client", () => {
  it("arrive while it listens, with header, origin of the writer, and the changed fields only", async () => {
    const seen = await listen("/data/LeadChangeEvent", -1);
    const { id } = await conn.sobject("Lead").create({ LastName: "Ito", Company: "Acme", City: "Osaka", Title: "CEO" });
    await conn.sobject("Lead").update({ Id: String(id), FirstName: "Jiro", City: "Kobe", Title: null });
    await conn.sobject("Lead").delete(String(id));
    await expect.poll(() => seen.length, { timeout: 5000 }).toBe(3);
    const [created, updated, deleted] = seen.map((event) => event.payload);
    expect(created).toMatchObject({ Name: { LastName: "Ito" }, Company: "Acme", Address: { City: "Osaka" } });
    expect(created?.CreatedDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(created?.ChangeEventHeader).toMatchObject({
      entityName: "Lead",
      changeType: "CREATE",
      recordIds: [id],
      changeOrigin: "com/salesforce/api/rest/67.0;client=writer",
    });
    expect(updated).toMatchObject({ Name: { FirstName: "Jiro" }, Address: { City: "Kobe" }, Title: null });
    expect(updated).not.toHaveProperty("Company");
    expect(updated?.ChangeEventHeader.changedFields).toEqual(
      expect.arrayContaining(["Name.FirstName", "Address.City", "Title"]),
    );
    expect(updated?.ChangeEventHeader.nulledFields).toEqual(["Title"]);
    expect(Object.keys(deleted ?? {})).toEqual(["ChangeEventHeader"]);
    expect(deleted?.ChangeEventHeader.changeType).toBe("DELETE");
  });

  it("are replayed after an id, or all that are retained, and are gone after 72 hours", async () => {
    for (const LastName of ["A", "B", "C"]) await conn.sobject("Contact").create({ LastName });
    const all = await listen("/data/ContactChangeEvent", -2);
    await expect.poll(() => all.length, { timeout: 5000 }).toBe(3);
    const ids = all.map((event) => event.event.replayId);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    const later = await listen("/data/ContactChangeEvent", ids[0] ?? 0);
    await expect.poll(() => later.length, { timeout: 5000 }).toBe(2);
    await probe.moveClock(73 * 3_600_000);
    await expect(listen("/data/ContactChangeEvent", ids[0] ?? 0)).rejects.toMatchObject({
      message: expect.stringContaining("you provided was invalid"),
    });
    expect((await listen("/data/ContactChangeEvent", -2)).length).toBe(0);
  });
});

describe("the wire of CometD", () => {
  it("takes connect and subscribe in one array and holds a poll until something happens", async () => {
    const clientId = await shakeHands();
    const [, subscribed] = await post([connect(clientId), subscribe(clientId, "/data/ChangeEvents", -1)]);
    expect(subscribed).toMatchObject({
      channel: "/meta/subscribe",
      successful: true,
      subscription: "/data/ChangeEvents",
    });
    const started = performance.now();
    const held = post([connect(clientId)]);
    await new Promise((resolve) => setTimeout(resolve, 150));
    await conn.sobject("Account").create({ Name: "Acme" });
    const messages = await held;
    expect(performance.now() - started).toBeGreaterThan(140);
    expect(read(messages)).toMatchObject([{ payload: { Name: "Acme" } }]);
    expect(messages.at(-1)).toMatchObject({ channel: "/meta/connect", successful: true });
  });

  it("forgets a client after 40 s without a poll, refuses bad tokens, unknown channels and replay ids", async () => {
    const clientId = await shakeHands();
    expect(await post([subscribe(clientId, "/data/NopeChangeEvent")])).toMatchObject([
      { error: "404::Unknown channel" },
    ]);
    const [bad] = await post([subscribe(clientId, "/data/LeadChangeEvent", 999_999_999)]);
    expect(bad?.error).toMatch(/^400::The replayId \{999999999\} you provided was invalid/);
    await probe.moveClock(41_000);
    expect(await post([connect(clientId)])).toMatchObject([
      { error: "403::Unknown client", advice: { reconnect: "handshake" } },
    ]);
    expect(await post([{ channel: "/meta/handshake" }], "dead")).toMatchObject([
      { successful: false, error: "403::Handshake denied", advice: { reconnect: "none" } },
    ]);
    const fresh = await shakeHands();
    await probe.act("expireSession");
    expect(await post([connect(fresh)])).toMatchObject([{ error: "401::Authentication invalid" }]);
    await probe.act("restoreSession");
  });

  it("sends gaps and overflows without values, only selected entities, and stops at the daily limit", async () => {
    await expect(
      probe.act("selectEntities", { objects: ["Lead", "Contact", "Account", "Opportunity", "Task", "Event"] }),
    ).rejects.toThrow("only 5 entities");
    await probe.act("selectEntities", { objects: ["Lead", "Task"] });
    const clientId = await shakeHands();
    await post([connect(clientId), subscribe(clientId, "/data/ChangeEvents", -1)]);
    await conn.sobject("Contact").create({ LastName: "Unseen" });
    await conn.sobject("Task").create({ Subject: "Call" });
    await probe.act("sendGapEvent", { object: "Lead", ids: ["00QKh0000000001AAA"], change: "UPDATE" });
    await probe.act("sendOverflowEvent", { object: "Lead" });
    const headers = read(await post([connect(clientId)])).map((event) => event.payload.ChangeEventHeader);
    expect(headers.map((header) => header.changeType)).toEqual(["CREATE", "GAP_UPDATE", "GAP_OVERFLOW"]);
    expect(headers[2]?.recordIds).toEqual(["00Q*"]);
    await probe.act("setDeliveryLimit", { max: 3 });
    await conn.sobject("Task").create({ Subject: "Too much" });
    expect(await post([connect(clientId)])).toMatchObject([
      { error: "403::Organization total events daily limit exceeded", successful: false },
    ]);
  });

  it("tells one transaction by one key, and nothing of what was rolled back", async () => {
    const clientId = await shakeHands();
    await post([connect(clientId), subscribe(clientId, "/data/ChangeEvents", -1)]);
    await conn
      .sobject("Lead")
      .create([{ LastName: "A", Company: "A" }, { LastName: "B" }] as never, { allOrNone: true });
    const { id } = await conn.sobject("Lead").create({ LastName: "C", Company: "C" });
    await probe.act("convertLead", { leadId: id });
    const events = read(await post([connect(clientId)])).map((event) => event.payload.ChangeEventHeader);
    expect(events.map((header) => `${header.changeType} ${header.recordIds[0]?.slice(0, 3)}`)).toEqual([
      "CREATE 00Q",
      "CREATE 001",
      "CREATE 003",
      "UPDATE 00Q",
    ]);
    expect(new Set(events.slice(1).map((header) => header.transactionKey)).size).toBe(1);
    expect(events.slice(1).map((header) => header.sequenceNumber)).toEqual([1, 2, 3]);
  });
});
