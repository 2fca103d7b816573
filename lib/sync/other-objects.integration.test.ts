import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/decide/connection-settings";
import { getDatabase } from "@/lib/store/client";
import { markRecordDue } from "@/lib/store/record-marks";
import { newTrigger } from "./new-trigger";
import { prepareConnection } from "./prepare-connection";
import { endWaits, type Fields, findRow, listRows, settle } from "./testing/pairs";
import { changeWorld, makeActiveList } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
const on = { company: { ...DEFAULT_SETTINGS.company, on: true }, deal: { ...DEFAULT_SETTINGS.deal, on: true } };

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await changeWorld(world, on);
  expect(await prepareConnection(world.connectionId, { createIdFields: true })).toBe("prepared");
  await getDatabase().$executeRaw`
    INSERT INTO sync_record (connection_id, id, object, hubspot_id, salesforce_id, salesforce_type, state, requested_version, synced_version, search_text)
    SELECT ${world.connectionId}::uuid, gen_random_uuid(), 'contact', 'filler-' || n, 'filler-' || n, 'Lead', 'in_sync', 1, 1, ''
    FROM generate_series(1, 1000) n`;
});
afterAll(() => world.stop());

async function makeAccount(fields: Fields): Promise<string> {
  const made = await world.salesforceAct("createRecord", { object: "Account", fields });
  return (made.result as { id: string }).id;
}
const settleAll = async () => {
  await settle(world);
  await endWaits();
  await settle(world);
};
const companyOf = async (accountId: string) => (await findRow(accountId)).hubspotId ?? "";
async function readCompany(id: string): Promise<Record<string, string | null>> {
  const path = `/crm/v3/objects/companies/${id}?properties=name,phone,salesforceaccountid`;
  return (await world.door("hubspot", "GET", path)).properties as Record<string, string | null>;
}
const accounts = (name: string) => world.soql(`SELECT Id, Phone FROM Account WHERE Name = '${name}'`);

describe("companies", () => {
  it("M5: two companies merged in HubSpot, which makes a new record: one pair goes on and no account is made", async () => {
    const kept = await makeAccount({ Name: "Kept Inc", Website: "kept.example" });
    const other = await makeAccount({ Name: "Other Inc", Website: "other.example" });
    await settle(world);
    const [first, second] = [await companyOf(kept), await companyOf(other)];
    const merged = await world.hubspotAct("mergeRecords", {
      type: "companies",
      primaryObjectId: first,
      objectIdToMerge: second,
    });
    const survivor = (merged.result as { id: string }).id;
    expect([first, second]).not.toContain(survivor);
    await settleAll();
    const rows = await listRows(survivor);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ state: "in_sync" });
    expect([kept, other]).toContain(rows[0]?.salesforceId);
    expect([...(await accounts("Kept Inc")), ...(await accounts("Other Inc"))].length).toBeLessThanOrEqual(2);
    expect((await world.soql("SELECT Id FROM Account")).length).toBe(2);
    const left = rows[0]?.salesforceId === kept ? other : kept;
    expect(await findRow(left)).toMatchObject({ state: "excluded", exclusionReason: "another_record_is_linked" });
    await world.salesforceAct("updateRecord", {
      object: "Account",
      id: rows[0]?.salesforceId,
      fields: { Phone: "03-1234" },
    });
    await settle(world);
    expect(await readCompany(survivor)).toMatchObject({ phone: "03-1234", salesforceaccountid: rows[0]?.salesforceId });
  });

  it("M5: two accounts merged in Salesforce: the pair of the survivor stays, the other company waits", async () => {
    const [kept, other] = [await makeAccount({ Name: "Master KK" }), await makeAccount({ Name: "Loser KK" })];
    await settle(world);
    const loser = await companyOf(other);
    await world.salesforceAct("merge", { masterId: kept, mergedIds: [other] });
    await settleAll();
    expect(await findRow(kept)).toMatchObject({ state: "in_sync" });
    expect(await findRow(loser)).toMatchObject({ state: "excluded", exclusionReason: "another_record_is_linked" });
    expect(await accounts("Loser KK")).toEqual([]);
  });

  it("C3: an account that was deleted archives its company where that is set", async () => {
    const account = await makeAccount({ Name: "Gone GmbH" });
    await settle(world);
    const company = await companyOf(account);
    await changeWorld(world, { whenDeletedInSalesforce: "archive" });
    await world.salesforceAct("deleteRecord", { object: "Account", id: account });
    await settle(world);
    await expect(readCompany(company)).rejects.toThrow("404");
    await changeWorld(world, { whenDeletedInSalesforce: "nothing" });
  });

  it("G2: companies have a list of their own; a new account still makes its company, which then waits", async () => {
    const listId = await makeActiveList(world, "Chosen companies", "city", "Listed", "0-2");
    await changeWorld(world, {
      inclusionLists: { contact: null, company: { listId, name: "Chosen companies" }, deal: null },
    });
    const account = await makeAccount({ Name: "Waiting Co" });
    await settle(world);
    const company = await companyOf(account);
    expect(await findRow(account)).toMatchObject({ state: "excluded", exclusionReason: "not_in_inclusion_list" });
    await world.salesforceAct("updateRecord", { object: "Account", id: account, fields: { Phone: "1" } });
    await settle(world);
    expect((await readCompany(company)).phone).toBeNull();
    await world.hubspotAct("updateRecord", { type: "companies", id: company, properties: { city: "Listed" } });
    await settle(world);
    expect((await readCompany(company)).phone).toBe("1");
    expect(await findRow(account)).toMatchObject({ state: "in_sync" });
    await changeWorld(world, { inclusionLists: DEFAULT_SETTINGS.inclusionLists });
  });

  it("G2: a list chosen for an object that is off holds nothing up", async () => {
    const account = await makeAccount({ Name: "Off Co" });
    await settle(world);
    const listId = await makeActiveList(world, "Of what is off", "city", "Off", "0-2");
    await changeWorld(world, {
      company: { ...on.company, on: false },
      inclusionLists: { contact: null, company: { listId, name: "Of what is off" }, deal: null },
    });
    const { id } = await findRow(account);
    await markRecordDue(world.connectionId, id, newTrigger("T18", "salesforce", []));
    expect((await world.sync()).remaining).toBe(0);
    expect(await findRow(account)).toMatchObject({ state: "excluded", exclusionReason: "object_sync_off" });
    await changeWorld(world, { ...on, inclusionLists: DEFAULT_SETTINGS.inclusionLists });
  });
});
