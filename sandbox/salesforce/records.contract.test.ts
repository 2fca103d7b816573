import { Connection } from "jsforce";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { FIXED_SESSION } from "./routes/context";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
let conn: Connection;

async function act(action: string, fields: object = {}): Promise<Record<string, string>> {
  const reply = await fetch(`${sandbox.url}/__sandbox/act`, {
    method: "POST",
    body: JSON.stringify({ action, ...fields }),
  });
  const body = (await reply.json()) as { result: Record<string, string>; error?: string };
  if (!reply.ok) throw new Error(body.error);
  return body.result;
}
async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const reply = await fetch(`${sandbox.url}/services/data/v67.0${path}`, {
    method,
    headers: { Authorization: `Bearer ${FIXED_SESSION}`, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, body: text === "" ? undefined : JSON.parse(text) };
}
async function makeLead(fields: object = {}): Promise<string> {
  return String((await conn.sobject("Lead").create({ LastName: "Test", Company: "Acme", ...fields })).id);
}

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 60 });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/__sandbox/reset`, { method: "POST" });
  conn = new Connection({ instanceUrl: sandbox.url, accessToken: FIXED_SESSION, version: "67.0" });
});
afterAll(() => sandbox.stop());

describe("single records", () => {
  it("creates with 201, an 18-character id and a Location; updates and deletes with an empty 204", async () => {
    const created = await call("POST", "/sobjects/lead", {
      lastname: "Ito",
      Company: "  青葉電機 ",
      Email: "Ito@Example.COM",
      Title: "",
    });
    expect(created.status).toBe(201);
    const { id } = created.body as { id: string };
    expect(id).toMatch(/^00Q\w{15}$/);
    expect(created.headers.get("Location")).toBe(`/services/data/v67.0/sobjects/Lead/${id}`);
    expect(created.headers.get("Sforce-Limit-Info")).toMatch(/^api-usage=\d+\/100000$/);
    const record = await conn.sobject("Lead").retrieve(id.slice(0, 15));
    expect(record).toMatchObject({
      Id: id,
      Company: "青葉電機",
      Email: "ito@example.com",
      Title: null,
      Name: "Ito",
      IsConverted: false,
    });
    expect((await call("PATCH", `/sobjects/Lead/${id}`, { Title: "部長" })).status).toBe(204);
    expect((await call("DELETE", `/sobjects/Lead/${id}`)).status).toBe(204);
    expect(await call("DELETE", `/sobjects/Lead/${id}`)).toMatchObject({
      status: 404,
      body: [{ errorCode: "ENTITY_IS_DELETED" }],
    });
    expect(await call("GET", "/sobjects/Lead/00QKh00000zzzzz")).toMatchObject({
      status: 404,
      body: [{ errorCode: "NOT_FOUND" }],
    });
  });

  it.each([
    ["REQUIRED_FIELD_MISSING", { LastName: "" }, "Required fields are missing: [LastName]", ["LastName"]],
    ["INVALID_EMAIL_ADDRESS", { Email: "badone" }, "Email: invalid email address: badone", ["Email"]],
    [
      "STRING_TOO_LONG",
      { FirstName: "x".repeat(41) },
      `First Name: data value too large: ${"x".repeat(41)} (max length=40)`,
      ["FirstName"],
    ],
    [
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      { ProductInterest__c: "V" },
      "Product Interest: bad value for restricted picklist field: V",
      ["ProductInterest__c"],
    ],
    ["INVALID_FIELD", { foo: 1 }, "No such column 'foo' on sobject of type Lead", undefined],
    [
      "JSON_PARSER_ERROR",
      { NumberOfEmployees: "many" },
      expect.stringContaining("Cannot deserialize instance of int from VALUE_STRING value many"),
      undefined,
    ],
    ["NUMBER_OUTSIDE_VALID_RANGE", { AnnualRevenue: 1e20 }, expect.any(String), ["AnnualRevenue"]],
    [
      "MALFORMED_ID",
      { OwnerId: "003Kh0000000001" },
      expect.stringContaining("id value of incorrect type"),
      ["OwnerId"],
    ],
    ["INVALID_CROSS_REFERENCE_KEY", { OwnerId: "005Kh0000000zzz" }, "invalid cross reference id", ["OwnerId"]],
    ["INACTIVE_OWNER_OR_USER", { OwnerId: "005Kh0000000006" }, expect.stringContaining("inactive user"), ["OwnerId"]],
  ])("refuses with %s", async (errorCode, fields, message, names) => {
    const { status, body } = await call("POST", "/sobjects/Lead", { LastName: "A", Company: "B", ...fields });
    expect(status).toBe(400);
    expect(body).toEqual([{ message, errorCode, ...(names ? { fields: names } : {}) }]);
  });

  it("refuses read-only fields, and fields that a permission took away", async () => {
    const id = await makeLead();
    const blocked = { status: 400, body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["Name"] }] };
    expect(await call("PATCH", `/sobjects/Lead/${id}`, { Name: "x" })).toMatchObject(blocked);
    await act("setFieldPermission", { object: "Lead", field: "Title", readable: true, editable: false });
    await expect(conn.sobject("Lead").update({ Id: id, Title: "x" })).rejects.toMatchObject({
      errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE",
    });
    await act("setFieldPermission", { object: "Lead", field: "Phone", readable: false });
    await expect(conn.query("SELECT Phone FROM Lead")).rejects.toMatchObject({ errorCode: "INVALID_FIELD" });
    expect((await conn.describe("Lead")).fields.map((field) => field.name)).not.toContain("Phone");
  });

  it("hides an object that may not be read, and refuses what may not be created or edited", async () => {
    const id = await makeLead();
    await act("setObjectPermission", { object: "Lead", editable: false });
    await expect(conn.sobject("Lead").update({ Id: id, Title: "x" })).rejects.toMatchObject({
      errorCode: "INSUFFICIENT_ACCESS_OR_READONLY",
    });
    await act("setObjectPermission", { object: "Lead", createable: false });
    expect(await conn.describe("Lead")).toMatchObject({ createable: false, updateable: true });
    expect(await call("POST", "/sobjects/Lead", { LastName: "A", Company: "B" })).toMatchObject({
      body: [{ errorCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message: "entity type cannot be inserted: Lead" }],
    });
    await act("setObjectPermission", { object: "Lead", readable: false });
    await expect(conn.query("SELECT Id FROM Lead")).rejects.toMatchObject({ errorCode: "INVALID_TYPE" });
    expect((await call("GET", "/sobjects/Lead/describe")).status).toBe(404);
    expect((await conn.describeGlobal()).sobjects.map(({ name }) => name)).not.toContain("Lead");
    await act("setObjectPermission", { object: "Lead" });
    expect(await conn.query("SELECT Id FROM Lead")).toMatchObject({ done: true });
  });

  it("upserts by external id: 201, then 200, and 300 when several match", async () => {
    await conn.tooling
      .sobject("CustomField")
      .create({ FullName: "Lead.Key__c", Metadata: { type: "Text", label: "Key", length: 20, externalId: true } });
    const fields = { LastName: "U", Company: "C" };
    expect(await call("PATCH", "/sobjects/Lead/key__c/A%2F1", fields)).toMatchObject({
      status: 201,
      body: { created: true, success: true },
    });
    expect(await call("PATCH", "/sobjects/Lead/Key__c/a%2F1", fields)).toMatchObject({
      status: 200,
      body: { created: false },
    });
    await makeLead({ Key__c: "A/1" });
    const several = await call("PATCH", "/sobjects/Lead/Key__c/A%2F1", fields);
    expect(several.status).toBe(300);
    expect(several.body).toEqual([
      expect.stringMatching(/\/sobjects\/Lead\/00Q/),
      expect.stringMatching(/\/sobjects\/Lead\/00Q/),
    ]);
    expect(await call("PATCH", "/sobjects/Lead/Nope__c/1", fields)).toMatchObject({
      status: 404,
      body: [{ errorCode: "NOT_FOUND" }],
    });
  });

  it("gives a custom field of Activity to tasks and events alike, unique ones to neither", async () => {
    const metadata = { type: "Text", label: "Key", length: 20, externalId: true };
    const make = (Metadata: object) =>
      conn.tooling.sobject("CustomField").create({ FullName: "Activity.Key__c", Metadata });
    await expect(make({ ...metadata, unique: true })).rejects.toMatchObject({ errorCode: "FIELD_INTEGRITY_EXCEPTION" });
    const made = await make(metadata);
    for (const object of ["Task", "Event"]) {
      const { fields } = await conn.sobject(object).describe();
      expect(fields.find(({ name }) => name === "Key__c")).toMatchObject({ externalId: true, unique: false });
    }
    const task = { Subject: "Call", Status: "Completed" };
    expect(await call("PATCH", "/sobjects/Task/Key__c/a", task)).toMatchObject({
      status: 201,
      body: { created: true },
    });
    expect(await call("PATCH", "/sobjects/Task/Key__c/a", task)).toMatchObject({
      status: 200,
      body: { created: false },
    });
    await conn.tooling.sobject("CustomField").destroy(String(made.id));
    const { fields } = await conn.sobject("Event").describe();
    expect(fields.some(({ name }) => name === "Key__c")).toBe(false);
  });

  it("tells the owner of a unique value", async () => {
    await conn.tooling.sobject("CustomField").create({
      FullName: "Lead.Key__c",
      Metadata: { type: "Text", label: "Key", length: 20, externalId: true, unique: true },
    });
    const id = await makeLead({ Key__c: "k1" });
    await expect(makeLead({ Key__c: "K1" })).rejects.toMatchObject({
      errorCode: "DUPLICATE_VALUE",
      message: `duplicate value found: Key__c duplicates value on record with id: ${id.slice(0, 15)}`,
    });
  });
});

describe("rules of the organisation", () => {
  it("runs validation rules with the administrator's text", async () => {
    await act("addValidationRule", {
      object: "Lead",
      name: "Director_needs_phone",
      errorCondition: 'AND(CONTAINS(Title, "Director"), ISBLANK(Phone)) || REGEX(PostalCode, "[A-Z]{9}")',
      errorMessage: "Directors need a phone number",
      errorField: "Phone",
    });
    const { body } = await call("POST", "/sobjects/Lead", { LastName: "A", Company: "B", Title: "Director" });
    expect(body).toEqual([
      { message: "Directors need a phone number", errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION", fields: ["Phone"] },
    ]);
    await makeLead({ Title: "Director", Phone: "1" });
    await expect(
      act("addValidationRule", { object: "Lead", name: "x", errorCondition: "Nope = 1", errorMessage: "x" }),
    ).rejects.toThrow("Nope");
  });

  it("detects duplicates, and lets alert rules pass with the header", async () => {
    await act("addDuplicateRule", { object: "Lead", matchField: "Email", ruleAction: "Alert" });
    const id = await makeLead({ Email: "dup@example.com" });
    const { status, body } = await call("POST", "/sobjects/Lead", {
      LastName: "A",
      Company: "B",
      Email: "DUP@example.com",
    });
    expect(status).toBe(400);
    expect(body).toMatchObject([
      {
        errorCode: "DUPLICATES_DETECTED",
        duplicateResut: { allowSave: true, matchResults: [{ matchRecords: [{ record: { Id: id } }] }] },
      },
    ]);
    const passed = await conn
      .sobject("Lead")
      .create(
        { LastName: "A", Company: "B", Email: "dup@example.com" },
        { headers: { "Sforce-Duplicate-Rule-Header": "allowSave=true" } },
      );
    expect(passed.success).toBe(true);
  });

  it("locks rows, hides records and throws from triggers", async () => {
    const id = await makeLead();
    await act("lockRow", { id, forMs: 60_000 });
    await expect(conn.sobject("Lead").update({ Id: id, Title: "x" })).rejects.toMatchObject({
      errorCode: "UNABLE_TO_LOCK_ROW",
    });
    await act("lockRow", { id, forMs: 0 });
    await act("hideRecord", { id });
    expect((await conn.query(`SELECT Id FROM Lead WHERE Id = '${id}'`)).totalSize).toBe(0);
    expect((await call("GET", `/sobjects/Lead/${id}`)).status).toBe(404);
    await expect(conn.sobject("Lead").update({ Id: id, Title: "x" })).rejects.toMatchObject({
      errorCode: "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
    });
    await act("addTrigger", { object: "Lead", message: "boom" });
    await expect(makeLead()).rejects.toMatchObject({
      errorCode: "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
      message: expect.stringContaining("boom"),
    });
  });

  it("converts a lead once and for all, and merges with MasterRecordId", async () => {
    const [a, b] = [await makeLead({ FirstName: "Mei", Email: "m@example.com" }), await makeLead()];
    const c = await makeLead();
    await act("merge", { masterId: a, mergedIds: [b, c] });
    const losers = await conn.query<{ MasterRecordId: string }>(
      `SELECT MasterRecordId FROM Lead WHERE IsDeleted = true AND Id IN ('${b}','${c}')`,
      { scanAll: true },
    );
    expect(losers.records.map((row) => row.MasterRecordId)).toEqual([a, a]);
    const result = await act("convertLead", { leadId: a });
    const contact = await conn.sobject("Contact").retrieve(String(result.contactId));
    expect(contact).toMatchObject({ FirstName: "Mei", Email: "m@example.com", AccountId: result.accountId });
    expect(await conn.sobject("Lead").retrieve(a)).toMatchObject({
      IsConverted: true,
      ConvertedContactId: result.contactId,
    });
    await expect(conn.sobject("Lead").update({ Id: a, Title: "x" })).rejects.toMatchObject({
      errorCode: "CANNOT_UPDATE_CONVERTED_LEAD",
    });
    await expect(conn.sobject("Task").create({ WhoId: a, Subject: "Late" })).rejects.toMatchObject({
      errorCode: "CANNOT_UPDATE_CONVERTED_LEAD",
    });
  });

  it("keeps activities and campaign members", async () => {
    const lead = await makeLead();
    const start = "2026-11-20T01:00:00.000Z";
    const event = await conn
      .sobject("Event")
      .create({ WhoId: lead, Subject: "Demo", StartDateTime: start, EndDateTime: "2026-11-20T01:30:00.000Z" });
    expect(await conn.sobject("Event").retrieve(String(event.id))).toMatchObject({
      DurationInMinutes: 30,
      ActivityDate: "2026-11-20",
    });
    const user = (await conn.query<{ Id: string }>("SELECT Id FROM User WHERE IsActive = true LIMIT 1")).records[0]?.Id;
    await act("inviteUser", { eventId: event.id, userId: user });
    const copies = await conn.query(`SELECT Subject, OwnerId FROM Event WHERE WhoId = '${lead}' AND IsChild = true`);
    expect(copies.records).toMatchObject([{ Subject: "Demo", OwnerId: user }]);
    const task = await conn
      .sobject("Task")
      .create({ WhoId: lead, Subject: "Call", Status: "Completed", TaskSubtype: "Call" });
    const found = await conn.query<{ Who: { Name: string }; IsClosed: boolean }>(
      `SELECT Who.Name, IsClosed FROM Task WHERE Id = '${task.id}'`,
    );
    expect(found.records[0]).toMatchObject({ Who: { Name: "Test" }, IsClosed: true });
    const campaign = (await conn.query<{ Id: string }>("SELECT Id FROM Campaign LIMIT 1")).records[0]?.Id ?? "";
    await act("addToCampaign", { campaignId: campaign, leadId: lead });
    await expect(act("addToCampaign", { campaignId: campaign, leadId: lead })).rejects.toThrow("already a member");
    await act("removeFromCampaign", { campaignId: campaign, leadId: lead });
    expect((await conn.query(`SELECT Id FROM CampaignMember WHERE LeadId = '${lead}'`)).totalSize).toBe(0);
  });

  it("computes formula fields without moving SystemModstamp", async () => {
    const id = await makeLead({ FirstName: "Mei", NumberOfEmployees: 4 });
    const before = await conn.sobject("Lead").retrieve(id);
    await act("addFormulaField", {
      object: "Lead",
      name: "Greeting__c",
      label: "Greeting",
      formula: 'IF(NumberOfEmployees * 2 > 7, "Dear " & FirstName, "Hi")',
    });
    const after = await conn.sobject("Lead").retrieve(id);
    expect(after.Greeting__c).toBe("Dear Mei");
    expect(after.SystemModstamp).toBe(before.SystemModstamp);
    expect((await conn.describe("Lead")).fields.find((field) => field.name === "Greeting__c")).toMatchObject({
      calculated: true,
      updateable: false,
    });
  });

  it("shows people's changes late, with their older stamp, when transactions are long", async () => {
    await act("setCommitLag", { ms: 300 });
    const { id } = await act("createRecord", { object: "Lead", fields: { LastName: "Late", Company: "C" } });
    expect((await conn.query("SELECT Id FROM Lead WHERE LastName = 'Late'")).totalSize).toBe(0);
    await new Promise((done) => setTimeout(done, 350));
    const found = await conn.query<{ Id: string }>("SELECT Id FROM Lead WHERE LastName = 'Late'");
    expect(found.records[0]?.Id).toBe(id);
  });
});

describe("collections and composite", () => {
  it("saves what it can, in order, with statusCode per record", async () => {
    const results = await conn
      .sobject("Lead")
      .create([{ LastName: "A", Company: "B" }, { LastName: "C" }, { LastName: "D", Company: "E", Email: "bad" }]);
    expect(results.map((result) => result.success)).toEqual([true, false, false]);
    expect(results[1]?.errors).toEqual([
      { statusCode: "REQUIRED_FIELD_MISSING", message: "Required fields are missing: [Company]", fields: ["Company"] },
    ]);
  });

  it("upserts in bulk by external id with partial failure", async () => {
    await conn.tooling.sobject("CustomField").create({
      FullName: "Lead.Key__c",
      Metadata: { type: "Text", label: "Key", length: 20, externalId: true, unique: true },
    });
    const rows = (title: string) => [
      { Key__c: "1", LastName: "A", Company: "B", Title: title },
      { Key__c: "2", LastName: "A", Company: "B", Email: "bad" },
      { Key__c: "3", LastName: "A", Company: "B" },
    ];
    const first = await conn.sobject("Lead").upsert(rows("x"), "Key__c");
    expect(first.map((result) => [result.success, (result as { created?: boolean }).created])).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ]);
    const again = await conn.sobject("Lead").upsert(rows("y"), "Key__c");
    expect(again[0]).toMatchObject({ id: first[0]?.id, created: false });
  });

  it("rolls everything back with allOrNone", async () => {
    const id = await makeLead({ Title: "before" });
    const results = await conn.sobject("Lead").update(
      [
        { Id: id, Title: "after" },
        { Id: id, Email: "bad" },
      ],
      { allOrNone: true },
    );
    expect(results[0]).toMatchObject({ success: false, errors: [{ statusCode: "ALL_OR_NONE_OPERATION_ROLLED_BACK" }] });
    expect((await conn.sobject("Lead").retrieve(id)).Title).toBe("before");
  });

  it("retrieves many with null for the unknown, deletes many, and refuses more than 200", async () => {
    const ids = [await makeLead(), "00QKh0000000zzz", await makeLead()];
    const { body } = await call("POST", "/composite/sobjects/Lead", { ids, fields: ["LastName"] });
    expect(body).toMatchObject([{ Id: ids[0] }, null, { Id: ids[2] }]);
    const gone = await call("DELETE", `/composite/sobjects?ids=${ids.join(",")}&allOrNone=false`);
    expect(gone.body).toMatchObject([
      { success: true },
      { success: false, errors: [{ statusCode: "INVALID_CROSS_REFERENCE_KEY" }] },
      { success: true },
    ]);
    const many = Array.from({ length: 201 }, () => ({ attributes: { type: "Lead" }, LastName: "A", Company: "B" }));
    expect((await call("POST", "/composite/sobjects", { records: many })).status).toBe(400);
  });

  it("runs composite parts with references and halts them together", async () => {
    const parts = (email: string) => [
      {
        method: "POST",
        url: "/services/data/v67.0/sobjects/Account",
        referenceId: "acc",
        body: { Name: "Composite Ltd" },
      },
      {
        method: "POST",
        url: "/services/data/v67.0/sobjects/Contact",
        referenceId: "con",
        body: { LastName: "Z", AccountId: "@{acc.id}", Email: email },
      },
      { method: "GET", url: "/services/data/v67.0/sobjects/Contact/@{con.id}", referenceId: "get" },
    ];
    type Reply = { compositeResponse: { httpStatusCode: number; body: unknown; referenceId: string }[] };
    const good = (await call("POST", "/composite", { allOrNone: true, compositeRequest: parts("z@example.com") }))
      .body as Reply;
    expect(good.compositeResponse.map((part) => part.httpStatusCode)).toEqual([201, 201, 200]);
    const bad = (await call("POST", "/composite", { allOrNone: true, compositeRequest: parts("bad") })).body as Reply;
    expect(bad.compositeResponse.map((part) => (part.body as { errorCode: string }[])[0]?.errorCode)).toEqual([
      "PROCESSING_HALTED",
      "INVALID_EMAIL_ADDRESS",
      "PROCESSING_HALTED",
    ]);
    expect((await conn.query("SELECT Id FROM Account WHERE Name = 'Composite Ltd'")).totalSize).toBe(1);
    const many = Array.from({ length: 26 }, (_, i) => ({
      method: "GET",
      url: "/services/data/v67.0/limits",
      referenceId: `r${i}`,
    }));
    expect((await call("POST", "/composite", { compositeRequest: many })).status).toBe(400);
  });
});
