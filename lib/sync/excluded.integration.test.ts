import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ConnectionSettings, DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { explainRecord } from "./explain-record";
import {
  editContact,
  editRecord,
  endWaits,
  type Fields,
  findRow,
  makeContact,
  makeRecord,
  readContact,
  readHistory,
  readRecord,
  settle,
} from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
beforeEach(() => change(DEFAULT_SETTINGS));
afterAll(() => world.stop());

async function change(settings: Partial<ConnectionSettings>): Promise<void> {
  const connection = await readConnection(world.connectionId);
  await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, settings);
}

async function findByEmail(email: string) {
  const leads = await world.soql(`SELECT Id, Company FROM Lead WHERE Email = '${email}'`);
  const contacts = await world.soql(`SELECT Id FROM Contact WHERE Email = '${email}'`);
  return { hubspot: (await world.findContact(email)).length, leads: leads.length, contacts: contacts.length };
}

/** The gates of a record as "name: fact", with "!" before those that are closed. */
async function readGates(rowId: string): Promise<string[]> {
  const explained = await explainRecord(world.connectionId, rowId);
  return (explained?.gates ?? []).map((gate) => `${gate.passed ? "" : "!"}${gate.name}: ${gate.fact}`);
}

describe("who does not sync", () => {
  it("G1, G6: a contact without an address is excluded and says why; with one it syncs", async () => {
    const id = await makeContact(world, { firstname: "No", lastname: "Address" });
    await settle(world);
    const row = await findRow(id);
    expect(row).toMatchObject({ state: "excluded", exclusionReason: "no_email", salesforceId: null });
    expect(await readGates(row.id)).toEqual([
      "connection_active: active",
      "object_sync_on: on",
      "in_inclusion_list: ",
      "not_deleted: ",
      "record_visible: both",
      "passes_filter: ",
      "!has_email: ",
      "not_converted: ",
      "not_linked_elsewhere: ",
      "paired_or_may_be_created: hubspot_lead",
    ]);
    expect(await world.soql("SELECT Id FROM Lead WHERE LastName = 'Address'")).toEqual([]);
    const email = newEmail("now");
    await editContact(world, id, { email });
    await settle(world);
    expect(await findByEmail(email)).toEqual({ hubspot: 1, leads: 1, contacts: 0 });
    expect(await findRow(id)).toMatchObject({ state: "in_sync", exclusionReason: null });
    expect((await readGates(row.id)).filter((gate) => gate.startsWith("!"))).toEqual([]);
  });

  it("G1: a Salesforce record without an address makes no contact", async () => {
    const id = await makeRecord(world, "Contact", { LastName: "Nobody" });
    await settle(world);
    expect(await findRow(id)).toMatchObject({ state: "excluded", exclusionReason: "no_email", hubspotId: null });
  });

  it("G5: a record that our user may no longer see is excluded, never emptied or deleted, and comes back", async () => {
    const email = newEmail("hidden");
    const id = await makeContact(world, { email, lastname: "Hidden", company: "C", jobtitle: "Old" });
    await settle(world);
    const { id: rowId, salesforceId } = await findRow(id);
    const lead = salesforceId ?? "";
    await world.salesforceAct("hideRecord", { id: lead });
    await editContact(world, id, { mobilephone: "090" });
    await markNeedsRead(rowId);
    await settle(world);
    expect(await findRow(id)).toMatchObject({
      state: "excluded",
      exclusionReason: "salesforce_record_not_visible",
      salesforceId: lead,
    });
    expect(await readGates(rowId)).toContain("!record_visible: salesforce");
    expect(await readContact(world, id, ["jobtitle", "lastname"])).toEqual({ jobtitle: "Old", lastname: "Hidden" });

    await world.salesforceAct("hideRecord", { id: lead, hidden: false });
    await editContact(world, id, { mobilephone: "080" });
    await markNeedsRead(rowId);
    await settle(world);
    expect(await findRow(id)).toMatchObject({ state: "in_sync", salesforceId: lead });
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: "080" });
    expect(await findByEmail(email)).toEqual({ hubspot: 1, leads: 1, contacts: 0 });
  });

  it("G5: an edit of the pair's HubSpot side, with the Salesforce record hidden, never makes a second record", async () => {
    const email = newEmail("hidden");
    const id = await makeContact(world, { email, lastname: "Hidden", company: "C" });
    await settle(world);
    const lead = (await findRow(id)).salesforceId ?? "";
    await world.salesforceAct("hideRecord", { id: lead });
    await editContact(world, id, { mobilephone: "090" });
    await settle(world);
    await endWaits();
    await settle(world);
    const row = await findRow(id);
    expect(row.salesforceId).toBe(lead);
    expect(["failing", "excluded"]).toContain(row.state);
    await world.salesforceAct("hideRecord", { id: lead, hidden: false });
    await editContact(world, id, { mobilephone: "070" });
    await settle(world);
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: "070" });
    expect(await findByEmail(email)).toEqual({ hubspot: 1, leads: 1, contacts: 0 });
  });

  it("with contact sync off nothing is written and the gate says so; turned on again the next change goes over", async () => {
    const email = newEmail("off");
    const id = await makeContact(world, { email, lastname: "Off", company: "C" });
    await change({ contactSyncOn: false });
    await settle(world);
    const row = await findRow(id);
    expect(row).toMatchObject({ state: "excluded", exclusionReason: "object_sync_off" });
    expect(await readGates(row.id)).toContain("!object_sync_on: off");
    expect(await findByEmail(email)).toEqual({ hubspot: 1, leads: 0, contacts: 0 });
    await change({ contactSyncOn: true });
    await editContact(world, id, { jobtitle: "On" });
    await settle(world);
    expect(await findByEmail(email)).toEqual({ hubspot: 1, leads: 1, contacts: 0 });
  });

  async function markNeedsRead(rowId: string): Promise<void> {
    await getDatabase().syncRecord.updateMany({ where: { id: rowId }, data: { needsRead: true } });
  }
});

describe("creation settings", () => {
  it.each([
    ["lead", { hubspot: 1, leads: 1, contacts: 0 }, "in_sync"],
    ["contact", { hubspot: 1, leads: 0, contacts: 1 }, "in_sync"],
    ["nothing", { hubspot: 1, leads: 0, contacts: 0 }, "excluded"],
  ] as const)("C2: a new HubSpot contact makes: %s", async (hubspotToSalesforce, found, state) => {
    await change({ hubspotToSalesforce });
    const email = newEmail("c2");
    const id = await makeContact(world, { email, lastname: "C2", company: "C" });
    await settle(world);
    expect(await findByEmail(email)).toEqual(found);
    const row = await findRow(id);
    expect(row.state).toBe(state);
    if (state === "excluded") {
      expect(row.exclusionReason).toBe("creation_in_salesforce_off");
      expect(await readGates(row.id)).toContain("!paired_or_may_be_created: hubspot_nothing");
    }
  });

  it.each([
    ["Lead", "create", "create"],
    ["Lead", "nothing", "create"],
    ["Contact", "create", "nothing"],
    ["Contact", "create", "create"],
  ] as const)(
    "C1: a new Salesforce %s, with leads set to %s and contacts set to %s",
    async (type, leadToHubSpot, contactToHubSpot) => {
      await change({ leadToHubSpot, contactToHubSpot });
      const email = newEmail("c1");
      const company: Fields = type === "Lead" ? { Company: "C" } : {};
      const id = await makeRecord(world, type, { Email: email, LastName: "C1", ...company });
      await settle(world);
      const isOn = (type === "Lead" ? leadToHubSpot : contactToHubSpot) === "create";
      expect((await findByEmail(email)).hubspot).toBe(isOn ? 1 : 0);
      const row = await findRow(id);
      expect(row).toMatchObject(
        isOn ? { state: "in_sync" } : { state: "excluded", exclusionReason: "creation_in_hubspot_off" },
      );
      if (!isOn) expect(await readGates(row.id)).toContain(`!paired_or_may_be_created: ${type.toLowerCase()}_nothing`);
    },
  );

  it("C1, C2: with creation off on both ways existing records are still linked and updated", async () => {
    await change({ leadToHubSpot: "nothing", contactToHubSpot: "nothing", hubspotToSalesforce: "nothing" });
    const email = newEmail("link");
    const contact = await makeContact(world, { email, jobtitle: "From H" });
    const record = await makeRecord(world, "Contact", { Email: email, LastName: "Link" });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: record, state: "in_sync" });
    expect(await readRecord(world, "Contact", record, ["Title"])).toEqual({ Title: "From H" });
    await editRecord(world, "Contact", record, { Title: "From S" });
    await settle(world);
    expect(await readContact(world, contact, ["jobtitle", "lastname"])).toEqual({
      jobtitle: "From S",
      lastname: "Link",
    });
  });

  it("C2: a required field without a value takes the set default, and a value is never replaced by it", async () => {
    await change({ defaults: { Lead: { LastName: "Unknown", Company: "Private" }, Contact: { LastName: "Unknown" } } });
    const [bare, full] = [newEmail("bare"), newEmail("full")];
    const bareId = await makeContact(world, { email: bare });
    const fullId = await makeContact(world, { email: full, lastname: "Real", company: "Real Co" });
    await settle(world);
    const read = async (id: string) =>
      readRecord(world, "Lead", (await findRow(id)).salesforceId ?? "", ["LastName", "Company"]);
    expect(await read(bareId)).toEqual({ LastName: "Unknown", Company: "Private" });
    expect(await read(fullId)).toEqual({ LastName: "Real", Company: "Real Co" });
    const history = await readHistory((await findRow(bareId)).id);
    expect(history[0]).toMatchObject({ outcome: "created_in_salesforce" });
  });
});
