import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { POST as authorize } from "@/app/api/connection/[side]/authorize/route";
import { DELETE as disconnect } from "@/app/api/connection/[side]/route";
import { POST as prepare } from "@/app/api/connection/prepare/route";
import { GET as readView } from "@/app/api/connection/route";
import type { ConnectionView } from "@/lib/contracts/connection";
import { getDatabase } from "@/lib/store/client";
import { startSalesforceSandbox } from "@/sandbox/salesforce/server";
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

let world: AppWorld;
let person: { cookie: string; origin: string };

beforeAll(async () => {
  world = await startAppWorld();
});
beforeEach(async () => {
  person = await signIn();
});
afterAll(() => world.stop());

describe.each(["hubspot", "salesforce"] as const)("connecting %s", (side) => {
  it("asks for a code with PKCE S256 and a state of at least 128 random bits", async () => {
    const { authorizeUrl } = await agreeAtVendor(side, person);
    const query = new URL(authorizeUrl).searchParams;
    expect(query.get("code_challenge_method")).toBe("S256");
    expect(query.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(Buffer.from(query.get("state") ?? "", "base64url").length).toBeGreaterThanOrEqual(16);
    expect(query.get("redirect_uri")).toMatch(new RegExp(`/api/oauth/${side}/callback$`));
  });

  it("comes back under the name by which this machine was called, never to a stranger's", async () => {
    const address = async (origin: string) => {
      const response = await callRoute(authorize, { method: "POST", params: { side }, headers: { ...person, origin } });
      const { url = "" } = (await response.json()) as { url?: string };
      return url === "" ? response.status : new URL(url).searchParams.get("redirect_uri");
    };
    expect(await address("http://127.0.0.1:3999")).toBe(`http://127.0.0.1:3999/api/oauth/${side}/callback`);
    expect(await address("https://evil.example")).toBe(403);
  });

  it("stores encrypted tokens and who was connected", async () => {
    expect(await connectSide(side, person)).toBe(`/connection?connected=${side}`);
    const view = (await (await callRoute(readView, { headers: person })).json()) as Record<
      string,
      { connected: boolean; id: string }
    >;
    expect(view[side]).toMatchObject({ connected: true });
    const { accessToken } = await createTokenSource(world.connectionId, side).current();
    const rows = JSON.stringify(await getDatabase().credential.findMany());
    expect(rows).not.toContain(accessToken);
    expect(JSON.stringify(view)).not.toContain(accessToken);
  });

  it("takes a state once", async () => {
    const { callbackUrl } = await agreeAtVendor(side, person);
    expect((await returnToApp(side, callbackUrl, person)).status).toBe(303);
    const again = await returnToApp(side, callbackUrl, person);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain("/connection?problem=state_invalid");
  });

  it("refuses a missing, an unknown and another person's state, and does not use the code", async () => {
    const { callbackUrl } = await agreeAtVendor(side, person);
    const foreign = await signIn();
    const url = new URL(callbackUrl);
    expect((await returnToApp(side, callbackUrl, foreign)).status).toBe(400);
    expect((await returnToApp(side, callbackUrl, person)).status).toBe(400);
    url.searchParams.set("state", "x".repeat(43));
    expect((await returnToApp(side, url.href, person)).status).toBe(400);
    url.searchParams.delete("state");
    expect((await returnToApp(side, url.href, person)).status).toBe(400);
    const signedOut = await agreeAtVendor(side, person);
    expect((await returnToApp(side, signedOut.callbackUrl, {})).status).toBe(400);
  });

  it("refuses a state that is older than ten minutes", async () => {
    const { callbackUrl } = await agreeAtVendor(side, person);
    const stateHash = createHash("sha256")
      .update(new URL(callbackUrl).searchParams.get("state") ?? "")
      .digest("hex");
    await getDatabase().oAuthAttempt.update({ where: { stateHash }, data: { expiresAt: new Date(Date.now() - 1000) } });
    expect((await returnToApp(side, callbackUrl, person)).status).toBe(400);
  });

  it("tells when the person said no at the vendor", async () => {
    const { callbackUrl } = await agreeAtVendor(side, person);
    const url = new URL(callbackUrl);
    url.searchParams.delete("code");
    url.searchParams.set("error", "access_denied");
    const response = await returnToApp(side, url.href, person);
    expect(response.headers.get("location")).toBe("/connection?problem=denied");
  });
});

describe("a Salesforce reply that names a foreign host", () => {
  it("is refused, nothing is sent there and the sign-in before stays", async () => {
    const before = await createTokenSource(world.connectionId, "salesforce").current();
    const { callbackUrl } = await agreeAtVendor("salesforce", person);
    const body = {
      access_token: "00D000000000001!evil",
      refresh_token: "5Aepevil",
      instance_url: "http://169.254.169.254",
      id: `${world.salesforce.url}/id/00D000000000001EAA/005000000000001AAA`,
    };
    const fault = { match: { path: "/services/oauth2/token" }, do: { status: 200, body: JSON.stringify(body) } };
    await playDoor(world.salesforce.url, "PUT", "/__sandbox/faults", [fault]);
    const response = await returnToApp("salesforce", callbackUrl, person);
    await playDoor(world.salesforce.url, "PUT", "/__sandbox/faults", []);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("problem=instance_url_refused");
    expect(await createTokenSource(world.connectionId, "salesforce").current()).toEqual(before);
  });
});

describe("turning on and off", () => {
  it("prepares both sides, creates the id fields with consent, maps the defaults and becomes active", async () => {
    const response = await callRoute(prepare, { method: "POST", headers: person, body: { createIdFields: true } });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: "active",
      hubspot: { missingIdFields: [] },
      salesforce: { missingIdFields: [] },
    });
    const mappings = await getDatabase().fieldMapping.findMany({ select: { hubspotProperty: true, rule: true } });
    expect(mappings).toContainEqual({ hubspotProperty: "email", rule: "prefer_salesforce" });
    expect(mappings).toContainEqual({ hubspotProperty: "hubspot_owner_id", rule: "two_way" });
  });

  it("revokes at the vendor when disconnected and stops syncing", async () => {
    const response = await callRoute(disconnect, { method: "DELETE", params: { side: "hubspot" }, headers: person });
    expect(await response.json()).toMatchObject({ status: "setup", hubspot: { connected: false } });
    const calls = (await playDoor(world.hubspot.url, "GET", "/__sandbox/calls")) as { calls: { path: string }[] };
    expect(JSON.stringify(calls)).toContain("/token/revoke");
    await expect(createTokenSource(world.connectionId, "hubspot").current()).rejects.toMatchObject({
      failure: { code: "invalid_grant", uncertain: false },
    });
  });
});

describe("signing in to Salesforce at another place", () => {
  const begin = async (signInAt: string) => {
    const path = `/api/test?${new URLSearchParams({ signInAt })}`;
    const params = { side: "salesforce" };
    const response = await callRoute(authorize, { method: "POST", path, params, headers: person });
    return { status: response.status, body: (await response.json()) as { url?: string; fields?: object[] } };
  };

  it.each([
    ["login.salesforce.com", "https://login.salesforce.com"],
    ["test.salesforce.com", "https://test.salesforce.com"],
    ["Acme--UAT.sandbox.my.salesforce.com", "https://acme--uat.sandbox.my.salesforce.com"],
    [" https://acme.my.salesforce.com/ ", "https://acme.my.salesforce.com"],
  ])("goes to %s", async (typed, origin) => {
    const { status, body } = await begin(typed);
    expect(status).toBe(200);
    expect(new URL(body.url ?? "").origin).toBe(origin);
  });

  it.each(["evil.example", "acme.my.salesforce.com.evil.example", "127.0.0.1", "http://login.salesforce.com", ""])(
    "refuses %j with the field named: the client secret would go there",
    async (typed) => {
      expect(await begin(typed)).toMatchObject({
        status: 400,
        body: { fields: [{ path: "signInAt", message: "not_salesforce" }] },
      });
    },
  );

  it("trades the code and renews tokens where the org signs in, and says where that is", async () => {
    const elsewhere = await startSalesforceSandbox({ contacts: 3 });
    const signInAt = (salesforceLoginUrl: string | null) =>
      getDatabase().connection.update({ where: { id: world.connectionId }, data: { salesforceLoginUrl } });
    await signInAt(elsewhere.url);
    expect(await connectSide("salesforce", person)).toBe("/connection?connected=salesforce");
    const source = createTokenSource(world.connectionId, "salesforce");
    const first = await source.current();
    expect(first.baseUrl).toBe(elsewhere.url);
    expect((await source.renew(first.accessToken)).accessToken).not.toBe(first.accessToken);
    const view = (await (await callRoute(readView, { headers: person })).json()) as ConnectionView;
    expect(view.salesforce).toMatchObject({ connected: true, signInAt: new URL(elsewhere.url).host });
    await elsewhere.stop();
    await signInAt(null);
    await connectSide("salesforce", person);
  });
});
