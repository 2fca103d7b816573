import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { OrgProbe } from "./contract-setup";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
let probe: OrgProbe;
type Job = { id: string; state: string; contentUrl: string; numberRecordsProcessed: number; errorMessage?: string };

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 60 });
  probe = new OrgProbe(sandbox);
});
beforeEach(() => probe.reset());
afterAll(() => sandbox.stop());

async function openJob(fields: object): Promise<Job> {
  const reply = await probe.call("POST", "/jobs/ingest", { contentType: "CSV", lineEnding: "LF", ...fields });
  expect(reply.status).toBe(200);
  return reply.body as Job;
}
async function readJob(id: string): Promise<Job> {
  return (await probe.call("GET", `/jobs/ingest/${id}`)).body as Job;
}
async function runJob(fields: object, csv: string): Promise<Job> {
  const job = await openJob(fields);
  expect((await probe.call("PUT", `/jobs/ingest/${job.id}/batches`, csv)).status).toBe(201);
  await probe.call("PATCH", `/jobs/ingest/${job.id}`, { state: "UploadComplete" });
  return waitForEnd(job.id);
}
async function waitForEnd(id: string): Promise<Job> {
  for (;;) {
    const job = await readJob(id);
    if (["JobComplete", "Failed", "Aborted"].includes(job.state)) return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("Bulk API 2.0 ingest", () => {
  it("loads with the unmodified client: inserts, tells partial failures, updates, empties by #N/A, and deletes", async () => {
    const conn = probe.connect();
    conn.bulk2.pollInterval = 30;
    const input = [
      { LastName: "Ito", Company: "青葉, 電機", Email: "ito@example.com", Title: 'say "hi"', DoNotCall: true },
      { LastName: "Bad", Company: "Acme", Email: "badone" },
      { LastName: null, Company: "Acme" },
    ];
    const inserted = await conn.bulk2.loadAndWaitForResults({ object: "Lead", operation: "insert", input });
    expect(inserted.successfulResults).toHaveLength(1);
    expect(inserted.successfulResults[0]).toMatchObject({ sf__Created: "true", Company: "青葉, 電機" });
    expect(inserted.failedResults.map((row) => row.sf__Error)).toEqual([
      "INVALID_EMAIL_ADDRESS:Email: invalid email address: badone:Email --",
      "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
    ]);
    expect(inserted.unprocessedRecords).toEqual([]);
    const id = inserted.successfulResults[0]?.sf__Id ?? "";
    expect(await conn.sobject("Lead").retrieve(id)).toMatchObject({ DoNotCall: true, Title: 'say "hi"' });

    await conn.bulk2.loadAndWaitForResults({
      object: "Lead",
      operation: "update",
      input: [{ Id: id, Title: null, Email: "" }],
    });
    expect(await conn.sobject("Lead").retrieve(id)).toMatchObject({ Title: null, Email: "ito@example.com" });
    const deleted = await conn.bulk2.loadAndWaitForResults({
      object: "Lead",
      operation: "delete",
      input: [{ Id: id }],
    });
    expect(deleted.successfulResults[0]).toMatchObject({ sf__Id: id, sf__Created: "false" });
    await expect(conn.sobject("Lead").retrieve(id)).rejects.toThrow("entity is deleted");
  });

  it("runs an assignment rule only for a job that names it", async () => {
    const { id: queue } = await probe.act("addQueue", { name: "Hot queue" });
    await probe.act("addAssignmentRule", { object: "Lead", ownerId: queue });
    const { records } = await probe
      .connect()
      .query("SELECT Id FROM AssignmentRule WHERE SobjectType = 'Lead' AND Active = true");
    const fields = { object: "Lead", operation: "insert" };
    await runJob(fields, "LastName,Company\nA,A\n");
    await runJob({ ...fields, assignmentRuleId: records[0]?.Id }, "LastName,Company\nB,A\n");
    const leads = await probe
      .connect()
      .query("SELECT LastName, OwnerId FROM Lead WHERE Company = 'A' ORDER BY LastName");
    expect(leads.records.map((row) => row.OwnerId === queue)).toEqual([false, true]);
    const refused = await probe.call("POST", "/jobs/ingest", { ...fields, assignmentRuleId: "01Q000000000999AAA" });
    expect(refused.status).toBe(400);
  });

  it("upserts by an external id, and finds a parent by its key in a Relationship.Key column", async () => {
    await probe.call("POST", "/tooling/sobjects/CustomField", {
      FullName: "Contact.Ext__c",
      Metadata: { type: "Text", label: "Ext", length: 40, externalId: true, unique: true },
    });
    const first = await runJob(
      { object: "Contact", operation: "upsert", externalIdFieldName: "Ext__c" },
      "Ext__c,LastName,Owner.Username\na-1,Ito,haruka.mori@sandbox.example\na-2,Abe,nobody@sandbox.example\n",
    );
    expect(first).toMatchObject({ state: "JobComplete", numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    await runJob(
      { object: "Contact", operation: "upsert", externalIdFieldName: "Ext__c" },
      "Ext__c,LastName\na-1,Itoh",
    );
    const { records } = await probe.connect().query("SELECT LastName, Owner.Email FROM Contact WHERE Ext__c = 'a-1'");
    expect(records).toMatchObject([{ LastName: "Itoh", Owner: { Email: "haruka.mori@sandbox.example" } }]);
    const refused = await probe.call("GET", `/jobs/ingest/${first.id}/failedResults`);
    expect(refused.text).toContain("INVALID_FIELD:Foreign key external ID: nobody@sandbox.example not found");
    expect(refused.text.split("\n")[0]).toBe('"sf__Id","sf__Error","Ext__c","LastName","Owner.Username"');
  });

  it("moves from Open over UploadComplete and InProgress to the end, and every PATCH answers the whole job", async () => {
    await probe.act("setBulkPace", { startMs: 60_000, chunkMs: 60_000 });
    const job = await openJob({ object: "Lead", operation: "insert" });
    expect(job).toMatchObject({ state: "Open", apiVersion: 67, columnDelimiter: "COMMA", concurrencyMode: "Parallel" });
    expect(job.contentUrl).toBe(`services/data/v67.0/jobs/ingest/${job.id}/batches`);
    await probe.call("PUT", `/jobs/ingest/${job.id}/batches`, "LastName,Company\nA,B\n");
    const closed = await probe.call("PATCH", `/jobs/ingest/${job.id}`, { state: "UploadComplete" });
    expect(closed.body).toMatchObject({ id: job.id, state: "UploadComplete", object: "Lead" });
    await probe.moveClock(61_000);
    await expect.poll(async () => (await readJob(job.id)).state).toBe("InProgress");
    await probe.moveClock(130_000);
    expect(await waitForEnd(job.id)).toMatchObject({ state: "JobComplete", jobType: "V2Ingest" });
  });

  it("leaves the rest unprocessed when a job is aborted half way", async () => {
    await probe.act("setBulkPace", { startMs: 0, chunkMs: 60_000, chunkSize: 2 });
    const job = await openJob({ object: "Lead", operation: "insert" });
    await probe.call("PUT", `/jobs/ingest/${job.id}/batches`, "LastName,Company\nA,B\nC,D\nE,F\n");
    await probe.call("PATCH", `/jobs/ingest/${job.id}`, { state: "UploadComplete" });
    await probe.moveClock(61_000);
    await expect.poll(async () => (await readJob(job.id)).numberRecordsProcessed).toBe(2);
    const aborted = await probe.call("PATCH", `/jobs/ingest/${job.id}`, { state: "Aborted" });
    expect(aborted.body).toMatchObject({ id: job.id, state: "Aborted" });
    const rest = await probe.call("GET", `/jobs/ingest/${job.id}/unprocessedrecords`);
    expect(rest.text).toBe('"LastName","Company"\n"E","F"\n');
    expect((await probe.call("DELETE", `/jobs/ingest/${job.id}`)).status).toBe(204);
    expect((await probe.call("GET", `/jobs/ingest/${job.id}`)).status).toBe(404);
  });

  it("fails a whole job for an unknown column or other line ends than announced", async () => {
    const unknown = await runJob({ object: "Lead", operation: "insert" }, "LastName,Nope__c\nA,B\n");
    expect(unknown).toMatchObject({ state: "Failed", errorMessage: "InvalidBatch : Field name not found : Nope__c" });
    const ends = await runJob({ object: "Lead", operation: "insert" }, "LastName,Company\r\nA,B\r\n");
    expect(ends.errorMessage).toBe(
      "ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF",
    );
    const [record] = (await probe.call("POST", "/jobs/ingest", { object: "Nope", operation: "insert" }))
      .body as object[];
    expect(record).toMatchObject({ errorCode: "INVALID_TYPE" });
  });
});

describe("Bulk API 2.0 query", () => {
  it("streams a whole table to the unmodified client", async () => {
    const conn = probe.connect();
    const stream = await conn.bulk2.query("SELECT Id, Name, Owner.Email FROM Lead", {
      pollInterval: 20,
      pollTimeout: 5000,
    });
    const rows = (await stream.toArray()) as Record<string, string>[];
    const { totalSize } = await conn.query("SELECT COUNT() FROM Lead");
    expect(rows).toHaveLength(totalSize);
    expect(rows[0]?.Id).toMatch(/^00Q/);
    expect(Object.keys(rows[0] ?? {})).toEqual(["Id", "Name", "Owner.Email"]);
  });

  it("pages by maxRecords and Sforce-Locator, ends with the text null, and refuses what bulk cannot", async () => {
    const query = "SELECT Id, CreatedDate, DoNotCall, Title FROM Contact ORDER BY Id LIMIT 5";
    const job = (await probe.call("POST", "/jobs/query", { operation: "query", query })).body as Job;
    expect(job).toMatchObject({ state: "UploadComplete", object: "Contact" });
    expect((await probe.call("GET", `/jobs/query/${job.id}/results`)).status).toBe(400);
    await expect
      .poll(async () => ((await probe.call("GET", `/jobs/query/${job.id}`)).body as Job).state)
      .toBe("JobComplete");
    const sizes: number[] = [];
    let locator = "";
    do {
      const page = await probe.call("GET", `/jobs/query/${job.id}/results?maxRecords=2&locator=${locator}`);
      expect(page.text.split("\n")[1]).toMatch(/^"003\w{15}","\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z","false",/);
      sizes.push(Number(page.headers.get("Sforce-NumberOfRecords")));
      locator = page.headers.get("Sforce-Locator") ?? "";
    } while (locator !== "null");
    expect(sizes).toEqual([2, 2, 1]);
    const grouped = { operation: "query", query: "SELECT COUNT(Id) FROM Lead GROUP BY Status" };
    expect((await probe.call("POST", "/jobs/query", grouped)).body).toMatchObject([{ errorCode: "API_ERROR" }]);
    const limits = (await probe.call("GET", "/limits")).body as Record<string, { Max: number; Remaining: number }>;
    expect(limits.DailyBulkV2QueryJobs).toEqual({ Max: 10_000, Remaining: 9_999 });
  });
});
