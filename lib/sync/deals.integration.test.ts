import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConnectionSettings } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { prepareConnection, refreshSchemas } from "./prepare-connection";
import { syncRecordNow } from "./sync-now";
import { endWaits, findRow, makeContact, makeRecord, readHistory, settle } from "./testing/pairs";
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
import { type SyncWorld, startSyncWorld } from "./testing/world";

const SETTINGS: Partial<ConnectionSettings> = {
  hubspotToSalesforce: "contact",
  company: { on: true, toSalesforce: "create", toHubSpot: "create", matchByDomain: true },
  deal: { on: true, toSalesforce: "create", toHubSpot: "create" },
};

async function startWorld(settings: Partial<ConnectionSettings> = {}): Promise<SyncWorld> {
  const world = await startSyncWorld({ settings: { ...SETTINGS, ...settings } });
  await prepareConnection(world.connectionId, { createIdFields: true });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  return world;
}

async function changeSettings(world: SyncWorld, patch: Partial<ConnectionSettings>): Promise<void> {
  const connection = await readConnection(world.connectionId);
  await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, patch);
}

async function openErrors(remoteId: string): Promise<{ type: string; side: string; fields: unknown }[]> {
  const { id } = await findRow(remoteId);
  const rows = await getDatabase().syncError.findMany({ where: { recordId: id, closedAt: null } });
  return rows.map(({ type, side, fields }) => ({ type, side, fields }));
}

async function rolesOf(world: SyncWorld, opportunity: string): Promise<string[]> {
  const rows = await world.soql(`SELECT ContactId FROM OpportunityContactRole WHERE OpportunityId = '${opportunity}'`);
  return rows.map((row) => String(row.ContactId)).toSorted();
}

describe("deals and opportunities", () => {
  let world: SyncWorld;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  it("P2, M7: a deal becomes an opportunity with stage, amount, close date and owner; both carry each other's id", async () => {
    const owners = (await world.door("hubspot", "GET", "/crm/v3/owners")).results as { id: string; email: string }[];
    const users = await world.soql("SELECT Id, Email FROM User WHERE IsActive = true");
    const user = users.find((one) => owners.some((owner) => owner.email === one.Email));
    const deal = await makeHubSpot(world, "deals", {
      dealname: "Big one",
      pipeline: "default",
      dealstage: "closedwon",
      amount: "120000",
      closedate: "2026-12-24T00:00:00.000Z",
      hubspot_owner_id: owners.find((owner) => owner.email === user?.Email)?.id ?? null,
    });
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    const names = ["Name", "StageName", "Amount", "CloseDate", "OwnerId", "HubSpot_Deal_Id__c"];
    expect(await readSalesforce(world, "Opportunity", opportunity, names)).toEqual({
      Name: "Big one",
      StageName: "Closed Won",
      Amount: 120000,
      CloseDate: "2026-12-24",
      OwnerId: user?.Id,
      HubSpot_Deal_Id__c: deal,
    });
    expect(await readHubSpot(world, "deals", deal, ["salesforceopportunityid", "kakehashi_salesforce_id"])).toEqual({
      salesforceopportunityid: opportunity,
      kakehashi_salesforce_id: opportunity,
    });
    expect((await world.sync()).due).toBe(0);
  });

  it("C2: stage and close date that Salesforce requires and the deal lacks take the set defaults", async () => {
    const deal = await makeHubSpot(world, "deals", { dealname: "Bare" });
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    const held = await readSalesforce(world, "Opportunity", opportunity, ["StageName", "CloseDate"]);
    const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    expect(held).toEqual({ StageName: "Prospecting", CloseDate: inAMonth });
  });

  it("P2, F10: the close date is the day of the portal's time zone, both ways", async () => {
    // 8 in the morning in Tokyo, where it is still the day before in UTC.
    const deal = await makeHubSpot(world, "deals", { dealname: "Early", closedate: "2027-01-30T23:00:00.000Z" });
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    const held = () => readSalesforce(world, "Opportunity", opportunity, ["CloseDate"]);
    expect(await held()).toEqual({ CloseDate: "2027-01-31" });
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await editSalesforce(world, "Opportunity", opportunity, { CloseDate: "2027-03-31" });
    await settle(world);
    expect(await readHubSpot(world, "deals", deal, ["closedate"])).toEqual({ closedate: "2027-03-31T03:00:00.000Z" });
    await editHubSpot(world, "deals", deal, { closedate: "2027-03-31T14:00:00.000Z" });
    await settle(world);
    expect(await held(), "another hour of the same day is no change").toEqual({ CloseDate: "2027-03-31" });
    await editHubSpot(world, "deals", deal, { closedate: "2027-03-31T15:00:00.000Z" });
    await settle(world);
    expect(await held()).toEqual({ CloseDate: "2027-04-01" });
  });

  it("P2: an opportunity becomes a deal in the first pipeline, and stage and amount then travel both ways", async () => {
    const opportunity = await makeSalesforce(world, "Opportunity", {
      Name: "From Salesforce",
      StageName: "Closed Lost",
      CloseDate: "2026-12-01",
      Amount: 500.5,
    });
    await settle(world);
    const deal = (await findRow(opportunity)).hubspotId ?? "";
    expect(await readHubSpot(world, "deals", deal, ["dealname", "pipeline", "dealstage", "amount"])).toEqual({
      dealname: "From Salesforce",
      pipeline: "default",
      dealstage: "closedlost",
      amount: "500.5",
    });
    await editSalesforce(world, "Opportunity", opportunity, { StageName: "Closed Won", Amount: 600 });
    await settle(world);
    expect(await readHubSpot(world, "deals", deal, ["dealstage", "amount"])).toEqual({
      dealstage: "closedwon",
      amount: "600",
    });
    await editHubSpot(world, "deals", deal, { dealstage: "closedlost", amount: "700" });
    await settle(world);
    expect(await readSalesforce(world, "Opportunity", opportunity, ["StageName", "Amount"])).toEqual({
      StageName: "Closed Lost",
      Amount: 700,
    });
    expect((await world.sync()).due).toBe(0);
  });

  it("P2: a deal moved to another pipeline moves the stage by its meaning; the opportunity's next stage stays in that pipeline", async () => {
    const deal = await makeHubSpot(world, "deals", {
      dealname: "Mover",
      pipeline: "default",
      dealstage: "contractsent",
    });
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    await editHubSpot(world, "deals", deal, { pipeline: "811215601", dealstage: "1195283443" });
    await settle(world);
    expect(await readSalesforce(world, "Opportunity", opportunity, ["StageName"])).toEqual({ StageName: "Closed Won" });
    await editSalesforce(world, "Opportunity", opportunity, { StageName: "Closed Lost" });
    await settle(world);
    expect(await readHubSpot(world, "deals", deal, ["pipeline", "dealstage"])).toEqual({
      pipeline: "811215601",
      dealstage: "1195283444",
    });
    expect((await world.sync()).due).toBe(0);
  });

  it("P2: a deal waits for its account and follows by itself", async () => {
    const company = await makeHubSpot(world, "companies", { name: "Parent KK" });
    const deal = await makeHubSpot(world, "deals", { dealname: "Child", pipeline: "default", dealstage: "closedwon" }, [
      { type: "companies", id: company },
    ]);
    await settle(world);
    expect(await findRow(deal)).toMatchObject({ state: "excluded", exclusionReason: "waiting_for_parent" });
    await syncRecordNow(world.connectionId, (await findRow(company)).id, "ken@example.com");
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    expect(await readSalesforce(world, "Opportunity", opportunity, ["AccountId"])).toEqual({
      AccountId: (await findRow(company)).salesforceId,
    });
  });

  it("P2, G3: while the account fails its deal waits; the cure lets both through", async () => {
    const rule = { object: "Account", name: "no_bad" };
    await world.salesforceAct("addValidationRule", {
      ...rule,
      errorCondition: "Name = 'Bad Parent'",
      errorMessage: "Not this one",
    });
    const company = await makeHubSpot(world, "companies", { name: "Bad Parent" });
    const deal = await makeHubSpot(world, "deals", { dealname: "Waits", dealstage: "closedwon" }, [
      { type: "companies", id: company },
    ]);
    await settle(world);
    await syncRecordNow(world.connectionId, (await findRow(company)).id, "ken@example.com");
    await settle(world);
    expect(await findRow(company)).toMatchObject({ state: "failing" });
    expect(await findRow(deal)).toMatchObject({ state: "excluded", exclusionReason: "waiting_for_parent" });
    await world.salesforceAct("removeValidationRule", rule);
    await syncRecordNow(world.connectionId, (await findRow(company)).id, "ken@example.com");
    await settle(world);
    expect(await findRow(deal)).toMatchObject({ state: "in_sync" });
  });

  it("P2: an opportunity with an account becomes a deal of the account's company, in one run", async () => {
    const account = await makeSalesforce(world, "Account", { Name: "Owner of Opportunity" });
    const opportunity = await makeSalesforce(world, "Opportunity", {
      Name: "With account",
      StageName: "Closed Won",
      CloseDate: "2026-12-01",
      AccountId: account,
    });
    await settle(world);
    const deal = (await findRow(opportunity)).hubspotId ?? "";
    expect(await listAssociated(world, "deals", deal, "companies")).toEqual([(await findRow(account)).hubspotId]);
    expect((await world.sync()).due).toBe(0);
  });

  it("P2: contacts of the deal become contact roles, and roles become contacts; removals travel too; leads have no role", async () => {
    const [anna, ben] = [
      await makeContact(world, { email: "anna@roles.example", lastname: "Anna" }),
      await makeContact(world, { email: "ben@roles.example", lastname: "Ben" }),
    ];
    await makeRecord(world, "Lead", { Email: "lea@roles.example", LastName: "Lea", Company: "L" });
    const lea = await makeContact(world, { email: "lea@roles.example" });
    const deal = await makeHubSpot(
      world,
      "deals",
      { dealname: "Roles", dealstage: "closedwon" },
      [anna, lea].map((id) => ({ type: "contacts", id })),
    );
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    const personOf = async (contact: string) => (await findRow(contact)).salesforceId ?? "";
    expect(await rolesOf(world, opportunity)).toEqual([await personOf(anna)]);
    expect((await world.sync()).due).toBe(0);

    await makeSalesforce(world, "OpportunityContactRole", {
      OpportunityId: opportunity,
      ContactId: await personOf(ben),
    });
    await settle(world);
    expect(await listAssociated(world, "deals", deal, "contacts")).toEqual([anna, ben, lea].toSorted());
    expect((await world.sync()).due).toBe(0);

    const [role] = await world.soql(
      `SELECT Id FROM OpportunityContactRole WHERE OpportunityId = '${opportunity}' AND ContactId = '${await personOf(ben)}'`,
    );
    await world.salesforceAct("deleteRecord", { object: "OpportunityContactRole", id: String(role?.Id) });
    await settle(world);
    expect(await listAssociated(world, "deals", deal, "contacts")).toEqual([anna, lea].toSorted());

    // HubSpot moves no stamp when an association changes: the deal is looked at when something else makes it due.
    await dissociate(world, { type: "deals", id: deal }, { type: "contacts", id: anna });
    await associate(world, { type: "deals", id: deal }, { type: "contacts", id: ben });
    await editHubSpot(world, "deals", deal, { amount: "5" });
    await settle(world);
    expect(await rolesOf(world, opportunity)).toEqual([await personOf(ben)]);
    const history = await readHistory((await findRow(deal)).id);
    expect(history.at(-1)?.changes.map((change) => change.salesforceField)).toContain("OpportunityContactRole");
    expect((await world.sync()).due).toBe(0);
  });

  it("P2: a contact that syncs later gets its role then", async () => {
    const contact = await makeContact(world, { lastname: "Later" });
    const deal = await makeHubSpot(world, "deals", { dealname: "Later", dealstage: "closedwon" }, [
      { type: "contacts", id: contact },
    ]);
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    expect(await rolesOf(world, opportunity)).toEqual([]);
    await world.hubspotAct("updateContact", { id: contact, properties: { email: "later@roles.example" } });
    await settle(world);
    expect(await rolesOf(world, opportunity)).toEqual([(await findRow(contact)).salesforceId]);
  });

  it("M4: a lead converted with an opportunity: the opportunity becomes a deal of the company and the contact", async () => {
    const lead = await makeRecord(world, "Lead", { Email: "opp@m4.example", LastName: "Opp", Company: "Opp KK" });
    const contact = await makeContact(world, { email: "opp@m4.example", lastname: "Opp" });
    const company = await makeHubSpot(world, "companies", { name: "Opp HubSpot" });
    await associate(world, { type: "contacts", id: contact }, { type: "companies", id: company });
    await settle(world);
    await world.salesforceAct("convertLead", { leadId: lead, opportunityName: "Converted" });
    await settle(world);
    await endWaits();
    await settle(world);
    const [opportunity] = await world.soql("SELECT Id, AccountId FROM Opportunity WHERE Name = 'Converted'");
    expect(await findRow(company)).toMatchObject({ salesforceId: opportunity?.AccountId });
    const deal = (await findRow(String(opportunity?.Id))).hubspotId ?? "";
    expect(await listAssociated(world, "deals", deal, "companies")).toEqual([company]);
    expect(await listAssociated(world, "deals", deal, "contacts")).toEqual([contact]);
    expect((await world.sync()).due).toBe(0);
  });

  it("P2: an amount in a currency that the org does not have is held back and told; the rest of the deal syncs", async () => {
    const deal = await makeHubSpot(world, "deals", {
      dealname: "Dollars",
      dealstage: "closedwon",
      amount: "100",
      deal_currency_code: "USD",
    });
    await settle(world);
    const row = await findRow(deal);
    expect(row).toMatchObject({ state: "failing" });
    expect(await readSalesforce(world, "Opportunity", row.salesforceId ?? "", ["Name", "Amount"])).toEqual({
      Name: "Dollars",
      Amount: null,
    });
    expect(await openErrors(deal)).toEqual([
      { type: "currency_not_available", side: "salesforce", fields: [{ field: "amount", value: "100" }] },
    ]);
    await editHubSpot(world, "deals", deal, { deal_currency_code: "JPY" });
    await settle(world);
    expect(await readSalesforce(world, "Opportunity", row.salesforceId ?? "", ["Amount"])).toEqual({ Amount: 100 });
    expect(await openErrors(deal)).toEqual([]);
  });

  it("P2: a stage whose pair is gone makes the deal fail instead of being guessed; a new pair cures it", async () => {
    const pairs = [{ pipelineId: "default", stageId: "contractsent", stageName: "Nirvana", recordTypeId: null }];
    await changeSettings(world, { stagePairs: pairs });
    const deal = await makeHubSpot(world, "deals", { dealname: "Nowhere", dealstage: "contractsent" });
    await settle(world);
    expect(await findRow(deal)).toMatchObject({ state: "failing", salesforceId: null });
    expect(await openErrors(deal)).toEqual([
      { type: "stage_not_mapped", side: "salesforce", fields: [{ field: "dealstage", value: "contractsent" }] },
    ]);
    await changeSettings(world, { stagePairs: [{ ...pairs[0], stageName: "Negotiation/Review" }] as typeof pairs });
    await endWaits();
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    expect(await readSalesforce(world, "Opportunity", opportunity, ["StageName"])).toEqual({
      StageName: "Negotiation/Review",
    });
    await changeSettings(world, { stagePairs: [] });
  });

  it("P2: a stage made after we last looked is asked for and found; one that was deleted under a pair is told", async () => {
    const made = await world.door("hubspot", "POST", "/crm/v3/pipelines/deals/default/stages", {
      label: "Value Proposition",
      displayOrder: 9,
      metadata: { probability: "0.5" },
    });
    const stageId = String(made.id);
    await getDatabase()
      .$executeRaw`UPDATE schema_snapshot SET fetched_at = now() - interval '1 hour' WHERE object = 'deal_facts'`;
    const deal = await makeHubSpot(world, "deals", { dealname: "New stage", pipeline: "default", dealstage: stageId });
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    expect(await readSalesforce(world, "Opportunity", opportunity, ["StageName"])).toEqual({
      StageName: "Value Proposition",
    });

    await changeSettings(world, {
      stagePairs: [{ pipelineId: "default", stageId, stageName: "Perception Analysis", recordTypeId: null }],
    });
    await world.door("hubspot", "DELETE", `/crm/v3/pipelines/deals/default/stages/${stageId}`);
    await refreshSchemas(world.connectionId);
    await editSalesforce(world, "Opportunity", opportunity, { StageName: "Closed Won" });
    await settle(world);
    await editSalesforce(world, "Opportunity", opportunity, { StageName: "Perception Analysis" });
    await settle(world);
    expect(await findRow(deal)).toMatchObject({ state: "failing" });
    expect((await openErrors(deal)).map(({ type, side }) => `${side} ${type}`)).toEqual(["hubspot stage_not_mapped"]);
    await changeSettings(world, { stagePairs: [] });
  });

  it("M6: whichever answer of Salesforce is lost, one opportunity and one role are made", async () => {
    for (const nth of [2, 3, 4]) {
      const contact = await makeContact(world, { email: `lost${nth}@deal.example`, lastname: "L" });
      await settle(world);
      const deal = await makeHubSpot(world, "deals", { dealname: `Lost ${nth}`, dealstage: "closedwon" }, [
        { type: "contacts", id: contact },
      ]);
      const fault = { match: { path: "/composite", method: "POST", nth }, do: { drop: "after" } };
      await world.door("salesforce", "PUT", "/__sandbox/faults", [fault]);
      await world.sync();
      await world.door("salesforce", "PUT", "/__sandbox/faults", []);
      await endWaits();
      await settle(world);
      const made = await world.soql(`SELECT Id FROM Opportunity WHERE Name = 'Lost ${nth}'`);
      expect(made).toHaveLength(1);
      expect(await rolesOf(world, String(made[0]?.Id))).toHaveLength(1);
      expect(await findRow(deal)).toMatchObject({ state: "in_sync" });
    }
  });

  it("M6: an opportunity that a check sees before its deal was tried again is that deal's, and no second deal is made", async () => {
    for (const nth of [2, 3, 4]) {
      const name = `Seen early ${nth}`;
      const deal = await makeHubSpot(world, "deals", { dealname: name, dealstage: "closedwon" });
      const fault = { match: { path: "/composite", method: "POST", nth }, do: { drop: "after" } };
      await world.door("salesforce", "PUT", "/__sandbox/faults", [fault]);
      await world.sync();
      await world.door("salesforce", "PUT", "/__sandbox/faults", []);
      await settle(world);
      await endWaits();
      await settle(world);
      const all = await listHubSpot(world, "deals", ["dealname"]);
      expect(all.filter((one) => one.properties.dealname === name)).toHaveLength(1);
      const made = await world.soql(`SELECT Id FROM Opportunity WHERE Name = '${name}'`);
      expect(made).toHaveLength(1);
      expect(await findRow(deal)).toMatchObject({ state: "in_sync", salesforceId: made[0]?.Id });
    }
  });

  it("M6: whichever answer of HubSpot is lost, one deal is made", async () => {
    for (const nth of [2, 3]) {
      const fields = { Name: `Lost back ${nth}`, StageName: "Closed Won", CloseDate: "2026-12-01" };
      const opportunity = await makeSalesforce(world, "Opportunity", fields);
      const fault = { match: { path: "/deals", method: "POST", nth }, do: { drop: "after" } };
      await world.door("hubspot", "PUT", "/__sandbox/faults", [fault]);
      await world.sync();
      await world.door("hubspot", "PUT", "/__sandbox/faults", []);
      await endWaits();
      await settle(world);
      const all = await listHubSpot(world, "deals", ["dealname"]);
      expect(all.filter((one) => one.properties.dealname === fields.Name)).toHaveLength(1);
      expect(await findRow(opportunity)).toMatchObject({ state: "in_sync" });
    }
  });
});
