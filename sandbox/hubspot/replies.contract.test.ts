import { afterAll, beforeAll, describe, it } from "vitest";
import { type Bench, openBench } from "./contract-setup";
import { expectShape, type ReplyName } from "./reply-shapes";

let bench: Bench;
let formGuid: string;
const email = "shape@example.com";
beforeAll(async () => {
  bench = await openBench(30);
  await bench.door("PUT", "limits", { enforce: false });
  const { id } = await bench.act("createContact", { properties: { email } });
  await bench.act("updateContact", { id, properties: { phone: "1" } });
  const company = await bench.act("createRecord", { type: "companies", properties: { name: "Shape" } });
  await bench.act("associate", { from: { type: "contacts", id }, to: { type: "companies", id: company.id } });
  formGuid = ((await bench.act("submitForm", { email })) as unknown as { formGuid: string }).formGuid;
  await bench.act("sendMarketingEmail", { email });
  await bench.act("openMarketingEmail", { email });
  await bench.act("clickMarketingEmail", { email });
  for (const action of ["logCall", "addNote", "createTask", "scheduleMeeting", "sendSalesEmail"])
    await bench.act(action, { email });
});
afterAll(() => bench.sandbox.stop());

const expectReply = async (name: ReplyName, method: string, path: string, body?: unknown) => {
  const reply = await bench.call(method, path, body);
  expectShape(name, reply.body, `${method} ${path}`);
  return reply;
};

const OBJECTS = ["/crm/v3/objects", "/crm/objects/2026-03", "/crm/objects/2026-09"];
const TYPES = ["contacts", "companies", "deals", "tickets", "calls", "emails", "meetings", "notes", "tasks"];

describe("replies have the documented shape and nothing else", () => {
  it("records of every type in every generation: page, one, search, batch", async () => {
    for (const prefix of OBJECTS) {
      for (const type of TYPES) {
        const page = await expectReply(
          "recordPage",
          "GET",
          `${prefix}/${type}?limit=5&associations=contacts,companies`,
        );
        const id = page.body.results[0]?.id ?? "";
        const history = "propertiesWithHistory=hubspot_owner_id,phone";
        await expectReply("record", "GET", `${prefix}/${type}/${id}?${history}`);
        await expectReply("recordPage", "POST", `${prefix}/${type}/search`, { limit: 2 });
        await expectReply("recordBatch", "POST", `${prefix}/${type}/batch/read`, {
          inputs: [{ id }, { id: "1" }],
          properties: [],
        });
      }
    }
  });

  it("writes: create, update, upsert, archive and their refusals", async () => {
    for (const [index, prefix] of OBJECTS.entries()) {
      const made = await expectReply("record", "POST", `${prefix}/contacts`, {
        properties: { email: `w${index}@shape.example` },
      });
      await expectReply("record", "PATCH", `${prefix}/contacts/${made.body.id}`, { properties: { phone: "2" } });
      const inputs = [
        { id: `w${index}@shape.example`, idProperty: "email", properties: { phone: "3" }, objectWriteTraceId: "1" },
        { id: "not an address", idProperty: "email", properties: {}, objectWriteTraceId: "2" },
      ];
      await expectReply("recordBatch", "POST", `${prefix}/contacts/batch/upsert`, { inputs });
      await expectReply("problem", "POST", `${prefix}/contacts`, { properties: { email } });
      await expectReply("problem", "GET", `${prefix}/contacts/1`);
      await expectReply("problem", "POST", `${prefix}/notes`, { properties: {} });
    }
  });

  it("definitions: properties, pipelines, kinds of association", async () => {
    for (const type of TYPES) {
      await expectReply("propertyPage", "GET", `/crm/v3/properties/${type}`);
      await expectReply("kindPage", "GET", `/crm/v4/associations/contacts/${type}/labels`);
    }
    for (const type of ["deals", "tickets"]) await expectReply("pipelinePage", "GET", `/crm/v3/pipelines/${type}`);
  });

  it("associations, lists, submissions and email events", async () => {
    const { body } = await bench.call("GET", `/crm/v3/objects/contacts/${email}?idProperty=email`);
    for (const prefix of ["/crm/v4", "/crm"]) {
      const objects = prefix === "/crm" ? "/crm/objects/2026-09" : "/crm/v4/objects";
      const batches = prefix === "/crm" ? "/crm/associations/2026-09" : "/crm/v4/associations";
      await expectReply("linkPage", "GET", `${objects}/contacts/${body.id}/associations/companies`);
      const inputs = [{ id: body.id }, { id: "1" }];
      await expectReply("linkBatch", "POST", `${batches}/contacts/companies/batch/read`, { inputs });
    }
    for (const prefix of ["/crm/v3/lists", "/crm/lists/2026-09"]) {
      await expectReply("listPage", "POST", `${prefix}/search`, { count: 10, additionalProperties: ["hs_list_size"] });
      await expectReply("listPage", "GET", `${prefix}?includeFilters=true`);
      await expectReply("memberPage", "GET", `${prefix}/4/memberships?limit=1`);
      await expectReply("memberPage", "GET", `${prefix}/4/memberships/join-order?limit=1`);
    }
    await expectReply("submissionPage", "GET", `/form-integrations/v1/submissions/forms/${formGuid}`);
    await expectReply("eventPage", "GET", "/email/public/v1/events?limit=3");
  });
});
