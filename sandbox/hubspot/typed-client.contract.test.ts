import type { Client } from "@hubspot/api-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";

let bench: Bench;
let client: Client;
beforeAll(async () => {
  bench = await openBench(20);
  await bench.door("PUT", "limits", { enforce: false });
  client = bench.client;
});
afterAll(() => bench.sandbox.stop());

type Properties = Record<string, string>;
const PAST = { hs_timestamp: "2026-11-01T09:00:00Z" };
/** The generic API reaches every type; contacts, companies, deals and tickets also have one of their own. */
const TYPES: [type: string, given: Properties, changed: Properties][] = [
  ["contacts", { email: "typed@client.example" }, { firstname: "Typed" }],
  ["companies", { name: "Typed Ltd" }, { city: "Galway" }],
  ["deals", { dealname: "Typed", pipeline: "default", dealstage: "qualifiedtobuy" }, { amount: "10" }],
  ["tickets", { subject: "Typed", hs_pipeline: "0", hs_pipeline_stage: "1" }, { content: "More" }],
  ["calls", { ...PAST, hs_call_title: "Typed" }, { hs_call_body: "Notes" }],
  ["emails", { ...PAST, hs_email_direction: "EMAIL", hs_email_subject: "Typed" }, { hs_email_text: "Text" }],
  ["meetings", { ...PAST, hs_meeting_title: "Typed" }, { hs_meeting_outcome: "COMPLETED" }],
  ["notes", { ...PAST, hs_note_body: "Typed" }, { hs_note_body: "Changed" }],
  ["tasks", { ...PAST, hs_task_subject: "Typed" }, { hs_task_status: "COMPLETED" }],
];

describe("the typed client, unchanged: records", () => {
  it.each(TYPES)("%s: create, read, change, list, search, archive, in batches too", async (type, given, changed) => {
    const { basicApi, batchApi, searchApi } = client.crm.objects;
    const names = [...Object.keys(given), ...Object.keys(changed)];
    const made = await basicApi.create(type, { properties: given, associations: [] });
    await basicApi.update(type, made.id, { properties: changed });
    const read = await basicApi.getById(type, made.id, names);
    expect(read.properties).toMatchObject(changed);
    expect(read.createdAt).toBeInstanceOf(Date);
    const filters = [{ propertyName: "hs_object_id", operator: "EQ", value: made.id } as never];
    const found = await searchApi.doSearch(type, { filterGroups: [{ filters }], properties: names, limit: 5 });
    expect(found.results.map((one) => one.id)).toEqual([made.id]);
    const second = type === "contacts" ? { email: "second@client.example" } : given;
    const batch = await batchApi.create(type, { inputs: [{ properties: second, associations: [] }] });
    const id = batch.results[0]?.id ?? "";
    await batchApi.update(type, { inputs: [{ id, properties: changed }] });
    const both = await batchApi.read(type, {
      inputs: [{ id: made.id }, { id }],
      properties: names,
      propertiesWithHistory: [],
    });
    expect(both.results.map((one) => one.properties)).toMatchObject([changed, changed]);
    await batchApi.archive(type, { inputs: [{ id }] });
    await basicApi.archive(type, made.id);
    const gone = await basicApi.getPage(type, 100, undefined, undefined, undefined, undefined, true);
    expect(gone.results.map((one) => one.id)).toEqual(expect.arrayContaining([made.id, id]));
    expect((await refusal(basicApi.getById(type, id))).status).toBe(404);
  });

  it("upserts contacts by address and merges them", async () => {
    const email = "upsert@client.example";
    const input = (firstname: string) => ({ inputs: [{ id: email, idProperty: "email", properties: { firstname } }] });
    const made = await client.crm.contacts.batchApi.upsert(input("One"));
    const again = await client.crm.contacts.batchApi.upsert(input("Two"));
    expect([made, again].map((one) => one.results[0]?._new)).toEqual([true, false]);
    const other = await client.crm.contacts.basicApi.create({
      properties: { email: "loser@client.example" },
      associations: [],
    });
    const id = made.results[0]?.id ?? "";
    const merged = await client.crm.contacts.basicApi.merge({ primaryObjectId: id, objectIdToMerge: other.id });
    expect(merged.id).toBe(id);
    const byOld = await client.crm.contacts.basicApi.getById(
      "loser@client.example",
      undefined,
      undefined,
      undefined,
      false,
      "email",
    );
    expect(byOld.id).toBe(id);
  });
});

describe("the typed client, unchanged: definitions", () => {
  it("properties and groups, singly and in batches", async () => {
    const { coreApi, batchApi, groupsApi } = client.crm.properties;
    const base = { groupName: "typed_group", type: "string" as never, fieldType: "text" as never };
    await groupsApi.create("contacts", { name: "typed_group", label: "Typed", displayOrder: -1 });
    await groupsApi.update("contacts", "typed_group", { label: "Renamed" });
    expect((await groupsApi.getByName("contacts", "typed_group")).label).toBe("Renamed");
    await coreApi.create("contacts", { ...base, name: "typed_one", label: "One" });
    await coreApi.update("contacts", "typed_one", { label: "First" });
    await batchApi.create("contacts", { inputs: [{ ...base, name: "typed_two", label: "Two" }] });
    const inputs = [{ name: "typed_one" }, { name: "typed_two" }];
    const read = await batchApi.read("contacts", {
      archived: false,
      inputs,
    });
    expect(read.results.map((one) => one.label)).toEqual(["First", "Two"]);
    await batchApi.archive("contacts", { inputs: [{ name: "typed_two" }] });
    await coreApi.archive("contacts", "typed_one");
    expect((await coreApi.getAll("contacts", true)).results.map((one) => one.name)).toEqual(["typed_one", "typed_two"]);
    await groupsApi.archive("contacts", "typed_group");
    expect((await refusal(groupsApi.getByName("contacts", "typed_group"))).status).toBe(404);
  });

  it("pipelines and stages", async () => {
    const { pipelinesApi, pipelineStagesApi } = client.crm.pipelines;
    const stage = (label: string, displayOrder: number) => ({ label, displayOrder, metadata: { probability: "0.5" } });
    const made = await pipelinesApi.create("deals", { label: "Typed", displayOrder: 5, stages: [stage("Open", 0)] });
    const added = await pipelineStagesApi.create("deals", made.id, stage("Next", 1));
    await pipelineStagesApi.update("deals", made.id, added.id, { label: "Later", metadata: { probability: "0.7" } });
    expect((await pipelineStagesApi.getById("deals", made.id, added.id)).metadata).toMatchObject({
      probability: "0.7",
    });
    await pipelineStagesApi.replace("deals", made.id, added.id, stage("Last", 1));
    expect((await pipelineStagesApi.getAll("deals", made.id)).results.map((one) => one.label)).toEqual([
      "Open",
      "Last",
    ]);
    await pipelineStagesApi.archive("deals", made.id, added.id);
    await pipelinesApi.update("deals", made.id, { label: "Renamed" });
    expect((await pipelinesApi.getById("deals", made.id)).label).toBe("Renamed");
    await pipelinesApi.replace("deals", made.id, { label: "Replaced", displayOrder: 6, stages: [stage("Only", 0)] });
    expect((await pipelinesApi.getAll("deals")).results.map((one) => one.label)).toContain("Replaced");
    await pipelinesApi.archive("deals", made.id);
    expect((await refusal(pipelinesApi.getById("deals", made.id))).status).toBe(404);
  });

  it("custom object types with their associations", async () => {
    const { coreApi } = client.crm.schemas;
    const made = await coreApi.create({
      name: "typed_machine",
      labels: { singular: "Machine", plural: "Machines" },
      primaryDisplayProperty: "serial",
      requiredProperties: ["serial"],
      searchableProperties: ["serial"],
      secondaryDisplayProperties: [],
      associatedObjects: ["CONTACT"],
      properties: [{ name: "serial", label: "Serial", type: "string" as never, fieldType: "text" }],
    });
    const link = { fromObjectTypeId: made.objectTypeId ?? "", toObjectTypeId: "0-2", name: "machine_to_company" };
    const added = await coreApi.createAssociation(made.objectTypeId ?? "", link);
    const listed = async () => (await coreApi.getById("typed_machine")).associations.map((one) => one.id);
    expect(await listed()).toContain(added.id);
    await coreApi.archiveAssociation("typed_machine", added.id);
    expect(await listed()).not.toContain(added.id);
    await coreApi.update("typed_machine", { labels: { singular: "Device", plural: "Devices" } } as never);
    expect((await coreApi.getAll()).results[0]?.labels).toEqual({ singular: "Device", plural: "Devices" });
    await coreApi.archive("typed_machine");
    expect((await refusal(coreApi.getById("typed_machine"))).status).toBe(404);
  });
});

describe("the typed client, unchanged: what hangs on records", () => {
  it("associations v4, singly and in batches, with labels", async () => {
    const { basicApi, batchApi, schema } = client.crm.associations.v4;
    const [from, to, other] = ["20000000001", "30000000002", "30000000003"] as const;
    const companies = async () =>
      (await basicApi.getPage("contacts", from, "companies")).results.map((one) => String(one.toObjectId));
    const label = await schema.definitionsApi.create("contacts", "companies", { name: "typed", label: "Typed" });
    const spec = { associationCategory: "USER_DEFINED" as never, associationTypeId: label.results[0]?.typeId ?? 0 };
    await basicApi.create("contacts", from, "companies", to, [spec]);
    const input = { _from: { id: from }, to: { id: other } };
    await batchApi.create("contacts", "companies", { inputs: [{ ...input, types: [spec] }] });
    await batchApi.createDefault("contacts", "companies", { inputs: [input] });
    expect(await companies()).toEqual(expect.arrayContaining([to, other]));
    const read = await batchApi.getPage("contacts", "companies", { inputs: [{ id: from }] });
    expect(read.results[0]?.to.flatMap((one) => one.associationTypes.map((type) => type.label))).toContain("Typed");
    await batchApi.archiveLabels("contacts", "companies", { inputs: [{ ...input, types: [spec] }] });
    await batchApi.archive("contacts", "companies", { inputs: [{ _from: { id: from }, to: [{ id: other }] }] });
    await basicApi.archive("contacts", from, "companies", to);
    expect(await companies()).not.toContain(to);
    await schema.definitionsApi.remove("contacts", "companies", spec.associationTypeId);
  });

  it("lists: manual and active ones, their members, search, names, filters, restore", async () => {
    const { listsApi, membershipsApi } = client.crm.lists;
    const manual = (await listsApi.create({ name: "Typed", objectTypeId: "0-1", processingType: "MANUAL" })).list
      .listId;
    const filterBranch = {
      filterBranchType: "OR",
      filterBranchOperator: "OR",
      filters: [],
      filterBranches: [
        {
          filterBranchType: "AND",
          filterBranchOperator: "AND",
          filterBranches: [],
          filters: [
            {
              filterType: "PROPERTY",
              property: "email",
              operation: { operationType: "ALL_PROPERTY", operator: "IS_KNOWN", includeObjectsWithNoValueSet: false },
            },
          ],
        },
      ],
    } as never;
    const wish = { name: "Typed active", objectTypeId: "0-1", processingType: "DYNAMIC", filterBranch };
    const active = (await listsApi.create(wish)).list.listId;
    await membershipsApi.add(manual, ["20000000001", "20000000002"]);
    const changed = await membershipsApi.addAndRemove(manual, {
      recordIdsToAdd: ["20000000003"],
      recordIdsToRemove: ["20000000001"],
    });
    expect(changed).toMatchObject({ recordsIdsAdded: ["20000000003"], recordIdsRemoved: ["20000000001"] });
    await membershipsApi.remove(manual, ["20000000002"]);
    const members = async () => (await membershipsApi.getPage(manual)).results.map((one) => one.recordId);
    expect(await members()).toEqual(["20000000003"]);
    await membershipsApi.addAllFromList(manual, active);
    const ordered = await membershipsApi.getPageOrderedByAddedToListDate(manual, undefined, undefined, 2);
    expect(ordered.results).toHaveLength(2);
    expect((await membershipsApi.getLists("0-1", "20000000003")).results.map((one) => one.listId)).toContain(manual);
    await listsApi.updateName(manual, "Typed anew");
    expect((await listsApi.getByName("Typed anew", "0-1")).list.listId).toBe(manual);
    await listsApi.updateListFilters(active, { filterBranch });
    expect((await listsApi.getAll([manual, active])).lists).toHaveLength(2);
    const search = { query: "typed", offset: 0, count: 10, additionalProperties: ["hs_list_size"] };
    const found = await listsApi.doSearch({ ...search, processingTypes: [], listIds: [] });
    expect(found.lists.map((one) => one.listId)).toEqual([manual, active]);
    await membershipsApi.removeAll(manual);
    expect(await members()).toEqual([]);
    await listsApi.remove(manual);
    expect((await refusal(listsApi.getById(manual))).status).toBe(404);
    await listsApi.restore(manual);
    expect((await listsApi.getById(manual)).list.name).toBe("Typed anew");
  });

  it("list folders", async () => {
    const { foldersApi, listsApi } = client.crm.lists;
    // The client's model calls ids numbers where the service sends strings.
    const idOf = (reply: { folder: { id: unknown } }) => String(reply.folder.id);
    const outer = idOf(await foldersApi.create({ name: "Typed folder" }));
    const inner = idOf(await foldersApi.create({ name: "Inner", parentFolderId: outer }));
    const list = (await listsApi.create({ name: "In a folder", objectTypeId: "0-1", processingType: "MANUAL" })).list;
    await foldersApi.moveList({ listId: list.listId, newFolderId: inner });
    await foldersApi.rename(inner, "Renamed");
    expect((await refusal(foldersApi.move(outer, inner))).status).toBe(400);
    await foldersApi.move(inner, "0");
    const inRoot = async () => (await foldersApi.getAll()).folder.childNodes;
    expect((await inRoot()).map((one) => [one.name, one.childLists])).toEqual([
      ["Typed folder", []],
      ["Renamed", [Number(list.listId)]],
    ]);
    const asked = { query: "in a folder", offset: 0, count: 1, additionalProperties: ["hs_folder_name"] };
    const [found] = (await listsApi.doSearch({ ...asked, processingTypes: [], listIds: [] })).lists;
    expect(found?.additionalProperties).toMatchObject({ hs_folder_id: inner, hs_folder_name: "Renamed" });
    await foldersApi.remove(outer);
    expect((await refusal(foldersApi.remove(inner))).status).toBe(400);
    expect((await inRoot()).map((one) => one.name)).toEqual(["Renamed"]);
  });

  it("owners, by id, user and address", async () => {
    const { ownersApi } = client.crm.owners;
    const [first] = (await ownersApi.getPage("haruka.mori@sandbox.example")).results;
    expect((await ownersApi.getById(Number(first?.id))).email).toBe("haruka.mori@sandbox.example");
    expect((await ownersApi.getById(Number(first?.userId), "userId")).id).toBe(first?.id);
    expect((await ownersApi.getPage(undefined, undefined, 100, true)).results).toMatchObject([{ archived: true }]);
  });

  it("forms", async () => {
    const { formsApi } = client.marketing.forms;
    const [known] = (await formsApi.getPage()).results as unknown as Record<string, unknown>[];
    const made = await formsApi.create({ ...known, name: "Typed form" } as never);
    await formsApi.update(made.id, { name: "Renamed form" } as never);
    expect(await formsApi.getById(made.id)).toMatchObject({ name: "Renamed form" });
    await formsApi.replace(made.id, { ...known, id: made.id, name: "Replaced form" } as never);
    expect(await formsApi.getById(made.id)).toMatchObject({ name: "Replaced form" });
    await formsApi.archive(made.id);
    expect((await formsApi.getPage(undefined, 50, true)).results.map((one) => one.id)).toContain(made.id);
  });

  it("OAuth tokens of the older generation: what they open, and their end", async () => {
    const { tokensApi, accessTokensApi, refreshTokensApi } = client.oauth;
    const redirect = "http://127.0.0.1:9/callback";
    const query = new URLSearchParams({ client_id: "sandbox-client", scope: "oauth", redirect_uri: redirect });
    const consent = await fetch(`${bench.sandbox.url}/oauth/authorize?${query}`, {
      method: "POST",
      body: new URLSearchParams({ decision: "connect" }),
      redirect: "manual",
    });
    const code = new URL(consent.headers.get("location") ?? "").searchParams.get("code") ?? "";
    const app = ["sandbox-client", "sandbox-secret"] as const;
    const first = await tokensApi.create("authorization_code", code, redirect, ...app);
    const token = await tokensApi.create("refresh_token", undefined, undefined, ...app, first.refreshToken);
    expect(await accessTokensApi.get(token.accessToken)).toMatchObject({ hubId: 48201337, tokenType: "access" });
    expect(await refreshTokensApi.get(first.refreshToken)).toMatchObject({ clientId: "sandbox-client" });
    await refreshTokensApi.archive(first.refreshToken);
    const again = tokensApi.create("refresh_token", undefined, undefined, ...app, first.refreshToken);
    expect(await refusal(again)).toMatchObject({ status: 400, body: { status: "BAD_REFRESH_TOKEN" } });
  });
});
