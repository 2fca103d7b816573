import type {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from "@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.sandbox.stop());

const batch = () => bench.client.crm.contacts.batchApi;
const create = async (properties: Record<string, string>) =>
  (await bench.client.crm.contacts.basicApi.create({ properties, associations: [] })).id;
const readEmail = async (email: string) =>
  (await bench.call("GET", `/crm/v3/objects/contacts/${email}?idProperty=email`)).status;

describe("batch read", () => {
  it("names all missing ids in one error, with 207 on v3 and 200 on 2026-09", async () => {
    const id = await create({ email: "batch-read@example.com" });
    const body = { inputs: [{ id }, { id: "999" }, { id: "998" }], properties: ["email"], propertiesWithHistory: [] };
    for (const [prefix, status] of [
      ["/crm/v3/objects", 207],
      ["/crm/objects/2026-03", 207],
      ["/crm/objects/2026-09", 200],
    ] as const) {
      const reply = await bench.call("POST", `${prefix}/contacts/batch/read`, body);
      expect(reply.status).toBe(status);
      expect(reply.body).toMatchObject({
        status: "COMPLETE",
        numErrors: 1,
        errors: [
          {
            status: "error",
            category: "OBJECT_NOT_FOUND",
            message: "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.",
            context: { ids: ["999", "998"] },
          },
        ],
      });
      expect(reply.body.results).toHaveLength(1);
    }
  });

  it("goes by address and carries history", async () => {
    const id = await create({ email: "by-mail@example.com", phone: "5" });
    const read = await batch().read({
      idProperty: "email",
      inputs: [{ id: "BY-MAIL@example.com" }],
      properties: [],
      propertiesWithHistory: ["phone"],
    });
    expect(read.results[0]?.id).toBe(id);
    expect(read.results[0]?.propertiesWithHistory?.phone?.[0]?.value).toBe("5");
  });

  it("leaves merged-away ids out without an error", async () => {
    const winner = await create({ email: "w2@example.com" });
    const loser = await create({ email: "l2@example.com" });
    await bench.act("mergeContacts", { primaryObjectId: winner, objectIdToMerge: loser });
    const read = await batch().read({ inputs: [{ id: loser }], properties: [], propertiesWithHistory: [] });
    expect(read.results).toEqual([]);
    expect("numErrors" in read && read.numErrors).toBeFalsy();
    const updated = await batch().update({ inputs: [{ id: loser, properties: { phone: "1" } }] });
    expect(updated.results).toEqual([]);
  });
});

describe("batch create", () => {
  it("without trace ids is all or nothing and names the first offender only", async () => {
    const id = await create({ email: "here@example.com" });
    const inputs = [
      { properties: { email: "fresh@example.com" } },
      { properties: { email: "here@example.com" } },
      { properties: { email: "nonsense" } },
    ];
    const reply = await bench.call("POST", "/crm/v3/objects/contacts/batch/create", { inputs });
    expect(reply.status).toBe(409);
    expect(reply.body.message).toBe(`Contact already exists. Existing ID: ${id}`);
    expect(await readEmail("fresh@example.com")).toBe(404);
  });

  it("with trace ids creates what it can and maps each error to its input", async () => {
    const made = await batch().create({
      inputs: [
        { properties: { email: "trace1@example.com" }, associations: [], objectWriteTraceId: "t1" },
        { properties: { email: "trace2@example.com", foo: "1" }, associations: [], objectWriteTraceId: "t2" },
      ],
    });
    expect(made.results).toMatchObject([{ objectWriteTraceId: "t1" }]);
    if (!("errors" in made)) throw new Error("expected errors");
    expect(made.numErrors).toBe(1);
    expect(made.errors?.[0]).toMatchObject({
      category: "VALIDATION_ERROR",
      context: { objectWriteTraceId: ["t2"] },
    });
    expect(made.errors?.[0]?.message).toContain("PROPERTY_DOESNT_EXIST");
  });

  it("answers 201, also when some fail on 2026-09", async () => {
    const inputs = [
      { properties: { email: "dbv1@example.com" }, objectWriteTraceId: "a" },
      { properties: { email: "bad" }, objectWriteTraceId: "b" },
    ];
    const reply = await bench.call("POST", "/crm/objects/2026-09/contacts/batch/create", { inputs });
    expect(reply.status).toBe(201);
    expect(reply.body.numErrors).toBe(1);
    const fine = await bench.call("POST", "/crm/v3/objects/contacts/batch/create", {
      inputs: [{ properties: { email: "dbv2@example.com" } }],
    });
    expect(fine.status).toBe(201);
    expect(fine.body.errors).toBeUndefined();
  });

  it("takes no more than 100 inputs", async () => {
    const inputs = Array.from({ length: 101 }, (_, i) => ({
      properties: { email: `n${i}@example.com` },
      associations: [],
    }));
    expect((await refusal(batch().create({ inputs }))).status).toBe(400);
  });
});

describe("batch update", () => {
  it("with trace ids tells the missing record apart from the written one", async () => {
    const id = await create({ email: "update@example.com" });
    const reply = await bench.call("POST", "/crm/v3/objects/contacts/batch/update", {
      inputs: [
        { id, properties: { phone: "9" }, objectWriteTraceId: "x" },
        { id: "12345", properties: { phone: "9" }, objectWriteTraceId: "y" },
      ],
    });
    expect(reply.status).toBe(207);
    expect(reply.body.results).toMatchObject([{ id, properties: { phone: "9" } }]);
    expect(reply.body.errors).toMatchObject([
      { category: "OBJECT_NOT_FOUND", context: { ids: ["12345"], objectWriteTraceId: ["y"] } },
    ]);
  });

  it("refuses the same id twice and refuses to go by address", async () => {
    const id = await create({ email: "twice@example.com" });
    const twice = { id, properties: { phone: "1" } };
    const { body } = await refusal(batch().update({ inputs: [twice, twice] }));
    expect(body.message).toBe(`Duplicate IDs found in batch input: [${id}]. IDs must be unique`);
    const byEmail = { id: "twice@example.com", idProperty: "email", properties: { phone: "1" } };
    const refused = await refusal(batch().update({ inputs: [byEmail] }));
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain("non-unique 0-1 property");
  });
});

describe("batch upsert", () => {
  it("by address creates, then updates, also through an additional address", async () => {
    const upsert = (id: string, phone: string) =>
      batch().upsert({ inputs: [{ id, idProperty: "email", properties: { phone } }] });
    const first = await upsert("up@example.com", "1");
    expect(first.results[0]).toMatchObject({ _new: true });
    const id = first.results[0]?.id;
    await bench.act("updateContact", { id, properties: { hs_additional_emails: "up2@example.com" } });
    const second = await upsert("up2@example.com", "2");
    expect(second.results[0]).toMatchObject({ id, _new: false });
    const read = await bench.client.crm.contacts.basicApi.getById(String(id), ["email", "phone"]);
    expect(read.properties).toMatchObject({ email: "up@example.com", phone: "2" });
  });

  it("by a unique property never makes a second record of one key", async () => {
    await bench.client.crm.properties.coreApi.create("contacts", {
      name: "crm_sync_key",
      label: "Sync key",
      type: "string" as PropertyCreateTypeEnum,
      fieldType: "text" as PropertyCreateFieldTypeEnum,
      groupName: "contactinformation",
      hasUniqueValue: true,
    });
    const input = { id: "00Q1", idProperty: "crm_sync_key", properties: { lastname: "Key" } };
    const first = await batch().upsert({ inputs: [input] });
    const again = await batch().upsert({ inputs: [{ ...input, properties: { lastname: "Key 2" } }] });
    expect(again.results[0]?.id).toBe(first.results[0]?.id);
    const other = await create({ email: "other-key@example.com" });
    const taken = await refusal(
      bench.client.crm.contacts.basicApi.update(other, { properties: { crm_sync_key: "00Q1" } }),
    );
    expect(taken.status).toBe(400);
    expect(taken.body.message).toContain("already has that value");
  });
});

it("batch archive ignores unknown ids and answers 204", async () => {
  const id = await create({ email: "arch@example.com" });
  const reply = await bench.call("POST", "/crm/v3/objects/contacts/batch/archive", { inputs: [{ id }, { id: "1" }] });
  expect(reply.status).toBe(204);
  expect(await readEmail("arch@example.com")).toBe(404);
});
