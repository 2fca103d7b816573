import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { makePair } from "./testing/activities";
import { editContact, editRecord, findRow, readContact, readHistory, readRecord, settle } from "./testing/pairs";
import { editSalesforce } from "./testing/records";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;
const { lifecycle } = DEFAULT_SETTINGS;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
beforeEach(() => changeWorld(world, { lifecycle: { ...lifecycle, on: true }, hubspotToSalesforce: "contact" }));
afterAll(() => world.stop());

async function create(object: string, fields: Record<string, unknown>): Promise<string> {
  const { result } = (await world.salesforceAct("createRecord", { object, fields })) as { result: { id: string } };
  return result.id;
}

/** A HubSpot contact in sync with a Salesforce contact. */
async function makeContactPair(name: string): Promise<{ contact: string; salesforceId: string }> {
  const email = newEmail(name);
  const { result } = (await world.hubspotAct("createContact", { properties: { email, lastname: "Mori" } })) as {
    result: { id: string };
  };
  await settle(world);
  return { contact: result.id, salesforceId: (await findRow(result.id)).salesforceId ?? "" };
}

const openDeal = (name: string) =>
  create("Opportunity", { Name: name, StageName: "Prospecting", CloseDate: "2027-03-31" });
const addRole = (OpportunityId: string, ContactId: string) =>
  create("OpportunityContactRole", { OpportunityId, ContactId, Role: "Decision Maker" });
const stageOf = async (contact: string) => (await readContact(world, contact, ["lifecyclestage"])).lifecyclestage;
const codesOf = async (contact: string) =>
  ((await findRow(contact)).lastTriggers as { code: string }[]).map(({ code }) => code);

describe("automatic lifecycle transitions", () => {
  it("L1, T16: a role on an open opportunity makes an opportunity, closed-won a customer; deals need not sync", async () => {
    const { contact, salesforceId } = await makeContactPair("deal");
    const deal = await openDeal("First");
    await settle(world);
    expect(await stageOf(contact)).not.toBe("opportunity");
    await addRole(deal, salesforceId);
    await settle(world);
    expect(await stageOf(contact)).toBe("opportunity");
    expect(await codesOf(contact)).toEqual(["T16"]);
    const history = await readHistory((await findRow(contact)).id);
    expect(history.at(-1)?.changes).toMatchObject([
      { hubspotProperty: "lifecyclestage", side: "hubspot", after: "opportunity", winner: "salesforce" },
    ]);
    await world.salesforceAct("closeDeal", { opportunityId: deal });
    await settle(world);
    expect(await stageOf(contact)).toBe("customer");
  });

  it("L1: never backwards: a customer with a new open deal stays a customer, and nothing is written again", async () => {
    const { contact, salesforceId } = await makeContactPair("customer");
    await editContact(world, contact, { lifecyclestage: "customer" });
    await settle(world);
    await addRole(await openDeal("Second"), salesforceId);
    await settle(world);
    expect(await stageOf(contact)).toBe("customer");
    await world.clearCalls();
    const { due } = await world.sync();
    expect(due).toBe(0);
  });

  it("L1: a stage that a person moves back stays there until something new comes true", async () => {
    const { contact, salesforceId } = await makeContactPair("back");
    const deal = await openDeal("Lost");
    await addRole(deal, salesforceId);
    await settle(world);
    expect(await stageOf(contact)).toBe("opportunity");
    await editSalesforce(world, "Opportunity", deal, { StageName: "Closed Lost" });
    await settle(world);
    await editContact(world, contact, { lifecyclestage: "" });
    await editContact(world, contact, { lifecyclestage: "lead" });
    await settle(world);
    expect(await stageOf(contact)).toBe("lead");
    await editContact(world, contact, { phone: "03-1111" });
    await settle(world);
    expect(await stageOf(contact)).toBe("lead");
    await addRole(await openDeal("Next"), salesforceId);
    await settle(world);
    expect(await stageOf(contact)).toBe("opportunity");
  });

  it("L1, M4, T16: a converted lead is a sales qualified lead; the stage of each step can be changed", async () => {
    await changeWorld(world, { hubspotToSalesforce: "lead" });
    const first = await makePair(world, newEmail("converts"));
    await world.salesforceAct("convertLead", { leadId: first.lead });
    await settle(world);
    expect(await stageOf(first.contact)).toBe("salesqualifiedlead");
    const codes = (await readHistory((await findRow(first.contact)).id)).flatMap((entry) =>
      entry.triggers.map(({ code }) => code),
    );
    expect(codes).toContain("T16");
    const steps = { ...lifecycle.steps, lead_converted: "evangelist" };
    await changeWorld(world, { lifecycle: { ...lifecycle, on: true, steps } });
    const second = await makePair(world, newEmail("changed"));
    await world.salesforceAct("convertLead", { leadId: second.lead });
    await settle(world);
    expect(await stageOf(second.contact)).toBe("evangelist");
  });

  it("L1: switched off nothing moves, and switching on is not for what was before", async () => {
    await changeWorld(world, { lifecycle });
    const { contact, salesforceId } = await makeContactPair("off");
    await addRole(await openDeal("Third"), salesforceId);
    await settle(world);
    expect(await stageOf(contact)).not.toBe("opportunity");
    await world.clearCalls();
    await world.sync();
    const { calls } = (await world.door("salesforce", "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
    expect(calls).toHaveLength(1);
  });

  it("L1: with transitions on a check with nothing new costs one call more", async () => {
    await settle(world);
    await world.clearCalls();
    await world.sync();
    expect(await world.calls()).toEqual({ hubspot: 1, salesforce: 2 });
  });

  it("T16: a stage that a person moves in HubSpot makes the contact due, with transitions on only", async () => {
    const { contact } = await makeContactPair("moved");
    await editContact(world, contact, { lifecyclestage: "marketingqualifiedlead" });
    await settle(world);
    expect(await codesOf(contact)).toEqual(["T16"]);
    const synced = (await findRow(contact)).lastSyncedAt;
    await changeWorld(world, { lifecycle });
    await editContact(world, contact, { lifecyclestage: "salesqualifiedlead" });
    await settle(world);
    expect((await findRow(contact)).lastSyncedAt).toEqual(synced);
  });

  it("L1, G1: a contact that does not sync moves nowhere", async () => {
    await changeWorld(world, { contactToHubSpot: "nothing" });
    const alone = await create("Contact", { LastName: "Alone", Email: newEmail("alone") });
    await addRole(await openDeal("Fourth"), alone);
    await settle(world);
    expect((await findRow(alone)).hubspotId).toBeNull();
    await changeWorld(world, { contactToHubSpot: "create" });
  });
});

describe("lead status", () => {
  const leadStatus = {
    "Open - Not Contacted": "OPEN",
    "Working - Contacted": "IN_PROGRESS",
    "Closed - Not Converted": "UNQUALIFIED",
  };
  beforeEach(() =>
    changeWorld(world, { lifecycle: { ...lifecycle, on: true, leadStatus }, hubspotToSalesforce: "lead" }),
  );

  it("L1: Salesforce's lead status and HubSpot's go over both ways by the map", async () => {
    const { contact, lead } = await makePair(world, newEmail("status"));
    await editRecord(world, "Lead", lead, { Status: "Working - Contacted" });
    await settle(world);
    expect(await readContact(world, contact, ["hs_lead_status"])).toEqual({ hs_lead_status: "IN_PROGRESS" });
    await editContact(world, contact, { hs_lead_status: "UNQUALIFIED" });
    await settle(world);
    expect(await readRecord(world, "Lead", lead, ["Status"])).toEqual({ Status: "Closed - Not Converted" });
  });

  it("L1: a status that is not in the map travels nowhere and fails nothing", async () => {
    const { contact, lead } = await makePair(world, newEmail("unmapped"));
    const before = await readRecord(world, "Lead", lead, ["Status"]);
    await editContact(world, contact, { hs_lead_status: "ATTEMPTED_TO_CONTACT" });
    await settle(world);
    expect(await readRecord(world, "Lead", lead, ["Status"])).toEqual(before);
    expect((await findRow(contact)).state).toBe("in_sync");
    await editRecord(world, "Lead", lead, { Status: "Working - Contacted" });
    await settle(world);
    expect(await readContact(world, contact, ["hs_lead_status"])).toEqual({ hs_lead_status: "IN_PROGRESS" });
  });

  it("L1: two statuses that mean the same in HubSpot do not move each other", async () => {
    const both = { ...leadStatus, "Closed - Not Converted": "OPEN" };
    await changeWorld(world, { lifecycle: { ...lifecycle, on: true, leadStatus: both } });
    const { contact, lead } = await makePair(world, newEmail("same"));
    await editRecord(world, "Lead", lead, { Status: "Closed - Not Converted" });
    await settle(world);
    expect(await readContact(world, contact, ["hs_lead_status"])).toEqual({ hs_lead_status: "OPEN" });
    expect(await readRecord(world, "Lead", lead, ["Status"])).toEqual({ Status: "Closed - Not Converted" });
  });
});
