import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import type { SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "@/lib/store/client";
import { readConnection } from "@/lib/store/connections";
import { resumeSync } from "./change-connection";
import { act, turnOn } from "./testing/activities";
import { endWaits, findRow, makeContact, settle } from "./testing/pairs";
import { associate, makeHubSpot, makeSalesforce } from "./testing/records";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let contact: string;
let campaign: string;
let count = 0;
const email = "permissions@example.com";

beforeEach(async () => {
  for (const type of ["Account", "Opportunity", "Task", "Event", "CampaignMember", "Campaign"]) await permit(type, {});
});
beforeAll(async () => {
  world = await startSyncWorld({
    settings: {
      hubspotToSalesforce: "contact",
      company: { ...DEFAULT_SETTINGS.company, on: true },
      deal: { ...DEFAULT_SETTINGS.deal, on: true },
    },
  });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await turnOn(world, { hubspot: ["task", "meeting"] });
  contact = await makeContact(world, { email, lastname: "Permitted" });
  campaign = await makeSalesforce(world, "Campaign", { Name: "Webinar", IsActive: true });
  const rule = { formId: "*", campaignId: campaign, campaignName: "Webinar", status: "Responded" };
  await changeWorld(world, { campaigns: { rules: [rule], namesProperty: false } });
  await settle(world);
});
afterAll(() => world.stop());

type Kind = {
  object: SyncObject;
  type: string;
  /** A field that a new record of it is written with */
  field: string;
  /** Gives Salesforce something to create */
  happen: () => Promise<unknown>;
};

const KINDS: Kind[] = [
  {
    object: "company",
    type: "Account",
    field: "Phone",
    happen: async () => {
      const company = await makeHubSpot(world, "companies", { name: `Company ${++count}`, phone: "03-1111" });
      const person = await makeContact(world, { email: `p${++count}@example.com`, lastname: "P" });
      await associate(world, { type: "contacts", id: person }, { type: "companies", id: company });
    },
  },
  {
    object: "deal",
    type: "Opportunity",
    field: "Amount",
    happen: () => makeHubSpot(world, "deals", { dealname: `Deal ${++count}`, dealstage: "closedwon", amount: "5" }),
  },
  {
    object: "task",
    type: "Task",
    field: "Description",
    happen: () => act(world, "createTask", { id: contact, subject: `Task ${++count}`, body: "<p>Call</p>" }),
  },
  {
    object: "meeting",
    type: "Event",
    field: "Location",
    happen: () => act(world, "scheduleMeeting", { id: contact, title: `Demo ${++count}`, location: "Room 3" }),
  },
  {
    object: "campaign_member",
    type: "CampaignMember",
    field: "Status",
    happen: () => act(world, "submitForm", { email }),
  },
];

const rowsOf = (object: SyncObject) =>
  getDatabase().syncRecord.findMany({ where: { object }, orderBy: { createdAt: "asc" } });
const openErrors = () => getDatabase().syncError.findMany({ where: { closedAt: null } });
const countIn = async (type: string) => (await world.soql(`SELECT Id FROM ${type}`)).length;
const readSuspended = async () => (await readConnection(world.connectionId))?.suspended ?? null;

async function permit(type: string, permission: object): Promise<void> {
  await world.salesforceAct("setObjectPermission", { object: type, ...permission });
}

/** What a person does once the administrator has given the permission back. */
async function resume(type: string): Promise<void> {
  await permit(type, {});
  expect(await resumeSync(world.connectionId)).toEqual({ kind: "resumed" });
  await settle(world);
}

describe.each(KINDS)("E5: $type", ({ object, type, field, happen }) => {
  if (object !== "campaign_member") {
    it(`E5: our user may no longer see it: the connection pauses and names ${type}; given back, nothing is lost`, async () => {
      const before = await countIn(type);
      await permit(type, { readable: false });
      await happen();
      await world.sync();
      expect(await readSuspended()).toMatchObject({
        reason: "object_permission",
        side: "salesforce",
        detail: expect.stringContaining(type),
      });
      expect(await world.sync()).toMatchObject({ runId: null });
      await resume(type);
      expect(await countIn(type)).toBe(before + 1);
      expect(await openErrors()).toEqual([]);
    });
  }

  it(`E1: a field of ${type} that our user may not edit fails its record with the field named, and it alone`, async () => {
    await world.salesforceAct("setFieldPermission", { object: type, field, editable: false });
    const before = await countIn(type);
    await happen();
    await settle(world);
    const [error, ...more] = await openErrors();
    expect(more).toEqual([]);
    expect(error).toMatchObject({ type: "field_permission", category: "permissions", side: "salesforce", object });
    expect(error?.fields).toEqual([expect.objectContaining({ field })]);
    expect(await readSuspended()).toBeNull();
    await world.salesforceAct("setFieldPermission", { object: type, field });
    await endWaits();
    await settle(world);
    expect(await countIn(type)).toBe(before + 1);
    expect(await openErrors()).toEqual([]);
  });
});

it("E5: what our user may not create pauses the connection, keeps the record due and no error against it", async () => {
  await permit("Task", { createable: false });
  const id = await act(world, "createTask", { id: contact, subject: "Not yet" });
  await world.sync();
  expect(await readSuspended()).toMatchObject({
    reason: "object_permission",
    side: "salesforce",
    detail: expect.stringContaining("Task"),
  });
  expect(await findRow(id)).toMatchObject({ state: "due" });
  expect(await openErrors()).toEqual([]);
  await resume("Task");
  expect(await findRow(id)).toMatchObject({ state: "in_sync" });
});

it("E5: campaigns that our user may not see pause the connection when a submission asks for one", async () => {
  await permit("Campaign", { readable: false });
  await act(world, "submitForm", { email: "new@example.com" });
  await settle(world);
  expect(await readSuspended()).toMatchObject({
    reason: "object_permission",
    detail: expect.stringContaining("Campaign"),
  });
  await resume("Campaign");
  const members = await world.soql(`SELECT Id FROM CampaignMember WHERE CampaignId = '${campaign}'`);
  expect((await rowsOf("campaign_member")).filter(({ state }) => state !== "in_sync")).toEqual([]);
  expect(members.length).toBeGreaterThan(0);
});
