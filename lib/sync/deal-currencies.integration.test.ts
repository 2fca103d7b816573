import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { readConnection, saveSettings } from "@/lib/store/connections";
import { prepareConnection } from "./prepare-connection";
import { findRow, settle } from "./testing/pairs";
import {
  editHubSpot,
  editSalesforce,
  makeHubSpot,
  makeSalesforce,
  readHubSpot,
  readSalesforce,
} from "./testing/records";
import { type SyncWorld, startSyncWorld } from "./testing/world";

/** The portal has JPY, USD and EUR; this org has JPY, USD and GBP, and two record types of opportunities. */
describe("deals of an org with several currencies and record types", () => {
  let world: SyncWorld;
  let types: { sales: string; renewal: string };
  beforeAll(async () => {
    world = await startSyncWorld({ settings: { deal: { on: true, toSalesforce: "create", toHubSpot: "create" } } });
    await world.salesforceAct("activateCurrencies", { corporate: "JPY", others: ["USD", "GBP"] });
    const addType = async (name: string, isDefault: boolean) => {
      const made = await world.salesforceAct("addRecordType", { object: "Opportunity", name, isDefault });
      return (made.result as { id: string }).id;
    };
    types = { sales: await addType("Sales", true), renewal: await addType("Renewal", false) };
    await prepareConnection(world.connectionId, { createIdFields: true });
    await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
    const connection = await readConnection(world.connectionId);
    await saveSettings(world.connectionId, connection?.settingsVersion ?? 1, {
      stagePairs: [
        { pipelineId: "811215601", stageId: "1195283441", stageName: "Qualification", recordTypeId: types.renewal },
        { pipelineId: "811215601", stageId: "1195283443", stageName: "Closed Won", recordTypeId: types.renewal },
      ],
    });
  });
  afterAll(() => world.stop());

  async function errorTypes(remoteId: string): Promise<string[]> {
    const { id } = await findRow(remoteId);
    const rows = await getDatabase().syncError.findMany({ where: { recordId: id, closedAt: null } });
    return rows.map(({ type, side }) => `${side} ${type}`);
  }

  it("P2: amount and currency go there and back together; the currency alone travels too", async () => {
    const deal = await makeHubSpot(world, "deals", {
      dealname: "Dollars",
      pipeline: "default",
      dealstage: "closedwon",
      amount: "100.5",
      deal_currency_code: "USD",
    });
    const yen = await makeHubSpot(world, "deals", { dealname: "Yen", dealstage: "closedwon", amount: "7" });
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    const names = ["Amount", "CurrencyIsoCode"];
    expect(await readSalesforce(world, "Opportunity", opportunity, names)).toEqual({
      Amount: 100.5,
      CurrencyIsoCode: "USD",
    });
    expect(await readSalesforce(world, "Opportunity", (await findRow(yen)).salesforceId ?? "", names)).toEqual({
      Amount: 7,
      CurrencyIsoCode: "JPY",
    });

    await editSalesforce(world, "Opportunity", opportunity, { CurrencyIsoCode: "JPY" });
    await settle(world);
    expect(await readHubSpot(world, "deals", deal, ["amount", "deal_currency_code"])).toEqual({
      amount: "100.5",
      deal_currency_code: "JPY",
    });
    await editHubSpot(world, "deals", deal, { deal_currency_code: "USD" });
    await settle(world);
    expect(await readSalesforce(world, "Opportunity", opportunity, names)).toEqual({
      Amount: 100.5,
      CurrencyIsoCode: "USD",
    });
    expect((await world.sync()).due).toBe(0);
  });

  it("P2: a currency that one side lacks holds the amount back, both ways, and is told once", async () => {
    const deal = await makeHubSpot(world, "deals", {
      dealname: "Euros",
      dealstage: "closedwon",
      amount: "9",
      deal_currency_code: "EUR",
    });
    const fields = {
      Name: "Pounds",
      StageName: "Closed Won",
      CloseDate: "2026-12-01",
      Amount: 8,
      CurrencyIsoCode: "GBP",
    };
    const opportunity = await makeSalesforce(world, "Opportunity", fields);
    await settle(world);
    expect(await errorTypes(deal)).toEqual(["salesforce currency_not_available"]);
    expect(await errorTypes(opportunity)).toEqual(["hubspot currency_not_available"]);
    const made = (await findRow(opportunity)).hubspotId ?? "";
    expect(await readHubSpot(world, "deals", made, ["dealname", "amount"])).toEqual({
      dealname: "Pounds",
      amount: null,
    });
    expect((await world.sync()).due).toBe(0);
    await editSalesforce(world, "Opportunity", opportunity, { CurrencyIsoCode: "USD" });
    await settle(world);
    expect(await readHubSpot(world, "deals", made, ["amount", "deal_currency_code"])).toEqual({
      amount: "8",
      deal_currency_code: "USD",
    });
    expect(await errorTypes(opportunity)).toEqual([]);
  });

  it("P2: a pair with a record type sets it, and the way back goes by stage and record type", async () => {
    const deal = await makeHubSpot(world, "deals", {
      dealname: "Renewal",
      pipeline: "811215601",
      dealstage: "1195283441",
    });
    await settle(world);
    const opportunity = (await findRow(deal)).salesforceId ?? "";
    expect(await readSalesforce(world, "Opportunity", opportunity, ["StageName", "RecordTypeId"])).toEqual({
      StageName: "Qualification",
      RecordTypeId: types.renewal,
    });
    const fields = { Name: "Renewed", StageName: "Closed Won", CloseDate: "2026-12-01", RecordTypeId: types.renewal };
    const renewed = await makeSalesforce(world, "Opportunity", fields);
    const sold = await makeSalesforce(world, "Opportunity", { ...fields, Name: "Sold", RecordTypeId: types.sales });
    await settle(world);
    const placeOf = async (id: string) =>
      readHubSpot(world, "deals", (await findRow(id)).hubspotId ?? "", ["pipeline", "dealstage"]);
    expect(await placeOf(renewed)).toEqual({ pipeline: "811215601", dealstage: "1195283443" });
    expect(await placeOf(sold)).toEqual({ pipeline: "default", dealstage: "closedwon" });
    await editSalesforce(world, "Opportunity", sold, { RecordTypeId: types.renewal, StageName: "Qualification" });
    await settle(world);
    expect(await placeOf(sold)).toEqual({ pipeline: "811215601", dealstage: "1195283441" });
    expect((await world.sync()).due).toBe(0);
  });
});
