import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { explainAny } from "./explain-any";
import { prepareConnection } from "./prepare-connection";
import { relinkRecord } from "./relink-record";
import { runSync } from "./run-sync";
import { syncRecordNow } from "./sync-now";
import {
  editContact,
  endWaits,
  findRow,
  listRows,
  makeContact,
  makeRecord,
  readContact,
  readHistory,
  settle,
} from "./testing/pairs";
import {
  associate,
  dissociate,
  editHubSpot,
  editSalesforce,
  listAssociated,
  listHubSpot,
  makeHubSpot,
  makeSalesforce,
  readHubSpot,
  readSalesforce,
} from "./testing/records";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

const COMPANY = { on: true, toSalesforce: "create", toHubSpot: "create", matchByDomain: true } as const;

async function startWorld(settings: Parameters<typeof startSyncWorld>[0] = {}): Promise<SyncWorld> {
  const world = await startSyncWorld({
    settings: { hubspotToSalesforce: "contact", company: COMPANY, ...settings.settings },
  });
  await prepareConnection(world.connectionId, { createIdFields: true });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  return world;
}

async function findAccounts(world: SyncWorld, name: string): Promise<string[]> {
  const rows = await world.soql(`SELECT Id FROM Account WHERE Name = '${name}'`);
  return rows.map((row) => String(row.Id));
}

async function findCompanies(world: SyncWorld, name: string): Promise<string[]> {
  const all = await listHubSpot(world, "companies", ["name"]);
  return all.filter((one) => one.properties.name === name).map((one) => one.id);
}

describe("companies and accounts", () => {
  let world: SyncWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  it("P1: a company without a syncing contact stays out, until one of its contacts syncs", async () => {
    const company = await makeHubSpot(world, "companies", { name: "Lone Ltd", domain: "lone.example" });
    await settle(world);
    expect(await findRow(company)).toMatchObject({ state: "excluded", exclusionReason: "no_syncing_contact" });
    expect(await findAccounts(world, "Lone Ltd")).toEqual([]);

    const contact = await makeContact(world, { email: "first@lone.example", lastname: "First" });
    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
    await settle(world);
    const [account = "", ...more] = await findAccounts(world, "Lone Ltd");
    expect(more).toEqual([]);
    expect(await findRow(company)).toMatchObject({ state: "in_sync", salesforceId: account });
    const person = (await findRow(contact)).salesforceId ?? "";
    expect(await readSalesforce(world, "Contact", person, ["AccountId"])).toEqual({ AccountId: account });
    expect((await world.sync()).due).toBe(0);
  });

  it("P1: a company whose only contact is a lead gets no account", async () => {
    const company = await makeHubSpot(world, "companies", { name: "Leads Only" });
    await makeRecord(world, "Lead", { Email: "lead@only.example", LastName: "Lead", Company: "Leads Only" });
    const contact = await makeContact(world, { email: "lead@only.example" });
    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", salesforceType: "Lead" });
    expect(await findRow(company)).toMatchObject({ exclusionReason: "no_syncing_contact" });
    expect(await findAccounts(world, "Leads Only")).toEqual([]);
  });

  it("P1, T17: a person makes the account of a lone company by hand", async () => {
    const company = await makeHubSpot(world, "companies", { name: "By Hand" });
    await settle(world);
    await syncRecordNow(world.connectionId, (await findRow(company)).id, "ken@example.com");
    const [account] = await findAccounts(world, "By Hand");
    expect(await findRow(company)).toMatchObject({ state: "in_sync", salesforceId: account });
    expect((await world.sync()).due).toBe(0);
  });

  it("P1, C1, M7: an account becomes a company, and both carry each other's id; edits travel both ways", async () => {
    const account = await makeSalesforce(world, "Account", {
      Name: "From Salesforce",
      Website: "https://www.from-sf.example/",
      Phone: "+81 6 1111",
      BillingCity: "Osaka",
    });
    await settle(world);
    const company = (await findRow(account)).hubspotId ?? "";
    expect(
      await readHubSpot(world, "companies", company, [
        "name",
        "city",
        "salesforceaccountid",
        "kakehashi_salesforce_id",
      ]),
    ).toEqual({
      name: "From Salesforce",
      city: "Osaka",
      salesforceaccountid: account,
      kakehashi_salesforce_id: account,
    });
    expect(await readSalesforce(world, "Account", account, ["HubSpot_Company_Id__c"])).toEqual({
      HubSpot_Company_Id__c: company,
    });

    await editSalesforce(world, "Account", account, { BillingCity: "Kobe" });
    await settle(world);
    expect(await readHubSpot(world, "companies", company, ["city"])).toEqual({ city: "Kobe" });
    await editSalesforce(world, "Account", account, { Phone: null });
    await editHubSpot(world, "companies", company, { zip: "530-0001" });
    await settle(world);
    expect(await readSalesforce(world, "Account", account, ["BillingPostalCode", "Phone"])).toEqual({
      BillingPostalCode: "530-0001",
      Phone: null,
    });
    expect((await world.sync()).due).toBe(0);
  });

  it("M3: a company meets the account with its web domain; the link does not jump, and nothing is doubled", async () => {
    const account = await makeSalesforce(world, "Account", {
      Name: "Domain KK",
      Website: "http://domain-kk.example/about",
    });
    const company = await makeHubSpot(world, "companies", { name: "Domain", domain: "domain-kk.example" });
    await settle(world);
    expect(await findRow(company)).toMatchObject({ state: "in_sync", salesforceId: account });
    await makeSalesforce(world, "Account", { Name: "Domain Two", Website: "domain-kk.example" });
    await editHubSpot(world, "companies", company, { phone: "1" });
    await settle(world);
    expect(await findRow(company)).toMatchObject({ salesforceId: account });
    expect(await listRows(account)).toHaveLength(1);
  });

  it("M2, M3: the other accounts of the domain are listed as accounts, and a person may link with one of them", async () => {
    await changeWorld(world, { company: { ...COMPANY, toHubSpot: "nothing" } });
    const site = { Website: "https://two-of-them.example" };
    const first = await makeSalesforce(world, "Account", { Name: "Two A", ...site });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const second = await makeSalesforce(world, "Account", { Name: "Two B", ...site });
    const company = await makeHubSpot(world, "companies", { name: "Two", domain: "two-of-them.example" });
    await settle(world);
    const row = await findRow(company);
    expect(row).toMatchObject({ salesforceId: second, candidates: [{ id: first, type: "Account", name: "Two A" }] });
    await relinkRecord(world.connectionId, row.id, first, "ada@example.com");
    expect(await findRow(company)).toMatchObject({ salesforceId: first, state: "in_sync" });
    expect(await readHubSpot(world, "companies", company, ["salesforceaccountid"])).toEqual({
      salesforceaccountid: first,
    });
    expect(await readSalesforce(world, "Account", second, ["HubSpot_Company_Id__c"])).toEqual({
      HubSpot_Company_Id__c: null,
    });
    await changeWorld(world, { company: COMPANY });
  });

  it("M5: accounts merged, then companies merged: the survivor's pair stays and takes the other one in", async () => {
    const made = async (name: string) => {
      const account = await makeSalesforce(world, "Account", { Name: name, Phone: "1" });
      await settle(world);
      return { account, company: (await findRow(account)).hubspotId ?? "" };
    };
    const [kept, lost] = [await made("Kept"), await made("Lost")];
    await world.salesforceAct("merge", { masterId: kept.account, mergedIds: [lost.account] });
    await settle(world);
    expect(await findRow(kept.company)).toMatchObject({ salesforceId: kept.account, state: "in_sync" });
    expect(await findRow(lost.company)).toMatchObject({
      state: "excluded",
      exclusionReason: "another_record_is_linked",
    });
    const merge = { primaryObjectId: kept.company, objectIdToMerge: lost.company };
    await world.door("hubspot", "POST", "/crm/v3/objects/companies/merge", merge);
    await settle(world);
    await endWaits();
    await settle(world);
    const survivor = (await findRow(kept.account)).hubspotId ?? "";
    expect(await findRow(survivor)).toMatchObject({ salesforceId: kept.account, state: "in_sync" });
    expect(await findAccounts(world, "Lost")).toEqual([]);
    await editSalesforce(world, "Account", kept.account, { Phone: "2" });
    await settle(world);
    expect(await readHubSpot(world, "companies", survivor, ["phone"])).toEqual({ phone: "2" });
  });

  it("G6: a company, or an account, that no check has seen is answered with what a sync would find", async () => {
    const company = await makeHubSpot(world, "companies", { name: "Unseen", domain: "unseen.example" });
    const closed = async (query: Parameters<typeof explainAny>[1]) => {
      const answer = await explainAny(world.connectionId, query);
      if (typeof answer === "string") throw new Error(answer);
      expect(answer).toMatchObject({ recordId: null, object: "company" });
      return answer.gates.filter((gate) => !gate.passed).map((gate) => gate.name);
    };
    expect(await closed({ hubspotId: company, object: "company" })).toEqual(["has_syncing_contact"]);
    const account = await makeSalesforce(world, "Account", { Name: "Unseen", Website: "https://unseen.example" });
    expect(await closed({ hubspotId: company, object: "company" }), "it would be linked").toEqual([]);
    await world.salesforceAct("hideRecord", { id: account });
    expect(await closed({ salesforceId: account, object: "contact" })).toContain("record_visible");
    expect([...(await listRows(company)), ...(await listRows(account))]).toEqual([]);
  });

  it("M3: an account that comes later joins the company that was waiting with its domain", async () => {
    const company = await makeHubSpot(world, "companies", { name: "Early", domain: "early.example" });
    await settle(world);
    const account = await makeSalesforce(world, "Account", { Name: "Early KK", Website: "https://early.example" });
    await settle(world);
    await endWaits();
    await settle(world);
    expect(await findRow(account)).toMatchObject({ hubspotId: company, state: "in_sync" });
    expect(await findCompanies(world, "Early KK")).toEqual([company]);
  });

  it("M3: without a domain the account of an associated contact is met", async () => {
    const account = await makeSalesforce(world, "Account", { Name: "Through Contact" });
    await makeSalesforce(world, "Contact", { LastName: "T", Email: "t@through.example", AccountId: account });
    const company = await makeHubSpot(world, "companies", { name: "Through" });
    const contact = await makeContact(world, { email: "t@through.example", lastname: "T" });
    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
    await settle(world);
    expect(await findRow(account)).toMatchObject({ hubspotId: company, state: "in_sync" });
    expect((await findCompanies(world, "Through Contact")).length).toBe(1);
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", waitsFor: [] });
  });

  it("M3: the stored Salesforce id goes before the domain", async () => {
    const meant = await makeSalesforce(world, "Account", { Name: "Meant" });
    const other = await makeSalesforce(world, "Account", { Name: "Other", Website: "stored.example" });
    const company = await makeHubSpot(world, "companies", {
      name: "Stored",
      domain: "stored.example",
      salesforceaccountid: meant,
    });
    await settle(world);
    expect(await findRow(company)).toMatchObject({ salesforceId: meant });
    expect((await findRow(other)).hubspotId).not.toBe(company);
  });

  it("P1: the contact's company and account follow each other, clears included", async () => {
    const person = await makeRecord(world, "Contact", { Email: "moves@assoc.example", LastName: "Moves" });
    const one = await makeSalesforce(world, "Account", { Name: "Assoc One" });
    const two = await makeSalesforce(world, "Account", { Name: "Assoc Two" });
    await settle(world);
    const contact = (await findRow(person)).hubspotId ?? "";
    const companyOne = (await findRow(one)).hubspotId ?? "";
    const companyTwo = (await findRow(two)).hubspotId ?? "";

    await editSalesforce(world, "Contact", person, { AccountId: one });
    await settle(world);
    expect(await readContact(world, contact, ["associatedcompanyid"])).toEqual({ associatedcompanyid: companyOne });
    expect((await world.sync()).due).toBe(0);

    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: companyTwo }, 1);
    await settle(world);
    expect(await readSalesforce(world, "Contact", person, ["AccountId"])).toEqual({ AccountId: two });

    await editSalesforce(world, "Contact", person, { AccountId: null });
    await settle(world);
    expect(await listAssociated(world, "contacts", contact, "companies")).toEqual([companyOne]);
    expect(await readContact(world, contact, ["associatedcompanyid"])).toEqual({ associatedcompanyid: null });

    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: companyTwo }, 1);
    await settle(world);
    await dissociate(world, { type: "contacts", id: contact }, { type: "companies", id: companyTwo });
    await settle(world);
    expect(await readSalesforce(world, "Contact", person, ["AccountId"])).toEqual({ AccountId: null });
    expect((await world.sync()).due).toBe(0);
  });

  it("P1: a new Salesforce contact with an account becomes a HubSpot contact with its company", async () => {
    const account = await makeSalesforce(world, "Account", { Name: "Born Together" });
    const person = await makeRecord(world, "Contact", {
      Email: "born@together.example",
      LastName: "B",
      AccountId: account,
    });
    await settle(world);
    const contact = (await findRow(person)).hubspotId ?? "";
    expect(await listAssociated(world, "contacts", contact, "companies")).toEqual([(await findRow(account)).hubspotId]);
    expect((await world.sync()).due).toBe(0);
  });

  it("P1, E1: a contact for whom HubSpot takes no more associations fails with that, its other values arrive, and it heals", async () => {
    const account = await makeSalesforce(world, "Account", { Name: "Full Ltd" });
    await settle(world);
    const message = "The maximum number of associations for this record has been reached";
    const body = { status: "error", category: "VALIDATION_ERROR", message };
    const fault = { match: { path: "/contacts/companies/batch/create" }, do: { status: 400, body } };
    await world.door("hubspot", "PUT", "/__sandbox/faults", [fault]);
    const fields = { LastName: "Full", Email: "full@full.example", AccountId: account };
    const person = await makeRecord(world, "Contact", fields);
    const other = await makeRecord(world, "Contact", { LastName: "Other", Email: "other@full.example" });
    await settle(world);
    const row = await findRow(person);
    expect(row.state).toBe("failing");
    const errors = await getDatabase().syncError.findMany({ where: { recordId: row.id, closedAt: null } });
    expect(errors).toMatchObject([
      { type: "association_limit", category: "associations", side: "hubspot", remoteMessage: message },
    ]);
    expect(await readContact(world, row.hubspotId ?? "", ["lastname"])).toEqual({ lastname: "Full" });
    expect((await findRow(other)).state).toBe("in_sync");
    await world.door("hubspot", "PUT", "/__sandbox/faults", []);
    await endWaits();
    await settle(world);
    expect((await findRow(person)).state).toBe("in_sync");
    const [company = ""] = await findCompanies(world, "Full Ltd");
    expect(await listAssociated(world, "contacts", row.hubspotId ?? "", "companies")).toEqual([company]);
  });

  it("P1, G3: a refused account fails by itself; its contact syncs without, and gets the account when the rule is gone", async () => {
    await world.salesforceAct("addValidationRule", {
      object: "Account",
      name: "no_bad",
      errorCondition: "Name = 'Refused KK'",
      errorMessage: "Not this one",
    });
    const company = await makeHubSpot(world, "companies", { name: "Refused KK" });
    const contact = await makeContact(world, { email: "p@refused.example", lastname: "P" });
    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
    await settle(world);
    expect(await findRow(company)).toMatchObject({ state: "failing", salesforceId: null });
    const synced = await findRow(contact);
    expect(synced).toMatchObject({ state: "in_sync" });
    await world.salesforceAct("removeValidationRule", { object: "Account", name: "no_bad" });
    await syncRecordNow(world.connectionId, (await findRow(company)).id, "ken@example.com");
    await settle(world);
    const account = (await findRow(company)).salesforceId;
    expect(await readSalesforce(world, "Contact", synced.salesforceId ?? "", ["AccountId"])).toEqual({
      AccountId: account,
    });
    expect(await readHistory((await findRow(contact)).id)).toHaveLength(2);
  });

  it("M4: the account that a lead was converted into is joined with the contact's company", async () => {
    const lead = await makeRecord(world, "Lead", { Email: "conv@m4.example", LastName: "Conv", Company: "Conv KK" });
    const company = await makeHubSpot(world, "companies", { name: "Conv HubSpot" });
    const contact = await makeContact(world, { email: "conv@m4.example", lastname: "Conv" });
    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
    await settle(world);
    expect(await findRow(contact)).toMatchObject({ salesforceId: lead });
    await world.salesforceAct("convertLead", { leadId: lead });
    await settle(world);
    await endWaits();
    await settle(world);
    const [account = ""] = await findAccounts(world, "Conv KK");
    expect(await findRow(company)).toMatchObject({ state: "in_sync", salesforceId: account });
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", salesforceType: "Contact" });
    expect((await findCompanies(world, "Conv KK")).length).toBe(1);
  });

  it.each([1, 2, 3, 4, 5])("M6: whichever answer of Salesforce is lost (call %i), one account is made", async (nth) => {
    const name = `Lost Answer ${nth}`;
    const company = await makeHubSpot(world, "companies", { name });
    const contact = await makeContact(world, { email: `l${nth}@lost.example`, lastname: "L" });
    await settle(world);
    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
    const write = { path: "/composite", method: "POST", nth };
    await world.door("salesforce", "PUT", "/__sandbox/faults", [{ match: write, do: { drop: "after" } }]);
    await world.sync();
    await world.door("salesforce", "PUT", "/__sandbox/faults", []);
    await endWaits();
    await settle(world);
    const accounts = await findAccounts(world, name);
    expect(accounts).toHaveLength(1);
    expect(await findRow(company)).toMatchObject({ state: "in_sync", salesforceId: accounts[0] });
    const person = (await findRow(contact)).salesforceId ?? "";
    expect(await readSalesforce(world, "Contact", person, ["AccountId"])).toEqual({ AccountId: accounts[0] });
  });

  it("M6: an account that a check sees before its company was tried again is that company's, and no second company is made", async () => {
    for (const nth of [2, 3, 4, 5]) {
      const name = `Seen Early ${nth}`;
      const company = await makeHubSpot(world, "companies", { name });
      const contact = await makeContact(world, { email: `e${nth}@seen.example`, lastname: "E" });
      await settle(world);
      await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
      const write = { path: "/composite", method: "POST", nth };
      await world.door("salesforce", "PUT", "/__sandbox/faults", [{ match: write, do: { drop: "after" } }]);
      await world.sync();
      await world.door("salesforce", "PUT", "/__sandbox/faults", []);
      await settle(world);
      await endWaits();
      await settle(world);
      expect(await findCompanies(world, name)).toHaveLength(1);
      const [account = "", ...more] = await findAccounts(world, name);
      expect(more).toEqual([]);
      expect(await findRow(company)).toMatchObject({ state: "in_sync", salesforceId: account });
    }
  });

  it("M6, F18: an account whose company another worker holds waits for that worker, however often it is looked at", async () => {
    const company = await makeHubSpot(world, "companies", { name: "Held" });
    const contact = await makeContact(world, { email: "held@seen.example", lastname: "H" });
    await settle(world);
    const { id } = await findRow(company);
    const database = getDatabase();
    await database.$executeRaw`
      UPDATE sync_record SET lease_token = nextval('lease_token_seq'), lease_until = now() + interval '1 minute' WHERE id = ${id}::uuid`;
    await makeSalesforce(world, "Account", { Name: "Held", HubSpot_Company_Id__c: company });
    for (let i = 0; i < 5; i += 1) {
      await endWaits();
      await runSync(world.connectionId, { budgetMs: 700, kind: "check", by: null });
    }
    expect(await findCompanies(world, "Held")).toHaveLength(1);
    await database.$executeRaw`UPDATE sync_record SET lease_until = now() WHERE id = ${id}::uuid`;
    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
    await endWaits();
    await settle(world);
    const accounts = await findAccounts(world, "Held");
    expect(accounts).toHaveLength(1);
    expect(await findRow(company)).toMatchObject({ state: "in_sync", salesforceId: accounts[0] });
  });

  it("F7: after quiet nothing is left to do, and an edit of the contact alone moves no company", async () => {
    await settle(world);
    expect((await world.sync()).due).toBe(0);
    const contact = await makeContact(world, { email: "quiet@x.example", lastname: "Q" });
    await settle(world);
    await editContact(world, contact, { jobtitle: "CFO" });
    expect((await world.sync()).due).toBe(1);
  });
});

describe("what the settings allow", () => {
  it("C1, C2: nothing is made where creating is off; the reason is told", async () => {
    const world = await startWorld({
      settings: { company: { ...COMPANY, toSalesforce: "nothing", toHubSpot: "nothing" } },
    });
    try {
      const company = await makeHubSpot(world, "companies", { name: "Off" });
      const account = await makeSalesforce(world, "Account", { Name: "Off too" });
      await settle(world);
      expect(await findRow(company)).toMatchObject({ exclusionReason: "creation_in_salesforce_off" });
      expect(await findRow(account)).toMatchObject({ exclusionReason: "creation_in_hubspot_off" });
    } finally {
      await world.stop();
    }
  });

  it("O1: an owner whom Salesforce does not know leaves a new account to the default user, and HubSpot is told", async () => {
    const world = await startWorld();
    try {
      const users = await world.soql("SELECT Id, Email FROM User WHERE IsActive = true");
      const owners = (await world.door("hubspot", "GET", "/crm/v3/owners")).results as { id: string; email: string }[];
      const known = new Set(users.map((user) => String(user.Email).toLowerCase()));
      const stranger = owners.find((owner) => !known.has(owner.email.toLowerCase()));
      const shared = users.find((user) =>
        owners.some((owner) => owner.email === user.Email && user.Id !== users[0]?.Id),
      );
      const connection = await readConnection(world.connectionId);
      const owner = { pairs: {}, defaultUserId: String(shared?.Id) };
      await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, { owners: owner });
      const company = await makeHubSpot(world, "companies", { name: "Owned", hubspot_owner_id: stranger?.id ?? null });
      const contact = await makeContact(world, { email: "o@owned.example", lastname: "O" });
      await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
      await settle(world);
      const account = (await findRow(company)).salesforceId ?? "";
      expect(await readSalesforce(world, "Account", account, ["OwnerId"])).toEqual({ OwnerId: shared?.Id });
      const person = (await findRow(contact)).salesforceId ?? "";
      expect(await readSalesforce(world, "Contact", person, ["OwnerId"])).toEqual({ OwnerId: shared?.Id });
      const back = owners.find((one) => one.email === shared?.Email)?.id;
      expect(await readHubSpot(world, "companies", company, ["hubspot_owner_id"])).toEqual({ hubspot_owner_id: back });
    } finally {
      await world.stop();
    }
  });
});
