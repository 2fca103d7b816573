import { generateKeyPairSync } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askSf, runSf } from "./run-sf";
import { type RunningSandbox, startSandbox, TOKENS } from "./start-sandbox";

type Row = Record<string, unknown> & { Id: string };
type Saved = { id: string; success: boolean };

const ORG = "sandbox";
const REST = "/services/data/v67.0";
let org: RunningSandbox;

/** One command against the org of the first login. Throws the CLI's own message when the command fails. */
async function sf<T>(command: string, ...args: string[]): Promise<T> {
  const reply = await askSf<T>(org.folder, [...command.split(" "), ...args, "--target-org", ORG]);
  if (reply.status !== 0) throw new Error(`${reply.name}: ${reply.message}`);
  return reply.result;
}

/** What the server itself answers, past the CLI. */
async function query(soql: string): Promise<Row[]> {
  const found = await org.call<{ records: Row[] }>("GET", `${REST}/query?q=${encodeURIComponent(soql)}`);
  return found.records;
}

async function writeFileHere(name: string, lines: string[] | object): Promise<string> {
  const text = Array.isArray(lines) ? `${lines.join("\n")}\n` : JSON.stringify(lines);
  await writeFile(path.join(org.folder, name), text);
  return name;
}

beforeAll(async () => {
  org = await startSandbox("salesforce");
  const login = ["org", "login", "access-token", "--instance-url", org.url, "--no-prompt", "--alias", ORG];
  const reply = await askSf<Record<string, string>>(org.folder, login, { SF_ACCESS_TOKEN: TOKENS.salesforce });
  expect(reply).toMatchObject({ status: 0, result: { username: "admin@sandbox.example", instanceUrl: `${org.url}/` } });
});
afterAll(() => org?.stop());

describe("sign-in", () => {
  it("org display: the organisation of a login by access token is connected", async () => {
    const [organisation] = await query("SELECT Id FROM Organization");
    const shown = await sf<Record<string, string>>("org display");
    expect(shown).toMatchObject({ id: organisation?.Id, connectedStatus: "Connected", alias: ORG });
  });

  it("org login jwt: a key of one's own signs in, and signs in again when the session has ended", async () => {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const key = path.join(org.folder, "server.key");
    await writeFile(key, privateKey.export({ type: "pkcs1", format: "pem" }));
    const [person] = await query("SELECT Id, Username FROM User WHERE IsActive = true ORDER BY Id DESC LIMIT 1");
    expect(person).toBeDefined();
    const flags = ["--client-id", "sandbox-client", "--jwt-key-file", key, "--instance-url", org.url, "--alias", "jwt"];
    const login = await askSf(org.folder, ["org", "login", "jwt", "--username", String(person?.Username), ...flags]);
    expect(login).toMatchObject({ status: 0, result: { username: person?.Username } });
    await org.act("expireSession");
    await org.act("restoreSession");
    const create = ["data", "create", "record", "-s", "Lead", "-v", "LastName=Jwt Company=Key", "-o", "jwt"];
    const made = await askSf<Saved>(org.folder, create);
    expect(made.status).toBe(0);
    const [lead] = await query(`SELECT CreatedById FROM Lead WHERE Id = '${made.result.id}'`);
    expect(lead?.CreatedById).toBe(person?.Id);
  });
});

describe("queries", () => {
  it("data query: fetches page after page until every record is there", async () => {
    const leads = await sf<{ totalSize: number; records: Row[] }>("data query", "-q", "SELECT Id FROM Lead");
    const counted = await org.call<{ totalSize: number }>("GET", `${REST}/query?q=SELECT+COUNT()+FROM+Lead`);
    expect(leads.totalSize).toBeGreaterThan(2000);
    expect(leads.totalSize).toBe(counted.totalSize);
    expect(new Set(leads.records.map((lead) => lead.Id)).size).toBe(counted.totalSize);
  });

  it("data query: makes a table of fields, relationships and children by the columns that the server tells", async () => {
    const soql = "SELECT Id, Owner.Name, (SELECT LastName FROM Contacts) FROM Account WHERE Industry != null LIMIT 2";
    const accounts = (await query(soql)) as (Row & { Owner: { Name: string } })[];
    const csv = await runSf(org.folder, ["data", "query", "-q", soql, "--result-format", "csv", "-o", ORG]);
    const [head, ...lines] = csv.trim().split("\n");
    expect(head).toMatch(/^Id,Owner\.Name,Contacts\.totalSize/);
    expect(accounts).toHaveLength(2);
    expect(lines.map((line) => line.split(",").slice(0, 2))).toEqual(
      accounts.map((account) => [account.Id, account.Owner.Name]),
    );
  });

  it("data query: shows groups under the function's name", async () => {
    const soql = "SELECT Status, COUNT(Id) FROM Lead GROUP BY Status ORDER BY Status";
    const groups = await query(soql);
    const csv = await runSf(org.folder, ["data", "query", "-q", soql, "--result-format", "csv", "-o", ORG]);
    const rows = groups.map((group) => `${group.Status},${group.expr0}`);
    expect(csv.trim().split("\n")).toEqual(["Status,count(Id)", ...rows]);
  });

  it("data search: finds by SOSL", async () => {
    const [lead] = await query("SELECT Id, LastName FROM Lead LIMIT 1");
    const sosl = `FIND {${lead?.LastName}} IN NAME FIELDS RETURNING Lead(Id, LastName)`;
    const found = await sf<{ searchRecords: Row[] }>("data search", "-q", sosl);
    expect(found.searchRecords.map((one) => one.Id)).toContain(lead?.Id);
  });
});

describe("single records", () => {
  it("data create, get, update and delete record", async () => {
    const values = "LastName='Van Dyke' Company=Acme Email=van.dyke@example.com NumberOfEmployees=12";
    const made = await sf<Saved>("data create record", "-s", "Lead", "-v", values);
    expect(made.success).toBe(true);
    const byEmail = await sf<Row>("data get record", "-s", "Lead", "-w", "Email=van.dyke@example.com");
    expect(byEmail).toMatchObject({ Id: made.id, LastName: "Van Dyke", NumberOfEmployees: 12 });
    await sf("data update record", "-s", "Lead", "-i", made.id, "-v", "Title=Director Company='Acme & Sons'");
    const [updated] = await query(`SELECT Title, Company FROM Lead WHERE Id = '${made.id}'`);
    expect(updated).toMatchObject({ Title: "Director", Company: "Acme & Sons" });
    await sf("data delete record", "-s", "Lead", "-i", made.id);
    expect(await query(`SELECT Id FROM Lead WHERE Id = '${made.id}'`)).toEqual([]);
  });

  it("data create record: passes on the server's refusal", async () => {
    await expect(sf("data create record", "-s", "Lead", "-v", "LastName=Nobody")).rejects.toThrow(/Company/);
    expect(await query("SELECT Id FROM Lead WHERE LastName = 'Nobody'")).toEqual([]);
  });
});

describe("bulk", () => {
  it("data import, upsert, update, export and delete bulk, one after the other", async () => {
    const rows = Array.from({ length: 450 }, (_, i) => `Bulk ${i},Bulkworks,bulk${i}@example.com`);
    const leads = await writeFileHere("leads.csv", ["LastName,Company,Email", ...rows]);
    const imported = await sf<object>("data import bulk", "-s", "Lead", "-f", leads, "--wait", "2");
    expect(imported).toMatchObject({ processedRecords: 450, successfulRecords: 450, failedRecords: 0 });
    const made = await query("SELECT Id, Email FROM Lead WHERE Company = 'Bulkworks'");
    expect(made).toHaveLength(450);

    const upserts = [`${made[0]?.Id},Upserted,Bulkworks`, ",Added,Bulkworks"];
    const upsertFile = await writeFileHere("upsert.csv", ["Id,LastName,Company", ...upserts]);
    await sf("data upsert bulk", "-s", "Lead", "-f", upsertFile, "-i", "Id", "--wait", "2");
    const changed = await query("SELECT Id, LastName FROM Lead WHERE LastName IN ('Upserted', 'Added')");
    expect(changed).toHaveLength(2);
    expect(changed.find((lead) => lead.LastName === "Upserted")?.Id).toBe(made[0]?.Id);

    const updateFile = await writeFileHere("update.csv", ["Id,Title", `${made[1]?.Id},"Head, of ""Bulk"""`]);
    await sf("data update bulk", "-s", "Lead", "-f", updateFile, "--wait", "2");
    expect(await query(`SELECT Title FROM Lead WHERE Id = '${made[1]?.Id}'`)).toMatchObject([
      { Title: 'Head, of "Bulk"' },
    ]);

    const soql = "SELECT Id, LastName, Title FROM Lead WHERE Company = 'Bulkworks'";
    const flags = ["--output-file", "export.json", "--result-format", "json", "--wait", "2"];
    expect(await sf<object>("data export bulk", "-q", soql, ...flags)).toMatchObject({ totalSize: 451 });
    const exported = JSON.parse(await readFile(path.join(org.folder, "export.json"), "utf8")) as Row[];
    expect(new Set(exported.map((lead) => lead.Id)).size).toBe(451);
    expect(exported.find((lead) => lead.Id === made[1]?.Id)?.Title).toBe('Head, of "Bulk"');

    const deleteFile = await writeFileHere("delete.csv", ["Id", ...exported.map((lead) => lead.Id)]);
    await sf("data delete bulk", "-s", "Lead", "-f", deleteFile, "--wait", "2");
    expect(await query("SELECT Id FROM Lead WHERE Company = 'Bulkworks'")).toEqual([]);
  });

  it("data import bulk: tells how many rows failed, and data bulk results fetches them", async () => {
    const file = await writeFileHere("bad.csv", ["LastName,Company", "Fine,Halfworks", ",Halfworks"]);
    const args = ["data", "import", "bulk", "-s", "Lead", "-f", file, "--wait", "2", "-o", ORG];
    const reply = await askSf<{ jobId: string }>(org.folder, args);
    expect(reply).toMatchObject({ status: 1, name: "FailedRecordDetailsError", data: { state: "JobComplete" } });
    const { jobId } = reply.data as { jobId: string };
    const results = await sf<Record<string, unknown>>("data bulk results", "--job-id", jobId);
    expect(results).toMatchObject({ processedRecords: 2, successfulRecords: 1, failedRecords: 1 });
    const failed = await readFile(path.join(org.folder, String(results.failedFilePath)), "utf8");
    expect(failed).toContain("REQUIRED_FIELD_MISSING");
    expect(await query("SELECT LastName FROM Lead WHERE Company = 'Halfworks'")).toMatchObject([{ LastName: "Fine" }]);
  });
});

describe("trees", () => {
  it("data import tree: makes an account with its contacts; data export tree writes them out again", async () => {
    const contacts = ["Root", "Branch"].map((LastName, i) => ({
      attributes: { type: "Contact", referenceId: `contact${i}` },
      LastName,
    }));
    const account = { attributes: { type: "Account", referenceId: "account" }, Name: "Arbour Ltd" };
    const tree = await writeFileHere("tree.json", { records: [{ ...account, Contacts: { records: contacts } }] });
    const made = await sf<{ refId: string; id: string }[]>("data import tree", "--files", tree);
    expect(made.map((one) => one.refId).sort()).toEqual(["account", "contact0", "contact1"]);
    const soql =
      "SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account WHERE Name = 'Arbour Ltd'";
    expect(await query(soql)).toMatchObject([
      { Contacts: { totalSize: 2, records: [{ LastName: "Branch" }, { LastName: "Root" }] } },
    ]);
    const exported = await sf<{ records: object[] }>("data export tree", "--query", soql);
    expect(exported.records).toMatchObject([
      { Name: "Arbour Ltd", Contacts: { records: [{ LastName: "Branch" }, { LastName: "Root" }] } },
    ]);
  });
});

describe("what there is", () => {
  it("sobject list and describe", async () => {
    expect(await sf("sobject list", "--sobject", "all")).toEqual(
      expect.arrayContaining(["Lead", "Contact", "Account"]),
    );
    const lead = await sf<{ name: string; fields: { name: string }[] }>("sobject describe", "--sobject", "Lead");
    const described = await org.call<{ fields: { name: string }[] }>("GET", `${REST}/sobjects/Lead/describe`);
    expect(lead.fields.map((field) => field.name)).toEqual(described.fields.map((field) => field.name));
  });

  it("org list limits and limits api display", async () => {
    const limits = await sf<{ name: string; max: number; remaining: number }[]>("org list limits");
    const told = await org.call<Record<string, { Max: number; Remaining: number }>>("GET", `${REST}/limits`);
    expect(limits.map((limit) => limit.name)).toEqual(Object.keys(told));
    const calls = limits.find((limit) => limit.name === "DailyApiRequests");
    expect(calls?.max).toBe(told.DailyApiRequests?.Max);
    expect(calls?.remaining).toBeGreaterThanOrEqual(told.DailyApiRequests?.Remaining ?? Number.NaN);
    expect(await sf<object[]>("limits api display")).toHaveLength(limits.length);
  });

  it("api request rest: any call, with a body as well", async () => {
    const versions = await runSf(org.folder, ["api", "request", "rest", "services/data", "-o", ORG]);
    expect(JSON.parse(versions)).toEqual(await org.call("GET", "/services/data"));
    const body = JSON.stringify({ LastName: "Rest", Company: "By hand" });
    const request = [`services/data/v67.0/sobjects/Lead`, "--method", "POST", "--body", body];
    const made = JSON.parse(await runSf(org.folder, ["api", "request", "rest", ...request, "-o", ORG])) as Saved;
    expect(await query(`SELECT Company FROM Lead WHERE Id = '${made.id}'`)).toMatchObject([{ Company: "By hand" }]);
  });
});
