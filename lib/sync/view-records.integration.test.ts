import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RecordDetail } from "@/lib/contracts/records";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { viewRecord, viewRecordList, viewTimeline } from "./view-records";

const BASE = { hubspotAppUrl: "https://app.hubspot.example" };
const NUMBER = /^\d+$/;
const USER_ID = /^005/;
let world: SyncWorld;

beforeAll(async () => {
  world = await startSyncWorld({ contacts: 300 });
  await world.sync();
});
afterAll(() => world.stop());

async function openFirst(state: "in_sync" | "failing"): Promise<RecordDetail> {
  const list = await viewRecordList(world.connectionId, { object: "contact", search: "", state, limit: 1 }, BASE);
  const row = typeof list === "string" ? undefined : list.rows[0];
  const record = row && (await viewRecord(world.connectionId, row.id, BASE));
  expect(row?.hubspotUrl).toBe(record?.hubspotUrl);
  if (!record) throw new Error(`No record is ${state}`);
  return record;
}

describe("what a record's page is told", () => {
  test("owners carry the person's name on both sides, beside the id", async () => {
    const record = await openFirst("in_sync");
    const owner = record.fields.find((field) => field.hubspotProperty === "hubspot_owner_id");
    expect(owner?.hubspot).toMatch(NUMBER);
    expect(owner?.salesforce).toMatch(USER_ID);
    expect(owner?.hubspotText).toMatch(/\p{L}+ \p{L}+/u);
    expect(owner?.salesforceText).toBe(owner?.hubspotText);
    expect(owner?.baseText).toEqual({ hubspot: owner?.hubspotText, salesforce: owner?.salesforceText });
  });

  test("text that is shown as it is has no second text", async () => {
    const record = await openFirst("in_sync");
    expect(record.fields.find((field) => field.hubspotProperty === "email")?.hubspotText).toBeNull();
  });

  test("the timeline names the owner that was written", async () => {
    const record = await openFirst("in_sync");
    const timeline = await viewTimeline(world.connectionId, record.id, { before: undefined, limit: 20 });
    const changes = timeline?.entries.flatMap((entry) => entry.changes) ?? [];
    const owner = changes.find((change) => change.salesforceField === "OwnerId");
    expect(owner?.after).toMatch(owner?.side === "hubspot" ? NUMBER : USER_ID);
    expect(owner?.afterText).toMatch(/\p{L}+ \p{L}+/u);
  });

  test("an error says in list, card and timeline which side gave it", async () => {
    const record = await openFirst("failing");
    const timeline = await viewTimeline(world.connectionId, record.id, { before: undefined, limit: 20 });
    expect(record.errorSide).toBe("salesforce");
    expect(record.errors[0]?.side).toBe("salesforce");
    expect(timeline?.entries[0]?.error?.side).toBe("salesforce");
  });

  test("the stamps are when each CRM says that its record changed", async () => {
    const record = await openFirst("in_sync");
    const contact = await world.hubspotContact(record.hubspotId ?? "");
    expect(Date.parse(record.hubspotModifiedAt ?? "")).toBeLessThanOrEqual(Date.parse(contact.lastmodifieddate ?? ""));
    expect(record.salesforceModifiedAt).not.toBeNull();
  });
});
