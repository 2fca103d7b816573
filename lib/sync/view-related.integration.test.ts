import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabase, connectDatabase, getDatabase } from "@/lib/store/client";
import { findConnection } from "@/lib/store/connections";
import { createTestDatabase } from "@/scripts/testing/database";
import { viewRecord } from "./view-records";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let connectionId: string;
const ids = { company: randomUUID(), contact: randomUUID(), deal: randomUUID(), call: randomUUID() };

beforeAll(async () => {
  database = await createTestDatabase();
  connectDatabase(database.url);
  connectionId = (await findConnection()).id;
  await getDatabase().syncRecord.createMany({
    data: [
      {
        connectionId,
        id: ids.company,
        object: "company",
        hubspotId: "300",
        salesforceId: "001Kh000000000rIAA",
        salesforceType: "Account",
        displayName: "Bridge Works",
        state: "in_sync",
      },
      {
        connectionId,
        id: ids.contact,
        object: "contact",
        hubspotId: "200",
        salesforceId: "00QKh000000003DMAQ",
        salesforceType: "Lead",
        displayName: "Noriko Hayashida",
        state: "failing",
        hubspotBase: { associatedcompanyid: "300" },
        salesforceBase: { AccountId: null },
      },
      {
        connectionId,
        id: ids.deal,
        object: "deal",
        hubspotId: "400",
        displayName: "Suspension bridge",
        state: "excluded",
        hubspotSeen: { hs_primary_associated_company: "300", "@contacts": "200;999" },
        waitsFor: ["contact/Contact/200"],
      },
      {
        connectionId,
        id: ids.call,
        object: "call",
        hubspotId: "500",
        displayName: "First call",
        state: "due",
        waitsFor: ["contact/hubspot/200"],
      },
    ],
  });
});
afterAll(async () => {
  await closeDatabase();
  await database.drop();
});

async function readRelated(id: string) {
  const record = await viewRecord(connectionId, id, { hubspotAppUrl: "https://app.hubspot.example" });
  return record?.related.map(({ relation, name, state }) => `${relation} ${name} ${state}`);
}

test("a contact belongs to its company, and whatever waits for it is named", async () => {
  expect(await readRelated(ids.contact)).toEqual([
    "belongs_to Bridge Works in_sync",
    "waiting First call due",
    "waiting Suspension bridge excluded",
  ]);
});

test("a deal waits for its contact rather than just belonging to it; a contact that we do not know is left out", async () => {
  expect(await readRelated(ids.deal)).toEqual([
    "belongs_to Bridge Works in_sync",
    "waits_for Noriko Hayashida failing",
  ]);
});

test("an activity names what it waits for, a company of its own nothing", async () => {
  expect(await readRelated(ids.call)).toEqual(["waits_for Noriko Hayashida failing"]);
  expect(await readRelated(ids.company)).toEqual([]);
});
