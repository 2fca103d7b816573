import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());

async function makeContact(properties: Record<string, string>): Promise<string> {
  const made = await world.door("hubspot", "POST", "/crm/v3/objects/contacts", { properties });
  return String(made.id);
}

async function makeRecord(type: "Lead" | "Contact", fields: Record<string, unknown>): Promise<string> {
  const made = await world.door("salesforce", "POST", `/services/data/v67.0/sobjects/${type}`, fields);
  return String(made.id);
}

describe("a new record reaches the other side", () => {
  it("T13, C2, M7: a HubSpot contact becomes a Salesforce lead, and both carry each other's id", async () => {
    const id = await makeContact({
      email: "Aiko.Mori@example.jp",
      firstname: "愛子",
      lastname: "森",
      company: "森商店",
      jobtitle: "CFO",
    });
    await world.sync();
    const [lead] = await world.soql(
      "SELECT Id, FirstName, LastName, Company, Title, Email, HubSpot_Contact_Id__c FROM Lead WHERE Email = 'aiko.mori@example.jp'",
    );
    expect(lead).toMatchObject({
      FirstName: "愛子",
      LastName: "森",
      Company: "森商店",
      Title: "CFO",
      HubSpot_Contact_Id__c: id,
    });
    const contact = await world.hubspotContact(id);
    expect(contact).toMatchObject({ salesforceleadid: lead?.Id, kakehashi_salesforce_id: lead?.Id });
  });

  it("T12, C1: a Salesforce contact becomes a HubSpot contact", async () => {
    const id = await makeRecord("Contact", {
      LastName: "O'Brien",
      FirstName: "Siân",
      Email: "sian@example.ie",
      Title: "VP",
      Phone: "+353 1 234",
    });
    await world.sync();
    const [contact] = await world.findContact("sian@example.ie");
    expect(contact?.properties).toMatchObject({
      firstname: "Siân",
      lastname: "O'Brien",
      jobtitle: "VP",
      phone: "+353 1 234",
      salesforcecontactid: id,
    });
    const [back] = await world.soql(`SELECT HubSpot_Contact_Id__c FROM Contact WHERE Id = '${id}'`);
    expect(back?.HubSpot_Contact_Id__c).toBe(contact?.id);
  });

  it("M1, F8: records with the same address are linked, not doubled, and blanks fill each other", async () => {
    await makeContact({ email: "ken@example.jp", firstname: "Ken", jobtitle: "Engineer" });
    const id = await makeRecord("Contact", { LastName: "Ito", Email: "KEN@example.jp", Phone: "03-1111" });
    await world.sync();
    const [record, ...more] = await world.soql(
      "SELECT Id, FirstName, LastName, Title, Phone FROM Contact WHERE Email = 'ken@example.jp'",
    );
    expect(more).toEqual([]);
    expect(await world.soql("SELECT Id FROM Lead WHERE Email = 'ken@example.jp'")).toEqual([]);
    expect(record).toMatchObject({ Id: id, FirstName: "Ken", LastName: "Ito", Title: "Engineer", Phone: "03-1111" });
    const [contact] = await world.findContact("ken@example.jp");
    expect(contact?.properties).toMatchObject({ lastname: "Ito", phone: "03-1111", jobtitle: "Engineer" });
  });

  it("O1, T15: the owner that Salesforce gives a new lead reaches HubSpot in the same sync, and nothing is left to do", async () => {
    await world.sync();
    const id = await makeContact({ email: "owned@example.jp", lastname: "Owned", company: "C" });
    await world.sync();
    expect((await world.hubspotContact(id)).hubspot_owner_id).toMatch(/^\d+$/);
    expect(await world.sync()).toMatchObject({ due: 0 });
  });

  it("after quiet a further check writes nothing", async () => {
    await world.sync();
    await world.clearCalls();
    const result = await world.sync();
    expect(result).toMatchObject({ due: 0, failed: 0, remaining: 0 });
    expect(await world.calls()).toEqual({ hubspot: 1, salesforce: 1 });
  });
});
