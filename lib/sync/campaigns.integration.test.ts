import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { readRecordCard } from "@/lib/store/record-card";
import { prepareConnection } from "./prepare-connection";
import { syncRecordNow } from "./sync-now";
import { act, makePair } from "./testing/activities";
import { editContact, findRow, makeContact, makeRecord, readContact, settle } from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let campaign: string;
let form: string;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  const { results } = (await world.door("hubspot", "GET", "/marketing/v3/forms")) as {
    results: { id: string; name: string }[];
  };
  form = results.find(({ name }) => name === "Contact us")?.id ?? "";
});
beforeEach(async () => {
  campaign = await makeCampaign("Webinar");
  await tie([rule(campaign, "Responded")]);
});
afterAll(() => world.stop());

async function makeCampaign(name: string, IsActive = true): Promise<string> {
  const fields = { Name: `${name} ${++count}`, IsActive };
  const { result } = (await world.salesforceAct("createRecord", { object: "Campaign", fields })) as {
    result: { id: string };
  };
  return result.id;
}

const rule = (campaignId: string, status: string, formId = form) => ({
  formId,
  campaignId,
  campaignName: "Webinar",
  status,
});
const tie = (rules: ReturnType<typeof rule>[], namesProperty = false) =>
  changeWorld(world, { campaigns: { rules, namesProperty } });
const membersOf = (id: string) =>
  world.soql(`SELECT Id, LeadId, ContactId, Status, HasResponded FROM CampaignMember WHERE CampaignId = '${id}'`);
const submit = (email: string, formName = "Contact us") => act(world, "submitForm", { email, formName });
const memberRows = () => getDatabase().syncRecord.findMany({ where: { object: "campaign_member" } });

describe("forms tied to Salesforce campaigns", () => {
  it("T14, K1: a submission makes the lead a member with the rule's status; T2 and T14 are one sync", async () => {
    const email = newEmail("joins");
    const { contact, lead } = await makePair(world, email);
    const synced = (await findRow(contact)).lastSyncedAt;
    await submit(email);
    await world.sync();
    expect(await membersOf(campaign)).toMatchObject([{ LeadId: lead, Status: "Responded", HasResponded: true }]);
    const row = await findRow(contact);
    expect((row.lastTriggers as { code: string }[]).map(({ code }) => code).sort()).toEqual(["T14", "T2"]);
    expect(row.lastSyncedAt).not.toEqual(synced);
    expect(await getDatabase().syncRecord.count({ where: { object: "form_submission" } })).toBe(0);
  });

  it("K1: a person is a member once: a second submission moves the member on, and never back from a response", async () => {
    const email = newEmail("once");
    const { lead } = await makePair(world, email);
    await world.salesforceAct("addToCampaign", { campaignId: campaign, leadId: lead });
    await submit(email);
    await settle(world);
    expect(await membersOf(campaign)).toMatchObject([{ Status: "Responded" }]);
    await tie([rule(campaign, "Sent")]);
    await submit(email);
    await settle(world);
    expect(await membersOf(campaign)).toMatchObject([{ Status: "Responded" }]);
  });

  it("K1: a form of its own and all forms, each campaign once; another form ties nobody", async () => {
    const all = await makeCampaign("Everything");
    await tie([rule(campaign, "Responded"), rule(all, "Sent", "*")]);
    const email = newEmail("all");
    await makePair(world, email);
    await submit(email, "Newsletter");
    await settle(world);
    expect(await membersOf(campaign)).toEqual([]);
    expect(await membersOf(all)).toHaveLength(1);
    await submit(email);
    await settle(world);
    expect(await membersOf(campaign)).toHaveLength(1);
    expect(await membersOf(all)).toHaveLength(1);
  });

  it("K1: a rule is not retroactive, and without rules nobody joins", async () => {
    const email = newEmail("before");
    await makePair(world, email);
    await tie([]);
    await submit(email);
    await settle(world);
    await tie([rule(campaign, "Responded")]);
    await settle(world);
    expect(await membersOf(campaign)).toEqual([]);
  });

  it("A5, K1: whoever does not sync joins when the contact does", async () => {
    await changeWorld(world, { hubspotToSalesforce: "nothing" });
    const email = newEmail("later");
    const contact = await makeContact(world, { email, lastname: "Later", company: "L" });
    await settle(world);
    await submit(email);
    await settle(world);
    expect(await membersOf(campaign)).toEqual([]);
    await changeWorld(world, { hubspotToSalesforce: "contact" });
    await editContact(world, contact, { phone: "1" });
    await settle(world);
    expect(await membersOf(campaign)).toMatchObject([{ ContactId: (await findRow(contact)).salesforceId }]);
    await changeWorld(world, { hubspotToSalesforce: "lead" });
  });

  it("T14, E1: an inactive campaign takes nobody; the contact's card says so, and Sync now tries again", async () => {
    const email = newEmail("inactive");
    const { contact } = await makePair(world, email);
    await world.salesforceAct("updateRecord", { object: "Campaign", id: campaign, fields: { IsActive: false } });
    await submit(email);
    await settle(world);
    expect(await membersOf(campaign)).toEqual([]);
    const row = await findRow(contact);
    expect(row.state).toBe("in_sync");
    expect((await readRecordCard(world.connectionId, row.id))?.errors).toMatchObject([
      { type: "campaign_inactive", category: "record_state", side: "salesforce" },
    ]);
    await world.salesforceAct("updateRecord", { object: "Campaign", id: campaign, fields: { IsActive: true } });
    await syncRecordNow(world.connectionId, row.id, "tester@example.com");
    await settle(world);
    expect(await membersOf(campaign)).toHaveLength(1);
    expect((await readRecordCard(world.connectionId, row.id))?.errors).toEqual([]);
  });

  it("K1, E1: a refused member fails with Salesforce's words and joins when it may", async () => {
    const email = newEmail("refused");
    await makePair(world, email);
    const name = "No_members";
    const errorCondition = "NOT(ISBLANK(CampaignId))";
    await world.salesforceAct("addValidationRule", {
      object: "CampaignMember",
      name,
      errorCondition,
      errorMessage: "Closed",
    });
    await submit(email);
    await settle(world);
    const failing = (await memberRows()).filter(({ state }) => state === "failing");
    expect(failing).toHaveLength(1);
    await world.salesforceAct("removeValidationRule", { object: "CampaignMember", name });
    await getDatabase().$executeRaw`UPDATE sync_record SET next_attempt_at = now() - interval '1 second'`;
    await settle(world);
    expect(await membersOf(campaign)).toHaveLength(1);
  });

  it("T14, K1: whoever is taken out of the campaign triggers nothing and stays out until the next submission", async () => {
    const email = newEmail("leaves");
    const { contact, lead } = await makePair(world, email);
    await submit(email);
    await settle(world);
    await world.salesforceAct("removeFromCampaign", { campaignId: campaign, leadId: lead });
    const before = await findRow(contact);
    await settle(world);
    expect((await findRow(contact)).lastSyncedAt).toEqual(before.lastSyncedAt);
    const [member] = (await memberRows()).filter(({ hubspotId }) => hubspotId === `${contact}-${campaign}`);
    await syncRecordNow(world.connectionId, member?.id ?? "", "tester@example.com");
    expect(await membersOf(campaign)).toEqual([]);
    await submit(email);
    await settle(world);
    expect(await membersOf(campaign)).toHaveLength(1);
  });

  it("K1: a member whose lead was converted is the same member", async () => {
    const email = newEmail("converts");
    const { lead } = await makePair(world, email);
    await submit(email);
    await settle(world);
    await world.salesforceAct("convertLead", { leadId: lead });
    await settle(world);
    await submit(email);
    await settle(world);
    expect(await membersOf(campaign)).toHaveLength(1);
    expect((await memberRows()).filter(({ state }) => state === "failing")).toEqual([]);
  });

  it("K1: fifty submitters cost two reads and one write of Salesforce", async () => {
    const emails = Array.from({ length: 50 }, () => newEmail("crowd"));
    for (const email of emails) await makeContact(world, { email, lastname: "Crowd", company: "C" });
    await settle(world);
    for (const email of emails) await submit(email);
    await world.clearCalls();
    await world.sync();
    expect(await membersOf(campaign)).toHaveLength(50);
    // Besides the check's own call: campaigns, memberships, the collection, and the contacts' own sync.
    expect((await world.calls()).salesforce).toBeLessThanOrEqual(7);
  });
});

describe("the names of campaigns in HubSpot", () => {
  it("K1: the names of a record's campaigns stand in a HubSpot property that was made with consent", async () => {
    const email = newEmail("names");
    const { contact, lead } = await makePair(world, email);
    await tie([], true);
    await prepareConnection(world.connectionId, { createIdFields: true });
    await world.salesforceAct("addToCampaign", { campaignId: campaign, leadId: lead });
    const second = await makeCampaign("Another");
    await world.salesforceAct("addToCampaign", { campaignId: second, leadId: lead });
    await settle(world);
    const rows = await world.soql(`SELECT Name FROM Campaign WHERE Id IN ('${campaign}','${second}') ORDER BY Name`);
    const names = rows.map(({ Name }) => Name);
    expect(await readContact(world, contact, ["kakehashi_campaigns"])).toEqual({
      kakehashi_campaigns: names.join("; "),
    });
    expect((await findRow(contact)).lastTriggers).toMatchObject([{ code: "campaign_names" }]);
    // A removal triggers nothing; the names follow with the next sync of the contact.
    await world.salesforceAct("removeFromCampaign", { campaignId: second, leadId: lead });
    await settle(world);
    await editContact(world, contact, { phone: "2" });
    await settle(world);
    const left = await world.soql(`SELECT Name FROM Campaign WHERE Id = '${campaign}'`);
    expect(await readContact(world, contact, ["kakehashi_campaigns"])).toEqual({ kakehashi_campaigns: left[0]?.Name });
  });

  it("K1: somebody who joined the campaign before we knew them has its name too; nobody is asked for twice", async () => {
    await tie([], true);
    await prepareConnection(world.connectionId, { createIdFields: true });
    const email = newEmail("early");
    await changeWorld(world, { leadToHubSpot: "nothing" });
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Early", Company: "E" });
    await world.salesforceAct("addToCampaign", { campaignId: campaign, leadId: lead });
    await settle(world);
    // As where the first check tells of members before it comes to the page of their leads.
    await getDatabase().lifecycleFact.deleteMany({ where: { salesforceId: lead } });
    const contact = await makeContact(world, { email, lastname: "Early" });
    await settle(world);
    await changeWorld(world, { leadToHubSpot: "create" });
    expect((await findRow(contact)).salesforceId).toBe(lead);
    const [row] = await world.soql(`SELECT Name FROM Campaign WHERE Id = '${campaign}'`);
    expect(await readContact(world, contact, ["kakehashi_campaigns"])).toEqual({ kakehashi_campaigns: row?.Name });
    await world.salesforceAct("convertLead", { leadId: lead });
    await settle(world);
    expect(await readContact(world, contact, ["kakehashi_campaigns"])).toEqual({ kakehashi_campaigns: row?.Name });
    const alone = await makePair(world, newEmail("nowhere"));
    await editContact(world, alone.contact, { phone: "1" });
    await settle(world);
    expect(await getDatabase().lifecycleFact.findMany({ where: { salesforceId: alone.lead } })).toMatchObject([
      { campaignNames: "" },
    ]);
  });
});
