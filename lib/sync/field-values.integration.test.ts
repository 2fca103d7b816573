import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
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
  makeRecord,
  readContact,
  readHistory,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const tick = () => new Promise((resolve) => setTimeout(resolve, 1_100));

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await makeFields();
  await prepareConnection(world.connectionId, { createIdFields: false });
  for (const { property, field, valueMap } of TYPES) {
    await addMapping(world, {
      hubspotProperty: property,
      contactField: field,
      rule: "two_way",
      valueMap: valueMap ?? {},
    });
  }
  await addMapping(world, { hubspotProperty: "summary", contactField: "Summary__c", rule: "two_way" });
  await setRule("jobtitle", "two_way");
});
afterAll(() => world.stop());

type TypeCase = {
  name: string;
  property: string;
  /** HubSpot's type, Salesforce's type */
  types: [string, string];
  field: string;
  valueMap?: Record<string, string>;
  /** Set in HubSpot → found in Salesforce */
  there: [Fields[string], Fields[string]];
  /** Set in Salesforce → found in HubSpot */
  back: [Fields[string], Fields[string]];
};

const TYPES: TypeCase[] = [
  {
    name: "a date",
    property: "t_date",
    types: ["date/date", "Date"],
    field: "T_Date__c",
    there: ["2026-02-28", "2026-02-28"],
    back: ["2024-02-29", "2024-02-29"],
  },
  {
    name: "a date-time, whose milliseconds Salesforce drops",
    property: "t_moment",
    types: ["datetime/date", "DateTime"],
    field: "T_Moment__c",
    there: ["2026-05-06T07:08:09.876Z", "2026-05-06T07:08:09.000+0000"],
    back: ["2025-12-31T23:59:58.000+0000", "2025-12-31T23:59:58.000Z"],
  },
  {
    name: "a number with decimals",
    property: "t_number",
    types: ["number/number", "Number"],
    field: "T_Number__c",
    there: ["1234.50", 1234.5],
    back: [-0.25, "-0.25"],
  },
  {
    name: "a percentage, which HubSpot keeps as a fraction",
    property: "t_share",
    types: ["number/number", "Percent"],
    field: "T_Share__c",
    there: ["0.07", 7],
    back: [12.5, "0.125"],
  },
  {
    name: "a tick box",
    property: "t_tick",
    types: ["bool/booleancheckbox", "Checkbox"],
    field: "T_Tick__c",
    there: ["true", true],
    back: [false, "false"],
  },
  {
    name: "a picklist by its value map",
    property: "t_size",
    types: ["enumeration/select", "picklist"],
    field: "T_Size__c",
    valueMap: { small: "S", large: "L" },
    there: ["large", "L"],
    back: ["S", "small"],
  },
  {
    name: "a multi-select, whose order means nothing",
    property: "t_colours",
    types: ["enumeration/checkbox", "picklist"],
    field: "T_Colours__c",
    there: ["red;blue", "blue;red"],
    back: ["green;blue", "blue;green"],
  },
  {
    name: "an address that Salesforce lower-cases",
    property: "t_mail",
    types: ["string/text", "Email"],
    field: "T_Mail__c",
    there: ["Other.Mail@Example.COM", "other.mail@example.com"],
    back: ["back@example.com", "back@example.com"],
  },
  {
    name: "a text that Salesforce trims",
    property: "t_text",
    types: ["string/text", "Text"],
    field: "T_Text__c",
    there: ["  two words  ", "two words"],
    back: ["日本語 🌉", "日本語 🌉"],
  },
];

const OPTIONS: Record<string, string[]> = { t_size: ["small", "large"], t_colours: ["red", "green", "blue"] };
const PICKLISTS: Record<string, { values: string[]; restricted: boolean }> = {
  T_Size__c: { values: ["S", "L"], restricted: true },
  T_Colours__c: { values: ["red", "green", "blue"], restricted: false },
};

const isNumber = (type: string) => type === "Number" || type === "Percent";

async function makeFields(): Promise<void> {
  for (const { property, field, types } of TYPES) {
    await addProperty(world, property, types[0], OPTIONS[property]);
    if (types[1] === "Percent")
      await world.door("hubspot", "PATCH", `/crm/v3/properties/contacts/${property}`, {
        numberDisplayHint: "percentage",
      });
    const picklist = PICKLISTS[field];
    if (picklist) await world.salesforceAct("addPicklistField", { object: "Contact", name: field, ...picklist });
    else await addField(world, field, { type: types[1], length: 100, ...(isNumber(types[1]) ? { scale: 2 } : {}) });
  }
  await addProperty(world, "summary", "string/text");
  const formula = 'Title & " / " & Department';
  await world.salesforceAct("addFormulaField", { object: "Contact", name: "Summary__c", formula });
}

async function makePair(properties: Fields = {}, fields: Fields = {}): Promise<{ contact: string; record: string }> {
  const email = `values-${++count}@example.com`;
  const contact = await makeContact(world, { email, lastname: "Values", ...properties });
  const record = await makeRecord(world, "Contact", { Email: email, LastName: "Values", ...fields });
  await settle(world);
  await tick();
  return { contact, record };
}

/** F7: what the other side made of our write is no change: three further checks only read. */
async function expectQuiet(): Promise<void> {
  await world.clearCalls();
  for (let i = 0; i < 3; i += 1) expect(await world.sync()).toMatchObject({ due: 0, remaining: 0 });
  expect(await world.calls()).toEqual({ hubspot: 3, salesforce: 3 });
}

describe("values of every type", () => {
  it("F10, F7: go from HubSpot to Salesforce, are stored in Salesforce's form, and nothing comes back", async () => {
    const { contact, record } = await makePair();
    const sent = Object.fromEntries(TYPES.map((t) => [t.property, t.there[0]]));
    await editContact(world, contact, sent);
    expect(await world.sync()).toMatchObject({ failed: 0, remaining: 0 });
    const expected = Object.fromEntries(TYPES.map((t) => [t.field, t.there[1]]));
    expect(await readRecord(world, "Contact", record, Object.keys(expected))).toEqual(expected);
    await expectQuiet();
    expect(await readContact(world, contact, Object.keys(sent))).toEqual(sent);
  });

  it("F10, F7: go from Salesforce to HubSpot, are stored in HubSpot's form, and nothing comes back", async () => {
    const { contact, record } = await makePair({ t_tick: "true" });
    await editRecord(world, "Contact", record, Object.fromEntries(TYPES.map((t) => [t.field, t.back[0]])));
    expect(await world.sync()).toMatchObject({ synced: 1, failed: 0 });
    const expected = Object.fromEntries(TYPES.map((t) => [t.property, t.back[1]]));
    expect(await readContact(world, contact, Object.keys(expected))).toEqual(expected);
    await expectQuiet();
  });

  it("F10: clears travel for every type", async () => {
    const { contact, record } = await makePair();
    await editContact(world, contact, Object.fromEntries(TYPES.map((t) => [t.property, t.there[0]])));
    await world.sync();
    const fields = TYPES.map((t) => t.field);
    expect(await readRecord(world, "Contact", record, ["T_Date__c", "T_Tick__c"])).toEqual({
      T_Date__c: "2026-02-28",
      T_Tick__c: true,
    });
    await editContact(world, contact, Object.fromEntries(TYPES.map((t) => [t.property, ""])));
    await world.sync();
    const blank = Object.fromEntries(fields.map((field) => [field, field === "T_Tick__c" ? false : null]));
    expect(await readRecord(world, "Contact", record, fields)).toEqual(blank);
    await expectQuiet();
  });

  it("F7: the same multi-select values in another order, or the same address in another case, are no change", async () => {
    const { contact, record } = await makePair({ t_colours: "red;blue", t_mail: "a@example.com" });
    await editContact(world, contact, { t_colours: "blue;red", t_mail: "A@Example.com" });
    await expectQuiet();
    expect(await readRecord(world, "Contact", record, ["T_Mail__c"])).toEqual({ T_Mail__c: "a@example.com" });
  });
});

describe("owners", () => {
  it("T15, F15: an owner changed on one side is the owner with the same address on the other", async () => {
    const { contact, record } = await makePair();
    const { results } = await world.door("hubspot", "GET", "/crm/v3/owners?limit=100");
    const owners = results as { id: string; email: string }[];
    const users = (await world.soql("SELECT Id, Email FROM User WHERE IsActive = true")) as {
      Id: string;
      Email: string;
    }[];
    const userOf = (email: string) => users.find((user) => user.Email.toLowerCase() === email.toLowerCase())?.Id;
    const [first, second] = owners.filter((owner) => userOf(owner.email)).slice(2);
    if (!first || !second) throw new Error("The sandboxes share too few people");

    await editContact(world, contact, { hubspot_owner_id: first.id });
    await world.sync();
    expect(await readRecord(world, "Contact", record, ["OwnerId"])).toEqual({ OwnerId: userOf(first.email) });
    const { lastTriggers } = await findRow(contact);
    expect(lastTriggers).toMatchObject([{ code: "T15", side: "hubspot" }]);
    await tick();
    await editRecord(world, "Contact", record, { OwnerId: userOf(second.email) ?? "" });
    await world.sync();
    expect(await readContact(world, contact, ["hubspot_owner_id"])).toEqual({ hubspot_owner_id: second.id });
    await expectQuiet();
  });
});

describe("a formula field", () => {
  it("F12, T11: travels with a change of a mapped field it uses, never by its own change, and is never written", async () => {
    const { contact, record } = await makePair({}, { Title: "CTO", Department: "R&D" });
    expect(await readContact(world, contact, ["summary"])).toEqual({ summary: "CTO / R&D" });

    await editRecord(world, "Contact", record, { Department: "Sales" });
    expect(await world.sync()).toMatchObject({ due: 0 });
    expect(await readContact(world, contact, ["summary"])).toEqual({ summary: "CTO / R&D" });

    await tick();
    await editRecord(world, "Contact", record, { Title: "CEO" });
    expect(await world.sync()).toMatchObject({ due: 1, synced: 1 });
    expect(await readContact(world, contact, ["summary", "jobtitle"])).toEqual({
      summary: "CEO / Sales",
      jobtitle: "CEO",
    });

    await tick();
    await editContact(world, contact, { summary: "Mine" });
    await settle(world);
    expect(await readRecord(world, "Contact", record, ["Summary__c", "Title"])).toEqual({
      Summary__c: "CEO / Sales",
      Title: "CEO",
    });
    const history = await readHistory((await findRow(contact)).id);
    const writes = history
      .flatMap((entry) => entry.changes)
      .filter((change) => change.salesforceField === "Summary__c");
    expect(writes.map((change) => change.side)).toEqual(writes.map(() => "hubspot"));
    await expectQuiet();
  });

  it("F12, T11: in HubSpot, a change of a mapped property that its formula in Salesforce uses brings the new value", async () => {
    const { contact } = await makePair({}, { Title: "CTO", Department: "R&D" });
    await editContact(world, contact, { jobtitle: "COO" });
    const { runId } = await world.sync();
    expect(await readContact(world, contact, ["summary"])).toEqual({ summary: "COO / R&D" });
    const run = await getDatabase().syncRun.findFirst({ where: { id: runId ?? "" } });
    expect(run, "the second pass stands in the books too").toMatchObject({
      due: 2,
      synced: 2,
      unchanged: 0,
      failed: 0,
    });
    await expectQuiet();
  });
});
