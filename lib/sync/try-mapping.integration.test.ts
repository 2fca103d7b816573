import { afterAll, beforeAll, expect, it } from "vitest";
import {
  editContact,
  editRecord,
  endWaits,
  findRow,
  makeContact,
  readContact,
  readRecord,
  settle,
} from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";
import { tryMapping } from "./try-mapping";

let world: SyncWorld;
beforeAll(async () => {
  world = await startSyncWorld();
});
afterAll(() => world.stop());

it("F14: a mapping as edited is tried on a real record, and neither side changes", async () => {
  const contact = await makeContact(world, { email: "try@example.com", lastname: "Try", fax: "03-9999" });
  await settle(world);
  await endWaits();
  const row = await findRow(contact);
  const lead = row.salesforceId ?? "";
  const values = { hubspotProperty: "fax", leadField: "Fax", contactField: "Fax", valueMap: {} };
  const trial = await tryMapping(world.connectionId, row.id, {
    object: "contact",
    values: { ...values, rule: "prefer_hubspot" },
  });
  expect(trial).toMatchObject({
    kind: "tried",
    trial: { field: { writes: "salesforce", hubspot: "03-9999", salesforce: null, after: "03-9999" } },
  });
  const other = await tryMapping(world.connectionId, row.id, {
    object: "contact",
    values: { ...values, rule: "dont_sync" },
  });
  expect(other).toMatchObject({ kind: "tried", trial: { field: { writes: null, after: null } } });
  expect(await readRecord(world, "Lead", lead, ["Fax"])).toEqual({ Fax: null });
  expect(await readContact(world, contact, ["fax"])).toEqual({ fax: "03-9999" });
  expect(
    await tryMapping(world.connectionId, "00000000-0000-4000-8000-000000000000", {
      object: "contact",
      values: { ...values, rule: "two_way" },
    }),
  ).toEqual({ kind: "not_found" });
});

it("F14, F8: two values under Two-way: the trial knows which edit is the newest, as the sync would", async () => {
  const contact = await makeContact(world, { email: "newest@example.com", lastname: "Newest", company: "C", fax: "1" });
  await settle(world);
  const row = await findRow(contact);
  const lead = row.salesforceId ?? "";
  const values = {
    hubspotProperty: "fax",
    leadField: "Fax",
    contactField: "Fax",
    valueMap: {},
    rule: "two_way" as const,
  };
  const trial = async () => {
    const answer = await tryMapping(world.connectionId, row.id, { object: "contact", values });
    return answer.kind === "tried" ? answer.trial.field : answer;
  };
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await editRecord(world, "Lead", lead, { Fax: "2" });
  expect(await trial()).toMatchObject({ writes: "hubspot", after: "2", reason: "newest_salesforce" });
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await editContact(world, contact, { fax: "3" });
  expect(await trial()).toMatchObject({ writes: "salesforce", after: "3", reason: "newest_hubspot" });
  expect(await readRecord(world, "Lead", lead, ["Fax"])).toEqual({ Fax: "2" });
});
