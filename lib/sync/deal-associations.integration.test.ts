import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { findRow, makeContact, settle } from "./testing/pairs";
import { associate, dissociate, makeHubSpot, readSalesforce } from "./testing/records";
import { receiveWebhooks } from "./testing/webhooks";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let stopWebhooks: () => Promise<void>;

beforeAll(async () => {
  world = await startSyncWorld({
    settings: {
      hubspotToSalesforce: "contact",
      company: { ...DEFAULT_SETTINGS.company, on: true },
      deal: { ...DEFAULT_SETTINGS.deal, on: true },
    },
  });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  stopWebhooks = await receiveWebhooks(world, [], ["deal.associationChange"]);
});
afterAll(async () => {
  await stopWebhooks();
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

it("P2, T18: a deal's contacts and company that change in HubSpot move no stamp; the webhook names the deal, and they travel", async () => {
  const [anna, ben] = [
    await makeContact(world, { email: "anna@associations.example", lastname: "Anna" }),
    await makeContact(world, { email: "ben@associations.example", lastname: "Ben" }),
  ];
  const [first, second] = [
    await makeHubSpot(world, "companies", { name: "First" }, [{ type: "contacts", id: anna }]),
    await makeHubSpot(world, "companies", { name: "Second" }, [{ type: "contacts", id: ben }]),
  ];
  const deal = await makeHubSpot(world, "deals", { dealname: "Moves", dealstage: "closedwon" }, [
    { type: "contacts", id: anna },
    { type: "companies", id: first },
  ]);
  await settle(world);
  const opportunity = await salesforceIdOf(deal);
  expect(await rolesOf(opportunity)).toEqual([await salesforceIdOf(anna)]);
  expect(await readSalesforce(world, "Opportunity", opportunity, ["AccountId"])).toEqual({
    AccountId: await salesforceIdOf(first),
  });
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
  expect(await readSalesforce(world, "Opportunity", opportunity, ["AccountId"])).toEqual({
    AccountId: await salesforceIdOf(second),
  });
  expect(await world.sync()).toMatchObject({ due: 0 });
});
