import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { listMappings } from "@/lib/store/field-mappings";
import { checkMapping, listCheckedMappings, listSuggestions, removeMapping } from "./edit-mappings";
import { explainRecord } from "./explain-record";
import { prepareConnection, refreshSchemas } from "./prepare-connection";
import {
  addField,
  addMapping,
  addProperty,
  editContact,
  editRecord,
  findRow,
  makeContact,
  makeRecord,
  readContact,
  readRecord,
  settle,
} from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewRecord, viewRecordList } from "./view-records";

const BASE = { hubspotAppUrl: "https://app.hubspot.example" };
let world: SyncWorld;

beforeAll(async () => {
  world = await startSyncWorld();
  await addProperty(world, "tier", "enumeration/select", ["gold", "silver", "bronze"]);
  await world.salesforceAct("addPicklistField", {
    object: "Lead",
    name: "Tier__c",
    values: ["Gold card", "Silver card"],
    restricted: true,
  });
  await prepareConnection(world.connectionId, { createIdFields: false });
});
afterAll(() => world.stop());
afterEach(() => change({ salesforceFilter: {} }));

async function change(settings: Parameters<typeof saveSettings>[2]): Promise<void> {
  const connection = await readConnection(world.connectionId);
  await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, settings);
}

test("G4, G6: a Salesforce record that the filter leaves out is not taken to HubSpot, says why, and travels once it fits", async () => {
  await change({ salesforceFilter: { Lead: [{ field: "LeadSource", operator: "is_not", values: ["Partner"] }] } });
  const names = { LastName: "Filter", Company: "Acme" };
  const out = await makeRecord(world, "Lead", { ...names, Email: "out@example.com", LeadSource: "Partner" });
  await makeRecord(world, "Lead", { ...names, Email: "in@example.com", LeadSource: "Web" });
  await settle(world);
  expect(await world.findContact("in@example.com")).toHaveLength(1);
  expect(await world.findContact("out@example.com")).toEqual([]);
  const row = await findRow(out);
  expect(row).toMatchObject({ state: "excluded", exclusionReason: "filtered_out" });
  const gates = (await explainRecord(world.connectionId, row.id))?.gates ?? [];
  expect(gates.filter((gate) => !gate.passed)).toMatchObject([{ fact: expect.stringContaining("LeadSource") }]);
  await editRecord(world, "Lead", out, { LeadSource: "Web" });
  await settle(world);
  expect(await world.findContact("out@example.com")).toHaveLength(1);
});

test("F11: a value that the other side does not know is shown before the first failure, with the values to map", async () => {
  const tier = { hubspotProperty: "tier", leadField: "Tier__c", contactField: null, rule: "two_way" as const };
  const findings = await checkMapping(world.connectionId, "contact", { ...tier, valueMap: {} });
  expect(findings).toMatchObject([
    { severity: "warning", issue: "options_differ", values: expect.arrayContaining(["gold", "silver", "bronze"]) },
  ]);
  const valueMap = { gold: "Gold card", silver: "Silver card" };
  const left = await checkMapping(world.connectionId, "contact", { ...tier, valueMap });
  expect(left).toMatchObject([{ issue: "options_differ", values: ["bronze"] }]);

  await addMapping(world, { ...tier, valueMap });
  await makeContact(world, { email: "gold@example.com", lastname: "Gold", tier: "gold" });
  await settle(world);
  const [lead] = await world.soql("SELECT Id, Tier__c FROM Lead WHERE Email = 'gold@example.com'");
  expect(lead?.Tier__c).toBe("Gold card");
  await editRecord(world, "Lead", String(lead?.Id), { Tier__c: "Silver card" });
  await settle(world);
  const answer = await world.door("hubspot", "POST", "/crm/v3/objects/contacts/batch/read", {
    idProperty: "email",
    inputs: [{ id: "gold@example.com" }],
    properties: ["tier"],
  });
  expect(answer.results).toMatchObject([{ properties: { tier: "silver" } }]);
});

test("F13: default mappings stand from the first start and cannot be removed; others are suggested where both ends are free", async () => {
  const mappings = await listMappings(world.connectionId, "contact");
  const defaults = mappings.filter((mapping) => mapping.isDefault).map((mapping) => mapping.hubspotProperty);
  expect(defaults).toEqual(
    expect.arrayContaining(["firstname", "lastname", "email", "phone", "company", "jobtitle", "hubspot_owner_id"]),
  );
  expect(defaults, "the property that set-up made with consent").toContain("leadsource");
  const email = mappings.find((mapping) => mapping.hubspotProperty === "email");
  const refused = await removeMapping(world.connectionId, email?.id ?? "", email?.version ?? 0);
  expect(refused.kind).toBe("default_mapping_stays");
  const suggestions = await listSuggestions(world.connectionId, "contact");
  expect(suggestions.map((one) => one.hubspotProperty)).toContain("fax");
  const taken = new Set(mappings.map((mapping) => mapping.hubspotProperty));
  expect(suggestions.filter((one) => taken.has(one.hubspotProperty))).toEqual([]);
});

test("F13: the lead source travels both ways by the default mapping", async () => {
  const lead = await makeRecord(world, "Lead", {
    ...{ LastName: "Source", Company: "Acme", Email: "source@example.com", LeadSource: "Partner Referral" },
  });
  const contact = await makeContact(world, { email: "source-h@example.com", lastname: "H", company: "C" });
  await editContact(world, contact, { leadsource: "Web" });
  await settle(world);
  const { hubspotId } = await findRow(lead);
  expect(await readContact(world, hubspotId ?? "", ["leadsource"])).toEqual({ leadsource: "Partner Referral" });
  const { salesforceId } = await findRow(contact);
  expect(await readRecord(world, "Lead", salesforceId ?? "", ["LeadSource"])).toEqual({ LeadSource: "Web" });
});

test("C2: a required field is told for each kind of record that a setting or a rule makes, before the first refusal", async () => {
  await addField(world, "Must__c", { type: "Text", length: 40, required: true });
  await refreshSchemas(world.connectionId);
  const told = async () => {
    const { requiredUnfilled } = await listCheckedMappings(world.connectionId, "contact");
    return requiredUnfilled.map(({ type, field, isCreated }) => `${type}.${field} ${isCreated}`);
  };
  expect(await told()).toEqual(["Contact.Must__c false"]);
  const conditions = [{ field: "lifecyclestage", operator: "is" as const, values: ["customer"] }];
  await change({ leadOrContactRules: [{ conditions, create: "Contact" }] });
  expect(await told()).toEqual(["Contact.Must__c true"]);
  await change({ defaults: { Contact: { LastName: "(unknown)", Must__c: "yes" } } });
  expect(await told()).toEqual([]);
  await change({ leadOrContactRules: [] });
});

test("E2: list and card show the same error, with field, value, the vendor's words, and links to both records", async () => {
  await world.salesforceAct("addValidationRule", {
    object: "Lead",
    name: "No_short_titles",
    errorCondition: "LEN(Title) = 2",
    errorMessage: "Spell it out",
    errorField: "Title",
  });
  const id = await makeContact(world, { email: "short@example.com", lastname: "Short", jobtitle: "MD" });
  await settle(world);
  const { id: recordId } = await findRow(id);
  const card = await viewRecord(world.connectionId, recordId, BASE);
  expect(card?.errors).toMatchObject([
    {
      type: "validation_rule",
      category: "custom_code",
      side: "salesforce",
      remoteCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
      remoteMessage: "Spell it out",
      fields: [{ field: "Title", value: "MD" }],
    },
  ]);
  expect(card?.hubspotUrl).toContain(id);
  const asked = { object: "contact", search: "short@example.com", state: "failing", limit: 5 } as const;
  const list = await viewRecordList(world.connectionId, asked, BASE);
  expect(list).toMatchObject({ rows: [{ id: recordId, errorType: "validation_rule", errorSide: "salesforce" }] });
});
