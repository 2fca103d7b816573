import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import {
  editContact,
  editRecord,
  findRow,
  makeContact,
  makeRecord,
  readContact,
  readRecord,
  setRule,
  settle,
} from "./testing/pairs";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let count = 0;
const newEmail = (name: string): string => `${name}-${++count}@example.com`;

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
});
afterAll(() => world.stop());

const countContacts = async (email: string) => (await world.findContact(email)).length;

describe("addresses", () => {
  it("M1: an address with a plus sign is another person than the one without", async () => {
    const [plain, plus] = ["tag@plus.example", "tag+news@plus.example"];
    const lead = await makeRecord(world, "Lead", { Email: plus, LastName: "Plus", Company: "C" });
    const contact = await makeContact(world, { email: plain, lastname: "Plain" });
    await settle(world);
    expect((await findRow(contact)).salesforceId).not.toBe(lead);
    expect([await countContacts(plain), await countContacts(plus)]).toEqual([1, 1]);
    const same = await makeContact(world, { email: "Tag+Other@plus.example", lastname: "Other" });
    const twin = await makeRecord(world, "Contact", { Email: "tag+OTHER@plus.example", LastName: "Other" });
    await settle(world);
    expect(await findRow(same)).toMatchObject({ salesforceId: twin, state: "in_sync" });
  });

  it("M1, F7: an address that differs by case alone is no change and no second record", async () => {
    const email = newEmail("case");
    const contact = await makeContact(world, { email, lastname: "Case", company: "C" });
    await settle(world);
    const lead = (await findRow(contact)).salesforceId ?? "";
    await editRecord(world, "Lead", lead, { Email: email.toUpperCase() });
    await settle(world);
    expect(await readContact(world, contact, ["email"])).toEqual({ email });
    expect(await findRow(contact)).toMatchObject({ state: "in_sync", salesforceId: lead });
    expect((await world.sync()).due).toBe(0);
  });

  it("M1: two contacts that swap their addresses in HubSpot keep their partners", async () => {
    await setRule("email", "two_way");
    const [a, b, between] = [newEmail("a"), newEmail("b"), newEmail("between")];
    const one = await makeContact(world, { email: a, lastname: "One", company: "C" });
    const two = await makeContact(world, { email: b, lastname: "Two", company: "C" });
    await settle(world);
    const [first, second] = [(await findRow(one)).salesforceId ?? "", (await findRow(two)).salesforceId ?? ""];
    await editContact(world, one, { email: between });
    await editContact(world, two, { email: a });
    await editContact(world, one, { email: b });
    await settle(world);
    expect(await readRecord(world, "Lead", first, ["LastName", "Email"])).toEqual({ LastName: "One", Email: b });
    expect(await readRecord(world, "Lead", second, ["LastName", "Email"])).toEqual({ LastName: "Two", Email: a });
    expect([(await findRow(one)).salesforceId, (await findRow(two)).salesforceId]).toEqual([first, second]);
  });

  it("M1, E1: two records that swap their addresses in Salesforce: HubSpot, where an address is one contact's, refuses both; nothing is half swapped, and it heals when the way is free", async () => {
    const [a, b] = [newEmail("left"), newEmail("right")];
    const one = await makeRecord(world, "Contact", { Email: a, LastName: "Left" });
    const two = await makeRecord(world, "Contact", { Email: b, LastName: "Right" });
    await settle(world);
    const [left, right] = [(await findRow(one)).hubspotId ?? "", (await findRow(two)).hubspotId ?? ""];
    await editRecord(world, "Contact", one, { Email: b });
    await editRecord(world, "Contact", two, { Email: a });
    await settle(world);
    for (const row of [await findRow(one), await findRow(two)]) {
      expect(row.state).toBe("failing");
      const errors = await getDatabase().syncError.findMany({ where: { recordId: row.id, closedAt: null } });
      expect(errors.map((error) => error.type)).toEqual(["email_in_use"]);
    }
    expect([(await findRow(one)).hubspotId, (await findRow(two)).hubspotId]).toEqual([left, right]);
    expect(await readContact(world, left, ["email"])).toEqual({ email: a });
    expect(await readContact(world, right, ["email"])).toEqual({ email: b });

    await setRule("email", "prefer_salesforce");
    await editContact(world, right, { email: newEmail("free") });
    await settle(world);
    expect(await readContact(world, left, ["lastname", "email"])).toEqual({ lastname: "Left", email: b });
    expect(await readContact(world, right, ["lastname", "email"])).toEqual({ lastname: "Right", email: a });
    expect([await countContacts(a), await countContacts(b)]).toEqual([1, 1]);
    for (const remoteId of [one, two]) expect((await findRow(remoteId)).state).toBe("in_sync");
  });

  it("M1, E3: an address that moves from one record to the next in Salesforce arrives in one run, whoever is written first", async () => {
    const [a, b, c] = [newEmail("chain"), newEmail("chain"), newEmail("chain")];
    const one = await makeRecord(world, "Contact", { Email: a, LastName: "One" });
    const two = await makeRecord(world, "Contact", { Email: b, LastName: "Two" });
    await settle(world);
    const [first, second] = [(await findRow(one)).hubspotId ?? "", (await findRow(two)).hubspotId ?? ""];
    await editRecord(world, "Contact", two, { Email: c });
    await editRecord(world, "Contact", one, { Email: b });
    await world.sync();
    expect(await readContact(world, first, ["email"])).toEqual({ email: b });
    expect(await readContact(world, second, ["email"])).toEqual({ email: c });
    await editRecord(world, "Contact", one, { Email: a });
    await editRecord(world, "Contact", two, { Email: b });
    await world.sync();
    expect(await readContact(world, first, ["email"])).toEqual({ email: a });
    expect(await readContact(world, second, ["email"])).toEqual({ email: b });
    expect((await world.sync()).due).toBe(0);
  });
});
