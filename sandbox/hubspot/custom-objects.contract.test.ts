import { afterAll, beforeAll, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.sandbox.stop());

const schemas = () => bench.client.crm.schemas.coreApi;

it("a custom object type has records, search, associations and batches like any other", async () => {
  const made = await schemas().create({
    name: "car",
    labels: { singular: "Car", plural: "Cars" },
    primaryDisplayProperty: "vin",
    requiredProperties: ["vin"],
    searchableProperties: ["vin"],
    secondaryDisplayProperties: [],
    properties: [
      { name: "vin", label: "VIN", type: "string", fieldType: "text", hasUniqueValue: true },
      { name: "doors", label: "Doors", type: "number", fieldType: "number" },
    ] as never,
    associatedObjects: ["CONTACT"],
  });
  expect(made).toMatchObject({ objectTypeId: expect.stringMatching(/^2-\d+$/), fullyQualifiedName: "p48201337_car" });
  const objects = bench.client.crm.objects;
  const unset = await refusal(
    objects.basicApi.create("p48201337_car", { properties: { doors: "4" }, associations: [] }),
  );
  expect(unset.body.message).toBe("Error creating CAR. Some required properties were not set.");
  const car = await objects.basicApi.create(made.objectTypeId ?? "", {
    properties: { vin: "V1", doors: "4" },
    associations: [],
  });
  const found = await objects.searchApi.doSearch("car", {
    filterGroups: [{ filters: [{ propertyName: "doors", operator: "GT" as never, value: "3" }] }],
    properties: ["vin"],
    limit: 10,
    after: "0",
    sorts: [],
  });
  expect(found.results.map((one) => one.properties.vin)).toEqual(["V1"]);
  const upserted = await objects.batchApi.upsert("car", {
    inputs: [{ id: "V1", idProperty: "vin", properties: { doors: "5" } }],
  });
  expect(upserted.results[0]).toMatchObject({ id: car.id, _new: false });
  const contact = await bench.act("createContact", { properties: { email: "driver@example.com" } });
  await bench.client.crm.associations.v4.basicApi.createDefault("car", car.id, "contacts", contact.id);
  const links = await bench.client.crm.associations.v4.basicApi.getPage("contacts", contact.id, "car");
  expect(links.results[0]?.associationTypes[0]).toMatchObject({ category: "USER_DEFINED" });
  expect((await refusal(schemas().archive("car"))).status).toBe(400);
  await objects.basicApi.archive("car", car.id);
  await schemas().archive("car");
  expect((await schemas().getAll()).results).toEqual([]);
});

it("the legacy engagement call makes an activity of today's kind", async () => {
  const contact = await bench.act("createContact", { properties: { email: "legacy@example.com" } });
  const made = await bench.call("POST", "/engagements/v1/engagements", {
    engagement: { type: "NOTE", ownerId: 71550002, timestamp: 1_760_000_000_000, active: true },
    associations: { contactIds: [Number(contact.id)] },
    metadata: { body: "old way" },
  });
  const { engagement } = made.body as unknown as { engagement: { id: number } };
  const note = await bench.client.crm.objects.notes.basicApi.getById(String(engagement.id), ["hs_note_body"]);
  expect(note.properties.hs_note_body).toBe("old way");
  const flows = await bench.call("GET", "/automation/v4/flows");
  expect(flows.body.results).toEqual([]);
  expect((await bench.call("GET", "/automation/v4/flows/1")).status).toBe(404);
});

it("the legacy change of an engagement merges metadata and leaves associations alone", async () => {
  const contact = await bench.act("createContact", { properties: { email: "legacy-task@example.com" } });
  const made = await bench.call("POST", "/engagements/v1/engagements", {
    engagement: { type: "TASK", ownerId: 71550002, timestamp: 1_760_000_000_000 },
    associations: { contactIds: [Number(contact.id)] },
    metadata: { subject: "Ring back", body: "after lunch", status: "NOT_STARTED", forObjectType: "CONTACT" },
  });
  const { id } = (made.body as unknown as { engagement: { id: number } }).engagement;
  const changed = await bench.call("PATCH", `/engagements/v1/engagements/${id}`, {
    engagement: { timestamp: 1_770_000_000_000 },
    metadata: { status: "COMPLETED" },
    associations: { contactIds: [], companyIds: [] },
  });
  expect(changed.status).toBe(200);
  const read = await bench.call("GET", `/engagements/v1/engagements/${id}`);
  expect(read.body).toMatchObject({
    engagement: { id, type: "TASK", ownerId: 71550002, timestamp: 1_770_000_000_000 },
    associations: { contactIds: [Number(contact.id)] },
    metadata: { subject: "Ring back", body: "after lunch", status: "COMPLETED", forObjectType: "CONTACT" },
  });
  const task = await bench.client.crm.objects.tasks.basicApi.getById(String(id), ["hs_task_status", "hs_timestamp"]);
  expect(task.properties.hs_task_status).toBe("COMPLETED");
  expect(Date.parse(task.properties.hs_timestamp ?? "")).toBe(1_770_000_000_000);
  expect((await bench.call("PATCH", "/engagements/v1/engagements/1", { metadata: {} })).status).toBe(404);
});

it("a merge of companies makes a new record, to which both old ids lead in single calls", async () => {
  const make = async (name: string) =>
    (await bench.client.crm.companies.basicApi.create({ properties: { name }, associations: [] })).id;
  const [a, b] = [await make("A"), await make("B")];
  const merge = { primaryObjectId: a, objectIdToMerge: b };
  const { id } = (await bench.call("POST", "/crm/v3/objects/companies/merge", merge)).body;
  expect([a, b]).not.toContain(id);
  for (const old of [a, b]) expect((await bench.client.crm.companies.basicApi.getById(old)).id).toBe(id);
});
