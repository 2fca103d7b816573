import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { findRow, makeContact, settle } from "./testing/pairs";
import { associate, dissociate, makeHubSpot, readSalesforce } from "./testing/records";
import { receiveWebhooks } from "./testing/webhooks";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewRecord } from "./view-records";

let world: SyncWorld;
let stopWebhooks: (() => Promise<void>) | undefined;

beforeAll(async () => {
  world = await startSyncWorld({
    settings: {
      hubspotToSalesforce: "contact",
      company: { ...DEFAULT_SETTINGS.company, on: true },
      deal: { ...DEFAULT_SETTINGS.deal, on: true },
    },
  });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
afterAll(async () => {
  await stopWebhooks?.();
  await world.stop();
});

const salesforceIdOf = async (id: string): Promise<string> => (await findRow(id)).salesforceId ?? "";
const rolesOf = async (opportunity: string): Promise<string[]> => {
  const rows = await world.soql(`SELECT ContactId FROM OpportunityContactRole WHERE OpportunityId = '${opportunity}'`);
  return rows.map((row) => String(row.ContactId)).toSorted();
};
/** HubSpot posts a moment after the act. */
const untilTold = () =>
  vi.waitFor(async () => expect(await getDatabase().wakeUp.count()).toBeGreaterThan(0), { timeout: 10_000 });

/** A deal in sync, with a contact and a company each on it and beside it. */
async function makeDeal(name: string) {
  const [anna, ben] = [
    await makeContact(world, { email: `anna@${name}.example`, lastname: "Anna" }),
    await makeContact(world, { email: `ben@${name}.example`, lastname: "Ben" }),
  ];
  const [first, second] = [
    await makeHubSpot(world, "companies", { name: `First ${name}` }, [{ type: "contacts", id: anna }]),
    await makeHubSpot(world, "companies", { name: `Second ${name}` }, [{ type: "contacts", id: ben }]),
  ];
  const deal = await makeHubSpot(world, "deals", { dealname: name, dealstage: "closedwon" }, [
    { type: "contacts", id: anna },
    { type: "companies", id: first },
  ]);
  await settle(world);
  const opportunity = await salesforceIdOf(deal);
  expect(await rolesOf(opportunity)).toEqual([await salesforceIdOf(anna)]);
  expect(await accountOf(opportunity)).toBe(await salesforceIdOf(first));
  return { anna, ben, first, second, deal, opportunity };
}

const accountOf = async (opportunity: string) =>
  (await readSalesforce(world, "Opportunity", opportunity, ["AccountId"])).AccountId;
/** The hour since the deals were last looked at is over. */
const endHour = () =>
  getDatabase()
    .$executeRaw`UPDATE check_cursor SET stamp = stamp - interval '1 hour' WHERE object = 'DealAssociations'`;

it("P2, T1: without webhooks a deal's contacts and company that change in HubSpot are noticed within the hour, and nothing else is", async () => {
  const { anna, ben, first, second, deal, opportunity } = await makeDeal("hourly");
  await dissociate(world, { type: "deals", id: deal }, { type: "contacts", id: anna });
  await associate(world, { type: "deals", id: deal }, { type: "contacts", id: ben });
  await settle(world);
  expect(await rolesOf(opportunity)).toEqual([await salesforceIdOf(anna)]);
  await endHour();
  expect(await world.sync()).toMatchObject({ synced: 1 });
  expect(await rolesOf(opportunity)).toEqual([await salesforceIdOf(ben)]);
  expect((await findRow(deal)).lastTriggers).toMatchObject([{ code: "T10", fields: ["associated contacts"] }]);

  await dissociate(world, { type: "deals", id: deal }, { type: "companies", id: first });
  await associate(world, { type: "deals", id: deal }, { type: "companies", id: second }, 5);
  await endHour();
  await world.sync();
  expect(await accountOf(opportunity)).toBe(await salesforceIdOf(second));
  expect((await findRow(deal)).lastTriggers).toMatchObject([
    { code: "T10", fields: ["hs_primary_associated_company"] },
  ]);
  // The page names the field as HubSpot does.
  const page = await viewRecord(world.connectionId, (await findRow(deal)).id, { hubspotAppUrl: "https://app.example" });
  expect(page?.lastTriggers).toMatchObject([{ labels: ["Primary Associated Company"] }]);

  await settle(world);
  await endHour();
  await world.clearCalls();
  const before = await findRow(deal);
  expect(await world.sync()).toMatchObject({ due: 0 });
  expect((await findRow(deal)).requestedVersion).toBe(before.requestedVersion);
  expect(await associationReads()).toBe(2);
  await world.clearCalls();
  await world.sync();
  expect(await associationReads()).toBe(0);
});

const associationReads = async (): Promise<number> => {
  const { calls } = (await world.door("hubspot", "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
  return calls.filter(({ path }) => path.includes("/associations/")).length;
};

it("P2, T18: a deal's contacts and company that change in HubSpot move no stamp; the webhook names the deal, and they travel", async () => {
  stopWebhooks = await receiveWebhooks(world, [], ["deal.associationChange"]);
  const { anna, ben, first, second, deal, opportunity } = await makeDeal("told");
  // What HubSpot tells of the making is done with before the change is made.
  await new Promise((resolve) => setTimeout(resolve, 500));
  await settle(world);

  await dissociate(world, { type: "deals", id: deal }, { type: "contacts", id: anna });
  await associate(world, { type: "deals", id: deal }, { type: "contacts", id: ben });
  await untilTold();
  await settle(world);
  expect(await rolesOf(opportunity)).toEqual([await salesforceIdOf(ben)]);
  expect((await findRow(deal)).lastTriggers).toMatchObject([{ code: "T18", side: "hubspot" }]);

  await dissociate(world, { type: "deals", id: deal }, { type: "companies", id: first });
  await associate(world, { type: "deals", id: deal }, { type: "companies", id: second }, 5);
  await untilTold();
  await settle(world);
  expect(await accountOf(opportunity)).toBe(await salesforceIdOf(second));
  expect(await world.sync()).toMatchObject({ due: 0 });
});
