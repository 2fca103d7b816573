import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { prepareConnection } from "./prepare-connection";
import { syncRecordNow } from "./sync-now";
import {
  editContact,
  editRecord,
  endWaits,
  findRow,
  makeContact,
  makeRecord,
  readContact,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { associate, makeHubSpot } from "./testing/records";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld({
    settings: {
      hubspotToSalesforce: "contact",
      company: { on: true, toSalesforce: "create", toHubSpot: "create", matchByDomain: true },
    },
  });
  await prepareConnection(world.connectionId, { createIdFields: true });
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  await setRule("jobtitle", "two_way");
});
afterAll(() => world.stop());

/** Text that no compression makes short. */
function makeNoise(length: number): string {
  let state = 7;
  let text = "";
  while (text.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    text += state.toString(36);
  }
  return text.slice(0, length);
}

/** Somebody else's contact of the same moment arrives. */
async function expectOthersGoOn(): Promise<void> {
  const contact = await makeContact(world, { email: newEmail("other"), lastname: "Other" });
  await world.sync();
  expect(await findRow(contact)).toMatchObject({ state: "in_sync" });
}

async function makePair(name: string): Promise<{ contact: string; record: string }> {
  const contact = await makeContact(world, { email: newEmail(name), lastname: name });
  await settle(world);
  return { contact, record: (await findRow(contact)).salesforceId ?? "" };
}

async function makePairs(...names: string[]): Promise<{ contact: string; record: string }[]> {
  const pairs: { contact: string; record: string }[] = [];
  for (const name of names) pairs.push(await makePair(name));
  return pairs;
}

const openErrors = async (remoteId: string) => {
  const { id } = await findRow(remoteId);
  return getDatabase().syncError.findMany({ where: { recordId: id, closedAt: null } });
};

describe("E3: values that an index, the database or a query cannot hold keep nobody else from syncing", () => {
  it("E1, E3: the longest last name that HubSpot takes fails alone, as too long for Salesforce", async () => {
    const long = await makeContact(world, { email: newEmail("long"), lastname: makeNoise(65_536) });
    await expectOthersGoOn();
    expect((await openErrors(long)).map((error) => error.type)).toEqual(["value_too_long"]);
  });

  it("E3: an address longer than any mail server takes", async () => {
    await makeContact(world, { email: `${makeNoise(5_000)}@example.com`, lastname: "Address" });
    await expectOthersGoOn();
  });

  it("E3: a NUL and half a character, from either side, are left out of what is written", async () => {
    const contact = await makeContact(world, { email: newEmail("nul"), lastname: "N\u0000ul", jobtitle: "Half\ud83d" });
    const record = await makeRecord(world, "Contact", {
      Email: newEmail("nul"),
      LastName: "N\u0000ul",
      Title: "\udc00Half",
    });
    await expectOthersGoOn();
    const pair = await findRow(contact);
    expect(pair.state).toBe("in_sync");
    expect(await readRecord(world, "Contact", pair.salesforceId ?? "", ["LastName", "Title"])).toEqual({
      LastName: "Nul",
      Title: "Half\ufffd",
    });
    const other = await findRow(record);
    expect(await readContact(world, other.hubspotId ?? "", ["lastname", "jobtitle"])).toEqual({
      lastname: "Nul",
      jobtitle: "\ufffdHalf",
    });
    expect((await world.sync()).due).toBe(0);
  });

  it("E3, M3: a company whose Salesforce Account ID is no id, whose name ends in the middle of a character, and whose website has no end", async () => {
    const given: Record<string, string>[] = [
      { name: "Words", salesforceaccountid: "ask Bob" },
      { name: "Of another kind", salesforceaccountid: "00Q000000000001AAA" },
      { name: `${"x".repeat(199)}😀${"y".repeat(9)}` },
      { name: "Endless", website: `https://${makeNoise(6_000)}.example` },
    ];
    const companies: string[] = [];
    for (const properties of given) companies.push(await makeHubSpot(world, "companies", properties));
    for (const id of companies) {
      const person = await makeContact(world, { email: newEmail("staff"), lastname: "Staff" });
      await associate(world, { type: "contacts", id: person }, { type: "companies", id });
    }
    await expectOthersGoOn();
    await settle(world);
    const rows = await Promise.all(companies.map(findRow));
    expect(rows.map((row) => row.state)).toEqual(["in_sync", "in_sync", "in_sync", "failing"]);
    expect((await openErrors(companies[3] ?? "")).map((error) => error.type)).toEqual(["value_too_long"]);
  });
});

describe("E3: one that cannot even be read or recorded is set apart", () => {
  it("E1, E3: a record that HubSpot refuses to tell of fails alone with HubSpot's words, by hand too, and heals", async () => {
    const gone = await makePair("gone");
    const others = await makePairs("one", "two", "three");
    await world.hubspotAct("gdprDelete", { id: gone.contact });
    const body = { status: "error", category: "VALIDATION_ERROR", message: "This one is broken" };
    const fault = { match: { method: "GET", path: `/${gone.contact}` }, do: { status: 400, body } };
    await world.door("hubspot", "PUT", "/__sandbox/faults", [fault]);
    const all = [gone, ...others];
    // The moment of an edit in the second of our own write cannot be told from it.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    for (const { record } of all) await editRecord(world, "Contact", record, { Title: "New" });
    await getDatabase().$executeRaw`UPDATE sync_record SET needs_read = true`;
    await world.sync();
    for (const { contact } of others) {
      expect(await readContact(world, contact, ["jobtitle"])).toEqual({ jobtitle: "New" });
      expect((await findRow(contact)).state).toBe("in_sync");
    }
    const row = await findRow(gone.record);
    expect(row).toMatchObject({ state: "failing", hubspotId: gone.contact });
    expect(await openErrors(gone.record)).toMatchObject([
      { type: "invalid_format", side: "hubspot", remoteMessage: "This one is broken", retry: "waits" },
    ]);
    const answer = await syncRecordNow(world.connectionId, row.id, "ada@example.com");
    expect(answer).toMatchObject({ kind: "done", result: { state: "failing" } });

    await world.door("hubspot", "PUT", "/__sandbox/faults", []);
    await endWaits();
    await settle(world);
    expect(await findRow(gone.record)).toMatchObject({
      state: "excluded",
      exclusionReason: "hubspot_record_not_found",
    });
    expect(await openErrors(gone.record)).toEqual([]);
  });

  it("E3: what the database refuses of one record holds up no other; the run says that something broke", async () => {
    const broken = await makePair("broken");
    const others = await makePairs("four", "five", "six");
    const all = [broken, ...others];
    const row = await findRow(broken.contact);
    await getDatabase().$executeRawUnsafe(`
      CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.id = '${row.id}' AND NEW.lease_token IS NULL AND NEW.synced_version > OLD.synced_version THEN RAISE EXCEPTION 'no'; END IF;
        RETURN NEW; END $$`);
    await getDatabase().$executeRawUnsafe(
      "CREATE TRIGGER refuse_one BEFORE UPDATE ON sync_record FOR EACH ROW EXECUTE FUNCTION refuse_one()",
    );
    for (const { contact } of all) await editContact(world, contact, { jobtitle: "Edited" });
    await expect(world.sync()).rejects.toThrow("no");
    for (const { contact, record } of others) {
      expect((await findRow(contact)).state).toBe("in_sync");
      expect(await readRecord(world, "Contact", record, ["Title"])).toEqual({ Title: "Edited" });
    }
    const waiting = await findRow(broken.contact);
    expect(waiting).toMatchObject({ leaseToken: null });
    expect(waiting.requestedVersion).toBeGreaterThan(waiting.syncedVersion);
    const run = await getDatabase().syncRun.findFirst({ orderBy: { startedAt: "desc" } });
    expect(run?.status).toBe("failed");
    // What was written to Salesforce before comes back as its news once; then it is left alone for a while.
    await world.sync().catch(() => {});
    await expectOthersGoOn();

    await getDatabase().$executeRawUnsafe("DROP TRIGGER refuse_one ON sync_record");
    await endWaits();
    await settle(world);
    expect(await findRow(broken.contact)).toMatchObject({ state: "in_sync" });
    expect(await readRecord(world, "Contact", broken.record, ["Title"])).toEqual({ Title: "Edited" });
  });
});
