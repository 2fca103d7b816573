import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { runSync } from "./run-sync";
import { syncRecordNow } from "./sync-now";
import {
  editContact,
  editRecord,
  endWaits,
  findRow,
  listRows,
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
afterAll(() => world.stop());

async function makePair(name: string, fields: Record<string, string> = {}) {
  const email = newEmail(name);
  const contact = await makeContact(world, { email, lastname: name, company: "C", ...fields });
  await settle(world);
  const row = await findRow(contact);
  return { email, contact, lead: row.salesforceId ?? "", rowId: row.id };
}

const countAll = async (email: string) => ({
  hubspot: (await world.findContact(email)).length,
  salesforce:
    (await world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`)).length +
    (await world.soql(`SELECT Id FROM Contact WHERE Email = '${email}'`)).length,
});
const mergeInHubSpot = (winner: string, loser: string) =>
  world.hubspotAct("mergeContacts", { primaryObjectId: winner, objectIdToMerge: loser });
const mergeInSalesforce = (masterId: string, ...mergedIds: string[]) =>
  world.salesforceAct("merge", { masterId, mergedIds });
async function settleAll(): Promise<void> {
  await settle(world);
  await endWaits();
  await settle(world);
}

describe("M5: merges", () => {
  it("M5: merged in Salesforce into a record without a pair, the pair follows and both directions go on", async () => {
    const { email, contact, lead } = await makePair("Follows", { jobtitle: "Boss" });
    const master = await makeRecord(world, "Lead", { LastName: "Follows", Company: "C", Email: email });
    await settle(world);
    await mergeInSalesforce(master, lead);
    await settleAll();
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", salesforceId: master });
    expect(await listRows(lead)).toEqual([]);
    expect(await readContact(world, contact, ["salesforceleadid", "jobtitle"])).toEqual({
      salesforceleadid: master,
      jobtitle: "Boss",
    });
    expect(await readRecord(world, "Lead", master, ["Title", "HubSpot_Contact_Id__c"])).toEqual({
      Title: "Boss",
      HubSpot_Contact_Id__c: contact,
    });
    await editRecord(world, "Lead", master, { Title: "Chief" });
    await settle(world);
    expect(await readContact(world, contact, ["jobtitle"])).toEqual({ jobtitle: "Chief" });
    await editContact(world, contact, { mobilephone: "090" });
    await settle(world);
    expect(await readRecord(world, "Lead", master, ["MobilePhone"])).toEqual({ MobilePhone: "090" });
    expect(await countAll(email)).toEqual({ hubspot: 1, salesforce: 1 });
    const { id } = await findRow(contact);
    expect((await readHistory(id)).map((entry) => entry.outcome)).toContain("merged");
  });

  it("M5: merged in HubSpot into a contact without a pair, the pair follows and nothing is made twice", async () => {
    const { email, contact, lead } = await makePair("Loser", { jobtitle: "Boss" });
    const winnerEmail = newEmail("winner");
    const winner = await makeContact(world, { email: winnerEmail, lastname: "Winner" });
    await mergeInHubSpot(winner, contact);
    await settleAll();
    expect(await findRow(lead)).toMatchObject({ state: "in_sync", hubspotId: winner });
    expect(await listRows(contact)).toEqual([]);
    expect(await countAll(email)).toEqual({ hubspot: 1, salesforce: 1 });
    // By the default rule Salesforce's values go on to the survivor; what they overwrote is in its history.
    expect(await readContact(world, winner, ["email", "jobtitle"])).toEqual({
      email: email.toLowerCase(),
      jobtitle: "Boss",
    });
    const leads = await world.soql(`SELECT Id FROM Lead WHERE LastName IN ('Loser', 'Winner')`);
    expect(leads.map((one) => one.Id)).toEqual([lead]);
    await editContact(world, winner, { mobilephone: "080" });
    await settle(world);
    expect(await readRecord(world, "Lead", lead, ["MobilePhone"])).toEqual({ MobilePhone: "080" });
  });

  it("M5: two pairs whose Salesforce records are merged: the survivor's pair stays, the other waits and makes nothing", async () => {
    const [kept, other] = [await makePair("Kept"), await makePair("Other")];
    await mergeInSalesforce(kept.lead, other.lead);
    await settleAll();
    await editContact(world, other.contact, { mobilephone: "070" });
    await settleAll();
    expect(await findRow(kept.contact)).toMatchObject({ state: "in_sync", salesforceId: kept.lead });
    expect(await findRow(other.contact)).toMatchObject({
      state: "excluded",
      exclusionReason: "another_record_is_linked",
    });
    expect((await countAll(other.email)).salesforce).toBe(0);
    expect(await readRecord(world, "Lead", kept.lead, ["MobilePhone"])).toEqual({ MobilePhone: null });

    // The people are one in HubSpot too: now the two pairs become one, and the other's history with it.
    await mergeInHubSpot(kept.contact, other.contact);
    await settleAll();
    expect(await listRows(other.contact)).toEqual([]);
    expect(await findRow(kept.contact)).toMatchObject({ state: "in_sync", salesforceId: kept.lead });
    const history = await getDatabase().journalEntry.findMany({ where: { recordId: kept.rowId } });
    expect(history.map((entry) => entry.outcome)).toEqual(expect.arrayContaining(["merged", "excluded"]));
    expect(history.filter((entry) => entry.outcome === "created_in_salesforce")).toHaveLength(2);
    const [audit] = await getDatabase().auditEntry.findMany({ where: { action: "pairs_merged" } });
    expect(audit?.detail).toMatchObject({ gone: { hubspotId: other.contact, salesforceId: other.lead } });
  });

  it("M5: two pairs whose HubSpot contacts are merged: the survivor's pair stays, the second lead gets no new contact", async () => {
    const [kept, other] = [await makePair("Stays"), await makePair("Second")];
    await mergeInHubSpot(kept.contact, other.contact);
    await settleAll();
    await editRecord(world, "Lead", other.lead, { Title: "Unheard", Email: newEmail("moved") });
    await settleAll();
    expect(await findRow(kept.contact)).toMatchObject({ state: "in_sync", salesforceId: kept.lead });
    expect(await findRow(other.lead)).toMatchObject({ exclusionReason: "another_record_is_linked" });
    expect((await countAll(kept.email)).hubspot).toBe(1);
    const found = await world.soql(`SELECT Email FROM Lead WHERE Id = '${other.lead}'`);
    expect(await world.findContact(String(found[0]?.Email))).toEqual([]);
  });

  it("M5: merged in both systems at once, the same way or crosswise, one pair remains", async () => {
    for (const isCrossed of [false, true]) {
      const [one, two] = [await makePair("One"), await makePair("Two")];
      await mergeInHubSpot(one.contact, two.contact);
      if (isCrossed) await mergeInSalesforce(two.lead, one.lead);
      else await mergeInSalesforce(one.lead, two.lead);
      await settleAll();
      const survivor = isCrossed ? two.lead : one.lead;
      expect(await findRow(one.contact)).toMatchObject({ state: "in_sync", salesforceId: survivor });
      expect(await findRow(survivor)).toMatchObject({ hubspotId: one.contact });
      expect([...(await listRows(two.contact)), ...(await listRows(isCrossed ? one.lead : two.lead))]).toEqual([]);
      await editContact(world, one.contact, { mobilephone: "060" });
      await settle(world);
      expect(await readRecord(world, "Lead", survivor, ["MobilePhone"])).toEqual({ MobilePhone: "060" });
      const left = await world.soql(`SELECT Id FROM Lead WHERE Email IN ('${one.email}', '${two.email}')`);
      expect(left).toHaveLength(1);
    }
  });

  it("M5: merged in Salesforce while an edit made in HubSpot waits: the edit goes to the survivor, not to the merged lead", async () => {
    const { email, contact, lead } = await makePair("Waits");
    const masterEmail = newEmail("master");
    const master = await makeRecord(world, "Lead", { LastName: "Waits", Company: "C", Email: masterEmail });
    await editContact(world, contact, { mobilephone: "050" });
    await mergeInSalesforce(master, lead);
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", salesforceId: master });
    expect(await readRecord(world, "Lead", master, ["MobilePhone"])).toEqual({ MobilePhone: "050" });
    expect(await world.findContact(masterEmail)).toMatchObject([{ id: contact }]);
    expect(await listRows(lead)).toEqual([]);
    expect((await countAll(email)).salesforce).toBe(0);
  });

  it("M4, M5: a lead that was converted, and its contact then merged, leads to the survivor; so does its HubSpot merge", async () => {
    const [alone, one, two] = [await makePair("Alone"), await makePair("First"), await makePair("Later")];
    const convert = async (lead: string): Promise<string> => {
      const { result } = await world.salesforceAct("convertLead", { leadId: lead });
      return (result as { contactId: string }).contactId;
    };
    const master = await makeRecord(world, "Contact", { LastName: "Master", Email: newEmail("survivor") });
    await mergeInSalesforce(master, await convert(alone.lead));
    const first = await convert(one.lead);
    await settle(world);
    expect(await findRow(alone.contact)).toMatchObject({ state: "in_sync", salesforceId: master });

    await mergeInHubSpot(two.contact, one.contact);
    await mergeInSalesforce(first, await convert(two.lead));
    await settleAll();
    expect(await findRow(two.contact)).toMatchObject({ state: "in_sync", salesforceId: first });
    expect([...(await listRows(one.contact)), ...(await listRows(two.lead))]).toEqual([]);
  });

  it("M4, M5: a lead converted and at once merged into what is left over of a HubSpot merge: the two are one pair", async () => {
    const [gone, kept] = [await makePair("Gone", { jobtitle: "Boss" }), await makePair("Left")];
    const convert = async (lead: string): Promise<string> => {
      const { result } = await world.salesforceAct("convertLead", { leadId: lead });
      return (result as { contactId: string }).contactId;
    };
    const leftOver = await convert(gone.lead);
    await settle(world);
    await mergeInHubSpot(kept.contact, gone.contact);
    await settleAll();
    expect(await findRow(leftOver)).toMatchObject({ exclusionReason: "another_record_is_linked" });

    await mergeInSalesforce(leftOver, await convert(kept.lead));
    await settleAll();
    expect(await findRow(kept.contact)).toMatchObject({ state: "in_sync", salesforceId: leftOver });
    expect([...(await listRows(gone.contact)), ...(await listRows(kept.lead))]).toEqual([]);
    await editContact(world, kept.contact, { mobilephone: "040" });
    await settle(world);
    expect(await readRecord(world, "Contact", leftOver, ["MobilePhone"])).toEqual({ MobilePhone: "040" });
  });

  it("M4, M5: merged in both systems and the survivor then converted, all before one check: one pair, with the new contact", async () => {
    const [gone, kept] = [await makePair("Both"), await makePair("Converts")];
    await mergeInHubSpot(kept.contact, gone.contact);
    await mergeInSalesforce(kept.lead, gone.lead);
    const { result } = await world.salesforceAct("convertLead", { leadId: kept.lead });
    const { contactId } = result as { contactId: string };
    await settleAll();
    expect(await findRow(kept.contact)).toMatchObject({ state: "in_sync", salesforceId: contactId });
    expect([...(await listRows(gone.contact)), ...(await listRows(gone.lead)), ...(await listRows(kept.lead))]).toEqual(
      [],
    );
    expect(await findRow(contactId)).toMatchObject({ hubspotId: kept.contact });
    expect((await countAll(kept.email)).hubspot).toBe(1);
    await editContact(world, kept.contact, { mobilephone: "030" });
    await settle(world);
    expect(await readRecord(world, "Contact", contactId, ["MobilePhone"])).toEqual({ MobilePhone: "030" });
  });

  it("M4, M5: a converted lead's contact that takes in another pair's, whose HubSpot contact takes in the lead's: one pair", async () => {
    const turned = await makePair("Turned");
    const email = newEmail("taken");
    const taken = await makeRecord(world, "Contact", { LastName: "Taken", Email: email });
    await settle(world);
    const [{ id: winner } = { id: "" }] = await world.findContact(email);
    const { result } = await world.salesforceAct("convertLead", { leadId: turned.lead });
    const { contactId } = result as { contactId: string };
    await mergeInSalesforce(contactId, taken);
    await mergeInHubSpot(winner, turned.contact);
    await settleAll();
    expect(await findRow(winner)).toMatchObject({ state: "in_sync", salesforceId: contactId });
    expect(await findRow(contactId)).toMatchObject({ hubspotId: winner });
    const gone = [turned.contact, turned.lead, taken];
    expect((await Promise.all(gone.map(listRows))).flat()).toEqual([]);
    await editContact(world, winner, { mobilephone: "020" });
    await settle(world);
    expect(await readRecord(world, "Contact", contactId, ["MobilePhone"])).toEqual({ MobilePhone: "020" });
  });

  it("M1, M5: merged into a lead whose own contact stands in HubSpot, that contact is its partner and nobody fails", async () => {
    const { contact, lead } = await makePair("Gives");
    const email = newEmail("has");
    const own = await makeContact(world, { email, lastname: "Has", company: "C" });
    const master = await makeRecord(world, "Lead", { LastName: "Has", Company: "C", Email: email });
    await mergeInSalesforce(master, lead);
    await settleAll();
    expect(await findRow(own)).toMatchObject({ state: "in_sync", salesforceId: master });
    expect(await findRow(contact)).toMatchObject({ state: "excluded", exclusionReason: "another_record_is_linked" });
  });

  it("M1, M4, M5: a converted lead's contact merged into one whose own contact stands in HubSpot: that contact is its partner", async () => {
    const { contact, lead } = await makePair("Turns");
    const email = newEmail("stands");
    const own = await makeContact(world, { email, lastname: "Stands", company: "C" });
    const master = await makeRecord(world, "Contact", { LastName: "Stands", Email: email });
    const { result } = await world.salesforceAct("convertLead", { leadId: lead });
    await mergeInSalesforce(master, (result as { contactId: string }).contactId);
    await settleAll();
    expect(await findRow(own)).toMatchObject({ state: "in_sync", salesforceId: master });
    expect(await findRow(contact)).toMatchObject({ state: "excluded" });
    expect(await readContact(world, contact, ["kakehashi_salesforce_id"])).toEqual({ kakehashi_salesforce_id: lead });
  });

  it("M1, M5: merged in HubSpot into a contact whose own lead stands in Salesforce, that lead is its partner and no contact is made", async () => {
    const { contact, lead } = await makePair("Joins");
    const email = newEmail("own");
    const winner = await makeContact(world, { email, lastname: "Own", company: "C" });
    const own = await makeRecord(world, "Lead", { LastName: "Own", Company: "C", Email: email });
    await mergeInHubSpot(winner, contact);
    await settleAll();
    expect(await findRow(winner)).toMatchObject({ state: "in_sync", salesforceId: own });
    expect(await findRow(lead)).toMatchObject({ state: "excluded", exclusionReason: "another_record_is_linked" });
    expect(await countAll(email)).toEqual({ hubspot: 1, salesforce: 1 });
  });

  it("M1, M5: the same where the merge is heard of before any check has seen that lead", async () => {
    const { contact, lead, rowId } = await makePair("Early");
    const email = newEmail("unseen");
    const winner = await makeContact(world, { email, lastname: "Unseen", company: "C" });
    const own = await makeRecord(world, "Lead", { LastName: "Unseen", Company: "C", Email: email });
    await mergeInHubSpot(winner, contact);
    await syncRecordNow(world.connectionId, rowId, "ops@example.com");
    await settleAll();
    expect(await findRow(winner)).toMatchObject({ state: "in_sync", salesforceId: own });
    expect(await findRow(lead)).toMatchObject({ state: "excluded", exclusionReason: "another_record_is_linked" });
    expect(await countAll(email)).toEqual({ hubspot: 1, salesforce: 1 });
  });

  it("M5: merged in HubSpot while it was due for the first time, a contact makes no lead of its own", async () => {
    const [email, other] = [newEmail("due"), newEmail("kept")];
    const loser = await makeContact(world, { email, lastname: "Due", company: "C" });
    const fault = { match: { path: "/composite" }, do: { status: 503 } };
    await world.door("salesforce", "PUT", "/__sandbox/faults", [fault]);
    await runSync(world.connectionId, { budgetMs: 800, kind: "check", by: null });
    await world.door("salesforce", "PUT", "/__sandbox/faults", []);
    const winner = await makeContact(world, { email: other, lastname: "Kept", company: "C" });
    await mergeInHubSpot(winner, loser);
    await settleAll();
    expect([(await countAll(email)).salesforce, (await countAll(other)).salesforce]).toEqual([0, 1]);
    expect(await listRows(loser)).toEqual([]);
  });

  it("M5, F18: the survivor of a merge whose pair another worker holds waits for that worker and makes no contact", async () => {
    const { contact, lead, rowId } = await makePair("Held");
    const database = getDatabase();
    const hold = (minutes: number) => database.$executeRaw`
      UPDATE sync_record SET lease_token = nextval('lease_token_seq'), lease_until = now() + ${minutes} * interval '1 minute'
      WHERE id = ${rowId}::uuid`;
    const email = newEmail("survives");
    const master = await makeRecord(world, "Lead", { LastName: "Survives", Company: "C", Email: email });
    await mergeInSalesforce(master, lead);
    await hold(1);
    for (let i = 0; i < 5; i += 1) {
      await endWaits();
      await runSync(world.connectionId, { budgetMs: 700, kind: "check", by: null });
    }
    expect(await world.findContact(email)).toEqual([]);
    await hold(0);
    await settleAll();
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", salesforceId: master });
    expect(await findRow(master)).toMatchObject({ hubspotId: contact });
    expect((await countAll(email)).salesforce).toBe(1);
  });

  it("E3: a record whose new partner turns out to be another pair's gives way, and holds up nobody", async () => {
    const { contact, lead } = await makePair("Owner");
    const intruder = await makeRecord(world, "Lead", { LastName: "Owner", Company: "C", Email: newEmail("intruder") });
    await editContact(world, contact, { kakehashi_salesforce_id: intruder });
    const email = newEmail("beside");
    await makeRecord(world, "Lead", { LastName: "Beside", Company: "C", Email: email });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: lead });
    expect(await findRow(intruder)).toMatchObject({ state: "excluded", exclusionReason: "another_record_is_linked" });
    expect(await world.findContact(email)).toHaveLength(1);
  });

  it("M5: a chain of merges leads to its end; a survivor that nobody sees leaves the pair where it is", async () => {
    const { contact, lead } = await makePair("Chain");
    const middle = await makeRecord(world, "Lead", { LastName: "Middle", Company: "C", Email: newEmail("middle") });
    const last = await makeRecord(world, "Lead", { LastName: "Last", Company: "C", Email: newEmail("last") });
    await mergeInSalesforce(middle, lead);
    await mergeInSalesforce(last, middle);
    await settleAll();
    expect(await findRow(contact)).toMatchObject({ salesforceId: last });

    const hidden = await makePair("Unseen");
    const master = await makeRecord(world, "Lead", { LastName: "Master", Company: "C", Email: newEmail("master") });
    await settle(world);
    await world.salesforceAct("hideRecord", { id: master });
    await mergeInSalesforce(master, hidden.lead);
    await settleAll();
    expect(await findRow(hidden.contact)).toMatchObject({
      state: "excluded",
      exclusionReason: "salesforce_record_not_visible",
      salesforceId: hidden.lead,
    });
    expect((await countAll(hidden.email)).salesforce).toBe(0);
  });
});
