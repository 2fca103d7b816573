import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { listCampaigns, listForms } from "./choose-campaigns";
import { act, turnOn } from "./testing/activities";
import {
  editContact,
  editRecord,
  findRow,
  makeContact,
  readContact,
  readHistory,
  readRecord,
  settle,
} from "./testing/pairs";
import { makeSalesforce, readHubSpot, readSalesforce } from "./testing/records";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewOwners } from "./view-owners";

let world: SyncWorld;
let count = 0;
/** The HubSpot owner and the Salesforce user of one address; somebody else on each side. */
let owner: string;
let user: string;
let otherOwner: string;
let otherUser: string;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;
const pair = (pairs: Record<string, string>, defaultUserId: string | null = null) =>
  changeWorld(world, { owners: { pairs, defaultUserId } });

beforeAll(async () => {
  world = await startSyncWorld({ settings: { hubspotToSalesforce: "contact" } });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  const view = await viewOwners();
  const met = view.hubspot.filter(({ how }) => how === "email");
  expect(met.length).toBeGreaterThan(1);
  [owner, otherOwner] = met.map(({ id }) => id) as [string, string];
  [user, otherUser] = met.map(({ userId }) => userId) as [string, string];
});
beforeEach(() => pair(DEFAULT_SETTINGS.owners.pairs));
afterAll(() => world.stop());

async function makeOwned(ownerId: string | null): Promise<{ contact: string; salesforceId: string }> {
  const properties = { email: newEmail("owned"), lastname: "Owned", ...(ownerId ? { hubspot_owner_id: ownerId } : {}) };
  const contact = await makeContact(world, properties);
  await settle(world);
  return { contact, salesforceId: (await findRow(contact)).salesforceId ?? "" };
}
const ownerOf = async (id: string) => (await readRecord(world, "Contact", id, ["OwnerId"])).OwnerId;

describe("owners", () => {
  it("O1, T15: by address, both ways", async () => {
    const { contact, salesforceId } = await makeOwned(owner);
    expect(await ownerOf(salesforceId)).toBe(user);
    await editRecord(world, "Contact", salesforceId, { OwnerId: otherUser });
    await settle(world);
    expect(await readContact(world, contact, ["hubspot_owner_id"])).toEqual({ hubspot_owner_id: otherOwner });
    expect((await findRow(contact)).lastTriggers).toMatchObject([{ code: "T15", side: "salesforce" }]);
  });

  it("O1, T15: who was paired by hand goes before the address, both ways", async () => {
    await pair({ [owner]: otherUser });
    const { contact, salesforceId } = await makeOwned(owner);
    expect(await ownerOf(salesforceId)).toBe(otherUser);
    await editContact(world, contact, { hubspot_owner_id: otherOwner });
    await settle(world);
    // The address of the other owner leads to a user that belongs to somebody else now: Salesforce keeps its owner.
    expect(await ownerOf(salesforceId)).toBe(otherUser);
    expect(await readContact(world, contact, ["hubspot_owner_id"])).toEqual({ hubspot_owner_id: owner });
    const history = await readHistory((await findRow(contact)).id);
    expect(history.at(-1)?.changes).toMatchObject([
      { hubspotProperty: "hubspot_owner_id", side: "hubspot", reason: "no_owner_match" },
    ]);
    expect((await viewOwners()).hubspot.find(({ id }) => id === owner)).toMatchObject({
      how: "hand",
      userId: otherUser,
    });
    await world.clearCalls();
    expect((await world.sync()).due).toBe(0);
  });

  it("O1: a contact whose owner is nobody in Salesforce gets the user that is set, an inactive one never", async () => {
    await pair({ [owner]: "005000000000000AAA" }, otherUser);
    const { salesforceId } = await makeOwned(owner);
    expect(await ownerOf(salesforceId)).toBe(otherUser);
    const gone = (await viewOwners()).salesforce.findLast(({ id }) => id !== user && id !== otherUser)?.id ?? "";
    // As the last reading of the users would tell of one who left.
    await getDatabase().$executeRaw`UPDATE owner_snapshot SET active = false WHERE id = ${gone}`;
    await pair({ [owner]: gone }, gone);
    const second = await makeOwned(owner);
    expect((await findRow(second.contact)).state).toBe("in_sync");
    expect(await ownerOf(second.salesforceId)).not.toBe(gone);
  });

  it("O1: a Japanese owner's family name stands first on both sides, a Western one's last", async () => {
    const { hubspot, salesforce } = await viewOwners();
    for (const people of [hubspot, salesforce])
      expect(people.map(({ name }) => name)).toEqual(expect.arrayContaining(["大野 健司", "Ben Carter"]));
  });

  it("O1, A2, A4: an activity's owner follows the people paired by hand, both ways", async () => {
    await pair({ [owner]: otherUser });
    const { contact, salesforceId } = await makeOwned(null);
    await turnOn(world, { hubspot: ["call"], salesforce: ["event"] });
    const call = await act(world, "logCall", { id: contact, properties: { hubspot_owner_id: owner } });
    const times = { StartDateTime: "2027-01-08T01:00:00.000Z", EndDateTime: "2027-01-08T01:45:00.000Z" };
    const event = await makeSalesforce(world, "Event", {
      Subject: "E",
      WhoId: salesforceId,
      OwnerId: otherUser,
      ...times,
    });
    await settle(world);
    const taskId = (await findRow(call)).salesforceId ?? "";
    expect(await readSalesforce(world, "Task", taskId, ["OwnerId"])).toEqual({ OwnerId: otherUser });
    const meeting = (await findRow(event)).hubspotId ?? "";
    expect(await readHubSpot(world, "meetings", meeting, ["hubspot_owner_id"])).toEqual({ hubspot_owner_id: owner });
  });

  it("O1: every owner is shown with how the sync sees him", async () => {
    const view = await viewOwners();
    expect(view.hubspot.find(({ id }) => id === owner)).toMatchObject({ userId: user, how: "email" });
    expect(view.hubspot.every(({ how, userId }) => (how === "none") === (userId === null))).toBe(true);
    expect(view.salesforce.map(({ id }) => id)).toContain(user);
  });
});

describe("what campaigns are chosen from", () => {
  it("K1: forms by name, and campaigns with their statuses", async () => {
    const forms = await listForms();
    expect(forms).toMatchObject({
      forms: [{ name: "Contact us" }, { name: "Download the brochure" }, { name: "Newsletter" }],
    });
    const answer = await listCampaigns();
    expect(answer).toMatchObject({ campaigns: expect.arrayContaining([expect.objectContaining({ isActive: true })]) });
  });
});
