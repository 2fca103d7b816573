import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { prepareConnection } from "./prepare-connection";
import { turnOn } from "./testing/activities";
import {
  addMapping,
  addProperty,
  editContact,
  editRecord,
  type Fields,
  findRow,
  listRows,
  makeContact,
  makeRecord,
  readContact,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { editSalesforce, makeSalesforce } from "./testing/records";
import { changeWorld } from "./testing/settings";
import { ACTIVITY_TRIGGERS, countSubject, EVERY_ACTIVITY, playActivities, readSubjects } from "./testing/triggers";
import { type SyncWorld, startSyncWorld } from "./testing/world";

/**
 * The second column of the trigger matrix: what brings a trigger is switched off; and what must never trigger (T11, T14,
 * F7). No toggle of their own have T1 (the check; a paused connection asks nobody: failures.integration.test.ts), T15
 * (owners always travel), T17 (a role may do it or not: app/api/routes.integration.test.ts) and T18 (nothing arrives where
 * it is not set up). T2 is always a trigger; its toggle is that of its Task.
 */
let world: SyncWorld;
const email = "off@example.com";
const pair = { contact: "", record: "", account: "" };

beforeAll(async () => {
  world = await startSyncWorld({ settings: { hubspotToSalesforce: "contact" } });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await addProperty(world, "summary", "string/text");
  await addProperty(world, "unmapped", "string/text");
  await addProperty(world, "later", "string/text");
  const formula = 'Title & " / " & Department & " / " & Account.Name';
  await world.salesforceAct("addFormulaField", { object: "Contact", name: "Summary__c", formula });
  await prepareConnection(world.connectionId, { createIdFields: false });
  await addMapping(world, { hubspotProperty: "summary", contactField: "Summary__c", rule: "always_salesforce" });
  await setRule("jobtitle", "two_way");
  await setRule("city", "dont_sync");
  pair.account = await makeSalesforce(world, "Account", { Name: "Acme" });
  const fields = { Email: email, LastName: "Off", Title: "CTO", AccountId: pair.account };
  pair.record = await makeRecord(world, "Contact", fields);
  await settle(world);
  pair.contact = (await findRow(pair.record)).hubspotId ?? "";
  await new Promise((resolve) => setTimeout(resolve, 1_100));
}, 120_000);
afterAll(() => world.stop());

type Call = { method: string; path: string; records?: number };

/** Calls that change something. Salesforce's writes go inside composite calls as its reads do: stamps tell of them. */
async function listWrites(): Promise<string[]> {
  const found: string[] = [];
  for (const side of ["hubspot", "salesforce"] as const) {
    const { calls } = (await world.door(side, "GET", "/__sandbox/calls")) as { calls: Call[] };
    for (const { method, path } of calls) {
      const isReading = method === "GET" || /\/(search|batch\/read|composite)(\?|$)/.test(path);
      const isPerson = path.includes("__sandbox");
      if (!isReading && !isPerson) found.push(`${side} ${method} ${path}`);
    }
  }
  return found;
}

/** Stamps of both records: nobody may have touched them after the edit. */
async function readStamps() {
  const [record] = await world.soql(`SELECT SystemModstamp FROM Contact WHERE Id = '${pair.record}'`);
  const { lastmodifieddate } = await readContact(world, pair.contact, ["lastmodifieddate"]);
  return { salesforce: record?.SystemModstamp, hubspot: lastmodifieddate };
}

/** After the edit: two checks that make nothing due and write nothing on either side. */
async function expectNothing(edit: () => Promise<unknown>): Promise<void> {
  await settle(world);
  await world.clearCalls();
  const { requestedVersion } = await findRow(pair.record);
  await edit();
  const stamps = await readStamps();
  for (let round = 0; round < 2; round += 1) expect(await world.sync()).toMatchObject({ due: 0, synced: 0 });
  expect((await findRow(pair.record)).requestedVersion).toBe(requestedVersion);
  expect(await listWrites()).toEqual([]);
  expect(await readStamps()).toEqual(stamps);
}

describe("A1: switched off", () => {
  let subjects: string[];
  beforeAll(async () => {
    await turnOn(world, EVERY_ACTIVITY);
    await turnOn(world, {});
    await playActivities(world, { contact: pair.contact, email });
    await settle(world);
    subjects = await readSubjects(world, pair.record);
  });

  it.each(ACTIVITY_TRIGGERS)("$code off: $toggle is no record", async (trigger) => {
    expect(countSubject(subjects, trigger)).toBe(0);
    expect(await getDatabase().syncRecord.count({ where: { object: trigger.object } })).toBe(0);
  });

  it("T3–T9 off: none of them made the contact due; T2 is a trigger whatever its toggle says", async () => {
    const codes = ((await findRow(pair.contact)).lastTriggers as { code: string }[]).map(({ code }) => code);
    expect(codes.filter((code) => /^T[3-9]$/.test(code))).toEqual([]);
    expect(codes).toContain("T2");
  });

  it("T12 off: a new Salesforce record makes no contact", async () => {
    await world.clearCalls();
    await changeWorld(world, { leadToHubSpot: "nothing", contactToHubSpot: "nothing" });
    const address = "t12@example.com";
    for (const object of ["Lead", "Contact"] as const) {
      const company: Fields = object === "Lead" ? { Company: "C" } : {};
      const id = await makeRecord(world, object, { Email: `${object}.${address}`, LastName: "T12", ...company });
      await settle(world);
      expect(await world.findContact(`${object}.${address}`)).toEqual([]);
      expect(await findRow(id)).toMatchObject({ state: "excluded", exclusionReason: "creation_in_hubspot_off" });
    }
    expect(await listWrites()).toEqual([]);
    await changeWorld(world, { leadToHubSpot: "create", contactToHubSpot: "create" });
  });

  it("T13 off: a new contact makes no Salesforce record", async () => {
    await changeWorld(world, { hubspotToSalesforce: "nothing" });
    const address = "t13@example.com";
    const id = await makeContact(world, { email: address, lastname: "T13" });
    await settle(world);
    for (const object of ["Lead", "Contact"])
      expect(await world.soql(`SELECT Id FROM ${object} WHERE Email = '${address}'`)).toEqual([]);
    expect(await findRow(id)).toMatchObject({ state: "excluded", exclusionReason: "creation_in_salesforce_off" });
    await changeWorld(world, { hubspotToSalesforce: "contact" });
  });

  it("T14 off: without a rule for the form a submission makes no member", async () => {
    await world.hubspotAct("submitForm", { email });
    await settle(world);
    expect(await world.soql("SELECT Id FROM CampaignMember")).toEqual([]);
    expect(await getDatabase().syncRecord.count({ where: { object: "campaign_member" } })).toBe(0);
  });

  it("T16 off: a role on an open opportunity moves no stage", () =>
    expectNothing(async () => {
      const deal = { Name: "Open", StageName: "Prospecting", CloseDate: "2027-03-31" };
      const OpportunityId = await makeSalesforce(world, "Opportunity", deal);
      await makeSalesforce(world, "OpportunityContactRole", { OpportunityId, ContactId: pair.record });
    }));

  it("T19 off: a new mapping that nobody confirmed a backfill for moves no value", async () => {
    await editRecord(world, "Contact", pair.record, { Fax: "03-9" });
    await settle(world);
    // Ten minutes later no check looks back to that edit any more.
    await getDatabase().$executeRaw`UPDATE check_cursor SET first_seen_at = now() - interval '10 minutes'`;
    await expectNothing(() => addMapping(world, { hubspotProperty: "later", contactField: "Fax", rule: "two_way" }));
    expect(await readContact(world, pair.contact, ["later"])).toEqual({ later: null });
  });

  it("T10, T11 off: with the sync of contacts off nothing of a pair travels", async () => {
    await settle(world);
    await world.clearCalls();
    await changeWorld(world, { contactSyncOn: false });
    await editContact(world, pair.contact, { phone: "03-1" });
    await editRecord(world, "Contact", pair.record, { MobilePhone: "090" });
    await settle(world);
    expect(await listWrites()).toEqual([]);
    expect(await readContact(world, pair.contact, ["mobilephone"])).toEqual({ mobilephone: null });
    expect(await readRecord(world, "Contact", pair.record, ["Phone"])).toEqual({ Phone: null });
    await changeWorld(world, { contactSyncOn: DEFAULT_SETTINGS.contactSyncOn });
    await editContact(world, pair.contact, { phone: "03-2" });
    await settle(world);
    expect(await readRecord(world, "Contact", pair.record, ["Phone"])).toEqual({ Phone: "03-2" });
  });
});

describe("what never triggers", () => {
  it("T11: a formula that changes by itself, through a field that is not mapped", () =>
    expectNothing(() => editRecord(world, "Contact", pair.record, { Department: "Sales" })));

  it("T11: a formula that changes through a field of another record", async () => {
    await expectNothing(() => editSalesforce(world, "Account", pair.account, { Name: "Acme Holdings" }));
    const [record] = await world.soql(`SELECT Summary__c FROM Contact WHERE Id = '${pair.record}'`);
    expect(record?.Summary__c).toContain("Acme Holdings");
    expect((await readContact(world, pair.contact, ["summary"])).summary).not.toContain("Acme Holdings");
  });

  it("T14: being taken out of a campaign", async () => {
    const campaignId = await makeSalesforce(world, "Campaign", { Name: "Webinar", IsActive: true });
    await world.salesforceAct("addToCampaign", { campaignId, contactId: pair.record });
    await expectNothing(() => world.salesforceAct("removeFromCampaign", { campaignId, contactId: pair.record }));
  });

  it("T10, T11: what is not mapped, on either side", () =>
    expectNothing(async () => {
      await editContact(world, pair.contact, { unmapped: "x" });
      await editRecord(world, "Contact", pair.record, { AssistantName: "x" });
    }));

  it("T10, T11: a Don't-sync mapping, on either side", () =>
    expectNothing(async () => {
      await editContact(world, pair.contact, { city: "Nara" });
      await editRecord(world, "Contact", pair.record, { MailingCity: "Kobe" });
    }));

  it("F7: our own write coming back, from either side", async () => {
    await editContact(world, pair.contact, { jobtitle: "CEO" });
    await world.sync();
    expect(await readRecord(world, "Contact", pair.record, ["Title"])).toEqual({ Title: "CEO" });
    await expectNothing(async () => {});
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await editRecord(world, "Contact", pair.record, { Title: "CFO" });
    await world.sync();
    expect(await readContact(world, pair.contact, ["jobtitle"])).toEqual({ jobtitle: "CFO" });
    await expectNothing(async () => {});
    expect(await listRows(pair.contact)).toHaveLength(1);
  });
});
