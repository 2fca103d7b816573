import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explainRecord } from "./explain-record";
import { syncRecordNow } from "./sync-now";
import {
  addMapping,
  editContact,
  editRecord,
  endWaits,
  findRow,
  listRows,
  makeContact,
  makeRecord,
  readContact,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewRecord } from "./view-records";

const tick = () => new Promise((resolve) => setTimeout(resolve, 1_100));

async function findAll(world: SyncWorld, email: string) {
  const [contacts, leads, records] = await Promise.all([
    world.findContact(email),
    world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`),
    world.soql(`SELECT Id FROM Contact WHERE Email = '${email}'`),
  ]);
  return { contacts: contacts.map((c) => c.id), leads: leads.map((l) => l.Id), records: records.map((r) => r.Id) };
}

describe("matching by address", () => {
  let world: SyncWorld;
  beforeAll(async () => {
    world = await startSyncWorld();
    await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  });
  afterAll(() => world.stop());

  it("M1: case and surrounding space do not matter", async () => {
    const record = await makeRecord(world, "Contact", { Email: "Mixed.CASE@Example.com", LastName: "M" });
    const contact = await makeContact(world, { email: " mixed.case@EXAMPLE.com ", firstname: "Mia" });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: record, state: "in_sync" });
    expect(await findAll(world, "mixed.case@example.com")).toEqual({
      contacts: [contact],
      leads: [],
      records: [record],
    });
  });

  it("M1: a secondary address of HubSpot finds the Salesforce record, whichever side is new", async () => {
    const record = await makeRecord(world, "Contact", { Email: "second@example.com", LastName: "S" });
    const contact = await makeContact(world, {
      email: "first@example.com",
      hs_additional_emails: "second@example.com",
      lastname: "S",
    });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: record });
    expect((await findAll(world, "first@example.com")).leads).toEqual([]);

    const other = await makeContact(world, {
      email: "third@example.com",
      hs_additional_emails: "fourth@example.com",
      lastname: "T",
    });
    const settings = await findRow(contact);
    expect(settings.candidates).toEqual([]);
    const late = await makeRecord(world, "Lead", { Email: "fourth@example.com", LastName: "T", Company: "C" });
    await settle(world);
    expect(await listRows(late)).toHaveLength(1);
    expect(await findRow(other)).toMatchObject({ salesforceId: late });
  });

  it("M2: Contact before Lead, the newest first; the others are listed, and a later edit does not move the link", async () => {
    const email = "many@example.com";
    const older = await makeRecord(world, "Contact", { Email: email, LastName: "Older" });
    await tick();
    const newer = await makeRecord(world, "Contact", { Email: email, LastName: "Newer" });
    await tick();
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Lead", Company: "C" });
    const contact = await makeContact(world, { email });
    await settle(world);
    const row = await findRow(contact);
    expect(row).toMatchObject({ salesforceId: newer, salesforceType: "Contact", state: "in_sync" });
    const listed = (row.candidates as { id: string; type: string }[]).map((c) => `${c.type} ${c.id}`);
    expect(listed.toSorted()).toEqual([`Contact ${older}`, `Lead ${lead}`].toSorted());
    expect(await readContact(world, contact, ["lastname"])).toEqual({ lastname: "Newer" });

    await tick();
    await editRecord(world, "Contact", older, { LastName: "Edited later" });
    await editRecord(world, "Lead", lead, { LastName: "Edited later" });
    await settle(world);
    await syncRecordNow(world.connectionId, row.id, "tester@example.com");
    expect(await findRow(contact)).toMatchObject({ salesforceId: newer });
    expect(await readContact(world, contact, ["lastname"])).toEqual({ lastname: "Newer" });
    expect((await findRow(contact)).candidates).toHaveLength(2);
    for (const duplicate of [older, lead]) {
      expect(await findRow(duplicate)).toMatchObject({
        state: "excluded",
        exclusionReason: "another_record_is_linked",
        hubspotId: null,
      });
    }
    expect((await findAll(world, email)).contacts).toEqual([contact]);
  });

  it("M2: a duplicate that comes later is listed on the card as well, until it is gone", async () => {
    const email = "came-later@example.com";
    const contact = await makeContact(world, { email, lastname: "First", company: "C" });
    await settle(world);
    const row = await findRow(contact);
    const late = await makeRecord(world, "Contact", { Email: email, LastName: "Late" });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: row.salesforceId });
    const card = () => viewRecord(world.connectionId, row.id, { hubspotAppUrl: "https://app.hubspot.example" });
    expect((await card())?.candidates).toMatchObject([{ id: late, type: "Contact", name: "Late", email }]);
    const { id: lateRow } = await findRow(late);
    const twin = await explainRecord(world.connectionId, lateRow);
    expect(twin?.gates.filter((gate) => !gate.passed)).toEqual([
      { name: "not_linked_elsewhere", passed: false, fact: "salesforce" },
    ]);
    await world.salesforceAct("deleteRecord", { object: "Contact", id: late });
    await settle(world);
    expect((await card())?.candidates).toEqual([]);
  });

  it("M2: two unconverted leads: the one changed last", async () => {
    const email = "leads@example.com";
    const first = await makeRecord(world, "Lead", { Email: email, LastName: "First", Company: "C" });
    const second = await makeRecord(world, "Lead", { Email: email, LastName: "Second", Company: "C" });
    await tick();
    await editRecord(world, "Lead", first, { Title: "Changed last" });
    const contact = await makeContact(world, { email });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: first });
    expect(await listRows(second)).toMatchObject([{ state: "excluded" }]);
  });

  it("M4: a converted lead is never a partner, even when it is the only record with the address", async () => {
    const email = "converted@example.com";
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Con", Company: "C" });
    await world.salesforceAct("convertLead", { leadId: lead });
    const [converted] = await world.soql(`SELECT ConvertedContactId FROM Lead WHERE Id = '${lead}'`);
    await editRecord(world, "Contact", String(converted?.ConvertedContactId), { Email: "elsewhere@example.com" });
    const contact = await makeContact(world, { email, jobtitle: "New" });
    await settle(world);
    const made = (await findRow(contact)).salesforceId;
    expect((await findAll(world, email)).leads.toSorted()).toEqual([lead, made].toSorted());
    expect(await readRecord(world, "Lead", lead, ["Title", "HubSpot_Contact_Id__c"])).toEqual({
      Title: null,
      HubSpot_Contact_Id__c: null,
    });
  });

  it("M4: the pair of a converted lead goes on with the contact it became; the lead is not written any more", async () => {
    const email = "later@example.com";
    const contact = await makeContact(world, { email, lastname: "L", company: "C", jobtitle: "Old" });
    await settle(world);
    const lead = (await findRow(contact)).salesforceId ?? "";
    await tick();
    await world.salesforceAct("convertLead", { leadId: lead });
    await settle(world);
    const [converted] = await world.soql(`SELECT ConvertedContactId FROM Lead WHERE Id = '${lead}'`);
    const person = String(converted?.ConvertedContactId);
    expect(await findRow(contact)).toMatchObject({ salesforceId: person, salesforceType: "Contact", state: "in_sync" });
    expect(await readRecord(world, "Contact", person, ["Title", "HubSpot_Contact_Id__c"])).toEqual({
      Title: "Old",
      HubSpot_Contact_Id__c: contact,
    });
    await tick();
    await editRecord(world, "Contact", person, { Title: "New" });
    await settle(world);
    expect((await world.hubspotContact(contact)).jobtitle).toBe("New");
    expect(await readRecord(world, "Lead", lead, ["Title"])).toEqual({ Title: "Old" });
    expect(await findAll(world, email)).toMatchObject({ contacts: [contact], leads: [lead], records: [person] });
  });

  // The org's lead conversion maps neither of the two lead fields to the contact's.
  it.each([
    { rule: "two_way", property: "job_function", leadField: "Fax", contactField: "Department" },
    { rule: "prefer_salesforce", property: "seniority", leadField: "Rating", contactField: "AssistantName" },
  ] as const)(
    "M4, F8: what a conversion does not bring over was cleared by nobody: HubSpot keeps it ($rule)",
    async (one) => {
      const { rule, property, leadField, contactField } = one;
      const email = `${property}@example.com`;
      await addMapping(world, { hubspotProperty: property, leadField, contactField, rule });
      const lead = await makeRecord(world, "Lead", { Email: email, LastName: "K", Company: "C", [leadField]: "Hot" });
      await settle(world);
      const contact = (await findRow(lead)).hubspotId ?? "";
      expect(await readContact(world, contact, [property])).toEqual({ [property]: "Hot" });
      await tick();
      await world.salesforceAct("convertLead", { leadId: lead });
      await settle(world);
      const { salesforceId, salesforceType } = await findRow(contact);
      expect(salesforceType).toBe("Contact");
      expect(await readContact(world, contact, [property])).toEqual({ [property]: "Hot" });
      expect(await readRecord(world, "Contact", salesforceId ?? "", [contactField])).toEqual({ [contactField]: "Hot" });
      // What is cleared from then on is.
      await editRecord(world, "Contact", salesforceId ?? "", { [contactField]: null });
      await settle(world);
      expect(await readContact(world, contact, [property])).toEqual({ [property]: null });
      await setRule(property, "dont_sync");
    },
  );

  it("M4, F3: what a rep clears on the contact between a conversion and the next check is cleared in HubSpot", async () => {
    const email = "cleared@example.com";
    await setRule("phone", "two_way");
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "K", Company: "C", Phone: "03-1" });
    await settle(world);
    const contact = (await findRow(lead)).hubspotId ?? "";
    expect(await readContact(world, contact, ["phone"])).toEqual({ phone: "03-1" });
    await tick();
    const { result } = await world.salesforceAct("convertLead", { leadId: lead });
    const { contactId } = result as { contactId: string };
    await editRecord(world, "Contact", contactId, { Phone: null });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: contactId, state: "in_sync" });
    expect(await readContact(world, contact, ["phone"])).toEqual({ phone: null });
    expect(await readRecord(world, "Contact", contactId, ["Phone"])).toEqual({ Phone: null });
    await setRule("phone", "prefer_salesforce");
  });

  it("M1: two new Salesforce records with one address in one batch make one HubSpot contact", async () => {
    const email = "twins@example.com";
    await makeRecord(world, "Lead", { Email: email, LastName: "Twin", Company: "C" });
    await makeRecord(world, "Contact", { Email: email, LastName: "Twin" });
    await settle(world);
    await settle(world);
    const found = await findAll(world, email);
    expect(found).toMatchObject({
      contacts: [expect.any(String)],
      leads: [expect.any(String)],
      records: [expect.any(String)],
    });
    const states = (await Promise.all([...found.leads, ...found.records].map((id) => findRow(String(id))))).map(
      (r) => r.state,
    );
    expect(states.toSorted()).toEqual(["excluded", "in_sync"]);
  });

  it("M1: made on both sides at once, with one address, they become one pair", async () => {
    const email = "both@example.com";
    const contact = await makeContact(world, { email, firstname: "H", jobtitle: "From H" });
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "S", Company: "C", Phone: "1" });
    await world.sync();
    expect(await findAll(world, email)).toEqual({ contacts: [contact], leads: [lead], records: [] });
    expect(await listRows(contact)).toMatchObject([{ salesforceId: lead, state: "in_sync" }]);
    expect(await readRecord(world, "Lead", lead, ["FirstName", "Title"])).toEqual({ FirstName: "H", Title: "From H" });
    expect(await readContact(world, contact, ["lastname", "phone"])).toEqual({ lastname: "S", phone: "1" });
  });

  it("M1: HubSpot says that the address is in use although its index does not show the contact yet: they are linked", async () => {
    const email = "lagging@example.com";
    await world.door("hubspot", "PUT", "/__sandbox/limits", { indexLagMs: 60_000 });
    const contact = await makeContact(world, { email, firstname: "Lag" });
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Lag", Company: "C" });
    await world.sync();
    expect((await findAll(world, email)).contacts).toEqual([contact]);
    await world.door("hubspot", "PUT", "/__sandbox/limits", { indexLagMs: 0 });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: lead, state: "in_sync" });
    expect(await listRows(lead)).toHaveLength(1);
    expect(await findAll(world, email)).toEqual({ contacts: [contact], leads: [lead], records: [] });
    expect(await readContact(world, contact, ["lastname"])).toEqual({ lastname: "Lag" });
  });

  it("M6: a contact whose lead got another address before anybody knew that it was made is that lead's all the same", async () => {
    const [email, other] = ["before@example.com", "after@example.com"];
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Early", Company: "C" });
    const fault = { match: { path: "/batch/upsert" }, do: { drop: "after" } };
    await world.door("hubspot", "PUT", "/__sandbox/faults", [fault]);
    await world.sync();
    await world.door("hubspot", "PUT", "/__sandbox/faults", []);
    const [contact = "none"] = (await findAll(world, email)).contacts;
    await editRecord(world, "Lead", lead, { Email: other });
    await settle(world);
    await endWaits();
    await settle(world);
    expect(await findAll(world, email)).toEqual({ contacts: [], leads: [], records: [] });
    expect(await findAll(world, other)).toEqual({ contacts: [contact], leads: [lead], records: [] });
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", salesforceId: lead });
  });

  it("M1: an address that moves from one contact to another does not double anybody", async () => {
    const contact = await makeContact(world, { email: "moving-old@example.com", lastname: "Mo", company: "C" });
    await settle(world);
    const lead = (await findRow(contact)).salesforceId;
    await tick();
    await editContact(world, contact, { email: "moving-new@example.com" });
    await settle(world);
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: lead, state: "in_sync" });
    expect(
      (await findAll(world, "moving-old@example.com")).leads.length +
        (await findAll(world, "moving-new@example.com")).leads.length,
    ).toBe(1);
  });
});

describe("without the id fields (the weaker way of M6)", () => {
  let world: SyncWorld;
  beforeAll(async () => {
    world = await startSyncWorld({ idFields: false });
  });
  afterAll(() => world.stop());

  it("M1, M6: creating in both directions and linking work by address alone", async () => {
    const contact = await makeContact(world, { email: "weak-h@example.com", lastname: "H", company: "C" });
    const lead = await makeRecord(world, "Lead", { Email: "weak-s@example.com", LastName: "S", Company: "C" });
    const linkedContact = await makeContact(world, { email: "weak-b@example.com", lastname: "B" });
    const linkedLead = await makeRecord(world, "Lead", { Email: "weak-b@example.com", LastName: "B", Company: "C" });
    await settle(world);
    expect(await findRow(linkedContact)).toMatchObject({ salesforceId: linkedLead, state: "in_sync" });
    const made = await findAll(world, "weak-h@example.com");
    expect(made.leads).toHaveLength(1);
    expect(await findRow(contact)).toMatchObject({ salesforceId: made.leads[0], state: "in_sync" });
    const back = await findAll(world, "weak-s@example.com");
    expect(back.contacts).toHaveLength(1);
    expect(await findRow(lead)).toMatchObject({ hubspotId: back.contacts[0], state: "in_sync" });
    await world.clearCalls();
    expect(await world.sync()).toMatchObject({ due: 0 });
    expect(await world.calls()).toEqual({ hubspot: 1, salesforce: 1 });
  });

  it("M6: a lost answer to a create still ends with one record, found by its address", async () => {
    const email = "weak-lost@example.com";
    const contact = await makeContact(world, { email, lastname: "L", company: "C" });
    const write = { method: "POST", path: "/composite", nth: 3 };
    await world.door("salesforce", "PUT", "/__sandbox/faults", [{ match: write, do: { drop: "after" } }]);
    await world.sync();
    await world.door("salesforce", "PUT", "/__sandbox/faults", []);
    await endWaits();
    await settle(world);
    const found = await findAll(world, email);
    expect(found.leads).toHaveLength(1);
    expect(await findRow(contact)).toMatchObject({ salesforceId: found.leads[0], state: "in_sync" });
  });
});
