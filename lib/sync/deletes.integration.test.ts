import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { markRecordDue } from "@/lib/store/record-marks";
import { newTrigger } from "./new-trigger";
import { prepareConnection } from "./prepare-connection";
import { syncRecordNow } from "./sync-now";
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
  settle,
} from "./testing/pairs";
import { makeSalesforce, readSalesforce } from "./testing/records";
import { changeWorld, makeActiveList } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  // Deletes above 1 % of the pairs ask (C4); these tests are about what happens below.
  await getDatabase().$executeRaw`
    INSERT INTO sync_record (connection_id, id, object, hubspot_id, salesforce_id, salesforce_type, state, requested_version, synced_version, search_text)
    SELECT ${world.connectionId}::uuid, gen_random_uuid(), 'contact', 'filler-' || n, 'filler-' || n, 'Lead', 'in_sync', 1, 1, ''
    FROM generate_series(1, 1000) n`;
});
beforeEach(async () => {
  await changeWorld(world, DEFAULT_SETTINGS);
  await getDatabase().deletionScan.deleteMany();
});
afterAll(() => world.stop());

async function makePair(name: string, fields: Record<string, string> = {}) {
  const email = newEmail(name);
  const contact = await makeContact(world, { email, lastname: name, company: "C", jobtitle: "Boss", ...fields });
  await settle(world);
  const row = await findRow(contact);
  return { email, contact, lead: row.salesforceId ?? "", rowId: row.id };
}

const isArchived = async (id: string): Promise<boolean> => {
  const answer = await world.door("hubspot", "POST", "/crm/v3/objects/contacts/batch/read?archived=true", {
    inputs: [{ id }],
    properties: [],
  });
  return (answer.results as unknown[]).length === 1;
};
const isDeleted = async (id: string) => (await readRecord(world, "Lead", id, ["Id"])).Id === undefined;
const deleteLead = (id: string) => world.salesforceAct("deleteRecord", { object: "Lead", id });
const lookAgain = (rowId: string) => markRecordDue(world.connectionId, rowId, newTrigger("T18", "hubspot", []));

describe("C3: deletes", () => {
  it("C3: by default a delete in Salesforce deletes nothing; the pair is kept, says why, and resumes when restored", async () => {
    const { contact, lead, rowId } = await makePair("Kept");
    await deleteLead(lead);
    await settle(world);
    expect(await isArchived(contact)).toBe(false);
    expect(await findRow(contact)).toMatchObject({
      state: "excluded",
      exclusionReason: "deleted",
      deletedIn: "salesforce",
      salesforceId: lead,
    });
    await editContact(world, contact, { jobtitle: "Meanwhile", mobilephone: "090" });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ state: "excluded", exclusionReason: "deleted" });
    expect((await world.soql(`SELECT Id FROM Lead WHERE LastName = 'Kept'`)).length).toBe(0);

    await world.salesforceAct("undeleteRecord", { id: lead });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", salesforceId: lead, deletedIn: null });
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: "090" });
    const codes = (await readHistory(rowId)).flatMap((entry) => entry.triggers.map((one) => one.code));
    expect(codes).toEqual(expect.arrayContaining(["deleted", "restored"]));
  });

  it("C3, F9: where it is set, a delete in Salesforce archives the contact, with its values in history", async () => {
    await changeWorld(world, { whenDeletedInSalesforce: "archive" });
    const { contact, lead, rowId } = await makePair("Goes");
    await deleteLead(lead);
    await settle(world);
    expect(await isArchived(contact)).toBe(true);
    const last = (await readHistory(rowId)).at(-1);
    expect(last?.outcome).toBe("archived_in_hubspot");
    expect(last?.changes).toContainEqual(
      expect.objectContaining({ hubspotProperty: "jobtitle", side: "hubspot", before: "Boss", after: null }),
    );
    expect(await listRows(lead)).toMatchObject([{ state: "excluded", exclusionReason: "deleted", hubspotId: null }]);
  });

  it("C3: a record restored after its partner was deleted along gets a partner again and is not deleted in turn", async () => {
    await changeWorld(world, { whenDeletedInSalesforce: "archive", whenDeletedInHubSpot: "delete" });
    const { contact, email, lead } = await makePair("Returns");
    await deleteLead(lead);
    await settle(world);
    expect(await isArchived(contact)).toBe(true);
    await world.salesforceAct("undeleteRecord", { id: lead });
    await settle(world);
    await getDatabase().deletionScan.deleteMany();
    await settle(world);
    expect(await isDeleted(lead)).toBe(false);
    const [again] = await world.findContact(email);
    expect(again?.properties).toMatchObject({ salesforceleadid: lead, lastname: "Returns" });
    expect(await findRow(lead)).toMatchObject({ state: "in_sync", hubspotId: again?.id });
  });

  it("C3: by default a contact deleted in HubSpot deletes nothing, however it is found; restored it resumes", async () => {
    const { contact, lead, rowId } = await makePair("Stays");
    await world.hubspotAct("archiveContact", { id: contact });
    await lookAgain(rowId);
    await settle(world);
    expect(await isDeleted(lead)).toBe(false);
    expect(await findRow(lead)).toMatchObject({
      state: "excluded",
      exclusionReason: "deleted",
      deletedIn: "hubspot",
      hubspotId: contact,
    });
    await world.hubspotAct("restoreContact", { id: contact });
    await editContact(world, contact, { mobilephone: "080" });
    await settle(world);
    expect(await findRow(lead)).toMatchObject({ state: "in_sync", hubspotId: contact });
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: "080" });
  });

  it("C3: where it is set, the check itself finds a contact deleted in HubSpot and deletes its lead", async () => {
    await changeWorld(world, { whenDeletedInHubSpot: "delete" });
    const { contact, lead, rowId } = await makePair("Leaves");
    await getDatabase().deletionScan.deleteMany();
    await world.hubspotAct("archiveContact", { id: contact });
    await settle(world);
    expect(await isDeleted(lead)).toBe(true);
    expect((await readHistory(rowId)).at(-1)).toMatchObject({ outcome: "deleted_in_salesforce" });
    expect((await readHistory(rowId)).at(-1)?.changes).toContainEqual(
      expect.objectContaining({ salesforceField: "Title", side: "salesforce", before: "Boss", after: null }),
    );
  });

  it("C3, C4: an account that still has contacts is not deleted with its company; without them it goes", async () => {
    const company = { on: true, toSalesforce: "create", toHubSpot: "create", matchByDomain: true } as const;
    await changeWorld(world, { company, whenDeletedInHubSpot: "delete", whenDeletedInSalesforce: "archive" });
    await prepareConnection(world.connectionId, { createIdFields: true });
    const account = await makeSalesforce(world, "Account", { Name: "Held" });
    await settle(world);
    const row = await findRow(account);
    const email = newEmail("of-account");
    const person = await makeRecord(world, "Contact", { LastName: "Held", Email: email, AccountId: account });
    await settle(world);
    const contact = (await findRow(person)).hubspotId ?? "";
    await world.door("hubspot", "DELETE", `/crm/v3/objects/companies/${row.hubspotId}`);
    await lookAgain(row.id);
    await settle(world);
    expect(await readSalesforce(world, "Account", account, ["Name"])).toEqual({ Name: "Held" });
    expect(await readRecord(world, "Contact", person, ["LastName"])).toEqual({ LastName: "Held" });
    expect(await isArchived(contact)).toBe(false);
    const errors = await getDatabase().syncError.findMany({ where: { recordId: row.id, closedAt: null } });
    expect(errors).toMatchObject([{ type: "account_in_use", category: "associations", side: "salesforce" }]);
    expect(await findRow(account)).toMatchObject({ state: "failing", errorType: "account_in_use" });

    await editRecord(world, "Contact", person, { AccountId: null });
    await syncRecordNow(world.connectionId, row.id, "ada@example.com");
    expect(await readSalesforce(world, "Account", account, ["Name"])).toEqual({});
    expect(await readRecord(world, "Contact", person, ["LastName"])).toEqual({ LastName: "Held" });
  });

  it("C3, G5: a record that is hidden, or erased for privacy, is never taken for deleted", async () => {
    await changeWorld(world, { whenDeletedInSalesforce: "archive", whenDeletedInHubSpot: "delete" });
    const hidden = await makePair("Hidden");
    await world.salesforceAct("hideRecord", { id: hidden.lead });
    await lookAgain(hidden.rowId);
    const erased = await makePair("Erased");
    await world.hubspotAct("gdprDelete", { id: erased.contact });
    await lookAgain(erased.rowId);
    await settle(world);
    expect(await isArchived(hidden.contact)).toBe(false);
    expect(await readContact(world, hidden.contact, ["jobtitle"])).toEqual({ jobtitle: "Boss" });
    expect(await findRow(hidden.contact)).toMatchObject({ exclusionReason: "salesforce_record_not_visible" });
    expect(await isDeleted(erased.lead)).toBe(false);
    expect(await findRow(erased.lead)).toMatchObject({ exclusionReason: "hubspot_record_not_found" });
  });

  it("C3: a read that fails or loses half of its answer deletes nothing", async () => {
    await changeWorld(world, { whenDeletedInSalesforce: "archive", whenDeletedInHubSpot: "delete" });
    const { contact, lead, rowId } = await makePair("Safe");
    for (const [side, path, effect] of [
      ["hubspot", "batch/read", { status: 500 }],
      ["hubspot", "batch/read", { halfBody: true }],
      ["hubspot", "batch/read", { status: 200, body: { status: "COMPLETE", results: [] } }],
      ["salesforce", "/composite", { status: 503 }],
      ["salesforce", "/composite", { html: true }],
    ] as const) {
      await world.door(side, "PUT", "/__sandbox/faults", [{ match: { path }, do: effect }]);
      await lookAgain(rowId);
      await world.sync().catch(() => undefined);
      await world.door(side, "PUT", "/__sandbox/faults", []);
      expect([await isDeleted(lead), await isArchived(contact)]).toEqual([false, false]);
    }
    await getDatabase().$executeRaw`UPDATE sync_record SET next_attempt_at = now()`;
    await lookAgain(rowId);
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ state: "in_sync" });
  });

  it("C3: a refused delete fails with Salesforce's words, keeps the pair and is tried again", async () => {
    await changeWorld(world, { whenDeletedInHubSpot: "delete" });
    const { contact, lead, rowId } = await makePair("Refused");
    await getDatabase().deletionScan.deleteMany();
    await world.salesforceAct("addTrigger", { object: "Lead", message: "nobody deletes leads", event: "delete" });
    await world.hubspotAct("archiveContact", { id: contact });
    await settle(world);
    expect(await isDeleted(lead)).toBe(false);
    expect(await findRow(lead)).toMatchObject({ state: "failing", hubspotId: contact, salesforceId: lead });
    const [error] = await getDatabase().syncError.findMany({ where: { recordId: rowId } });
    expect(error?.remoteMessage).toContain("nobody deletes leads");
    await world.salesforceAct("removeTrigger", { object: "Lead" });
    await lookAgain(rowId);
    await settle(world);
    expect(await isDeleted(lead)).toBe(true);
  });

  it("C3, G2: outside the inclusion list nothing is deleted, in either direction; a member's delete is carried out", async () => {
    const listId = await makeActiveList(world, "Deletes", "city", "Deleteville");
    await changeWorld(world, { whenDeletedInSalesforce: "archive", whenDeletedInHubSpot: "delete" });
    const [out1, out2] = [await makePair("Out"), await makePair("Out")];
    const [in1, in2] = [await makePair("In", { city: "Deleteville" }), await makePair("In", { city: "Deleteville" })];
    const contact = { listId, name: "Deletes" };
    await changeWorld(world, { inclusionLists: { contact, company: null, deal: null } });
    await settle(world);
    await getDatabase().deletionScan.deleteMany();
    await deleteLead(out1.lead);
    await world.hubspotAct("archiveContact", { id: out2.contact });
    await deleteLead(in1.lead);
    await world.hubspotAct("archiveContact", { id: in2.contact });
    await settle(world);
    expect(await isArchived(out1.contact)).toBe(false);
    expect(await isDeleted(out2.lead)).toBe(false);
    expect(await isArchived(in1.contact)).toBe(true);
    expect(await isDeleted(in2.lead)).toBe(true);
    expect(await findRow(out1.contact)).toMatchObject({ exclusionReason: "not_in_inclusion_list" });
  });

  it("C3, Q2: a deleted record that was told costs nothing at the next checks", async () => {
    const lead = await makeRecord(world, "Lead", { Email: newEmail("told"), LastName: "Told", Company: "C" });
    await settle(world);
    await deleteLead(lead);
    await settle(world);
    expect(await findRow(lead)).toMatchObject({ exclusionReason: "deleted" });
    const result = await world.sync();
    expect(result.due).toBe(0);
    expect(result.calls.salesforce).toBeLessThanOrEqual(1);
  });
});
