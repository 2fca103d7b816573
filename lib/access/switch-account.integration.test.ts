import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as prepare } from "@/app/api/connection/prepare/route";
import { GET as readView } from "@/app/api/connection/route";
import { PATCH as changeSettings } from "@/app/api/connection/settings/route";
import type { ConnectionView } from "@/lib/contracts/connection";
import { getDatabase } from "@/lib/store/client";
import {
  type AppWorld,
  agreeAtVendor,
  callRoute,
  connectSide,
  playDoor,
  returnToApp,
  signIn,
  startAppWorld,
} from "./testing/app-world";
import { createTokenSource } from "./token-source";

/** As the org of the sandbox, but another one. */
const OTHER_ORG = "00D000000000777EAA";

let world: AppWorld;
let person: { cookie: string; origin: string };

beforeAll(async () => {
  world = await startAppWorld();
  person = await signIn();
  await connectSide("hubspot", person);
  await connectSide("salesforce", person);
  await callRoute(prepare, { method: "POST", headers: person, body: { createIdFields: true } });
  await getDatabase().syncRecord.create({
    data: {
      connectionId: world.connectionId,
      object: "contact",
      hubspotId: "501",
      salesforceId: "00Q000000000501AAA",
      salesforceType: "Lead",
      state: "in_sync",
    },
  });
});
afterAll(() => world.stop());

const view = async () => (await (await callRoute(readView, { headers: person })).json()) as ConnectionView;
const mappingsOf = async (connectionId: string) => {
  const rows = await getDatabase().fieldMapping.findMany({ where: { connectionId } });
  return rows.map(({ object, hubspotProperty, rule }) => `${object} ${hubspotProperty} ${rule}`).sort();
};

/** Signs in to Salesforce; the token endpoint names the other org. */
async function signInToOther(query: string): Promise<string | null> {
  const { callbackUrl } = await agreeAtVendor("salesforce", person, query);
  return asOther(() => returnToApp("salesforce", callbackUrl, person));
}

async function asOther(act: () => Promise<Response>): Promise<string | null> {
  const body = {
    access_token: "00D000000000001!sandbox",
    refresh_token: "5Aep000000000000000other",
    instance_url: world.salesforce.url,
    scope: "api refresh_token",
    id: `${world.salesforce.url}/id/${OTHER_ORG}/005000000000001AAA`,
  };
  const fault = { match: { path: "/services/oauth2/token" }, do: { status: 200, body: JSON.stringify(body) } };
  await playDoor(world.salesforce.url, "PUT", "/__sandbox/faults", [fault]);
  const response = await act();
  await playDoor(world.salesforce.url, "PUT", "/__sandbox/faults", []);
  return response.headers.get("location") ?? `${response.status} ${await response.text()}`;
}

describe("another org than the one whose records are linked", () => {
  it("is refused where nobody asked for it, and everything stays", async () => {
    const before = await createTokenSource(world.connectionId, "salesforce").current();
    expect(await signInToOther("")).toBe("/connection?problem=other_account");
    expect(await createTokenSource(world.connectionId, "salesforce").current()).toEqual(before);
    expect(await view()).toMatchObject({ id: world.connectionId, status: "active", putAside: [] });
  });

  it("takes over when asked for: settings and mappings come along, links are put aside, nothing syncs yet", async () => {
    const { settings } = await view();
    const change = {
      version: settings.version,
      checkEveryMinutes: 7,
      owners: { pairs: {}, defaultUserId: null },
      stagePairs: [],
      contactToHubSpot: "nothing",
    };
    const changed = await callRoute(changeSettings, { method: "PATCH", headers: person, body: change });
    expect(changed.status, await changed.clone().text()).toBe(200);
    const stale = await agreeAtVendor("salesforce", person);
    await playDoor(world.salesforce.url, "DELETE", "/__sandbox/calls");

    expect(await signInToOther("?switchAccount=true")).toBe("/connection?connected=salesforce");
    const now = await view();
    expect(now.id).not.toBe(world.connectionId);
    expect(now).toMatchObject({
      status: "setup",
      turnedOnAt: null,
      hubspot: { connected: true },
      salesforce: { connected: true },
      settings: { checkEveryMinutes: 7, contactToHubSpot: "nothing" },
    });
    expect(now.putAside).toHaveLength(1);
    expect(await mappingsOf(now.id)).toEqual(await mappingsOf(world.connectionId));
    expect(await getDatabase().syncRecord.count({ where: { connectionId: now.id } })).toBe(0);
    expect(await getDatabase().syncRecord.count({ where: { connectionId: world.connectionId } })).toBe(1);

    // The grant of the org that goes was given back; HubSpot's went along and works.
    const { calls } = (await playDoor(world.salesforce.url, "GET", "/__sandbox/calls")) as {
      calls: { path: string }[];
    };
    expect(calls.map((call) => call.path)).toContain("/services/oauth2/revoke");
    expect(await getDatabase().credential.count({ where: { connectionId: world.connectionId } })).toBe(0);
    expect((await createTokenSource(now.id, "hubspot").current()).accessToken).not.toBe("");

    // A sign-in that was begun before the switch wakes nothing that was put aside.
    const late = await returnToApp("salesforce", stale.callbackUrl, person);
    expect(await late.text()).toContain("problem=state_invalid");
    expect(await getDatabase().credential.count({ where: { connectionId: world.connectionId } })).toBe(0);
  });

  it("gives way again: the links of the earlier org are back, with its settings, and syncing goes on", async () => {
    const other = await view();
    await getDatabase().syncRecord.create({
      data: { connectionId: other.id, object: "contact", salesforceId: "00Q000000000999AAA", salesforceType: "Lead" },
    });
    const { callbackUrl } = await agreeAtVendor("salesforce", person, "?switchAccount=true");
    const back = await returnToApp("salesforce", callbackUrl, person);
    expect(back.headers.get("location")).toBe("/connection?connected=salesforce");
    expect(await view()).toMatchObject({
      id: world.connectionId,
      status: "active",
      settings: { checkEveryMinutes: 7 },
      putAside: [{ salesforce: { id: OTHER_ORG } }],
    });
    expect(await getDatabase().syncRecord.count({ where: { connectionId: world.connectionId } })).toBe(1);
  });
});
