import { afterAll, beforeAll, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { readConnection } from "@/lib/store/connections";
import { listMappings } from "@/lib/store/field-mappings";
import { changeSettings } from "./change-connection";
import { changeMapping, createMapping, removeMapping } from "./edit-mappings";
import { prepareConnection } from "./prepare-connection";
import { addField, addProperty, findRow, makeContact, readHistory, readRecord, settle } from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

const BY = "ada@example.com";
let world: SyncWorld;
let count = 0;

beforeAll(async () => {
  world = await startSyncWorld({ settings: { hubspotToSalesforce: "contact" } });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await addProperty(world, "rank", "string/text");
  await world.salesforceAct("addPicklistField", {
    object: "Contact",
    name: "Rank__c",
    values: ["Gold", "Silver"],
    restricted: true,
  });
  await addField(world, "Motto__c", { type: "Text", length: 5 });
  await addProperty(world, "motto", "string/text");
  await prepareConnection(world.connectionId, { createIdFields: false });
});
afterAll(() => world.stop());

const makeOne = (properties: Record<string, string>) =>
  makeContact(world, { email: `cured-${++count}@example.com`, lastname: "Cured", ...properties });

const stateOf = async (contact: string) => (await findRow(contact)).state;

const map = (hubspotProperty: string, contactField: string, valueMap: Record<string, string> = {}) =>
  createMapping(
    world.connectionId,
    "contact",
    { hubspotProperty, leadField: null, contactField, salesforceField: null, rule: "two_way", valueMap },
    BY,
  );

async function findMapping(hubspotProperty: string) {
  const found = (await listMappings(world.connectionId, "contact")).find(
    (mapping) => mapping.hubspotProperty === hubspotProperty,
  );
  if (!found) throw new Error(`${hubspotProperty} is not mapped`);
  return found;
}

it("E3: what fails for a mapping is tried again when that mapping changes, with the reason; what fails for another waits", async () => {
  expect(await map("rank", "Rank__c")).toMatchObject({ kind: "saved" });
  expect(await map("motto", "Motto__c")).toMatchObject({ kind: "saved" });
  const [ranked, wordy] = [await makeOne({ rank: "1st" }), await makeOne({ motto: "Too many words" })];
  await settle(world);
  expect([await stateOf(ranked), await stateOf(wordy)]).toEqual(["failing", "failing"]);

  const { id, version } = await findMapping("rank");
  const values = { valueMap: { "1st": "Gold" } };
  expect(await changeMapping(world.connectionId, id, { version, values }, BY)).toMatchObject({ kind: "saved" });
  await world.sync();
  const row = await findRow(ranked);
  expect(row.state).toBe("in_sync");
  expect(await readRecord(world, "Contact", row.salesforceId ?? "", ["Rank__c"])).toEqual({ Rank__c: "Gold" });
  expect((await readHistory(row.id)).at(-1)?.triggers).toMatchObject([{ code: "cause_changed", by: BY }]);
  expect(await stateOf(wordy)).toBe("failing");
  expect((await findRow(wordy)).attempts).toBe(1);
  expect(await getDatabase().syncError.count({ where: { recordId: row.id, closedAt: null } })).toBe(0);
});

it("E3: a mapping that is taken away lets its records go on", async () => {
  const wordy = await makeOne({ motto: "Far too long" });
  await settle(world);
  expect(await stateOf(wordy)).toBe("failing");
  const { id, version } = await findMapping("motto");
  expect(await removeMapping(world.connectionId, id, version, BY)).toMatchObject({ kind: "removed" });
  await world.sync();
  expect(await stateOf(wordy)).toBe("in_sync");
});

it("E3, C2: a default for a required field lets the records go on that lacked it", async () => {
  await changeWorld(world, { defaults: { Contact: {} } });
  const nameless = await makeContact(world, { email: `cured-${++count}@example.com` });
  await settle(world);
  expect(await stateOf(nameless)).toBe("failing");
  const connection = await readConnection(world.connectionId);
  const patch = { version: connection?.settingsVersion ?? 0, defaults: { Contact: { LastName: "(unknown)" } } };
  expect(await changeSettings(world.connectionId, patch)).toBe("saved");
  await world.sync();
  const row = await findRow(nameless);
  expect(row.state).toBe("in_sync");
  expect(await readRecord(world, "Contact", row.salesforceId ?? "", ["LastName"])).toEqual({ LastName: "(unknown)" });
});
