import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import type { FieldCondition } from "@/lib/decide/record-types";
import { explainRecord } from "./explain-record";
import {
  editContact,
  editRecord,
  findRow,
  makeContact,
  makeRecord,
  readContact,
  readRecord,
  settle,
} from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
beforeEach(() => changeWorld(world, DEFAULT_SETTINGS));
afterAll(() => world.stop());

const noPartners: FieldCondition[] = [{ field: "LeadSource", operator: "is_not", values: ["Partner"] }];
const makeLead = (email: string, fields: Record<string, string> = {}) =>
  makeRecord(world, "Lead", { Email: email, LastName: "Filtered", Company: "C", ...fields });
const gateOf = async (rowId: string) =>
  (await explainRecord(world.connectionId, rowId))?.gates.find((gate) => gate.name === "passes_filter");

describe("G4: the filter for Salesforce records", () => {
  it("G4: a record that does not meet it makes no contact and says by which field, though the field is not mapped", async () => {
    await changeWorld(world, { salesforceFilter: { Lead: noPartners } });
    const [out, within] = [newEmail("partner"), newEmail("web")];
    const partner = await makeLead(out, { LeadSource: "Partner" });
    const web = await makeLead(within, { LeadSource: "Web" });
    await settle(world);
    expect(await world.findContact(out)).toEqual([]);
    expect(await world.findContact(within)).toHaveLength(1);
    const row = await findRow(partner);
    expect(row).toMatchObject({ state: "excluded", exclusionReason: "filtered_out" });
    expect(await gateOf(row.id)).toEqual({ name: "passes_filter", passed: false, fact: "LeadSource: Partner" });
    expect(await findRow(web)).toMatchObject({ state: "in_sync" });
    // Contacts have no conditions: theirs travel.
    const email = newEmail("contact");
    await makeRecord(world, "Contact", { Email: email, LastName: "Free", LeadSource: "Partner" });
    await settle(world);
    expect(await world.findContact(email)).toHaveLength(1);
  });

  it("G4: a record that begins to meet it is due by itself, a pair that stops meeting it stops, both ways", async () => {
    await changeWorld(world, { salesforceFilter: { Lead: noPartners } });
    const email = newEmail("moves");
    const lead = await makeLead(email, { LeadSource: "Partner" });
    await settle(world);
    await editRecord(world, "Lead", lead, { LeadSource: "Web" });
    await settle(world);
    const [contact] = await world.findContact(email);
    expect(await findRow(lead)).toMatchObject({ state: "in_sync", hubspotId: contact?.id });

    await editRecord(world, "Lead", lead, { LeadSource: "Partner" });
    await settle(world);
    expect(await findRow(lead)).toMatchObject({ state: "excluded", exclusionReason: "filtered_out" });
    await editRecord(world, "Lead", lead, { Title: "Hidden" });
    await editContact(world, contact?.id ?? "", { mobilephone: "090" });
    await settle(world);
    expect(await readContact(world, contact?.id ?? "", ["jobtitle"])).toEqual({ jobtitle: null });
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: null });

    await editRecord(world, "Lead", lead, { LeadSource: "Web" });
    await settle(world);
    expect(await readContact(world, contact?.id ?? "", ["jobtitle"])).toEqual({ jobtitle: "Hidden" });
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: "090" });
  });

  it("G4: a condition set after a pair was read looks at the record as it is, not at what was not read", async () => {
    const email = newEmail("later");
    const lead = await makeLead(email, { LeadSource: "Partner" });
    await settle(world);
    const [contact] = await world.findContact(email);
    await changeWorld(world, { salesforceFilter: { Lead: noPartners } });
    await editContact(world, contact?.id ?? "", { mobilephone: "090" });
    await settle(world);
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: null });
    expect(await findRow(lead)).toMatchObject({ exclusionReason: "filtered_out" });
  });

  it("G4: a condition on a field that Salesforce no longer has lets nobody through", async () => {
    await changeWorld(world, {
      salesforceFilter: { Lead: [{ field: "Gone__c", operator: "is_not", values: ["x"] }] },
    });
    const email = newEmail("gone");
    const lead = await makeLead(email);
    await settle(world);
    expect(await world.findContact(email)).toEqual([]);
    expect(await gateOf((await findRow(lead)).id)).toEqual({ name: "passes_filter", passed: false, fact: "Gone__c: " });
  });

  it("C2: the first rule whose conditions hold decides between lead and contact, by an unmapped property too", async () => {
    await changeWorld(world, {
      leadOrContactRules: [
        { conditions: [{ field: "lifecyclestage", operator: "is", values: ["customer"] }], create: "Contact" },
        { conditions: [{ field: "hs_lead_status", operator: "is_not_blank", values: [] }], create: "Lead" },
      ],
      hubspotToSalesforce: "contact",
    });
    const [customer, open, other] = [newEmail("customer"), newEmail("open"), newEmail("other")];
    await makeContact(world, { email: customer, lastname: "A", lifecyclestage: "customer", hs_lead_status: "NEW" });
    await makeContact(world, { email: open, lastname: "B", hs_lead_status: "NEW" });
    await makeContact(world, { email: other, lastname: "C" });
    await settle(world);
    const typeOf = async (email: string) => {
      const leads = await world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`);
      const contacts = await world.soql(`SELECT Id FROM Contact WHERE Email = '${email}'`);
      return `${leads.length} leads, ${contacts.length} contacts`;
    };
    expect(await typeOf(customer)).toBe("0 leads, 1 contacts");
    expect(await typeOf(open)).toBe("1 leads, 0 contacts");
    expect(await typeOf(other)).toBe("0 leads, 1 contacts");
  });
});
