import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./contract-setup";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.door("PUT", "limits", { searchPerSecond: 0 });
  const people = [
    { email: "aki@north.example", firstname: "Aki", company: "North Star Ltd", annualrevenue: "100" },
    { email: "ben@north.example", firstname: "Ben", company: "Northern Lights", lifecyclestage: "lead" },
    { email: "chie@south.example", firstname: "Chie", company: "南風商会", lifecyclestage: "customer" },
    {
      email: "dan@south.example",
      firstname: "Dan",
      lifecyclestage: "lead",
      hs_buying_role: "DECISION_MAKER;BUDGET_HOLDER",
    },
  ];
  for (const properties of people) await bench.act("createContact", { properties });
});
afterAll(() => bench.sandbox.stop());

type Filter = { propertyName: string; operator: string; value?: string; highValue?: string; values?: string[] };
const search = (body: Record<string, unknown>) => bench.call("POST", "/crm/v3/objects/contacts/search", body);
const names = async (...filters: Filter[]) => {
  const { body } = await search({ filterGroups: [{ filters }], properties: ["firstname"], sorts: ["firstname"] });
  return body.results.map((one) => String(one.properties.firstname)).join(" ");
};

describe("search", () => {
  it("knows every operator", async () => {
    const on = (propertyName: string, operator: string, more: Partial<Filter> = {}) =>
      names({ propertyName, operator, ...more });
    expect(await on("firstname", "EQ", { value: "aki" })).toBe("Aki");
    expect(await on("lifecyclestage", "NEQ", { value: "lead" })).toBe("Chie");
    expect(await on("lifecyclestage", "EQ", { value: "LEAD" })).toBe("");
    expect(await on("email", "IN", { values: ["ben@north.example", "dan@south.example"] })).toBe("Ben Dan");
    expect(await on("firstname", "IN", { values: ["ben"] })).toBe("Ben");
    expect(await on("firstname", "IN", { values: ["Ben"] })).toBe("");
    expect(await on("lifecyclestage", "NOT_IN", { values: ["customer"] })).toBe("Ben Dan");
    expect(await on("company", "CONTAINS_TOKEN", { value: "north" })).toBe("Aki");
    expect(await on("company", "CONTAINS_TOKEN", { value: "north*" })).toBe("Aki Ben");
    expect(await on("company", "NOT_CONTAINS_TOKEN", { value: "north" })).toBe("Ben Chie");
    expect(await on("company", "NOT_HAS_PROPERTY")).toBe("Dan");
    expect(await on("company", "HAS_PROPERTY")).toBe("Aki Ben Chie");
    expect(await on("hs_buying_role", "EQ", { value: "BUDGET_HOLDER" })).toBe("Dan");
    expect(await on("firstname", "BETWEEN", { value: "b", highValue: "d" })).toBe("Ben Chie");
    expect(await on("firstname", "GT", { value: "ben" })).toBe("Chie Dan");
    expect(await on("firstname", "LTE", { value: "ben" })).toBe("Aki Ben");
  });

  it("finds by free text in name, address, phone and company", async () => {
    const { body } = await search({ query: "south.example chi" });
    expect(body.total).toBe(1);
    expect((await search({ query: "南風" })).body.total).toBe(1);
  });

  it("tells the same total on a short page as on a long one, whatever the groups ask", async () => {
    const stamp = "lastmodifieddate";
    const sorts = [{ propertyName: stamp, direction: "ASCENDING" }];
    const all = (await search({ sorts, limit: 200, properties: [stamp] })).body.results;
    const first = String(all[0]?.properties[stamp]);
    const newer = { propertyName: stamp, operator: "GT", value: first };
    const notOlder = { ...newer, operator: "GTE" };
    const atMost = { propertyName: stamp, operator: "LTE", value: String(all[2]?.properties[stamp]) };
    const notFirst = { propertyName: "hs_object_id", operator: "NOT_IN", values: [all[0]?.id] };
    const cases: [Filter[][], number][] = [
      [[[notOlder]], 4],
      [[[{ ...atMost, operator: "LT" }]], all.filter((one) => String(one.properties[stamp]) < atMost.value).length],
      [[[notOlder, { ...atMost, value: first }, notFirst as Filter], [newer]], 3],
      [[[notOlder, { propertyName: "lifecyclestage", operator: "EQ", value: "lead" }]], 2],
      [[], 4],
    ];
    for (const [groups, expected] of cases) {
      const filterGroups = groups.map((filters) => ({ filters }));
      for (const limit of [1, 2, 200]) {
        expect((await search({ filterGroups, sorts, limit })).body.total).toBe(expected);
      }
    }
    expect((await search({ limit: 1 })).body).toMatchObject({ total: 4, results: [{ id: all[0]?.id }] });
  });

  it("goes on from a modification stamp, oldest first, by id where stamps are equal", async () => {
    const all = await search({ sorts: [{ propertyName: "lastmodifieddate", direction: "ASCENDING" }], limit: 2 });
    expect(all.body.paging.next.after).toBe("2");
    const from = Date.parse(all.body.results[1]?.properties.lastmodifieddate ?? "");
    const rest = await bench.client.crm.contacts.searchApi.doSearch({
      filterGroups: [
        { filters: [{ propertyName: "lastmodifieddate", operator: "GTE" as never, value: String(from) }] },
      ],
      sorts: ["lastmodifieddate"],
      properties: ["phone"],
      limit: 200,
      after: "0",
    });
    expect(rest.results.map((one) => one.id)).toContain(all.body.results[1]?.id);
    expect(rest.results.every((one) => one.updatedAt.getTime() >= from)).toBe(true);
    expect(rest.results[0]?.properties.phone).toBeNull();
  });

  it("refuses too many groups, filters, sorts, characters, and an unknown property", async () => {
    const filter = { propertyName: "email", operator: "HAS_PROPERTY" };
    const group = (count: number) => ({ filters: Array.from({ length: count }, () => filter) });
    const groups = (count: number, filters: number) => Array.from({ length: count }, () => group(filters));
    const bodies = [
      { filterGroups: groups(6, 1) },
      { filterGroups: groups(1, 7) },
      { filterGroups: groups(4, 5) },
      { sorts: ["email", "phone"] },
      { query: "x".repeat(3000) },
      { limit: 201 },
      { filterGroups: [{ filters: [{ propertyName: "nonsense", operator: "HAS_PROPERTY" }] }] },
    ];
    for (const body of bodies) expect((await search(body)).status).toBe(400);
    expect((await search({ filterGroups: groups(5, 3) })).status).toBe(200);
  });

  it("never reads past 10,000 results", async () => {
    expect((await search({ after: "10000", limit: 1 })).status).toBe(400);
    expect((await search({ after: "9999", limit: 1 })).status).toBe(200);
  });

  it("does not see archived contacts", async () => {
    const made = await bench.act("createContact", { properties: { email: "short-lived@example.com" } });
    await bench.act("archiveContact", { id: made.id });
    const hit = { propertyName: "email", operator: "EQ", value: "short-lived@example.com" };
    expect((await search({ filterGroups: [{ filters: [hit] }] })).body.total).toBe(0);
  });
});

describe("the search index", () => {
  it("lags: a change is found only after indexLagMs, the older version until then", async () => {
    const late = await openBench(0, 60_000);
    const made = await late.act("createContact", { properties: { email: "late@example.com", phone: "1" } });
    const find = async () =>
      (await late.call("POST", "/crm/v3/objects/contacts/search", { properties: ["phone"] })).body.results;
    expect(await find()).toHaveLength(0);
    await late.door("PUT", "clock", { offsetMs: 61_000 });
    expect(await find()).toMatchObject([{ properties: { phone: "1" } }]);
    await late.act("updateContact", { id: made.id, properties: { phone: "2" } });
    expect(await find()).toMatchObject([{ properties: { phone: "1" } }]);
    await late.door("PUT", "clock", { offsetMs: 130_000 });
    expect(await find()).toMatchObject([{ properties: { phone: "2" } }]);
    await late.sandbox.stop();
  });
});

describe("limits", () => {
  it("lets five searches a second through and answers the sixth as recorded, without burst headers", async () => {
    const busy = await openBench();
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => busy.call("POST", "/crm/v3/objects/contacts/search", {})),
    );
    const refused = replies.filter((reply) => reply.status === 429);
    expect(refused).toHaveLength(1);
    const { correlationId, ...body } = refused[0]?.body ?? {};
    expect(correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(body).toEqual({
      status: "error",
      message: "You have reached your secondly limit.",
      category: "RATE_LIMITS",
    });
    const fine = replies.find((reply) => reply.status === 200);
    expect(fine?.headers.get("x-hubspot-ratelimit-daily-remaining")).not.toBeNull();
    expect(fine?.headers.get("x-hubspot-ratelimit-max")).toBeNull();
    expect(fine?.headers.get("x-hubspot-ratelimit-remaining")).toBeNull();
    await busy.sandbox.stop();
  });

  it("answers the burst and the daily limit with their policy names", async () => {
    const busy = await openBench();
    await busy.door("PUT", "limits", { perTenSeconds: 3 });
    const get = () => busy.call("GET", "/crm/v3/objects/contacts");
    const first = await get();
    expect(first.headers.get("x-hubspot-ratelimit-max")).toBe("3");
    expect(first.headers.get("x-hubspot-ratelimit-remaining")).toBe("2");
    await get();
    await get();
    const burst = await get();
    expect(burst.status).toBe(429);
    expect(burst.body).toMatchObject({
      message: "You have reached your ten_secondly_rolling limit.",
      errorType: "RATE_LIMIT",
      policyName: "TEN_SECONDLY_ROLLING",
    });
    await busy.door("PUT", "limits", { perTenSeconds: 190, daily: 3 });
    expect((await get()).body).toMatchObject({ policyName: "DAILY", message: "You have reached your daily limit." });
    await busy.door("PUT", "limits", { enforce: false });
    expect((await get()).status).toBe(200);
    await busy.sandbox.stop();
  });
});
