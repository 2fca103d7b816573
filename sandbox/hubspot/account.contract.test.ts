import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from "@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench, refusal } from "./contract-setup";
import { startHubSpotSandbox } from "./server";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench(300);
});
afterAll(() => bench.sandbox.stop());

const NEW_PROPERTY = {
  name: "salesforce_lead_id",
  label: "Salesforce Lead ID",
  type: "string" as PropertyCreateTypeEnum,
  fieldType: "text" as PropertyCreateFieldTypeEnum,
  groupName: "contactinformation",
};

describe("properties", () => {
  it("come with type, options and what may be changed", async () => {
    const { results } = await bench.client.crm.properties.coreApi.getAll("contacts");
    const stage = results.find((one) => one.name === "lifecyclestage");
    expect(stage?.options.map((option) => option.value)).toEqual([
      "subscriber",
      "lead",
      "marketingqualifiedlead",
      "salesqualifiedlead",
      "opportunity",
      "customer",
      "evangelist",
      "other",
    ]);
    const stamp = results.find((one) => one.name === "lastmodifieddate");
    expect(stamp?.modificationMetadata?.readOnlyValue).toBe(true);
    const language = results.find((one) => one.name === "hs_language");
    expect(language?.options.map((option) => option.value)).toEqual(expect.arrayContaining(["en", "ja"]));
    expect(results.length).toBeGreaterThan(200);
  });

  it("are made, refused a second time, changed and archived", async () => {
    const api = bench.client.crm.properties.coreApi;
    const made = await api.create("contacts", { ...NEW_PROPERTY, hasUniqueValue: true });
    expect(made).toMatchObject({ hubspotDefined: false, hasUniqueValue: true });
    const { status, body } = await refusal(api.create("contacts", { ...NEW_PROPERTY }));
    expect(status).toBe(409);
    expect(body).toMatchObject({
      category: "OBJECT_ALREADY_EXISTS",
      subCategory: "Properties.PROPERTY_WITH_NAME_EXISTS",
    });
    expect((await api.update("contacts", NEW_PROPERTY.name, { label: "SF lead" })).label).toBe("SF lead");
    await api.archive("contacts", NEW_PROPERTY.name);
    expect((await refusal(api.getByName("contacts", NEW_PROPERTY.name))).status).toBe(404);
  });

  it("may be unique ten times per object, not eleven", async () => {
    const create = (i: number) =>
      bench.call("POST", "/crm/properties/2026-09/deals", {
        ...NEW_PROPERTY,
        groupName: "dealinformation",
        name: `unique_${i}`,
        hasUniqueValue: true,
      });
    for (let i = 1; i <= 10; i++) expect((await create(i)).status).toBe(201);
    expect((await create(11)).status).toBe(400);
  });

  it("sit in groups that cannot go while they hold some", async () => {
    const api = bench.client.crm.properties.groupsApi;
    await api.create("contacts", { name: "sync", label: "Sync" });
    await bench.client.crm.properties.coreApi.create("contacts", {
      ...NEW_PROPERTY,
      name: "sync_note",
      groupName: "sync",
    });
    const { body } = await refusal(api.archive("contacts", "sync"));
    expect(body.subCategory).toBe("PropertyGroupError.GROUP_WITH_ACTIVE_PROPERTIES");
  });
});

describe("owners", () => {
  it("are listed with and without trailing slash, found by address, owner id and user id", async () => {
    const all = await bench.client.crm.owners.ownersApi.getPage();
    expect(all.results).toHaveLength(6);
    expect((await bench.call("GET", "/crm/v3/owners")).body.results).toHaveLength(6);
    const [ada] = (await bench.client.crm.owners.ownersApi.getPage("admin@sandbox.example")).results;
    expect(ada).toMatchObject({ firstName: "Ada", userId: 9400001 });
    const byUser = await bench.client.crm.owners.ownersApi.getById(9400001, "userId");
    expect(byUser.id).toBe(ada?.id);
  });

  it("who left are archived and have no user id", async () => {
    const gone = await bench.call("GET", "/crm/owners/2026-09?archived=true");
    expect(gone.body.results).toMatchObject([{ archived: true, userId: null }]);
  });
});

it("the account's details are the same in each generation", async () => {
  for (const version of ["v3", "2026-03", "2026-09"]) {
    const { body } = await bench.call("GET", `/account-info/${version}/details`);
    expect(body).toMatchObject({ portalId: 48201337, timeZone: "Asia/Tokyo", companyCurrency: "JPY" });
  }
});

it("an unknown path is 404 in HubSpot's shape", async () => {
  const reply = await bench.call("GET", "/crm/v9/nothing");
  expect(reply.status).toBe(404);
  expect(reply.body).toMatchObject({ status: "error", category: "OBJECT_NOT_FOUND" });
  expect(reply.headers.get("x-hubspot-correlation-id")).toBe(String(reply.body.correlationId));
});

describe("sample data", () => {
  it("is the same for the same seed", async () => {
    const other = await openBench(300);
    const read = async (from: Bench) => {
      const page = await from.call(
        "GET",
        "/crm/v3/objects/contacts?limit=100&properties=email,jobtitle,lifecyclestage",
      );
      return page.body.results.map(({ id, properties: { email, jobtitle, lifecyclestage } }) =>
        [id, email, jobtitle, lifecyclestage].join("|"),
      );
    };
    expect(await read(other)).toEqual(await read(bench));
    await other.sandbox.stop();
  });

  it("has contacts without address, with second addresses, with and without owner, of many stages", async () => {
    const { results } = (
      await bench.call("POST", "/crm/v3/objects/contacts/search", {
        limit: 200,
        properties: ["email", "hs_additional_emails", "hubspot_owner_id", "lifecyclestage"],
      })
    ).body;
    const count = (name: string) => results.filter((one) => one.properties[name] !== null).length;
    expect(count("email")).toBeGreaterThan(180);
    expect(count("email")).toBeLessThan(200);
    expect(count("hs_additional_emails")).toBeGreaterThan(0);
    expect(count("hubspot_owner_id")).toBeGreaterThan(130);
    expect(count("hubspot_owner_id")).toBeLessThan(170);
    expect(new Set(results.map((one) => one.properties.lifecyclestage)).size).toBeGreaterThan(4);
  });
});

describe("people in the portal", () => {
  it("submit forms that create or update the contact and count as conversions", async () => {
    const first = await bench.act("submitForm", { email: "form@example.com", properties: { firstname: "Fo" } });
    const second = await bench.act("submitForm", { email: "FORM@example.com", properties: { phone: "1" } });
    expect(second.id).toBe(first.id);
    const read = await bench.client.crm.contacts.basicApi.getById(
      String(first.id),
      ["num_conversion_events", "recent_conversion_date"],
      ["phone"],
    );
    expect(read.properties.num_conversion_events).toBe("2");
    expect(read.propertiesWithHistory?.phone?.[0]?.sourceType).toBe("FORM");
  });

  it("edit contacts on pages, and see what HubSpot refuses", async () => {
    const url = `${bench.sandbox.url}/contacts/new`;
    const send = (form: Record<string, string>) =>
      fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    const made = await send({ email: "page@example.com", lastname: "<b>Page</b>" });
    expect(made.status).toBe(303);
    const page = await (await fetch(new URL(made.headers.get("location") ?? "", url))).text();
    expect(page).toContain("&lt;b&gt;Page");
    expect(page).toMatch(/<label for="f-firstname">First name<\/label>/);
    const refused = await send({ email: "page@example.com" });
    expect(await refused.text()).toContain("Contact already exists");
  });
});

it("records, tokens and property definitions survive a restart", async () => {
  const folder = await mkdtemp(join(tmpdir(), "hubspot-sandbox-"));
  const options = { contacts: 10, snapshotFile: join(folder, "state.json") };
  const first = await startHubSpotSandbox(options);
  const headers = { Authorization: "Bearer pat-na1-sandbox", "Content-Type": "application/json" };
  const send = (url: string, body: unknown) =>
    fetch(url, { method: "POST", headers, body: JSON.stringify(body) }).then((reply) => reply.json());
  await send(`${first.url}/crm/v3/properties/contacts`, { ...NEW_PROPERTY, hasUniqueValue: true });
  const properties = { email: "kept@example.com", [NEW_PROPERTY.name]: "00Q" };
  const made = (await send(`${first.url}/crm/v3/objects/contacts`, { properties })) as { id: string };
  await first.stop();
  const second = await startHubSpotSandbox(options);
  const path = `${second.url}/crm/v3/objects/contacts/00Q?idProperty=${NEW_PROPERTY.name}`;
  expect(await (await fetch(path, { headers })).json()).toMatchObject({ id: made.id });
  const next = (await send(`${second.url}/crm/v3/objects/contacts`, { properties: {} })) as { id: string };
  expect(Number(next.id)).toBe(Number(made.id) + 1);
  await second.stop();
  await rm(folder, { recursive: true });
});
