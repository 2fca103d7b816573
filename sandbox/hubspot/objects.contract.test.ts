import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.sandbox.stop());

const basic = () => bench.client.crm.contacts.basicApi;
const create = async (properties: Record<string, string>) =>
  (await basic().create({ properties, associations: [] })).id;

describe("one contact", () => {
  it("is created with 201, a lower-cased address and computed properties, all values strings", async () => {
    const made = await bench.call("POST", "/crm/v3/objects/contacts", {
      properties: { email: "  Ann.Lee@Example.COM ", firstname: "Ann", numemployees: "1-5" },
    });
    expect(made.status).toBe(201);
    expect(made.body.properties).toMatchObject({
      email: "ann.lee@example.com",
      hs_email_domain: "example.com",
      hs_is_contact: "true",
      hs_object_id: made.body.id,
    });
    expect(made.body.id).toMatch(/^2\d{10}$/);
    expect(made.body.properties.createdate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it("is read by id and by address, with the defaults or with what was asked, null where empty", async () => {
    const id = await create({ email: "read@example.com", firstname: "Rea" });
    const byDefault = await basic().getById(id);
    expect(Object.keys(byDefault.properties).sort()).toEqual([
      "createdate",
      "email",
      "firstname",
      "hs_object_id",
      "lastmodifieddate",
      "lastname",
    ]);
    expect(byDefault.properties.lastname).toBeNull();
    const path = "/crm/v3/objects/CONTACT/read@example.com?idProperty=email";
    const comma = await bench.call("GET", `${path}&properties=phone%2Cemail`);
    const repeated = await bench.call("GET", `${path}&properties=phone&properties=email&properties=nonsense`);
    expect(comma.body.properties).toMatchObject({ phone: null, email: "read@example.com" });
    expect(repeated.body.properties).toEqual(comma.body.properties);
  });

  it("answers to every spelling of its type and to every API generation", async () => {
    const id = await create({ email: "spelling@example.com" });
    const prefixes = ["/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09", "//crm/v3//objects"];
    for (const prefix of prefixes) {
      for (const type of ["contacts", "contact", "CONTACT", "0-1"]) {
        expect((await bench.call("GET", `${prefix}/${type}/${id}/`)).body.id).toBe(id);
      }
    }
    const unknown = await bench.call("GET", `/crm/v3/objects/nonsense/${id}`);
    expect(unknown.body).toMatchObject({ message: "Unable to infer object type from: nonsense" });
  });

  it("keeps an edit's history with time and source, newest first; an equal value leaves no trace", async () => {
    const id = await create({ email: "history@example.com", phone: "1" });
    await basic().update(id, { properties: { phone: "2" } });
    const before = await basic().getById(id);
    await basic().update(id, { properties: { phone: "2" } });
    await bench.act("updateContact", { id, properties: { phone: "3" } });
    const { propertiesWithHistory, properties } = await basic().getById(id, undefined, ["phone"]);
    const history = propertiesWithHistory?.phone ?? [];
    expect(history.map(({ value, sourceType }) => `${value} ${sourceType}`)).toEqual([
      "3 CRM_UI",
      "2 INTEGRATION",
      "1 INTEGRATION",
    ]);
    expect(history[1]?.sourceId).toBe("3200001");
    expect(history[0]?.updatedByUserId).toBe(9400002);
    expect(properties.lastmodifieddate).not.toBe(before.properties.lastmodifieddate);
  });

  it("does not move its stamp for a write of equal values", async () => {
    const id = await create({ email: "still@example.com", phone: "1" });
    const before = await basic().getById(id);
    await new Promise((done) => setTimeout(done, 5));
    await basic().update(id, { properties: { phone: "1", email: "STILL@example.com" } });
    expect((await basic().getById(id)).updatedAt).toEqual(before.updatedAt);
  });

  it("has no second one with its address, primary or additional, in any case", async () => {
    const id = await create({ email: "taken@example.com" });
    await bench.act("updateContact", { id, properties: { hs_additional_emails: "second@example.com" } });
    for (const email of ["TAKEN@example.com", "second@example.com"]) {
      const { status, body } = await refusal(basic().create({ properties: { email }, associations: [] }));
      expect(status).toBe(409);
      expect(body).toMatchObject({
        category: "CONFLICT",
        message: `Contact already exists. Existing ID: ${id}`,
      });
    }
    const other = await create({ email: "third@example.com" });
    const steal = bench.act("updateContact", { id: other, properties: { hs_additional_emails: "Second@example.com" } });
    await expect(steal).rejects.toThrow(`Existing ID: ${id}`);
    const found = await bench.call("GET", "/crm/v3/objects/contacts/second@example.com?idProperty=email");
    expect(found.body.id).toBe(id);
  });

  it("moves its lifecycle stage forward only, unless it was cleared or a person moves it", async () => {
    const id = await create({ email: "stage@example.com", lifecyclestage: "opportunity" });
    const stage = async () => (await basic().getById(id, ["lifecyclestage"])).properties.lifecyclestage;
    const back = await bench.call("PATCH", `/crm/v3/objects/contacts/${id}`, {
      properties: { lifecyclestage: "lead" },
    });
    expect(back.status).toBe(200);
    expect(await stage()).toBe("opportunity");
    await basic().update(id, { properties: { lifecyclestage: "customer" } });
    expect(await stage()).toBe("customer");
    await basic().update(id, { properties: { lifecyclestage: "" } });
    expect(await stage()).toBeNull();
    await basic().update(id, { properties: { lifecyclestage: "lead" } });
    expect(await stage()).toBe("lead");
    await bench.act("updateContact", { id, properties: { lifecyclestage: "subscriber" } });
    expect(await stage()).toBe("subscriber");
  });

  it("refuses bad values all together, in HubSpot's words", async () => {
    const { status, body } = await refusal(
      basic().create({
        properties: {
          email: "no-address",
          foo: "1",
          createdate: "1",
          lifecyclestage: "boss",
          closedate: "tomorrow",
          hubspot_owner_id: "1",
        },
        associations: [],
      }),
    );
    expect(status).toBe(400);
    expect(body.category).toBe("VALIDATION_ERROR");
    expect(body.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    const listed = JSON.parse(String(body.message).replace("Property values were not valid: ", ""));
    expect(listed.map((one: { error: string }) => one.error)).toEqual([
      "INVALID_EMAIL",
      "PROPERTY_DOESNT_EXIST",
      "READ_ONLY_VALUE",
      "INVALID_OPTION",
      "INVALID_LONG",
      "INVALID_OWNER_ID",
    ]);
    expect(body.errors[0]).toMatchObject({ code: "INVALID_EMAIL", context: { propertyName: ["email"] } });
  });

  it("must have what an administrator made required", async () => {
    await bench.act("setRequiredProperty", { property: "lastname" });
    const properties: Record<string, string> = { email: "required@example.com" };
    const { body } = await refusal(basic().create({ properties, associations: [] }));
    expect(body.errors[0]?.code).toBe("MISSING_REQUIRED_PROPERTY");
    const id = await create({ ...properties, lastname: "R" });
    expect((await refusal(basic().update(id, { properties: { lastname: "" } }))).status).toBe(400);
    await basic().update(id, { properties: { phone: "1" } });
    await bench.act("setRequiredProperty", { property: "lastname", required: false });
  });

  it("refuses text above 65,536 characters", async () => {
    const properties = { email: "long@example.com", message: "x".repeat(65_537) };
    expect((await refusal(basic().create({ properties, associations: [] }))).status).toBe(400);
    properties.message = "x".repeat(65_536);
    expect(await create(properties)).toBeTruthy();
  });

  it("is archived with 204, unknown ids too, then is only found among the archived", async () => {
    const id = await create({ email: "gone@example.com" });
    await basic().archive(id);
    expect((await bench.call("DELETE", "/crm/v3/objects/contacts/999")).status).toBe(204);
    const { status, body } = await refusal(basic().getById(id));
    expect(status).toBe(404);
    expect(body).toMatchObject({ status: "error", message: "resource not found", category: "OBJECT_NOT_FOUND" });
    const archived = await basic().getPage(100, undefined, undefined, undefined, undefined, true);
    expect(archived.results.find((one) => one.id === id)).toMatchObject({ archived: true });
    await create({ email: "gone@example.com" });
    await expect(bench.act("restoreContact", { id })).rejects.toThrow("Contact already exists");
  });

  it("that was merged away leads to the winner in single calls, and the winner keeps both addresses", async () => {
    const winner = await create({ email: "winner@example.com" });
    const loser = await create({ email: "loser@example.com", phone: "77" });
    await bench.act("mergeContacts", { primaryObjectId: winner, objectIdToMerge: loser });
    const read = await basic().getById(loser, ["phone", "hs_additional_emails", "hs_merged_object_ids"]);
    expect(read.id).toBe(winner);
    expect(read.properties).toMatchObject({
      phone: "77",
      hs_additional_emails: "loser@example.com",
      hs_merged_object_ids: loser,
    });
    expect((await bench.call("DELETE", `/crm/v3/objects/contacts/${loser}`)).status).toBe(204);
    expect((await basic().getById(winner)).archived).toBe(false);
  });

  it("that was deleted for privacy is nowhere, not among the archived either", async () => {
    const id = await create({ email: "privacy@example.com" });
    await basic().purge({ objectId: id });
    expect((await refusal(basic().getById(id))).status).toBe(404);
    expect((await bench.call("GET", `/crm/v3/objects/contacts/${id}?archived=true`)).status).toBe(404);
  });

  it("is listed page by page without gaps", async () => {
    const world = await openBench(60);
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await world.client.crm.contacts.basicApi.getPage(20, after);
      ids.push(...page.results.map((one) => one.id));
      after = page.paging?.next?.after;
    } while (after);
    expect(new Set(ids).size).toBe(48);
    await world.sandbox.stop();
  });
});

describe("companies and deals", () => {
  it("ride on the same engine with their own stamp property", async () => {
    const company = await bench.client.crm.companies.basicApi.create({
      properties: { name: "北斗商事", domain: "hokuto.example.jp" },
      associations: [],
    });
    expect(company.properties.hs_lastmodifieddate).toBe(company.properties.createdate);
    const pipelines = await bench.client.crm.pipelines.pipelinesApi.getAll("deals");
    expect(pipelines.results[0]?.stages.map((stage) => stage.id)).toContain("closedwon");
  });
});
