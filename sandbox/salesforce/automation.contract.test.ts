import type { Connection } from "jsforce";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { OrgProbe } from "./contract-setup";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
let probe: OrgProbe;
let conn: Connection;

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 20 });
  probe = new OrgProbe(sandbox);
});
beforeEach(async () => {
  await probe.reset();
  conn = probe.connect();
});
afterAll(() => sandbox.stop());

async function create(object: string, fields: object, headers: Record<string, string> = {}): Promise<string> {
  return String((await conn.sobject(object).create(fields, { headers })).id);
}

describe("what the organisation does by itself", () => {
  it("changes fields by a flow while they are written, by value or formula, only when its condition holds", async () => {
    await probe.act("addFlow", {
      object: "Lead",
      name: "Hot leads",
      when: 'Rating = "Hot"',
      set: { Description: '="Hot: " & LastName', DoNotCall: true },
    });
    const hot = await create("Lead", { LastName: "Ito", Company: "A", Rating: "Hot", Description: "mine" });
    expect(await conn.sobject("Lead").retrieve(hot)).toMatchObject({ Description: "Hot: Ito", DoNotCall: true });
    const cold = await create("Lead", { LastName: "Abe", Company: "A", Description: "mine" });
    expect(await conn.sobject("Lead").retrieve(cold)).toMatchObject({ Description: "mine", DoNotCall: false });
    await expect(probe.act("addFlow", { object: "Lead", set: { Nope: 1 } })).rejects.toThrow('no field "Nope"');
    await probe.act("removeFlow", { object: "Lead" });
    await conn.sobject("Lead").update({ Id: hot, Description: "again" });
    expect(await conn.sobject("Lead").retrieve(hot)).toMatchObject({ Description: "again" });
  });

  it("assigns new leads to a queue unless the client says Sforce-Auto-Assign: FALSE", async () => {
    const { id: queue } = await probe.act("addQueue", { name: "Hot queue" });
    await probe.act("addAssignmentRule", { object: "Lead", ownerId: queue, when: 'LeadSource = "Web"' });
    const web = await create("Lead", { LastName: "A", Company: "A", LeadSource: "Web" });
    expect((await conn.sobject("Lead").retrieve(web)).OwnerId).toBe(queue);
    const own = await create(
      "Lead",
      { LastName: "B", Company: "A", LeadSource: "Web" },
      { "Sforce-Auto-Assign": "FALSE" },
    );
    expect((await conn.sobject("Lead").retrieve(own)).OwnerId).toMatch(/^005/);
    const other = await create("Lead", { LastName: "C", Company: "A", LeadSource: "Other" });
    expect((await conn.sobject("Lead").retrieve(other)).OwnerId).toMatch(/^005/);
    const queues = await conn.query(
      "SELECT Queue.Name FROM QueueSobject WHERE SobjectType = 'Lead' ORDER BY Queue.Name",
    );
    expect(queues.records).toMatchObject([{ Queue: { Name: "Hot queue" } }, { Queue: { Name: "Lead queue" } }]);
  });

  it("keeps roll-ups of parents and moves only their SystemModstamp", async () => {
    const { name } = await probe.act("addRollUp", {
      parent: "Account",
      name: "Deals",
      child: "Opportunity",
      lookup: "AccountId",
      field: "Amount",
    });
    const account = await create("Account", { Name: "A" });
    const before = await conn.sobject("Account").retrieve(account);
    await probe.moveClock(5000);
    const fields = { Name: "D", AccountId: account, StageName: "Prospecting", CloseDate: "2027-01-31", Amount: 250 };
    const deal = await create("Opportunity", fields);
    const after = await conn.sobject("Account").retrieve(account);
    expect(after[name ?? ""]).toBe(250);
    expect(after.LastModifiedDate).toBe(before.LastModifiedDate);
    expect(String(after.SystemModstamp) > String(before.SystemModstamp)).toBe(true);
    await conn.sobject("Opportunity").update({ Id: deal, Amount: 100, StageName: "Closed Won" });
    expect((await conn.sobject("Account").retrieve(account))[name ?? ""]).toBe(100);
    expect(await conn.sobject("Opportunity").retrieve(deal)).toMatchObject({
      IsWon: true,
      IsClosed: true,
      Probability: 100,
    });
    await conn.sobject("Opportunity").delete(deal);
    expect((await conn.sobject("Account").retrieve(account))[name ?? ""]).toBe(0);
  });

  it("tells dependent picklists by validFor", async () => {
    await probe.act("setDependentPicklist", {
      object: "Lead",
      field: "Rating",
      controller: "LeadSource",
      allowed: { Web: ["Hot", "Warm"], Other: ["Cold"] },
    });
    const rating = (await conn.sobject("Lead").describe()).fields.find(({ name }) => name === "Rating");
    expect(rating).toMatchObject({ dependentPicklist: true, controllerName: "LeadSource" });
    // LeadSource: Web is the first of five values, Other the last.
    const bits = rating?.picklistValues?.map(({ validFor }) => Buffer.from(String(validFor), "base64")[0]);
    expect(bits).toEqual([0b10000000, 0b10000000, 0b00001000]);
  });

  it("refuses a child of a locked parent, and every call while 25 long ones run", async () => {
    const account = await create("Account", { Name: "A" });
    await probe.act("lockRow", { id: account, forMs: 60_000 });
    await expect(conn.sobject("Contact").create({ LastName: "B", AccountId: account })).rejects.toMatchObject({
      errorCode: "UNABLE_TO_LOCK_ROW",
    });
    await probe.moveClock(61_000);
    await create("Contact", { LastName: "B", AccountId: account });
    await probe.act("occupyLongRequests", { count: 25, forMs: 1000 });
    const refused = await probe.call("GET", "/limits");
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject([
      { errorCode: "REQUEST_LIMIT_EXCEEDED", message: "ConcurrentRequests (Concurrent API Requests) Limit exceeded." },
    ]);
  });

  it("counts the requests that really run for more than 20 s", async () => {
    await probe.door("faults", [{ match: { path: "/limits" }, do: { delayMs: 1500 } }]);
    const slow = Array.from({ length: 25 }, () => probe.call("GET", "/limits"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await probe.call("GET", "")).status).toBe(200);
    await probe.moveClock(21_000);
    expect((await probe.call("GET", "")).body).toMatchObject([{ errorCode: "REQUEST_LIMIT_EXCEEDED" }]);
    // Who came in time is served to the end, and then the others may come again.
    expect((await Promise.all(slow)).map((one) => one.status)).toEqual(Array(25).fill(200));
    expect((await probe.call("GET", "")).status).toBe(200);
    await probe.door("faults", []);
  });
});

describe("the daily number of calls", () => {
  it("rolls: calls run out 24 hours after they were made, and what is refused does not count", async () => {
    await probe.act("setApiLimit", { max: 50, used: 50 });
    expect((await probe.call("GET", "/limits")).body).toMatchObject([{ errorCode: "REQUEST_LIMIT_EXCEEDED" }]);
    await probe.moveClock(22 * 3_600_000);
    const refused = await probe.call("GET", "/limits");
    expect(refused.status).toBe(403);
    expect(refused.headers.get("Sforce-Limit-Info")).toBe("api-usage=50/50");
    await probe.moveClock(25 * 3_600_000);
    const allowed = await probe.call("GET", "/limits");
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get("Sforce-Limit-Info")).toBe("api-usage=1/50");
  });
});

describe("several currencies", () => {
  it("has no CurrencyType before, and CurrencyIsoCode with active codes only afterwards", async () => {
    const old = await create("Opportunity", { Name: "Old", StageName: "Prospecting", CloseDate: "2027-01-31" });
    await expect(conn.query("SELECT IsoCode FROM CurrencyType")).rejects.toThrow("CurrencyType");
    await probe.act("activateCurrencies", { corporate: "JPY", others: ["USD"] });
    const { records } = await conn.query("SELECT IsoCode, IsCorporate, IsActive FROM CurrencyType ORDER BY IsoCode");
    expect(records).toMatchObject([
      { IsoCode: "JPY", IsCorporate: true, IsActive: true },
      { IsoCode: "USD", IsCorporate: false, IsActive: true },
    ]);
    expect(await conn.sobject("Opportunity").retrieve(old)).toMatchObject({ CurrencyIsoCode: "JPY" });
    const fields = { Name: "New", StageName: "Prospecting", CloseDate: "2027-01-31", Amount: 5 };
    const dollars = await create("Opportunity", { ...fields, CurrencyIsoCode: "USD" });
    expect(await conn.sobject("Opportunity").retrieve(dollars)).toMatchObject({ CurrencyIsoCode: "USD", Amount: 5 });
    expect(await conn.sobject("Opportunity").retrieve(await create("Opportunity", fields))).toMatchObject({
      CurrencyIsoCode: "JPY",
    });
    await expect(create("Opportunity", { ...fields, CurrencyIsoCode: "EUR" })).rejects.toThrow(
      "bad value for restricted picklist field",
    );
  });
});

describe("a sales rep", () => {
  it("logs a call, plans a meeting, closes a deal, and names a parent by its key", async () => {
    const lead = await create("Lead", { LastName: "A", Company: "B" });
    const { id: call } = await probe.act("logCall", { personId: lead, notes: "nice", minutes: 3 });
    expect(await conn.sobject("Task").retrieve(String(call))).toMatchObject({
      CallDurationInSeconds: 180,
      IsClosed: true,
    });
    const { id: meeting } = await probe.act("planMeeting", { personId: lead, start: "2027-01-05T05:00:00Z" });
    expect(await conn.sobject("Event").retrieve(String(meeting))).toMatchObject({
      EndDateTime: "2027-01-05T06:00:00.000+0000",
    });
    const fields = {
      Name: "D",
      StageName: "Prospecting",
      CloseDate: "2027-01-31",
      Owner: { Username: "ben.carter@sandbox.example" },
    };
    const deal = await create("Opportunity", fields);
    await probe.act("closeDeal", { opportunityId: deal });
    const { records } = await conn.query(`SELECT IsWon, Owner.Name FROM Opportunity WHERE Id = '${deal}'`);
    expect(records).toMatchObject([{ IsWon: true, Owner: { Name: "Ben Carter" } }]);
    await expect(
      conn.sobject("Lead").create({ LastName: "A", Company: "B", Owner: { Username: "nobody" } }),
    ).rejects.toThrow("Foreign key external ID: nobody not found");
    await conn.sobject("Lead").delete(lead);
    await probe.act("emptyRecycleBin", { ids: [lead] });
    expect((await conn.query(`SELECT Id FROM Lead WHERE Id = '${lead}'`, { scanAll: true })).totalSize).toBe(0);
  });
});

describe("the test doors", () => {
  it("are all described in openapi.json", async () => {
    const doors = JSON.stringify(await (await fetch(`${sandbox.url}/__sandbox/openapi.json`)).json());
    for (const name of ["addFlow", "addRollUp", "selectEntities", "sendGapEvent", "setBulkPace", "addRecordType"])
      expect(doors).toContain(name);
  });
});
