import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import type { JobRequest } from "@/lib/decide/job-request";
import { getDatabase } from "@/lib/store/client";
import { readConnection } from "@/lib/store/connections";
import { noteHubSpotEvents } from "./note-events";
import { syncRecordNow } from "./sync-now";
import { turnOn } from "./testing/activities";
import { advance, queueJob } from "./testing/jobs";
import {
  editContact,
  editRecord,
  endWaits,
  findRow,
  makeContact,
  makeRecord,
  readContact,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { makeSalesforce } from "./testing/records";
import { changeWorld } from "./testing/settings";
import { ACTIVITY_TRIGGERS, countSubject, EVERY_ACTIVITY, playActivities, readSubjects } from "./testing/triggers";
import { type SyncWorld, startSyncWorld } from "./testing/world";

/**
 * The fourth column of the trigger matrix: what a trigger brings is refused. Not here: T1 (a check that cannot read is in
 * failures.integration.test.ts), T2's own sync of the contact is T10's, T15 (an inactive owner is in
 * changed-fields.integration.test.ts).
 */
let world: SyncWorld;
let campaign: string;
type Pair = { contact: string; record: string; email: string };
const pairs: Record<"active" | "edited" | "remote" | "staged" | "good", Pair> = {} as typeof pairs;
let newContact: string;
let newRecord: string;
const title = `Good ${Date.now()}`;

const RULES = [
  { object: "Task", name: "No_tasks", errorCondition: "NOT(ISBLANK(Subject))", errorMessage: "No tasks" },
  { object: "Event", name: "No_events", errorCondition: "NOT(ISBLANK(Subject))", errorMessage: "No events" },
  { object: "CampaignMember", name: "No_members", errorCondition: "NOT(ISBLANK(CampaignId))", errorMessage: "Full" },
  { object: "Contact", name: "No_bad", errorCondition: 'Title = "Bad"', errorMessage: "Bad", errorField: "Title" },
];

beforeAll(async () => {
  world = await startSyncWorld({ settings: { hubspotToSalesforce: "contact" } });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await setRule("jobtitle", "two_way");
  campaign = await makeSalesforce(world, "Campaign", { Name: "Webinar", IsActive: true });
  await turnOn(world, EVERY_ACTIVITY);
  await changeWorld(world, {
    rollUpEmailEvents: false,
    lifecycle: { ...DEFAULT_SETTINGS.lifecycle, on: true },
    campaigns: {
      rules: [{ formId: "*", campaignId: campaign, campaignName: "Webinar", status: "Responded" }],
      namesProperty: false,
    },
  });
  for (const name of ["active", "edited", "remote", "staged", "good"] as const) {
    const email = `${name}@failing.example`;
    pairs[name] = { contact: await makeContact(world, { email, lastname: name }), record: "", email };
  }
  await settle(world);
  for (const pair of Object.values(pairs)) pair.record = (await findRow(pair.contact)).salesforceId ?? "";
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await playFailures();
}, 180_000);
afterAll(() => world.stop());

async function playFailures(): Promise<void> {
  for (const rule of RULES) await world.salesforceAct("addValidationRule", rule);
  await playActivities(world, pairs.active);
  await editContact(world, pairs.edited.contact, { jobtitle: "Bad" });
  // Salesforce takes two dots in a row, HubSpot does not.
  await editRecord(world, "Contact", pairs.remote.record, { Email: "remote@failing..example" });
  newRecord = await makeRecord(world, "Contact", { Email: "made@failing..example", LastName: "Made" });
  newContact = await makeContact(world, { email: "new@failing.example", lastname: "New", jobtitle: "Bad" });
  await editContact(world, pairs.good.contact, { jobtitle: title });
  await settle(world);
}

async function errorsOf(remoteId: string): Promise<string[]> {
  const { id } = await findRow(remoteId);
  const rows = await getDatabase().syncError.findMany({ where: { recordId: id, closedAt: null } });
  return rows.map(({ side, type }) => `${side} ${type}`);
}
const stateOf = async (remoteId: string) => ({
  state: (await findRow(remoteId)).state,
  errors: await errorsOf(remoteId),
});
const REFUSED_THERE = { state: "failing", errors: ["salesforce validation_rule"] };
const REFUSED_HERE = { state: "failing", errors: ["hubspot invalid_email"] };

describe("E1, G3: what a trigger brings is refused", () => {
  it.each(ACTIVITY_TRIGGERS)(
    "$code failing: $toggle fails with Salesforce's words, and its contact does not",
    async (trigger) => {
      expect(countSubject(await readSubjects(world, pairs.active.record), trigger)).toBe(0);
      const rows = await getDatabase().syncRecord.findMany({ where: { object: trigger.object } });
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.map(({ state }) => state)).toEqual(rows.map(() => "failing"));
      const recordId = { in: rows.map(({ id }) => id) };
      const errors = await getDatabase().syncError.findMany({ where: { recordId, closedAt: null } });
      expect(errors.map(({ type, side }) => `${side} ${type}`)).toEqual(rows.map(() => "salesforce validation_rule"));
      expect((await findRow(pairs.active.contact)).state).toBe("in_sync");
    },
  );

  it("T10 failing: Salesforce refuses the edit of a property", async () => {
    expect(await stateOf(pairs.edited.contact)).toEqual(REFUSED_THERE);
    expect(await readRecord(world, "Contact", pairs.edited.record, ["Title"])).toEqual({ Title: null });
  });
  it("T11 failing: HubSpot refuses the edit of a field", async () => {
    expect(await stateOf(pairs.remote.record)).toEqual(REFUSED_HERE);
    expect(await readContact(world, pairs.remote.contact, ["email"])).toEqual({ email: pairs.remote.email });
  });
  it("T12 failing: HubSpot refuses the contact of a new Salesforce record", async () => {
    expect(await stateOf(newRecord)).toEqual(REFUSED_HERE);
    expect((await findRow(newRecord)).hubspotId).toBeNull();
  });
  it("T13 failing: Salesforce refuses the record of a new contact", async () => {
    expect(await stateOf(newContact)).toEqual(REFUSED_THERE);
    expect((await findRow(newContact)).salesforceId).toBeNull();
  });
  it("T14 failing: Salesforce refuses the member", async () => {
    const members = await getDatabase().syncRecord.findMany({ where: { object: "campaign_member" } });
    expect(members).toMatchObject([{ state: "failing" }]);
    expect(await world.soql(`SELECT Id FROM CampaignMember WHERE CampaignId = '${campaign}'`)).toEqual([]);
  });
  it("T16 failing: HubSpot refuses the new stage", async () => {
    const body = { status: "error", category: "VALIDATION_ERROR", message: "lifecyclestage cannot be moved" };
    const fault = { match: { path: "/contacts/batch/update" }, do: { status: 400, body } };
    await world.door("hubspot", "PUT", "/__sandbox/faults", [fault]);
    const deal = { Name: "Open", StageName: "Prospecting", CloseDate: "2027-03-31" };
    const OpportunityId = await makeSalesforce(world, "Opportunity", deal);
    await makeSalesforce(world, "OpportunityContactRole", { OpportunityId, ContactId: pairs.staged.record });
    await world.sync();
    await world.door("hubspot", "PUT", "/__sandbox/faults", []);
    expect(await stateOf(pairs.staged.contact)).toEqual({ state: "failing", errors: ["hubspot invalid_format"] });
  });
  it("T17, T18 failing: tried again by hand and by a webhook, it fails again and nobody is told twice", async () => {
    const { contact } = pairs.edited;
    const { id } = await findRow(contact);
    await syncRecordNow(world.connectionId, id, "ada@example.com");
    expect(await stateOf(contact)).toEqual(REFUSED_THERE);
    const portalId = Number((await readConnection(world.connectionId))?.accounts.hubspot?.id);
    const told = {
      portalId,
      subscriptionType: "contact.propertyChange",
      objectId: Number(contact),
      propertyName: "jobtitle",
    };
    await noteHubSpotEvents("failing", [told]);
    await settle(world);
    expect(await stateOf(contact)).toEqual(REFUSED_THERE);
    const [error] = await getDatabase().syncError.findMany({ where: { recordId: id } });
    expect(error?.occurrences).toBeGreaterThanOrEqual(3);
  });
  it("T19 failing: a backfill counts it as failed and ends", async () => {
    const { id } = await findRow(pairs.edited.contact);
    const request: JobRequest = { kind: "backfill", object: "contact", states: ["failing"] };
    const { end, job } = await advance(world, await queueJob(world, request));
    expect(end).toBe("done");
    const items = await getDatabase().jobItem.findMany({ where: { jobId: job.id, recordId: id } });
    expect(items).toMatchObject([{ outcome: "failed", reason: "validation_rule" }]);
  });

  it("E3: others went on meanwhile", async () => {
    expect(await readRecord(world, "Contact", pairs.good.record, ["Title"])).toEqual({ Title: title });
    expect(await stateOf(pairs.good.contact)).toEqual({ state: "in_sync", errors: [] });
  });

  it("E4: mended, everything follows once and the errors close", async () => {
    for (const { object, name } of RULES) await world.salesforceAct("removeValidationRule", { object, name });
    await editRecord(world, "Contact", pairs.remote.record, { Email: "remote2@failing.example" });
    await editRecord(world, "Contact", newRecord, { Email: "made@failing.example" });
    await endWaits();
    await settle(world);
    const now = await readSubjects(world, pairs.active.record);
    const counts = ACTIVITY_TRIGGERS.map((trigger) => [trigger.toggle, countSubject(now, trigger)]);
    expect(counts).toEqual(ACTIVITY_TRIGGERS.map(({ toggle }) => [toggle, 1]));
    expect(await world.soql(`SELECT Id FROM CampaignMember WHERE CampaignId = '${campaign}'`)).toHaveLength(1);
    expect(await readRecord(world, "Contact", pairs.edited.record, ["Title"])).toEqual({ Title: "Bad" });
    expect(await readContact(world, pairs.remote.contact, ["email"])).toEqual({ email: "remote2@failing.example" });
    expect(await readContact(world, pairs.staged.contact, ["lifecyclestage"])).toEqual({
      lifecyclestage: "opportunity",
    });
    expect(await world.findContact("made@failing.example")).toHaveLength(1);
    expect(await getDatabase().syncError.count({ where: { closedAt: null } })).toBe(0);
  });
});
