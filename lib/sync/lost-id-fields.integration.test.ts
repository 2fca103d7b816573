import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { endWaits, findRow, makeContact, makeRecord, settle } from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (): string => `lost-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
afterAll(() => world.stop());
beforeEach(() => ageSchemas(0));

/** As if fields had been read so many minutes ago: after a quarter of an hour a hint makes the next check read them again. */
const ageSchemas = (minutes: number) =>
  getDatabase().$executeRaw`UPDATE schema_snapshot SET fetched_at = now() - ${minutes} * interval '1 minute'`;

async function expectPair(remoteId: string, email: string): Promise<void> {
  const row = await findRow(remoteId);
  expect(row).toMatchObject({ state: "in_sync", hubspotId: expect.any(String), salesforceId: expect.any(String) });
  expect(await world.findContact(email)).toHaveLength(1);
  expect(await world.soql(`SELECT Id FROM Lead WHERE Email = '${email}'`)).toHaveLength(1);
}

it("M6: an id field that somebody deletes in Salesforce is done without", async () => {
  await world.salesforceAct("removeField", { object: "Lead", field: "HubSpot_Contact_Id__c" });
  const email = newEmail();
  const contact = await makeContact(world, { email, lastname: "Lost", company: "C" });
  await settle(world);
  await ageSchemas(60);
  await endWaits();
  await settle(world);
  await expectPair(contact, email);
});

it("M6, E1: our property that somebody deletes in HubSpot is missed by name and done without", async () => {
  await world.door("hubspot", "DELETE", "/crm/v3/properties/contacts/kakehashi_salesforce_id");
  const email = newEmail();
  const lead = await makeRecord(world, "Lead", { Email: email, LastName: "Lost", Company: "C" });
  await settle(world);
  const errors = await getDatabase().syncError.findMany({ where: { closedAt: null } });
  const fields = [{ field: "kakehashi_salesforce_id", value: expect.any(String) }];
  expect(errors).toMatchObject([{ type: "property_missing", category: "mapping", side: "hubspot", fields }]);
  await ageSchemas(60);
  await settle(world);
  await expectPair(lead, email);
});
