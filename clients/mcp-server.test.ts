import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type McpServer, startMcpServer } from "./speak-mcp";
import { type RunningSandbox, startSandbox } from "./start-sandbox";

type Properties = Record<string, string | null>;
type CrmObject = { id: string; properties: Properties };
type Page = { results: CrmObject[]; paging?: { next: { after: string } } };
type AssociationKind = { category: string; typeId: number; label: string | null };
type Engagement = {
  engagement: { id: number; type: string; ownerId: number; timestamp: number };
  associations: { contactIds: number[] };
  metadata: Record<string, string>;
};

const used = new Set<string>();
let portal: RunningSandbox;
let server: McpServer;

beforeAll(async () => {
  portal = await startSandbox("hubspot");
  // Real searches see a write some seconds later; here nobody has to wait for them.
  await portal.call("PUT", "/__sandbox/limits", { indexLagMs: 0 });
  server = await startMcpServer(portal);
});
afterAll(async () => {
  await server?.stop();
  await portal?.stop();
});

function callTool(tool: string, args: Record<string, unknown> = {}): Promise<string[]> {
  used.add(`hubspot-${tool}`);
  return server.callTool(`hubspot-${tool}`, args);
}

/** The JSON in the last text of a tool's answer. */
async function use<T>(tool: string, args?: Record<string, unknown>): Promise<T> {
  return JSON.parse((await callTool(tool, args)).at(-1) ?? "") as T;
}

/** What the server itself answers, past the client. */
async function readObject(type: string, id: string, properties: string[]): Promise<Properties> {
  const path = `/crm/v3/objects/${type}/${id}?properties=${properties.join(",")}`;
  return (await portal.call<CrmObject>("GET", path)).properties;
}

async function createContacts(...names: string[]): Promise<string[]> {
  const inputs = names.map((name) => ({ properties: { firstname: name, email: `${name.toLowerCase()}@mcp.example` } }));
  const made = await use<Page & { status: string }>("batch-create-objects", { objectType: "contacts", inputs });
  expect(made.status).toBe("COMPLETE");
  return made.results.map((contact) => contact.id);
}

async function findOwner(): Promise<{ id: string; userId: number }> {
  const owners = await portal.call<{ results: { id: string; userId: number }[] }>("GET", "/crm/v3/owners");
  const [owner] = owners.results;
  if (!owner) throw new Error("the portal has no owner");
  return owner;
}

it("user details: token, owner and account", async () => {
  const texts = await callTool("get-user-details");
  const [token, owner, account] = texts.map((text) => JSON.parse(text.slice(text.indexOf(": ") + 2)));
  const details = await portal.call<{ portalId: number }>("GET", "/account-info/v3/details");
  expect(token).toMatchObject({
    hubId: details.portalId,
    scopes: expect.arrayContaining(["crm.objects.contacts.read"]),
  });
  expect(owner).toMatchObject({ userId: token.userId, archived: false });
  expect(account).toEqual(details);
});

describe("objects", () => {
  it("lists page after page without a repeat", async () => {
    const args = { objectType: "contacts", limit: 40, properties: ["email", "lifecyclestage"] };
    const first = await use<Page>("list-objects", args);
    const second = await use<Page>("list-objects", { ...args, after: first.paging?.next.after });
    const ids = [...first.results, ...second.results].map((contact) => contact.id);
    expect(new Set(ids).size).toBe(80);
    expect(Object.keys(first.results[0]?.properties ?? {})).toEqual(
      expect.arrayContaining(["email", "lifecyclestage"]),
    );
  });

  it("creates, reads and updates in batches, and searches by filters, sorting and text", async () => {
    const [one, two] = await createContacts("Searchable-One", "Searchable-Two");
    expect(await readObject("contacts", one ?? "", ["firstname"])).toMatchObject({ firstname: "Searchable-One" });
    const inputs = [one, two].map((id, i) => ({ id, properties: { jobtitle: "Finder", phone: `+8130000000${i}` } }));
    await use("batch-update-objects", { objectType: "contacts", inputs });
    expect(await readObject("contacts", two ?? "", ["jobtitle"])).toMatchObject({ jobtitle: "Finder" });

    const filters = [{ propertyName: "jobtitle", operator: "EQ", value: "Finder" }];
    const found = await use<Page>("search-objects", {
      objectType: "contacts",
      filterGroups: [{ filters }],
      sorts: [{ propertyName: "firstname", direction: "DESCENDING" }],
      properties: ["firstname"],
      limit: 1,
    });
    expect(found.results.map((contact) => contact.id)).toEqual([two]);
    expect(found.paging?.next.after).toBe("1");
    const byText = await use<Page>("search-objects", { objectType: "contacts", query: "searchable-one@mcp.example" });
    expect(byText.results.map((contact) => contact.id)).toEqual([one]);

    const read = await use<Page>("batch-read-objects", {
      objectType: "contacts",
      inputs: [{ id: one }, { id: two }],
      properties: ["jobtitle"],
      propertiesWithHistory: ["phone"],
    });
    expect(read.results).toMatchObject([
      { properties: { jobtitle: "Finder" }, propertiesWithHistory: { phone: [{ value: "+81300000000" }] } },
      { id: two },
    ]);
  });

  it("passes on the refusal of a batch, which made nothing", async () => {
    const inputs = [{ properties: { email: "first@refused.example" } }, { properties: { no_such: "x" } }];
    const work = callTool("batch-create-objects", { objectType: "contacts", inputs });
    await expect(work).rejects.toThrow(/HubSpot API Error: 400 .*PROPERTY_DOESNT_EXIST/);
    const found = await use<Page>("search-objects", { objectType: "contacts", query: "first@refused.example" });
    expect(found.results).toEqual([]);
  });
});

it("associations: definitions, batch create and list", async () => {
  const [contact] = await createContacts("Linked");
  const company = await portal.call<CrmObject>("POST", "/crm/v3/objects/companies", { properties: { name: "Linked" } });
  const types = { fromObjectType: "contacts", toObjectType: "companies" };
  const kinds = await use<{ results: AssociationKind[] }>("get-association-definitions", types);
  const plain = kinds.results.find((kind) => kind.category === "HUBSPOT_DEFINED" && kind.label === null);
  expect(plain?.typeId).toBe(279);
  const made = await use<{ status: string }>("batch-create-associations", {
    ...types,
    types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: plain?.typeId }],
    inputs: [{ from: { id: contact }, to: { id: company.id } }],
  });
  expect(made.status).toBe("COMPLETE");
  const place = { objectType: "contacts", objectId: contact, toObjectType: "companies" };
  const listed = await use<{ results: { toObjectId: number }[] }>("list-associations", place);
  expect(listed.results.map((link) => String(link.toObjectId))).toEqual([company.id]);
  const back = await portal.call<typeof listed>("GET", `/crm/v4/objects/companies/${company.id}/associations/contacts`);
  expect(back.results.map((link) => String(link.toObjectId))).toEqual([contact]);
});

it("properties: list, create, get and update; a new one can be written at once", async () => {
  const listed = await use<{ results: { name: string }[] }>("list-properties", { objectType: "contacts" });
  expect(listed.results.map((property) => property.name)).toEqual(expect.arrayContaining(["email", "firstname"]));
  const options = ["Tea", "Coffee"].map((label) => ({ label, value: label.toLowerCase() }));
  const kind = { type: "enumeration", fieldType: "select", groupName: "contactinformation", options };
  await use("create-property", { objectType: "contacts", name: "Favourite drink", label: "Favourite drink", ...kind });
  const change = { label: "Drink", options: [...options, { label: "Water", value: "water" }] };
  await use("update-property", { objectType: "contacts", propertyName: "favourite_drink", ...change });
  const read = await use<object>("get-property", { objectType: "contacts", propertyName: "favourite_drink" });
  expect(read).toMatchObject({ label: "Drink", type: "enumeration", options: [{}, {}, { value: "water" }] });
  expect(await portal.call("GET", "/crm/v3/properties/contacts/favourite_drink")).toMatchObject(read);
  const [contact] = await createContacts("Thirsty");
  const inputs = [{ id: contact, properties: { favourite_drink: "water" } }];
  await use("batch-update-objects", { objectType: "contacts", inputs });
  expect(await readObject("contacts", contact ?? "", ["favourite_drink"])).toMatchObject({ favourite_drink: "water" });
});

it("schemas: lists a custom object type, whose records the tools take by its name", async () => {
  const properties = [{ name: "plate", label: "Plate", type: "string", fieldType: "text", hasUniqueValue: true }];
  const labels = { singular: "Car", plural: "Cars" };
  const schema = { name: "car", labels, primaryDisplayProperty: "plate", requiredProperties: ["plate"], properties };
  const made = await portal.call<{ objectTypeId: string }>("POST", "/crm-object-schemas/v3/schemas", schema);
  const listed = await use<{ results: object[] }>("get-schemas");
  expect(listed.results).toEqual([{ objectTypeId: made.objectTypeId, objectType: "car", name: "car", labels }]);
  const inputs = [{ properties: { plate: "TYO-1" } }];
  const cars = await use<Page>("batch-create-objects", { objectType: "car", inputs });
  const [car] = cars.results;
  expect(await readObject(made.objectTypeId, car?.id ?? "", ["plate"])).toMatchObject({ plate: "TYO-1" });
});

describe("engagements", () => {
  it("creates a note on a contact and reads it", async () => {
    const [contact] = await createContacts("Noted");
    const owner = await findOwner();
    const made = await use<{ engagement: Engagement }>("create-engagement", {
      type: "NOTE",
      ownerId: Number(owner.id),
      associations: { contactIds: [Number(contact)] },
      metadata: { body: "Asked for a <b>quote</b>" },
    });
    const { id } = made.engagement.engagement;
    const note = await readObject("notes", String(id), ["hs_note_body", "hubspot_owner_id"]);
    expect(note).toMatchObject({ hs_note_body: "Asked for a <b>quote</b>", hubspot_owner_id: owner.id });
    const read = await use<Engagement>("get-engagement", { engagementId: id });
    expect(read).toMatchObject({
      engagement: { id, type: "NOTE", ownerId: Number(owner.id) },
      associations: { contactIds: [Number(contact)] },
      metadata: { body: "Asked for a <b>quote</b>" },
    });
  });

  it("updates a task, whose contact stays although the client sends empty associations along", async () => {
    const [contact] = await createContacts("Tasked");
    const owner = await findOwner();
    const made = await use<{ engagement: Engagement }>("create-engagement", {
      type: "TASK",
      ownerId: Number(owner.id),
      timestamp: Date.UTC(2026, 11, 1),
      associations: { contactIds: [Number(contact)] },
      metadata: { subject: "Call back", body: "Before noon", status: "NOT_STARTED", forObjectType: "CONTACT" },
    });
    const { id } = made.engagement.engagement;
    const metadata = { status: "COMPLETED" };
    await use("update-engagement", { engagementId: id, metadata, associations: {} });
    const task = await readObject("tasks", String(id), ["hs_task_status", "hs_task_subject", "hs_task_body"]);
    expect(task).toMatchObject({
      hs_task_status: "COMPLETED",
      hs_task_subject: "Call back",
      hs_task_body: "Before noon",
    });
    const path = `/crm/v4/objects/tasks/${id}/associations/contacts`;
    const links = await portal.call<{ results: { toObjectId: number }[] }>("GET", path);
    expect(links.results.map((link) => String(link.toObjectId))).toEqual([contact]);
  });
});

it("workflows: the list is empty, and one by id is not found", async () => {
  expect(await use("list-workflows", { limit: 5 })).toEqual({ results: [] });
  await expect(callTool("get-workflow", { flowId: "1" })).rejects.toThrow(/404/);
});

it("links: the portal and domain of the user details make a link to a record", async () => {
  const details = await portal.call<{ portalId: number; uiDomain: string }>("GET", "/account-info/v3/details");
  const pageRequests = [{ pagetype: "record", objectTypeId: "0-1", objectId: "1" }];
  const place = { portalId: String(details.portalId), uiDomain: details.uiDomain, pageRequests };
  const [link] = await use<{ url: string }[]>("get-link", place);
  expect(link?.url).toBe(`https://${details.uiDomain}/contacts/${details.portalId}/record/0-1/1`);
});

it("every tool was used above but the one that only tells where to send praise and blame", async () => {
  const unused = (await server.listTools()).filter((tool) => !used.has(tool));
  expect(unused).toEqual(["hubspot-generate-feedback-link"]);
});
