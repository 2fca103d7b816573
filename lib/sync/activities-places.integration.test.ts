import { afterAll, beforeAll, expect, it } from "vitest";
import { getDatabase } from "@/lib/store/client";
import { act, makePair, readEngagements, readTasks, turnOn } from "./testing/activities";
import { endWaits, findRow, makeContact, readHistory } from "./testing/pairs";
import { changeWorld } from "./testing/settings";
import { type SyncWorld, startSyncWorld } from "./testing/world";

let world: SyncWorld;
let users: { Id: string; Email: string }[];

beforeAll(async () => {
  world = await startSyncWorld();
  await world.door("hubspot", "PUT", "/__sandbox/limits", { enforce: false });
  users = (await world.soql("SELECT Id, Email FROM User WHERE IsActive = true ORDER BY Id")) as typeof users;
});
afterAll(() => world.stop());

async function makeCompany(name: string, contactId: string): Promise<string> {
  const made = await world.door("hubspot", "POST", "/crm/v3/objects/companies", { properties: { name } });
  const path = `/crm/v4/objects/contacts/${contactId}/associations/default/companies/${made.id}`;
  await world.door("hubspot", "PUT", path);
  return String(made.id);
}

async function logCall(contactId: string, properties: Record<string, string>, companyId?: string): Promise<string> {
  const id = await act(world, "logCall", { id: contactId, title: "Placed", properties });
  if (companyId !== undefined) {
    await world.door("hubspot", "PUT", `/crm/v4/objects/calls/${id}/associations/default/companies/${companyId}`);
  }
  return id;
}

it("A2: WhatId is the account of the company, with a contact but never with a lead; a converted lead's goes on", async () => {
  await changeWorld(world, {
    hubspotToSalesforce: "contact",
    company: { on: true, toSalesforce: "create", toHubSpot: "create", matchByDomain: false },
  });
  await turnOn(world, { hubspot: ["call"] });
  const contact = await makeContact(world, { email: "placed@example.com", lastname: "Mori" });
  const company = await makeCompany("Placed Ltd", contact);
  for (let round = 0; round < 3; round += 1) await world.sync();
  const [person] = await world.soql("SELECT Id, AccountId FROM Contact WHERE Email = 'placed@example.com'");
  const account = (await findRow(company)).salesforceId;
  expect(account).toMatch(/^001/);
  await logCall(contact, {}, company);
  await world.sync();
  expect(await readTasks(world, String(person?.Id))).toMatchObject([{ WhatId: account }]);

  await changeWorld(world, { hubspotToSalesforce: "lead" });
  const other = await makeContact(world, { email: "lead@example.com", lastname: "Mori", company: "Placed Ltd" });
  await world.sync();
  const [lead] = await world.soql("SELECT Id FROM Lead WHERE Email = 'lead@example.com'");
  const call = await logCall(other, {}, company);
  await world.sync();
  expect(await readTasks(world, String(lead?.Id))).toMatchObject([{ WhatId: null, WhoId: lead?.Id }]);

  await world.salesforceAct("convertLead", { leadId: lead?.Id });
  await world.sync();
  await world.door("hubspot", "PATCH", `/crm/v3/objects/calls/${call}`, { properties: { hs_call_title: "Again" } });
  await world.sync();
  const [converted] = await world.soql("SELECT Id FROM Contact WHERE Email = 'lead@example.com'");
  expect(await readTasks(world, String(converted?.Id))).toMatchObject([{ Subject: "HubSpot – Call: Again" }]);
  expect((await findRow(call)).state).toBe("in_sync");
  await changeWorld(world, {
    company: { on: false, toSalesforce: "create", toHubSpot: "create", matchByDomain: false },
  });
}, 60_000);

it("M4, A2: a lead that is converted in the moment when its call is written: the call goes on to the contact by itself", async () => {
  await turnOn(world, { hubspot: ["call"] });
  const { contact, lead } = await makePair(world, "turning@example.com");
  const call = await logCall(contact, {});
  // The first composite call asks for changes, the second one writes.
  let composites = 0;
  world.salesforce.onCall = async ({ path, phase }) => {
    if (phase === "before" && path.endsWith("/composite")) composites += 1;
    if (composites < 2) return;
    delete world.salesforce.onCall;
    await world.salesforceAct("convertLead", { leadId: lead });
  };
  await world.sync();
  expect(world.salesforce.onCall, "the lead was converted between reading and writing").toBeUndefined();
  const failing = await findRow(call);
  expect(failing).toMatchObject({ state: "failing", salesforceId: null });
  expect(failing.nextAttemptAt.getTime() - Date.now(), "not only tomorrow").toBeLessThanOrEqual(30_000);

  await endWaits();
  await world.sync();
  await endWaits();
  await world.sync();
  const [converted] = await world.soql("SELECT Id FROM Contact WHERE Email = 'turning@example.com'");
  expect(await readTasks(world, String(converted?.Id))).toMatchObject([{ Subject: "HubSpot – Call: Placed" }]);
  expect(await readTasks(world, lead)).toEqual([]);
  const row = await findRow(call);
  expect(row.state).toBe("in_sync");
  expect(await getDatabase().syncError.count({ where: { recordId: row.id, closedAt: null } })).toBe(0);
}, 60_000);

it("O1: the owner is the same person; else the contact's; another owner in HubSpot moves it", async () => {
  await changeWorld(world, { hubspotToSalesforce: "lead" });
  await turnOn(world, { hubspot: ["call"] });
  const { contact, lead } = await makePair(world, "owned@example.com");
  const owners = (await world.door("hubspot", "GET", "/crm/v3/owners?limit=100")).results as {
    id: string;
    email: string;
  }[];
  const pairs = owners.flatMap((owner) => {
    const user = users.find(({ Email }) => Email.toLowerCase() === owner.email.toLowerCase());
    return user ? [{ owner: owner.id, user: user.Id }] : [];
  });
  const [first, second] = [pairs[0], pairs.at(-1)];
  expect(first?.user).not.toBe(second?.user);
  const own = await logCall(contact, { hubspot_owner_id: first?.owner ?? "" });
  const without = await logCall(contact, { hubspot_owner_id: "" });
  await world.sync();
  const [{ OwnerId } = { OwnerId: null }] = await world.soql(`SELECT OwnerId FROM Lead WHERE Id = '${lead}'`);
  const ownerOf = async (id: string) =>
    (await readTasks(world, lead)).find((task) => task.HubSpot_Activity_Id__c === `call:${id}`)?.OwnerId;
  expect(await ownerOf(own)).toBe(first?.user);
  expect(await ownerOf(without)).toBe(OwnerId);
  const properties = { hubspot_owner_id: second?.owner ?? "" };
  await world.door("hubspot", "PATCH", `/crm/v3/objects/calls/${own}`, { properties });
  await world.sync();
  expect(await ownerOf(own)).toBe(second?.user);
});

it("A3: what a rep changes on a copy stays, and is told as nobody's news; HubSpot's next edit moves its own field only", async () => {
  await turnOn(world, { hubspot: ["call"], salesforce: ["call"] });
  const { contact, lead } = await makePair(world, "rep@example.com");
  const id = await logCall(contact, {});
  await world.sync();
  const [task] = await readTasks(world, lead);
  await world.salesforceAct("updateRecord", { object: "Task", id: task?.Id, fields: { Description: "Rep's words" } });
  await world.sync();
  await world.door("hubspot", "PATCH", `/crm/v3/objects/calls/${id}`, { properties: { hs_call_title: "Renamed" } });
  await world.sync();
  expect(await readTasks(world, lead)).toMatchObject([
    { Subject: "HubSpot – Call: Renamed", Description: "Rep's words" },
  ]);
  expect(await readEngagements(world, "calls", contact, ["hs_call_body"])).toHaveLength(1);
  const changed = (await readHistory((await findRow(id)).id)).flatMap((entry) => entry.changes);
  expect(changed.at(-1)).toMatchObject({
    hubspotProperty: "hs_call_title",
    salesforceField: "Subject",
    winner: "hubspot",
  });
});
