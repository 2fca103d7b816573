import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import type { JobRequest } from "@/lib/decide/job-request";
import { getDatabase } from "@/lib/store/client";
import { readConnection } from "@/lib/store/connections";
import { noteHubSpotEvents } from "./note-events";
import { syncRecordNow } from "./sync-now";
import { turnOn } from "./testing/activities";
import { ANY_TIME, advance, queueJob } from "./testing/jobs";
import {
  editContact,
  editRecord,
  findRow,
  makeContact,
  readContact,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { makeSalesforce } from "./testing/records";
import { changeWorld, makeActiveList } from "./testing/settings";
import { ACTIVITY_TRIGGERS, countSubject, EVERY_ACTIVITY, playActivities, readSubjects } from "./testing/triggers";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewOwners } from "./view-owners";

/**
 * The third column of the trigger matrix: every trigger meets a contact outside the inclusion list (G2). Not here: T1 is the
 * check that finds all of them; T12 and T13 are in inclusion-lists.integration.test.ts (a new Salesforce record makes its
 * contact and waits; a new contact waits); T2's own sync shows nowhere else than in its Task and T14's membership.
 */
let world: SyncWorld;
let campaign: string;
const email = "outside@example.com";
const outsider = { contact: "", record: "" };
const before = { owner: "", user: "" };
/** What both sides held when the contact had left, and after everything had happened to it. */
let subjects: string[] = [];
let held: { contact: Record<string, unknown>; record: Record<string, unknown>; members: number };
let jobs: Record<string, unknown>[] = [];

beforeAll(async () => {
  world = await startSyncWorld({ settings: { hubspotToSalesforce: "contact" } });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await setRule("jobtitle", "two_way");
  campaign = await makeSalesforce(world, "Campaign", { Name: "Webinar", IsActive: true });
  const listId = await makeActiveList(world, "Of Kyoto", "city", "Kyoto");
  await turnOn(world, EVERY_ACTIVITY);
  await changeWorld(world, {
    rollUpEmailEvents: false,
    lifecycle: { ...DEFAULT_SETTINGS.lifecycle, on: true },
    campaigns: {
      rules: [{ formId: "*", campaignId: campaign, campaignName: "Webinar", status: "Responded" }],
      namesProperty: false,
    },
    inclusionLists: { ...DEFAULT_SETTINGS.inclusionLists, contact: { listId, name: "Of Kyoto" } },
  });
  await makeContact(world, { email: "inside@example.com", lastname: "In", city: "Kyoto" });
  outsider.contact = await makeContact(world, { email, lastname: "Out", city: "Kyoto", jobtitle: "Old" });
  await settle(world);
  outsider.record = (await findRow(outsider.contact)).salesforceId ?? "";
  await editContact(world, outsider.contact, { city: "Nara" });
  await settle(world);
  await playEverything();
}, 180_000);
afterAll(() => world.stop());

async function playEverything(): Promise<void> {
  const { contact, record } = outsider;
  await playActivities(world, { contact, email });
  const { hubspot } = await viewOwners();
  const [first, second] = hubspot.filter(({ how }) => how === "email");
  before.owner = String((await readContact(world, contact, ["hubspot_owner_id"])).hubspot_owner_id);
  before.user = String((await readRecord(world, "Contact", record, ["OwnerId"])).OwnerId);
  const owner = before.owner === first?.id ? second : first;
  const user = hubspot.find(({ how, userId }) => how === "email" && userId !== before.user && userId !== owner?.userId);
  await editContact(world, contact, { jobtitle: "New", hubspot_owner_id: owner?.id ?? "" });
  await editRecord(world, "Contact", record, { MobilePhone: "090", OwnerId: user?.userId ?? "" });
  before.owner = owner?.id ?? "";
  before.user = user?.userId ?? "";
  const deal = { Name: "Open", StageName: "Prospecting", CloseDate: "2027-03-31" };
  const OpportunityId = await makeSalesforce(world, "Opportunity", deal);
  await makeSalesforce(world, "OpportunityContactRole", { OpportunityId, ContactId: record });
  await settle(world);
  await wakeByHand();
  held = {
    contact: await readContact(world, contact, ["mobilephone", "hubspot_owner_id", "lifecyclestage"]),
    record: await readRecord(world, "Contact", record, ["Title", "OwnerId"]),
    members: (await world.soql(`SELECT Id FROM CampaignMember WHERE CampaignId = '${campaign}'`)).length,
  };
  subjects = await readSubjects(world, record);
}

/** T17, T18 and T19 on the same contact. */
async function wakeByHand(): Promise<void> {
  const { contact } = outsider;
  const { id } = await findRow(contact);
  const portalId = Number((await readConnection(world.connectionId))?.accounts.hubspot?.id);
  const told = {
    portalId,
    subscriptionType: "contact.propertyChange",
    objectId: Number(contact),
    propertyName: "jobtitle",
  };
  await noteHubSpotEvents("outside", [told]);
  await world.sync();
  expect(await getDatabase().wakeUp.count()).toBe(0);
  await syncRecordNow(world.connectionId, id, "ada@example.com");
  const requests: JobRequest[] = [
    { kind: "resync", object: "contact", states: [], recordIds: [id] },
    { kind: "backfill", object: "contact", states: ["excluded"] },
    { kind: "import_hubspot", object: "contact", ...ANY_TIME },
  ];
  for (const request of requests) {
    const { job } = await advance(world, await queueJob(world, request));
    const [item] = await getDatabase().jobItem.findMany({ where: { jobId: job.id, recordId: id } });
    jobs = [...jobs, { kind: request.kind, outcome: item?.outcome, reason: item?.reason }];
  }
}

describe("G2: outside the inclusion list", () => {
  it.each(ACTIVITY_TRIGGERS)("$code not in list: $toggle writes nothing", (trigger) => {
    expect(countSubject(subjects, trigger)).toBe(0);
  });

  it("T10 not in list: a mapped property stays in HubSpot", () => {
    expect(held.record.Title).toBe("Old");
  });
  it("T11 not in list: a mapped field stays in Salesforce", () => {
    expect(held.contact.mobilephone).toBeNull();
  });
  it("T14 not in list: a submission makes no member", () => {
    expect(held.members).toBe(0);
  });
  it("T15 not in list: each side keeps its owner", () => {
    expect(held.contact.hubspot_owner_id).toBe(before.owner);
    expect(held.record.OwnerId).toBe(before.user);
  });
  it("T16 not in list: the lifecycle stage stays", () => {
    expect(held.contact.lifecyclestage).not.toBe("opportunity");
  });
  it("T17, T19 not in list: jobs and Sync now leave it out and say why", () => {
    expect(jobs).toEqual(
      ["resync", "backfill", "import_hubspot"].map((kind) => ({
        kind,
        outcome: "excluded",
        reason: "not_in_inclusion_list",
      })),
    );
  });
  it("T18 not in list: the record stays out after a webhook named it", async () => {
    expect(await findRow(outsider.contact)).toMatchObject({
      state: "excluded",
      exclusionReason: "not_in_inclusion_list",
      salesforceId: outsider.record,
    });
  });

  it("A5, T13: once the list has it, all of it follows, each once", async () => {
    await editContact(world, outsider.contact, { city: "Kyoto" });
    await settle(world);
    const now = await readSubjects(world, outsider.record);
    const counts = ACTIVITY_TRIGGERS.map((trigger) => [trigger.toggle, countSubject(now, trigger)]);
    expect(counts).toEqual(ACTIVITY_TRIGGERS.map(({ toggle }) => [toggle, 1]));
    expect(await world.soql(`SELECT Id FROM CampaignMember WHERE CampaignId = '${campaign}'`)).toHaveLength(1);
    expect(await readContact(world, outsider.contact, ["mobilephone", "lifecyclestage"])).toEqual({
      mobilephone: "090",
      lifecyclestage: "opportunity",
    });
    expect((await findRow(outsider.contact)).state).toBe("in_sync");
  });
});
