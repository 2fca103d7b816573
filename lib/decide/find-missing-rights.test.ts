import { describe, expect, it } from "vitest";
import { type ConnectionSettings, DEFAULT_SETTINGS } from "./connection-settings";
import { findMissingRights, findMissingScopes, type ObjectAccess, type RightsInput } from "./find-missing-rights";
import type { FieldMapping } from "./record-types";

const open = { label: "", isWritable: true, isGrantable: true };
const access = (over: Partial<ObjectAccess> = {}): ObjectAccess => ({
  label: "Lead",
  queryable: true,
  createable: true,
  updateable: true,
  deletable: true,
  fields: { Title: { ...open, label: "Title" }, HubSpot_Contact_Id__c: open },
  ...over,
});
const title: FieldMapping = {
  id: "1",
  hubspotProperty: "jobtitle",
  leadField: "Title",
  contactField: null,
  rule: "prefer_salesforce",
  valueMap: {},
};
const idFields: RightsInput["idFields"] = {
  Lead: "HubSpot_Contact_Id__c",
  Contact: "HubSpot_Contact_Id__c",
  Account: null,
  Opportunity: null,
  Task: null,
  Event: null,
  CampaignMember: null,
};

function check(over: Partial<RightsInput> = {}, settings: Partial<ConnectionSettings> = {}) {
  const found = findMissingRights({
    settings: { ...DEFAULT_SETTINGS, ...settings },
    mappings: { contact: [title] },
    access: { Lead: access(), Contact: access({ label: "Contact" }) },
    idFields,
    ...over,
  });
  return { ...found, lines: found.missing.map(({ object, field, right }) => [object, field, right].join(" ")) };
}

describe("X9: rights that are missing", () => {
  it("names nothing when all is granted, and asks only for objects that are on", () => {
    const { lines, checked } = check();
    expect(lines).toEqual([]);
    expect(checked.map((one) => one.type)).toEqual(["Lead", "Contact"]);
    expect(checked[0]?.rights).toEqual({ read: "granted", create: "granted", edit: "granted", delete: "not_needed" });
    // Contacts are not created from HubSpot with these settings: the right to do so is not asked for.
    expect(checked[1]?.rights.create).toBe("not_needed");
  });
  it("names the object and what may not be done with it", () => {
    const Lead = access({ createable: false, deletable: false });
    expect(check({ access: { Lead, Contact: access() } }).lines).toEqual(["Lead  create"]);
    expect(
      check({ access: { Lead, Contact: access() } }, { whenDeletedInHubSpot: "delete", hubspotToSalesforce: "contact" })
        .lines,
    ).toEqual(["Lead  delete"]);
  });
  it("tells of an object that is not seen at all in one line", () => {
    const { lines, checked } = check({ access: { Lead: null, Contact: access() } });
    expect(lines).toEqual(["Lead  read"]);
    expect(checked[0]).toMatchObject({ label: "Lead", fields: 2, fieldsMissing: 2 });
  });
  it("names fields that are hidden or closed, with the mapping that needs them", () => {
    const hidden = access({ fields: { HubSpot_Contact_Id__c: open } });
    expect(check({ access: { Lead: hidden, Contact: access() } }).missing).toEqual([
      expect.objectContaining({ object: "Lead", field: "Title", hubspotProperty: "jobtitle", right: "see_field" }),
    ]);
    const closed = access({ fields: { Title: { ...open, isWritable: false }, HubSpot_Contact_Id__c: open } });
    expect(check({ access: { Lead: closed, Contact: access() } }).lines).toEqual(["Lead Title edit_field"]);
  });
  it("does not ask for what nothing writes, nor for what nobody can grant", () => {
    const closed = access({ fields: { Title: { ...open, isWritable: false }, HubSpot_Contact_Id__c: open } });
    const reads = { contact: [{ ...title, rule: "always_salesforce" as const }] };
    expect(check({ access: { Lead: closed, Contact: access() }, mappings: reads }).lines).toEqual([]);
    const off = { contact: [{ ...title, rule: "dont_sync" as const }] };
    expect(check({ access: { Lead: access({ fields: {} }), Contact: access() }, mappings: off }).lines).toEqual([
      "Lead HubSpot_Contact_Id__c id_field",
    ]);
    const formula = { Title: { label: "", isWritable: false, isGrantable: false }, HubSpot_Contact_Id__c: open };
    expect(check({ access: { Lead: access({ fields: formula }), Contact: access() } }).lines).toEqual([]);
  });
});

describe("X9: HubSpot's permissions", () => {
  const contacts = [
    "crm.objects.contacts.read",
    "crm.objects.contacts.write",
    "crm.schemas.contacts.read",
    "crm.objects.owners.read",
  ];
  it("are those of what is on, and no more", () => {
    expect(findMissingScopes(DEFAULT_SETTINGS, contacts)).toEqual({ needed: 4, missing: [] });
    const settings = { ...DEFAULT_SETTINGS, deal: { ...DEFAULT_SETTINGS.deal, on: true } };
    const { missing } = findMissingScopes(settings, [...contacts, "crm.objects.deals.read", "crm.schemas.deals.read"]);
    expect(missing).toEqual([expect.objectContaining({ object: "deal", scope: "crm.objects.deals.write" })]);
  });
});
