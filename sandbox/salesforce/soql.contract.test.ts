import type { Connection } from "jsforce";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { OrgProbe } from "./contract-setup";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
let probe: OrgProbe;
let conn: Connection;

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 300 });
  probe = new OrgProbe(sandbox);
  conn = probe.connect();
});
afterAll(() => sandbox.stop());

type Group = Record<string, number | string>;

describe("SOQL beyond the simple", () => {
  it("reads children inside their parents, with conditions, order and limit, or null when there are none", async () => {
    const { id } = await conn.sobject("Account").create({ Name: "Parent Inc" });
    for (const LastName of ["C", "A", "B"]) await conn.sobject("Contact").create({ LastName, AccountId: id });
    const { records } = await conn.query(
      `SELECT Name, (SELECT Id, LastName FROM Contacts WHERE LastName != 'C' ORDER BY LastName DESC), (SELECT Id FROM Opportunities) FROM Account WHERE Id = '${id}'`,
    );
    expect(records[0]).toMatchObject({
      Contacts: { totalSize: 2, done: true, records: [{ LastName: "B" }, { LastName: "A" }] },
      Opportunities: null,
    });
    await expect(conn.query("SELECT Id, (SELECT Id FROM Nonsense) FROM Account")).rejects.toMatchObject({
      errorCode: "INVALID_TYPE",
    });
  });

  it("groups with HAVING, ORDER BY an aggregate or alias, and by date functions", async () => {
    const all = await conn.query<Group>("SELECT Status, COUNT(Id) c FROM Lead GROUP BY Status ORDER BY COUNT(Id) DESC");
    const counts = all.records.map((row) => Number(row.c));
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    const least = counts.at(-1) ?? 0;
    const some = await conn.query<Group>(
      `SELECT Status, COUNT(Id) c FROM Lead GROUP BY Status HAVING COUNT(Id) > ${least} ORDER BY c`,
    );
    expect(some.records.map((row) => row.c)).toEqual(counts.filter((count) => count > least).reverse());
    const years = await conn.query<Group>(
      "SELECT CALENDAR_YEAR(CreatedDate) y, COUNT(Id) n FROM Lead GROUP BY CALENDAR_YEAR(CreatedDate) ORDER BY CALENDAR_YEAR(CreatedDate)",
    );
    const total = (await conn.query("SELECT COUNT() FROM Lead")).totalSize;
    expect(years.records.reduce((sum, row) => sum + Number(row.n), 0)).toBe(total);
    const year = years.records[0];
    const inYear = await conn.query(
      `SELECT COUNT() FROM Lead WHERE CALENDAR_YEAR(convertTimezone(CreatedDate)) = ${year?.y}`,
    );
    expect(inYear.totalSize).toBe(year?.n);
    const day = new Date().toISOString().slice(0, 10);
    expect(
      (await conn.query(`SELECT COUNT() FROM Contact WHERE DAY_ONLY(CreatedDate) = ${day}`)).totalSize,
    ).toBeGreaterThan(2);
  });

  it("takes toLabel, TYPEOF and FIELDS()", async () => {
    const { records } = await conn.query(
      "SELECT toLabel(Status), TYPEOF Owner WHEN User THEN Email WHEN Group THEN Type ELSE Name END FROM Lead WHERE Owner.Type = 'Queue' OR Status != null LIMIT 1",
    );
    expect(records[0]).toMatchObject({
      Status: expect.any(String),
      Owner: { attributes: { type: expect.any(String) } },
    });
    expect(Object.keys((await conn.query("SELECT FIELDS(ALL) FROM Task LIMIT 1")).records[0] ?? {})).toContain(
      "TaskSubtype",
    );
    await expect(conn.query("SELECT FIELDS(ALL) FROM Task")).rejects.toMatchObject({ errorCode: "MALFORMED_QUERY" });
  });

  it("finds by SOSL in several objects", async () => {
    await conn.sobject("Lead").create({ LastName: "Zappelin", Company: "Search & Co", Email: "zapp@find.example" });
    await conn.sobject("Contact").create({ LastName: "Zappa" });
    const { searchRecords } = await conn.search(
      "FIND {Zapp*} IN ALL FIELDS RETURNING Lead(Id, LastName WHERE Company LIKE 'Search%'), Contact(LastName)",
    );
    expect(searchRecords).toMatchObject([{ LastName: "Zappelin" }, { LastName: "Zappa" }]);
    expect((await conn.search("FIND {zapp@find.example} IN EMAIL FIELDS RETURNING Lead")).searchRecords).toHaveLength(
      1,
    );
    await expect(conn.search("FIND {Z} RETURNING Lead")).rejects.toMatchObject({ errorCode: "MALFORMED_SEARCH" });
  });
});

describe("conditional requests", () => {
  it("answers 304 and 412 by date for every object, by entity tag for accounts", async () => {
    const { id } = await conn.sobject("Account").create({ Name: "Tagged" });
    const read = await probe.call("GET", `/sobjects/Account/${id}`);
    const tag = read.headers.get("ETag") ?? "";
    const path = `/sobjects/Account/${id}`;
    expect((await probe.call("GET", path, undefined, { "If-None-Match": tag })).status).toBe(304);
    expect((await probe.call("PATCH", path, { Phone: "1" }, { "If-Match": '"other"' })).status).toBe(412);
    expect((await probe.call("PATCH", path, { Phone: "1" }, { "If-Match": tag })).status).toBe(204);
    const later = new Date(Date.now() + 60_000).toUTCString();
    const earlier = new Date(Date.now() - 60_000).toUTCString();
    expect((await probe.call("GET", path, undefined, { "If-Modified-Since": later })).status).toBe(304);
    expect((await probe.call("GET", path, undefined, { "If-Modified-Since": earlier })).status).toBe(200);
    expect((await probe.call("GET", path, undefined, { "If-Unmodified-Since": earlier })).status).toBe(412);
  });
});

describe("composite graph and tree", () => {
  const post = (url: string, body: object, referenceId: string) => ({
    method: "POST",
    url: `/services/data/v67.0${url}`,
    body,
    referenceId,
  });

  it("runs each graph as a whole, independently of the others", async () => {
    const reply = await probe.call("POST", "/composite/graph", {
      graphs: [
        {
          graphId: "good",
          compositeRequest: [
            post("/sobjects/Account", { Name: "Graph Inc" }, "a"),
            post("/sobjects/Contact", { LastName: "Graph", AccountId: "@{a.id}" }, "c"),
          ],
        },
        {
          graphId: "bad",
          compositeRequest: [
            post("/sobjects/Account", { Name: "Half Inc" }, "a"),
            post("/sobjects/Contact", { AccountId: "@{a.id}" }, "c"),
          ],
        },
      ],
    });
    expect(reply.body).toMatchObject({
      graphs: [
        { graphId: "good", isSuccessful: true },
        {
          graphId: "bad",
          isSuccessful: false,
          graphResponse: {
            compositeResponse: [
              { referenceId: "a", body: [{ errorCode: "PROCESSING_HALTED" }] },
              { referenceId: "c", body: [{ errorCode: "REQUIRED_FIELD_MISSING" }] },
            ],
          },
        },
      ],
    });
    expect((await conn.query("SELECT COUNT() FROM Account WHERE Name = 'Half Inc'")).totalSize).toBe(0);
    expect((await conn.query("SELECT COUNT() FROM Contact WHERE Account.Name = 'Graph Inc'")).totalSize).toBe(1);
  });

  it("creates a tree of parents and children, or nothing of it", async () => {
    const tree = (last: string | null) => ({
      records: [
        {
          attributes: { type: "Account", referenceId: "ref1" },
          Name: "Tree Inc",
          Contacts: { records: [{ attributes: { type: "Contact", referenceId: "ref2" }, LastName: last }] },
        },
      ],
    });
    const good = await probe.call("POST", "/composite/tree/Account", tree("Leaf"));
    expect(good.status).toBe(201);
    expect(good.body).toMatchObject({ hasErrors: false, results: [{ referenceId: "ref1" }, { referenceId: "ref2" }] });
    const bad = await probe.call("POST", "/composite/tree/Account", tree(null));
    expect(bad.status).toBe(400);
    expect(bad.body).toMatchObject({
      hasErrors: true,
      results: [{ referenceId: "ref2", errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] }],
    });
    expect((await conn.query("SELECT COUNT() FROM Account WHERE Name = 'Tree Inc'")).totalSize).toBe(1);
  });
});
