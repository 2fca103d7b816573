import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { readList } from "@/lib/store/inclusion-lists";
import { explainRecord } from "./explain-record";
import {
  editContact,
  editRecord,
  findRow,
  listRows,
  makeContact,
  makeRecord,
  readContact,
  readHistory,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { changeWorld, makeActiveList } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewConnection } from "./view-connection";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;
/** Every test has a list of its own: contacts of this city. */
let city: string;
let listId: string;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await setRule("jobtitle", "two_way");
});
beforeEach(async () => {
  await changeWorld(world, DEFAULT_SETTINGS);
  city = `City ${++count}`;
  listId = await makeActiveList(world, `Of ${city}`, "city", city);
});
afterAll(() => world.stop());

const choose = () =>
  changeWorld(world, {
    inclusionLists: { ...DEFAULT_SETTINGS.inclusionLists, contact: { listId, name: `Of ${city}` } },
  });
const countLeads = async (email: string) => (await world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`)).length;

describe("G2: the inclusion list", () => {
  it("G2: a contact outside makes nothing in Salesforce and says why; a member syncs", async () => {
    await choose();
    const [out, member] = [newEmail("out"), newEmail("member")];
    const outside = await makeContact(world, { email: out, lastname: "Out" });
    const inside = await makeContact(world, { email: member, lastname: "In", city });
    await settle(world);
    expect(await countLeads(out)).toBe(0);
    expect(await countLeads(member)).toBe(1);
    const row = await findRow(outside);
    expect(row).toMatchObject({ state: "excluded", exclusionReason: "not_in_inclusion_list", salesforceId: null });
    const gates = (await explainRecord(world.connectionId, row.id))?.gates ?? [];
    expect(gates.find((gate) => gate.name === "in_inclusion_list")).toEqual({
      name: "in_inclusion_list",
      passed: false,
      fact: `Of ${city}`,
    });
    expect(await findRow(inside)).toMatchObject({ state: "in_sync" });
  });

  it("G2, T13: choosing a list syncs nobody; entering it later does, for an old contact too, with the reason", async () => {
    const email = newEmail("old");
    const other = newEmail("member");
    await changeWorld(world, { hubspotToSalesforce: "nothing" });
    const old = await makeContact(world, { email, lastname: "Old" });
    const member = await makeContact(world, { email: other, lastname: "Member", city });
    await settle(world);
    await choose();
    await changeWorld(world, { hubspotToSalesforce: "lead" });
    await settle(world);
    expect([await countLeads(email), await countLeads(other)]).toEqual([0, 0]);

    await editContact(world, old, { city });
    await settle(world);
    expect(await countLeads(email)).toBe(1);
    const row = await findRow(old);
    expect(row.state).toBe("in_sync");
    expect((await readHistory(row.id)).at(-1)?.triggers.map((one) => one.code)).toContain("entered_list");
    expect(await countLeads(other)).toBe(0);
    await editContact(world, member, { lastname: "Moves" });
    await settle(world);
    expect(await countLeads(other)).toBe(1);
  });

  it("G2: leaving stops both directions and keeps the pair; entering again resumes with what changed meanwhile", async () => {
    await choose();
    const email = newEmail("leaver");
    const id = await makeContact(world, { email, lastname: "Leaver", company: "C", city, jobtitle: "One" });
    await settle(world);
    const lead = (await findRow(id)).salesforceId ?? "";
    await editContact(world, id, { city: "elsewhere", jobtitle: "Two" });
    await settle(world);
    expect(await findRow(id)).toMatchObject({
      state: "excluded",
      exclusionReason: "not_in_inclusion_list",
      salesforceId: lead,
    });
    await editRecord(world, "Lead", lead, { MobilePhone: "090" });
    await editContact(world, id, { jobtitle: "Three" });
    await settle(world);
    expect(await readRecord(world, "Lead", lead, ["Title", "City"])).toEqual({ Title: "One", City: city });
    expect(await readContact(world, id, ["mobilephone", "salesforceleadid"])).toEqual({
      mobilephone: null,
      salesforceleadid: lead,
    });

    await editContact(world, id, { city });
    await settle(world);
    expect(await findRow(id)).toMatchObject({ state: "in_sync", salesforceId: lead });
    expect(await readRecord(world, "Lead", lead, ["Title"])).toEqual({ Title: "Three" });
    expect(await readContact(world, id, ["mobilephone"])).toEqual({ mobilephone: "090" });
    expect(await countLeads(email)).toBe(1);
  });

  it("G2, C1: a new Salesforce lead still makes its contact, which then waits; nothing more travels before it qualifies", async () => {
    await choose();
    const email = newEmail("fresh");
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Fresh", Company: "C", Title: "One" });
    await settle(world);
    const [contact] = await world.findContact(email);
    expect(contact?.properties).toMatchObject({ lastname: "Fresh", jobtitle: "One", salesforceleadid: lead });
    expect(await findRow(lead)).toMatchObject({
      state: "excluded",
      exclusionReason: "not_in_inclusion_list",
      hubspotId: contact?.id,
    });
    await editRecord(world, "Lead", lead, { Title: "Two" });
    await settle(world);
    expect(await readContact(world, contact?.id ?? "", ["jobtitle"])).toEqual({ jobtitle: "One" });
    await editContact(world, contact?.id ?? "", { city });
    await settle(world);
    expect(await readContact(world, contact?.id ?? "", ["jobtitle"])).toEqual({ jobtitle: "Two" });
    expect(await findRow(lead)).toMatchObject({ state: "in_sync" });
  });

  it("G2, C1: a new Salesforce lead links the contact that stands outside; with creation off it does not", async () => {
    await choose();
    const email = newEmail("linked");
    const id = await makeContact(world, { email, lastname: "Linked" });
    await settle(world);
    const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Other", Company: "C", Title: "T" });
    await settle(world);
    expect(await findRow(id)).toMatchObject({ salesforceId: lead, exclusionReason: "not_in_inclusion_list" });
    expect(await readContact(world, id, ["lastname", "jobtitle"])).toEqual({ lastname: "Linked", jobtitle: null });

    await changeWorld(world, { leadToHubSpot: "nothing" });
    const email2 = newEmail("unlinked");
    const id2 = await makeContact(world, { email: email2, lastname: "Unlinked" });
    await settle(world);
    const lead2 = await makeRecord(world, "Lead", { Email: email2, LastName: "Other", Company: "C" });
    await settle(world);
    expect(await listRows(id2)).toMatchObject([{ salesforceId: null }]);
    expect(await findRow(lead2)).toMatchObject({ state: "excluded", exclusionReason: "not_in_inclusion_list" });
  });

  it("G2: a list that is deleted keeps its last members, takes no new ones and says so; nobody becomes everybody", async () => {
    await choose();
    const [member, out] = [newEmail("stays"), newEmail("out")];
    const inside = await makeContact(world, { email: member, lastname: "In", company: "C", city });
    await settle(world);
    await world.door("hubspot", "DELETE", `/crm/v3/lists/${listId}`);
    await makeContact(world, { email: out, lastname: "Late", city });
    await editContact(world, inside, { jobtitle: "Still" });
    await settle(world);
    expect(await countLeads(out)).toBe(0);
    const lead = (await findRow(inside)).salesforceId ?? "";
    expect(await readRecord(world, "Lead", lead, ["Title"])).toEqual({ Title: "Still" });
    expect(await readList(world.connectionId, "contact")).toMatchObject({ state: "unusable", problem: "deleted" });
    expect((await viewConnection()).problems).toEqual([
      { type: "inclusion_list_unusable", object: "contact", listId, name: `Of ${city}`, why: "deleted" },
    ]);

    await world.door("hubspot", "PUT", `/crm/v3/lists/${listId}/restore`);
    await settle(world);
    expect(await readList(world.connectionId, "contact")).toMatchObject({ state: "ready", problem: null });
    expect((await viewConnection()).problems).toEqual([]);
    expect(await countLeads(out)).toBe(1);
  });

  it("G2: a list that is made static keeps its last members, takes no new ones and says so, until an active one is chosen", async () => {
    await choose();
    const [member, late] = [newEmail("stays"), newEmail("late")];
    const inside = await makeContact(world, { email: member, lastname: "In", company: "C", city });
    await settle(world);
    await world.hubspotAct("makeListStatic", { listId });
    const outside = await makeContact(world, { email: late, lastname: "Late", city });
    await world.hubspotAct("addToList", { listId, email: late });
    await editContact(world, inside, { jobtitle: "Still" });
    await settle(world);
    const lead = (await findRow(inside)).salesforceId ?? "";
    expect(await readRecord(world, "Lead", lead, ["Title"])).toEqual({ Title: "Still" });
    expect(await countLeads(late)).toBe(0);
    expect((await viewConnection()).problems).toEqual([
      { type: "inclusion_list_unusable", object: "contact", listId, name: `Of ${city}`, why: "not_active" },
    ]);
    listId = await makeActiveList(world, `Again of ${city}`, "city", city);
    await choose();
    await settle(world);
    expect((await viewConnection()).problems).toEqual([]);
    await editContact(world, outside, { jobtitle: "Now" });
    await settle(world);
    expect(await countLeads(late)).toBe(1);
  });

  it("G2: an outage while the list is asked changes nobody's place; the check goes on later", async () => {
    await choose();
    const email = newEmail("calm");
    const id = await makeContact(world, { email, lastname: "Calm", company: "C", city });
    await settle(world);
    await world.door("hubspot", "PUT", "/__sandbox/faults", [{ match: { path: "/crm/lists" }, do: { status: 500 } }]);
    await editContact(world, id, { jobtitle: "Later" });
    await world.sync().catch(() => undefined);
    await world.door("hubspot", "PUT", "/__sandbox/faults", []);
    expect(await findRow(id)).not.toMatchObject({ state: "excluded" });
    await settle(world);
    const lead = (await findRow(id)).salesforceId ?? "";
    expect(await readRecord(world, "Lead", lead, ["Title"])).toEqual({ Title: "Later" });
  });

  it("Q2: with a list chosen a check with nothing new costs one more call; a newcomer two", async () => {
    await choose();
    await makeContact(world, { email: newEmail("cost"), lastname: "Cost", company: "C", city });
    await settle(world);
    await world.sync();
    await world.clearCalls();
    await world.sync();
    const calls = (await world.door("hubspot", "GET", "/__sandbox/calls")).calls as { path: string }[];
    expect(calls.map((call) => call.path).filter((path) => path.includes("/lists"))).toEqual([
      "/crm/lists/2026-03/search",
    ]);
    expect(calls.length).toBeLessThanOrEqual(2);
    await makeContact(world, { email: newEmail("cost"), lastname: "Cost", company: "C", city });
    await world.clearCalls();
    await world.sync();
    const more = (await world.door("hubspot", "GET", "/__sandbox/calls")).calls as { path: string }[];
    expect(more.filter((call) => call.path.includes("/lists"))).toHaveLength(2);
  });
});
