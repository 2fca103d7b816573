import { AssociationSpecAssociationCategoryEnum as Category } from "@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";

let bench: Bench;
let contact: string;
let company: string;
let other: string;
beforeAll(async () => {
  bench = await openBench();
  contact = await make("contacts", { email: "assoc@example.com" });
  company = await make("companies", { name: "北斗商事" });
  other = await make("companies", { name: "Second" });
});
afterAll(() => bench.sandbox.stop());

const make = async (type: string, properties: Record<string, string>) =>
  (await bench.client.crm.objects.basicApi.create(type, { properties, associations: [] })).id;
const v4 = () => bench.client.crm.associations.v4;
const spec = (associationTypeId: number) => ({ associationCategory: Category.HubspotDefined, associationTypeId });
const kindsOf = async (from: string, id: string, to: string) =>
  (await v4().basicApi.getPage(from, id, to)).results.map((one) => ({
    id: String(one.toObjectId),
    types: one.associationTypes.map((kind) => `${kind.typeId}${kind.label ? ` ${kind.label}` : ""}`),
  }));

describe("an association", () => {
  it("goes both ways, and the first company of a contact is its primary one", async () => {
    const made = await v4().basicApi.create("contacts", contact, "companies", company, [spec(279)]);
    expect(made).toMatchObject({ fromObjectTypeId: "0-1", toObjectTypeId: "0-2", labels: ["Primary"] });
    expect(await kindsOf("contacts", contact, "companies")).toEqual([{ id: company, types: ["279", "1 Primary"] }]);
    expect(await kindsOf("companies", company, "contacts")).toEqual([{ id: contact, types: ["280", "2 Primary"] }]);
    const read = await bench.client.crm.contacts.basicApi.getById(contact, ["associatedcompanyid"]);
    expect(read.properties.associatedcompanyid).toBe(company);
    const counted = await bench.client.crm.companies.basicApi.getById(company, ["num_associated_contacts"]);
    expect(counted.properties.num_associated_contacts).toBe("1");
  });

  it("comes along with a read that asks for it, in the words of v3", async () => {
    const read = await bench.client.crm.contacts.basicApi.getById(contact, undefined, undefined, ["companies"]);
    expect(read.associations?.companies?.results).toEqual([
      { id: company, type: "contact_to_company_unlabeled" },
      { id: company, type: "contact_to_company" },
    ]);
  });

  it("makes another company the primary one and takes that from the first", async () => {
    await v4().basicApi.create("contacts", contact, "companies", other, [spec(1)]);
    expect(await kindsOf("contacts", contact, "companies")).toEqual([
      { id: company, types: ["279"] },
      { id: other, types: ["279", "1 Primary"] },
    ]);
    const read = await bench.client.crm.contacts.basicApi.getById(contact, ["associatedcompanyid"]);
    expect(read.properties.associatedcompanyid).toBe(other);
  });

  it("is read, defaulted and archived in batches; a record without one is an entry of `errors`", async () => {
    const lonely = await make("contacts", { email: "lonely@example.com" });
    const read = await v4().batchApi.getPage("contacts", "companies", { inputs: [{ id: contact }, { id: lonely }] });
    expect(read.results[0]?.to.map((one) => String(one.toObjectId))).toEqual([company, other]);
    expect((read as unknown as { errors: unknown[] }).errors).toEqual([
      {
        status: "error",
        category: "OBJECT_NOT_FOUND",
        subCategory: "crm.associations.NO_ASSOCIATIONS_FOUND",
        message: `No company is associated with contact ${lonely}.`,
        context: { fromObjectId: [lonely], fromObjectType: ["contact"], toObjectType: ["company"] },
      },
    ]);
    const defaults = await v4().batchApi.createDefault("contacts", "companies", {
      inputs: [{ _from: { id: lonely }, to: { id: company } }],
    });
    expect(defaults.results.map((one) => one.associationSpec.associationTypeId)).toEqual([279, 280]);
    await v4().batchApi.archive("contacts", "companies", {
      inputs: [{ _from: { id: lonely }, to: [{ id: company }] }],
    });
    expect(await kindsOf("contacts", lonely, "companies")).toEqual([]);
  });

  it("carries a label that the portal defines, which can be taken away alone", async () => {
    const labels = bench.client.crm.associations.v4.schema.definitionsApi;
    const defined = await labels.create("contacts", "companies", { label: "Decision maker", name: "decision_maker" });
    const [forward, back] = defined.results;
    expect(forward).toMatchObject({ category: "USER_DEFINED", label: "Decision maker" });
    expect((await labels.getAll("companies", "contacts")).results).toContainEqual(back);
    const types = [{ associationCategory: Category.UserDefined, associationTypeId: forward?.typeId ?? 0 }];
    const inputs = [{ _from: { id: contact }, to: { id: company }, types }];
    const made = await v4().batchApi.create("contacts", "companies", { inputs });
    expect(made.results[0]?.labels).toEqual(["Decision maker"]);
    await v4().batchApi.archiveLabels("contacts", "companies", { inputs });
    expect((await kindsOf("contacts", contact, "companies"))[0]).toEqual({ id: company, types: ["279"] });
    await labels.remove("contacts", "companies", forward?.typeId ?? 0);
    expect((await refusal(labels.remove("contacts", "companies", forward?.typeId ?? 0))).status).toBe(404);
  });

  it("is refused with a kind that does not lead there", async () => {
    const wrong = await refusal(v4().basicApi.create("contacts", contact, "companies", company, [spec(4)]));
    expect(wrong).toMatchObject({ status: 400, body: { category: "VALIDATION_ERROR" } });
  });

  it("has other codes and string ids in 2026-09: batch create and archive answer 200", async () => {
    const inputs = [{ from: { id: contact }, to: { id: company }, types: [spec(279)] }];
    const made = await bench.call("POST", "/crm/associations/2026-09/contacts/companies/batch/create", { inputs });
    expect(made.status).toBe(200);
    expect(made.body.results[0]).toMatchObject({ fromObjectId: contact, toObjectId: company });
    const old = await bench.call("POST", "/crm/v4/associations/contacts/companies/batch/create", { inputs });
    expect(old.status).toBe(201);
    expect(old.body.results[0]).toMatchObject({ fromObjectId: Number(contact) });
    const gone = { inputs: [{ from: { id: contact }, to: [{ id: company }] }] };
    expect((await bench.call("POST", "/crm/associations/2026-09/contacts/companies/batch/archive", gone)).status).toBe(
      200,
    );
    expect((await bench.call("POST", "/crm/v4/associations/contacts/companies/batch/archive", gone)).status).toBe(204);
    const missing = [{ id: "999" }];
    const read = await bench.call("POST", "/crm/associations/2026-09/contacts/companies/batch/read", {
      inputs: missing,
    });
    expect(read).toMatchObject({ status: 200, body: { numErrors: 1 } });
    const listed = await bench.call("GET", `/crm/objects/2026-09/contacts/${contact}/associations/companies`);
    expect(listed.body.results).toMatchObject([{ toObjectId: other }]);
  });

  it("goes with a creation, single or in a batch; an unknown record refuses the whole creation", async () => {
    const associations = [{ to: { id: contact }, types: [spec(202)] }];
    const properties = { hs_timestamp: "2026-11-01T10:00:00Z", hs_note_body: "hello" };
    const note = await bench.client.crm.objects.notes.basicApi.create({ properties, associations });
    expect(await kindsOf("notes", note.id, "contacts")).toEqual([{ id: contact, types: ["202"] }]);
    const batch = await bench.client.crm.deals.batchApi.create({
      inputs: [
        {
          properties: { dealname: "D", dealstage: "closedwon", amount: "10" },
          associations: [{ to: { id: company }, types: [spec(5)] }],
        },
      ],
    });
    const deal = batch.results[0]?.id ?? "";
    expect(await kindsOf("companies", company, "deals")).toEqual([{ id: deal, types: ["342", "6 Primary"] }]);
    const missing = [{ to: { id: "999" }, types: [spec(202)] }];
    const refused = await refusal(
      bench.client.crm.objects.notes.basicApi.create({ properties, associations: missing }),
    );
    expect(refused).toMatchObject({ status: 404, body: { subCategory: "crm.associations.INVALID_OBJECT_IDS" } });
  });

  it("follows a merge and disappears with a privacy deletion", async () => {
    const winner = await make("contacts", { email: "w@example.com" });
    const loser = await make("contacts", { email: "l@example.com" });
    await v4().basicApi.create("contacts", loser, "companies", company, [spec(279)]);
    await bench.act("mergeContacts", { primaryObjectId: winner, objectIdToMerge: loser });
    expect((await kindsOf("contacts", winner, "companies")).map((one) => one.id)).toEqual([company]);
    await bench.client.crm.contacts.basicApi.purge({ objectId: winner });
    expect((await kindsOf("companies", company, "contacts")).map((one) => one.id)).not.toContain(winner);
  });
});

it("associations have a limit of their own, told with its group", async () => {
  await bench.door("PUT", "limits", { associationsPerTenSeconds: 1 });
  await bench.door("PUT", "clock", { offsetMs: 60_000 });
  const path = `/crm/v4/objects/contacts/${contact}/associations/companies`;
  expect((await bench.call("GET", path)).status).toBe(200);
  const refused = await bench.call("GET", path);
  expect(refused).toMatchObject({
    status: 429,
    body: { policyName: "TEN_SECONDLY_ROLLING", groupName: "publicapi:associations" },
  });
  expect((await bench.call("GET", `/crm/v3/objects/contacts/${contact}`)).status).toBe(200);
});
