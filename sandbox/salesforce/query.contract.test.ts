import { Connection } from "jsforce";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { FIXED_SESSION } from "./routes/context";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
let conn: Connection;

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 6000 });
  conn = new Connection({ instanceUrl: sandbox.url, accessToken: FIXED_SESSION, version: "67.0" });
});
afterAll(() => sandbox.stop());

async function countRows(where: string): Promise<number> {
  return (await conn.query(`SELECT COUNT() FROM Lead WHERE ${where}`)).totalSize;
}

describe("SOQL", () => {
  it("pages 2,000 rows at a time and walks on by nextRecordsUrl", async () => {
    const all = await conn.query<{ Id: string }>("SELECT Id FROM Lead", { autoFetch: true, maxFetch: 50_000 });
    const first = await conn.query("SELECT Id FROM Lead", { headers: { "Sforce-Query-Options": "batchSize=300" } });
    expect(first.records).toHaveLength(300);
    expect(first.done).toBe(false);
    expect(first.nextRecordsUrl).toMatch(/\/services\/data\/v67\.0\/query\/0r8\w{15}-300$/);
    expect(all.records).toHaveLength(all.totalSize);
    expect(new Set(all.records.map((row) => row.Id)).size).toBe(all.totalSize);
    expect(all.totalSize).toBeGreaterThan(2000);
  });

  it("answers canonical names whatever case the query has, and nested relationship records", async () => {
    const { records } = await conn.query(
      "select id, owner.NAME, account.name, account.owner.email from contact limit 1",
    );
    const record = records[0] as Record<
      string,
      { Name: string; attributes: { type: string }; Owner: { Email: string } }
    >;
    expect(Object.keys(record)).toEqual(["attributes", "Id", "Owner", "Account"]);
    expect(record.Owner?.attributes.type).toBe("User");
    expect(record.Account?.Owner.Email).toContain("@");
  });

  it("reads everything since a moment in the order of SystemModstamp and Id, page by page with LIMIT", async () => {
    const order = "ORDER BY SystemModstamp ASC, Id ASC";
    const since = "WHERE SystemModstamp >= 2000-01-01T00:00:00Z";
    const all = await conn.query<{ Id: string; SystemModstamp: string }>(
      `SELECT Id, SystemModstamp FROM Contact ${since} ${order}`,
      { autoFetch: true, maxFetch: 50_000 },
    );
    const some = await conn.query<{ Id: string }>(`SELECT Id FROM Contact ${since} ${order} LIMIT 50 OFFSET 10`);
    const sorted = [...all.records].sort((a, b) => (a.SystemModstamp + a.Id < b.SystemModstamp + b.Id ? -1 : 1));
    expect(all.records.map((row) => row.Id)).toEqual(sorted.map((row) => row.Id));
    expect(some.records.map((row) => row.Id)).toEqual(sorted.slice(10, 60).map((row) => row.Id));
    expect(all.records[0]?.SystemModstamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/);
  });

  it("compares texts without case, ids with 15 or 18 characters, and knows LIKE, IN, NOT, null and date literals", async () => {
    const { records } = await conn.query<{ Id: string; Email: string }>(
      "SELECT Id, Email FROM Lead WHERE Email != null LIMIT 3",
    );
    const [a, b] = records;
    if (!a || !b) throw new Error("no leads");
    expect(await countRows(`Email IN ('${a.Email.toUpperCase()}', '${b.Email}')`)).toBeGreaterThanOrEqual(2);
    expect(await countRows(`Id = '${a.Id.slice(0, 15)}'`)).toBe(1);
    expect(await countRows(`Email LIKE '${a.Email.slice(0, 6)}%' AND Id = '${a.Id}'`)).toBe(1);
    const total = (await conn.query("SELECT COUNT() FROM Lead")).totalSize;
    const without = await countRows("Email = null");
    expect(without).toBeGreaterThan(0);
    expect(await countRows("NOT Email = null")).toBe(total - without);
    expect(await countRows("(Email = null OR Email != null) AND (NOT (Id = null))")).toBe(total);
    expect(await countRows("CreatedDate = LAST_N_DAYS:3650")).toBe(total);
    expect(await countRows("CreatedDate > TODAY")).toBe(0);
    const { records: members } = await conn.query<{ LeadId: string }>(
      "SELECT LeadId FROM CampaignMember WHERE LeadId != null",
    );
    expect(await countRows("Id IN (SELECT LeadId FROM CampaignMember)")).toBe(
      new Set(members.map((row) => row.LeadId)).size,
    );
  });

  it("counts and groups", async () => {
    const { records } = await conn.query<{ Status: string; n: number }>(
      "SELECT Status, COUNT(Id) n FROM Lead GROUP BY Status",
    );
    const total = (await conn.query("SELECT COUNT() FROM Lead")).totalSize;
    expect(records.reduce((sum, row) => sum + row.n, 0)).toBe(total);
  });

  it("lists all fields on request", async () => {
    const { records } = await conn.query("SELECT FIELDS(ALL) FROM Contact LIMIT 1");
    expect(records[0]).toMatchObject({ LastName: expect.any(String), MailingAddress: { geocodeAccuracy: null } });
  });

  it("tells the columns of a result instead of its records: fields, joins, child queries, functions", async () => {
    type Column = { columnName: string; displayName: string; aggregate: boolean; joinColumns: Column[] };
    type Columns = { columnMetadata: Column[]; entityName: string; groupBy: boolean; idSelected: boolean };
    const ask = (soql: string) =>
      conn.request<Columns>(`/services/data/v67.0/query?q=${encodeURIComponent(soql)}&columns=true`);
    const plain = await ask("select id, name, Owner.Name, Owner.Email, (SELECT LastName FROM Contacts) from account");
    expect(plain).toMatchObject({ entityName: "Account", keyPrefix: "001", groupBy: false, idSelected: true });
    const [id, name, owner, children] = plain.columnMetadata;
    const idle = { aggregate: false, booleanType: false, custom: false, foreignKeyName: null, joinColumns: [] };
    const fixed = { ...idle, insertable: false, numberType: false, updatable: false };
    expect(id).toEqual({ ...fixed, apexType: "Id", columnName: "Id", displayName: "Id", textType: false });
    expect(name).toMatchObject({ apexType: "String", columnName: "Name", textType: true, updatable: true });
    expect(owner).toMatchObject({ columnName: "Owner", foreignKeyName: "OwnerId", apexType: null, aggregate: false });
    expect(owner?.joinColumns.map((column) => column.columnName)).toEqual(["Name", "Email"]);
    expect(children).toMatchObject({ columnName: "Contacts", aggregate: true, foreignKeyName: null });
    expect(children?.joinColumns[0]).toMatchObject({ columnName: "LastName", insertable: true, updatable: true });
    const grouped = await ask("SELECT Status, AVG(AnnualRevenue), COUNT(Id) n FROM Lead GROUP BY Status");
    expect(grouped).toMatchObject({ entityName: "Lead", groupBy: true, idSelected: false });
    expect(grouped.columnMetadata.map((one) => [one.columnName, one.displayName, one.aggregate])).toEqual([
      ["Status", "Status", false],
      ["expr0", "avg(AnnualRevenue)", true],
      ["n", "count(Id)", true],
    ]);
  });

  it.each([
    ["SELECT FROM Lead", "MALFORMED_QUERY"],
    ["SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "MALFORMED_QUERY"],
    ["SELECT Nope FROM Lead", "INVALID_FIELD"],
    ["SELECT Id FROM Lead WHERE SystemModstamp > '2026-01-01'", "INVALID_FIELD"],
    ["SELECT Id FROM Lead WHERE Description = 'x'", "INVALID_FIELD"],
    ["SELECT Id FROM Lead WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR"],
    ["SELECT Id FROM Nope", "INVALID_TYPE"],
  ])("refuses %s with %s", async (soql, errorCode) => {
    await expect(conn.query(soql)).rejects.toMatchObject({ errorCode });
  });

  it("refuses a stale locator and a too long URL", async () => {
    await expect(conn.queryMore("/services/data/v67.0/query/0r8Kh0000000000AAA-2000")).rejects.toMatchObject({
      errorCode: "INVALID_QUERY_LOCATOR",
    });
    const long = `SELECT Id FROM Lead WHERE Email IN (${Array.from({ length: 900 }, (_, i) => `'someone${i}@example.com'`).join(",")})`;
    const reply = await fetch(`${sandbox.url}/services/data/v67.0/query?q=${encodeURIComponent(long)}`, {
      headers: { Authorization: `Bearer ${FIXED_SESSION}` },
    });
    expect([414, 431]).toContain(reply.status);
  });

  it("shows deleted rows to queryAll only, and lists them and the updated ones by the minute", async () => {
    const lead = await conn.sobject("Lead").create({ LastName: "Gone", Company: "X" });
    const id = String(lead.id);
    const start = new Date(Date.now() - 60_000).toISOString();
    const end = new Date(Date.now() + 120_000).toISOString();
    expect((await conn.sobject("Lead").updated(start, end)).ids).toContain(id);
    await conn.sobject("Lead").destroy(id);
    expect((await conn.query(`SELECT Id FROM Lead WHERE Id = '${id}'`)).totalSize).toBe(0);
    const all = await conn.query<{ IsDeleted: boolean }>(`SELECT IsDeleted FROM Lead WHERE Id = '${id}'`, {
      scanAll: true,
    });
    expect(all.records[0]?.IsDeleted).toBe(true);
    const deleted = await conn.sobject("Lead").deleted(start, end);
    expect(deleted.deletedRecords.map((row) => row.id)).toContain(id);
    await expect(conn.sobject("Lead").update({ Id: id, Title: "x" })).rejects.toMatchObject({
      errorCode: "ENTITY_IS_DELETED",
    });
  });
});

describe("describe", () => {
  it("gives object and field shapes, required fields and look-up fields", async () => {
    const lead = await conn.describe("lead");
    const required = lead.fields
      .filter((field) => !field.nillable && field.createable && !field.defaultedOnCreate)
      .map((field) => field.name);
    expect(required.sort()).toEqual(["Company", "LastName"]);
    const email = lead.fields.find((field) => field.name === "Email");
    expect(email).toMatchObject({ type: "email", idLookup: true, length: 80, updateable: true });
    expect(lead.fields.find((field) => field.name === "IsConverted")).toMatchObject({
      createable: true,
      updateable: false,
    });
    expect(lead.fields.find((field) => field.name === "Name")).toMatchObject({ updateable: false, nameField: true });
    expect(Object.keys(email ?? {}).length).toBeGreaterThanOrEqual(52);
    expect((await conn.describeGlobal()).sobjects.map((object) => object.name)).toContain("Contact");
  });

  it("answers 304 while nothing changed and shows a field made by the Tooling API afterwards", async () => {
    const url = `${sandbox.url}/services/data/v67.0/sobjects/Contact/describe`;
    const headers = { Authorization: `Bearer ${FIXED_SESSION}` };
    const first = await fetch(url, { headers });
    const modified = first.headers.get("Last-Modified") ?? "";
    expect((await fetch(url, { headers: { ...headers, "If-Modified-Since": modified } })).status).toBe(304);
    const made = await conn.tooling.sobject("CustomField").create({
      FullName: "Contact.Partner_Key__c",
      Metadata: { type: "Text", label: "Partner key", length: 64, externalId: true, unique: true },
    });
    expect(made).toMatchObject({ success: true });
    const contact = await conn.describe("Contact");
    expect(contact.fields.find((field) => field.name === "Partner_Key__c")).toMatchObject({
      externalId: true,
      unique: true,
      idLookup: true,
      length: 64,
      updateable: true,
      custom: true,
    });
  });
});
