import type { ListCreateRequest } from "@hubspot/api-client/lib/codegen/crm/lists/models/ListCreateRequest";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";

let bench: Bench;
let ids: string[];
beforeAll(async () => {
  bench = await openBench();
  const inputs = ["ann", "ben", "cho"].map((name, index) => ({
    properties: { email: `${name}@lists.example`, firstname: name, lifecyclestage: index === 0 ? "customer" : "lead" },
    associations: [],
  }));
  ids = (await bench.client.crm.contacts.batchApi.create({ inputs })).results.map((one) => one.id);
});
afterAll(() => bench.sandbox.stop());

const lists = () => bench.client.crm.lists;
const and = (...filters: object[]) => ({
  filterBranchType: "AND",
  filterBranchOperator: "AND",
  filters,
  filterBranches: [],
});
const or = (...filterBranches: object[]) => ({
  filterBranchType: "OR",
  filterBranchOperator: "OR",
  filters: [],
  filterBranches,
});
const property = (name: string, operation: object) => ({ filterType: "PROPERTY", property: name, operation });
const stageIs = (...values: string[]) =>
  property("lifecyclestage", { operationType: "ENUMERATION", operator: "IS_ANY_OF", values });

const make = async (name: string, processingType: string, filterBranch?: object) => {
  const request = { name, objectTypeId: "0-1", processingType, ...(filterBranch ? { filterBranch } : {}) };
  return (await lists().listsApi.create(request as unknown as ListCreateRequest)).list.listId;
};
const membersOf = async (listId: string) =>
  (await lists().membershipsApi.getPage(listId)).results.map((one) => one.recordId);

describe("a manual list", () => {
  it("takes and loses members by hand and says what it did, in HubSpot's odd spelling", async () => {
    const listId = await make("By hand", "MANUAL");
    const added = await lists().membershipsApi.add(listId, [ids[1] ?? "", ids[0] ?? "", "999"]);
    expect(added).toMatchObject({ recordsIdsAdded: [ids[1], ids[0]], recordIdsMissing: ["999"], recordIdsRemoved: [] });
    expect(await membersOf(listId)).toEqual([ids[0], ids[1]]);
    const joined = await lists().membershipsApi.getPageOrderedByAddedToListDate(listId);
    expect(joined.results.map((one) => one.recordId)).toEqual([ids[1], ids[0]]);
    const both = await lists().membershipsApi.addAndRemove(listId, {
      recordIdsToAdd: [ids[2] ?? ""],
      recordIdsToRemove: [ids[0] ?? ""],
    });
    expect(both).toMatchObject({ recordsIdsAdded: [ids[2]], recordIdsRemoved: [ids[0]] });
    await bench.act("addToList", { listName: "By hand", email: "ann@lists.example" });
    await bench.act("removeFromList", { listId, recordId: ids[2] });
    expect(await membersOf(listId)).toEqual([ids[0], ids[1]]);
    const of = await lists().membershipsApi.getLists("0-1", ids[0] ?? "");
    expect(of.results.map((one) => one.listId)).toContain(listId);
  });

  it("is read page by page in either direction, copied from and emptied", async () => {
    const listId = await make("Source", "MANUAL");
    await lists().membershipsApi.add(listId, ids);
    const first = await bench.call("GET", `/crm/v3/lists/${listId}/memberships?limit=2`);
    expect(first.body).toMatchObject({ total: 3, results: [{ recordId: ids[0] }, { recordId: ids[1] }] });
    const next = await bench.call(
      "GET",
      `/crm/v3/lists/${listId}/memberships?limit=2&after=${first.body.paging.next.after}`,
    );
    expect(next.body.results).toMatchObject([{ recordId: ids[2] }]);
    const copy = await make("Copy", "MANUAL");
    await lists().membershipsApi.addAllFromList(copy, listId);
    expect(await membersOf(copy)).toEqual(ids);
    await lists().membershipsApi.removeAll(copy);
    expect(await membersOf(copy)).toEqual([]);
  });
});

describe("an active list", () => {
  it("holds at once whoever passes its filters, and follows every change", async () => {
    const listId = await make(
      "Customers or Cho",
      "DYNAMIC",
      or(
        and(stageIs("customer")),
        and(property("firstname", { operationType: "STRING", operator: "IS_EQUAL_TO", value: "CHO" })),
      ),
    );
    expect(await membersOf(listId)).toEqual([ids[0], ids[2]]);
    await bench.client.crm.contacts.basicApi.update(ids[1] ?? "", { properties: { lifecyclestage: "customer" } });
    await bench.client.crm.contacts.basicApi.update(ids[2] ?? "", { properties: { firstname: "Chouko" } });
    expect(await membersOf(listId)).toEqual([ids[0], ids[1]]);
    expect((await refusal(lists().membershipsApi.add(listId, ids))).status).toBe(400);
    const search = await lists().listsApi.doSearch({
      query: "customers or",
      processingTypes: ["DYNAMIC"],
      additionalProperties: ["hs_list_size"],
    });
    expect(search.lists).toMatchObject([{ listId, additionalProperties: { hs_list_size: "2" } }]);
  });

  it("knows numbers, blanks, dates, other lists and associated records", async () => {
    const company = await bench.client.crm.companies.basicApi.create({
      properties: { name: "Rich", annualrevenue: "5000000" },
      associations: [],
    });
    await bench.client.crm.associations.v4.basicApi.createDefault("contacts", ids[1] ?? "", "companies", company.id);
    const rich = {
      filterBranchType: "ASSOCIATION",
      filterBranchOperator: "AND",
      objectTypeId: "0-2",
      associationTypeId: 279,
      associationCategory: "HUBSPOT_DEFINED",
      filters: [property("annualrevenue", { operationType: "NUMBER", operator: "IS_GREATER_THAN", value: 1000 })],
      filterBranches: [],
    };
    const works = await make("Works at a rich company", "DYNAMIC", or({ ...and(), filterBranches: [rich] }));
    expect(await membersOf(works)).toEqual([ids[1]]);
    const manual = (await lists().listsApi.getByName("By hand", "0-1")).list.listId;
    const nested = await make(
      "On the other list, no phone, new",
      "DYNAMIC",
      or(
        and(
          { filterType: "IN_LIST", listId: manual, operator: "IN_LIST" },
          property("phone", { operationType: "ALL_PROPERTY", operator: "IS_UNKNOWN" }),
          property("createdate", {
            operationType: "TIME_POINT",
            operator: "IS_AFTER",
            timePoint: { timeType: "INDEXED", indexReference: { referenceType: "TODAY" }, offset: { days: -7 } },
          }),
        ),
      ),
    );
    expect(await membersOf(nested)).toEqual([ids[0], ids[1]]);
    await bench.act("removeFromList", { listId: manual, recordId: ids[0] });
    expect(await membersOf(nested)).toEqual([ids[1]]);
    await bench.client.crm.companies.basicApi.update(company.id, { properties: { annualrevenue: "1" } });
    expect(await membersOf(works)).toEqual([]);
  });

  it("is refused without an OR at the root, or under a taken name", async () => {
    expect((await refusal(make("Wrong", "DYNAMIC", and(stageIs("lead"))))).status).toBe(400);
    const taken = await refusal(make("By hand", "MANUAL"));
    expect(taken.body.subCategory).toBe("ILS.DUPLICATE_LIST_NAMES");
  });

  it("can be renamed, given other filters, deleted and brought back", async () => {
    const listId = await make("Before", "DYNAMIC", or(and(stageIs("lead"))));
    await lists().listsApi.updateName(listId, "After");
    const filterBranch = or(and(stageIs("customer")));
    await lists().listsApi.updateListFilters(listId, { filterBranch } as never);
    const read = await bench.call("GET", `/crm/lists/2026-09/${listId}?includeFilters=true`);
    expect(read.body).toMatchObject({ list: { name: "After", listVersion: 3, filterBranch } });
    await lists().listsApi.remove(listId);
    expect((await refusal(lists().listsApi.getById(listId))).status).toBe(404);
    await lists().listsApi.restore(listId);
    expect((await lists().listsApi.getById(listId)).list.size).toBe(2);
  });
});

it("a snapshot is filled once and then stays as it is", async () => {
  const listId = await make("Snap", "SNAPSHOT", or(and(stageIs("customer"))));
  const before = await membersOf(listId);
  await bench.client.crm.contacts.basicApi.update(ids[2] ?? "", { properties: { lifecyclestage: "customer" } });
  expect(await membersOf(listId)).toEqual(before);
});
