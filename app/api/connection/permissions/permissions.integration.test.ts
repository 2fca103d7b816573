import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as readPermissions } from "@/app/api/connection/permissions/route";
import { POST as prepare } from "@/app/api/connection/prepare/route";
import { type AppWorld, callRoute, connectSide, playDoor, signIn, startAppWorld } from "@/lib/access/testing/app-world";
import type { Permissions } from "@/lib/contracts/permissions";

let world: AppWorld;
let person: { cookie: string; origin: string };

beforeAll(async () => {
  world = await startAppWorld(2);
  person = await signIn();
});
afterAll(() => world.stop());

const ask = () => callRoute(readPermissions, { headers: person });
const probe = async () => (await (await ask()).json()) as Permissions;
const act = (url: string, body: object) => playDoor(url, "POST", "/__sandbox/act", body);

it("X9: asks for a connection first", async () => {
  expect((await ask()).status).toBe(409);
});

it("X9: names the id fields that are not there yet, and nothing else of a sign-in that may everything", async () => {
  await connectSide("hubspot", person);
  expect((await probe()).salesforce).toBeNull();
  await connectSide("salesforce", person);
  const { missing, salesforce, hubspot } = await probe();
  expect(new Set(missing.map((one) => one.right))).toEqual(new Set(["id_field"]));
  expect(missing).toContainEqual(expect.objectContaining({ object: "Lead", field: "HubSpot_Contact_Id__c" }));
  expect(salesforce?.objects.map((one) => one.type)).toEqual(["Lead", "Contact"]);
  expect(hubspot?.granted).toContain("crm.objects.contacts.write");
  await callRoute(prepare, { method: "POST", headers: person, body: { createIdFields: true, turnOn: false } });
  expect((await probe()).missing).toEqual([]);
});

it("X9: names a field that may not be edited or seen, with its mapping, until it is granted", async () => {
  const permit = (readable: boolean, editable: boolean) =>
    act(world.salesforce.url, { action: "setFieldPermission", object: "Lead", field: "Title", readable, editable });
  await permit(true, false);
  expect((await probe()).missing).toEqual([
    expect.objectContaining({ object: "Lead", field: "Title", hubspotProperty: "jobtitle", right: "edit_field" }),
  ]);
  await permit(false, false);
  expect((await probe()).missing).toEqual([expect.objectContaining({ field: "Title", right: "see_field" })]);
  await permit(true, true);
  expect((await probe()).missing).toEqual([]);
});

it("X9: a sign-in that HubSpot no longer accepts, and a Salesforce that is down, are told as such", async () => {
  const fault = { match: { path: "/services/data" }, do: { status: 503 } };
  await playDoor(world.salesforce.url, "PUT", "/__sandbox/faults", [fault]);
  expect((await ask()).status).toBe(503);
  await playDoor(world.salesforce.url, "PUT", "/__sandbox/faults", []);
  await act(world.hubspot.url, { action: "revokeTokens" });
  expect(await (await ask()).json()).toMatchObject({ code: "crm_refused" });
});
