import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Side } from "@/lib/decide/record-types";
import { getDatabase } from "@/lib/store/client";
import { listCheckedMappings } from "./edit-mappings";
import { prepareConnection } from "./prepare-connection";
import {
  addField,
  addMapping,
  addProperty,
  editContact,
  editRecord,
  type Fields,
  findRow,
  makeContact,
  readContact,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { editSalesforce } from "./testing/records";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewOwners } from "./view-owners";

let world: SyncWorld;
let count = 0;
const NAMES = [
  ...["gone_s", "named_s", "gone_h", "named_h", "hidden", "locked"],
  ...["number_s", "number_h", "pick_s", "pick_h"],
];
const fieldOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}__c`;

beforeAll(async () => {
  world = await startSyncWorld({ settings: { hubspotToSalesforce: "contact" } });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  for (const name of NAMES) {
    const isPick = name.startsWith("pick");
    if (isPick) {
      const values = ["before", "after"];
      await addProperty(world, name, "enumeration/select", values);
      await world.salesforceAct("addPicklistField", {
        object: "Contact",
        name: fieldOf(name),
        values,
        restricted: true,
      });
    } else {
      await addProperty(world, name, "string/text");
      await addField(world, fieldOf(name), { type: "Text", length: 100 });
    }
    await addMapping(world, { hubspotProperty: name, contactField: fieldOf(name), rule: "two_way" });
  }
  await setRule("jobtitle", "two_way");
  await prepareConnection(world.connectionId, { createIdFields: false });
});
afterAll(() => world.stop());

type Pair = { contact: string; record: string };

async function makePair(properties: Fields = {}): Promise<Pair> {
  const contact = await makeContact(world, { email: `changed-${++count}@example.com`, lastname: "C", ...properties });
  await settle(world);
  return { contact, record: (await findRow(contact)).salesforceId ?? "" };
}

/** Open errors of a record, as card and page show them. */
async function errorsOf(remoteId: string) {
  const { id } = await findRow(remoteId);
  const rows = await getDatabase().syncError.findMany({ where: { recordId: id, closedAt: null } });
  return rows.map(({ type, category, side, fields }) => ({ type, category, side, fields }));
}

/** Somebody else's edits of the same moment, both ways, arrive whatever happened to the field. */
async function expectOthersGoOn(other: Pair): Promise<void> {
  const title = `Title ${++count}`;
  await editContact(world, other.contact, { jobtitle: title });
  await world.sync();
  expect(await readRecord(world, "Contact", other.record, ["Title"])).toEqual({ Title: title });
  expect((await findRow(other.contact)).state).toBe("in_sync");
}

/** As if fields and people had been read an hour ago: a hint makes the next check read them again. */
async function ageSchemas(): Promise<void> {
  await getDatabase().$executeRaw`UPDATE schema_snapshot SET fetched_at = now() - interval '1 hour'`;
}

/** Salesforce tells whole seconds: an edit in the second of our own write is read once more first. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 1_100));

type Change = {
  name: string;
  property: string;
  /** What an admin does */
  change: () => Promise<unknown>;
  /** The edit that meets it; it begins with "before", or with an option */
  edit: { side: "hubspot" | "salesforce"; value: string };
  /** What the record's card says of it; null = nothing, the mapping rests */
  error: { type: string; category: string; side: string } | null;
  /** What becomes of the record once the fields were read again */
  later: "in_sync" | "failing";
};

const inSalesforce = (act: string, property: string, more: object = {}) =>
  world.salesforceAct(act, { object: "Contact", field: fieldOf(property), ...more });
const inHubSpot = (method: string, property: string, body?: object) =>
  world.door("hubspot", method, `/crm/v3/properties/contacts/${property}`, body);

const CHANGES: Change[] = [
  {
    name: "a Salesforce field that was deleted",
    property: "gone_s",
    change: () => inSalesforce("removeField", "gone_s"),
    edit: { side: "hubspot", value: "after" },
    error: null,
    later: "in_sync",
  },
  {
    name: "a Salesforce field that was renamed",
    property: "named_s",
    change: async () => {
      await inSalesforce("removeField", "named_s");
      await addField(world, "Other_name__c", { type: "Text", length: 100 });
    },
    edit: { side: "hubspot", value: "after" },
    error: null,
    later: "in_sync",
  },
  {
    name: "a HubSpot property that was deleted",
    property: "gone_h",
    change: () => inHubSpot("DELETE", "gone_h"),
    edit: { side: "salesforce", value: "after" },
    error: { type: "property_missing", category: "mapping", side: "hubspot" },
    later: "in_sync",
  },
  {
    name: "a HubSpot property that was renamed",
    property: "named_h",
    change: async () => {
      await inHubSpot("DELETE", "named_h");
      await addProperty(world, "other_name", "string/text");
    },
    edit: { side: "salesforce", value: "after" },
    error: { type: "property_missing", category: "mapping", side: "hubspot" },
    later: "in_sync",
  },
  {
    name: "a Salesforce field that our user may no longer read",
    property: "hidden",
    change: () => inSalesforce("setFieldPermission", "hidden", { readable: false }),
    edit: { side: "hubspot", value: "after" },
    error: null,
    later: "in_sync",
  },
  {
    name: "a Salesforce field that our user may no longer edit",
    property: "locked",
    change: () => inSalesforce("setFieldPermission", "locked", { editable: false }),
    edit: { side: "hubspot", value: "after" },
    error: { type: "field_permission", category: "permissions", side: "salesforce" },
    later: "in_sync",
  },
  {
    name: "a Salesforce text that became a number",
    property: "number_s",
    change: async () => {
      await inSalesforce("removeField", "number_s");
      await addField(world, fieldOf("number_s"), { type: "Number", precision: 10, scale: 0 });
    },
    edit: { side: "hubspot", value: "twelve" },
    error: { type: "invalid_format", category: "property_values", side: "salesforce" },
    later: "failing",
  },
  {
    name: "a HubSpot text that became a number",
    property: "number_h",
    change: () => inHubSpot("PATCH", "number_h", { type: "number", fieldType: "number" }),
    edit: { side: "salesforce", value: "twelve" },
    error: { type: "invalid_format", category: "property_values", side: "hubspot" },
    later: "failing",
  },
  {
    name: "a picklist value that Salesforce no longer has",
    property: "pick_s",
    change: async () => {
      await inSalesforce("removeField", "pick_s");
      const picklist = { name: fieldOf("pick_s"), values: ["before"], restricted: true };
      await world.salesforceAct("addPicklistField", { object: "Contact", ...picklist });
    },
    edit: { side: "hubspot", value: "after" },
    error: { type: "picklist_value_not_found", category: "property_values", side: "salesforce" },
    later: "failing",
  },
  {
    name: "an option that HubSpot no longer has",
    property: "pick_h",
    change: () => inHubSpot("PATCH", "pick_h", { options: [{ label: "before", value: "before" }] }),
    edit: { side: "salesforce", value: "after" },
    error: { type: "picklist_value_not_found", category: "property_values", side: "hubspot" },
    later: "failing",
  },
];

type End = { state: string; errors: Awaited<ReturnType<typeof errorsOf>> };
const results = new Map<string, { pair: Pair; title: string; first: End; later: End }>();
let other: Pair;

const readEnd = async ({ contact }: Pair): Promise<End> => ({
  state: (await findRow(contact)).state,
  errors: await errorsOf(contact),
});

async function editBy(side: Side, pair: Pair, values: { property: string; field: string; value: string }) {
  if (side === "hubspot") await editContact(world, pair.contact, { [values.property]: values.value });
  else await editRecord(world, "Contact", pair.record, { [values.field]: values.value });
}

/** All of these between two checks; then the fields are read again, and every record is edited once more. */
async function playChanges(changes: Change[]): Promise<void> {
  const pairs = new Map<Change, Pair>();
  for (const given of changes) {
    const start = given.property.startsWith("number") ? "12" : "before";
    pairs.set(given, await makePair({ [given.property]: start }));
  }
  for (const { change } of changes) await change();
  await tick();
  for (const [{ property, edit }, pair] of pairs)
    await editBy(edit.side, pair, { property, field: fieldOf(property), value: edit.value });
  await expectOthersGoOn(other);
  const firsts = new Map<Change, End>();
  for (const [given, pair] of pairs) firsts.set(given, await readEnd(pair));
  await ageSchemas();
  await world.sync();
  await tick();
  for (const [{ name, edit }, pair] of pairs)
    await editBy(edit.side, pair, { property: "jobtitle", field: "Title", value: `Later: ${name}` });
  await settle(world);
  for (const [given, pair] of pairs) {
    const first = firsts.get(given);
    if (first) results.set(given.name, { pair, title: `Later: ${given.name}`, first, later: await readEnd(pair) });
  }
}

describe("E1, E3: what an admin changes under a mapping", () => {
  beforeAll(async () => {
    other = await makePair();
    await playChanges(CHANGES.filter(({ error }) => error !== null));
    // A field that Salesforce no longer shows makes all fields be read again at once, so that nobody is held up.
    await playChanges(CHANGES.filter(({ error }) => error === null));
  }, 120_000);

  it.each(CHANGES)("$name: told with field and value, and the rest of the record goes on", async (given) => {
    const result = results.get(given.name);
    if (!result) throw new Error("It was not played");
    const { property, edit } = given;
    const refused = edit.side === "hubspot" ? fieldOf(property) : property;
    const errors = given.error ? [{ ...given.error, fields: [{ field: refused, value: edit.value }] }] : [];
    expect(result.first).toEqual({ state: given.error ? "failing" : "in_sync", errors });
    expect(result.later.state).toBe(given.later);
    if (given.later === "failing") return;
    expect(result.later.errors).toEqual([]);
    expect(await readContact(world, result.pair.contact, ["jobtitle"])).toEqual({ jobtitle: result.title });
    expect(await readRecord(world, "Contact", result.pair.record, ["Title"])).toEqual({ Title: result.title });
  });

  it("everybody else syncs on", () => expectOthersGoOn(other));

  it("F13: a mapping whose field is gone says so where it is edited", async () => {
    const { mappings } = await listCheckedMappings(world.connectionId, "contact");
    const issues = (name: string) => mappings.find((one) => one.hubspotProperty === name)?.findings.map((f) => f.issue);
    expect(issues("gone_s")).toEqual(["salesforce_field_missing"]);
    expect(issues("gone_h")).toEqual(["hubspot_property_missing"]);
  });

  it("Q2: a refusal that a new reading does not explain makes the fields be read once in a quarter of an hour", async () => {
    await makePair();
    await world.sync();
    await world.clearCalls();
    await world.sync();
    expect(await world.calls()).toEqual({ hubspot: 1, salesforce: 1 });
    await ageSchemas();
    await world.sync();
    await world.clearCalls();
    await world.sync();
    expect(await world.calls()).toEqual({ hubspot: 1, salesforce: 1 });
  });
});

describe("O1, E1: who leaves", () => {
  it("an owner whose Salesforce user was deactivated: told as the owner's, and Salesforce keeps its owner once that is known", async () => {
    const { hubspot, salesforce } = await viewOwners();
    const leaving = hubspot.filter(({ how }) => how === "email").at(-1);
    expect(salesforce.map(({ id }) => id)).toContain(leaving?.userId);
    const one = await makePair();
    const before = await readRecord(world, "Contact", one.record, ["OwnerId"]);
    const inactive = { IsActive: false, ProfileId: "00e000000000001AAA" };
    await editSalesforce(world, "User", leaving?.userId ?? "", inactive);
    await editContact(world, one.contact, { hubspot_owner_id: leaving?.id ?? "" });
    await expectOthersGoOn(other);
    const fields = [{ field: "OwnerId", value: leaving?.userId ?? "" }];
    expect(await errorsOf(one.contact)).toEqual([
      { type: "owner_inactive", category: "owner", side: "salesforce", fields },
    ]);
    await ageSchemas();
    await settle(world);
    expect(await findRow(one.contact)).toMatchObject({ state: "in_sync" });
    expect(await readRecord(world, "Contact", one.record, ["OwnerId"])).toEqual(before);
    expect(await readContact(world, one.contact, ["hubspot_owner_id"])).not.toEqual({ hubspot_owner_id: leaving?.id });
  });
});
