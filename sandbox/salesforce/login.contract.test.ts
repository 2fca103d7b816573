import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection, OAuth2 } from "jsforce";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sandbox } from "../shared/serve";
import { FIXED_SESSION } from "./routes/context";
import { startSalesforceSandbox } from "./server";

let sandbox: Sandbox;
const redirectUri = "http://127.0.0.1:9/callback";
const client = { clientId: "sandbox-client", clientSecret: "sandbox-secret", redirectUri };

beforeAll(async () => {
  sandbox = await startSalesforceSandbox({ contacts: 30 });
});
afterAll(() => sandbox.stop());

async function control(method: string, path: string, body: unknown): Promise<void> {
  const reply = await fetch(`${sandbox.url}/__sandbox/${path}`, { method, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(await reply.text());
}
async function askToken(form: Record<string, string>): Promise<{ status: number; body: Record<string, string> }> {
  const reply = await fetch(`${sandbox.url}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
  return { status: reply.status, body: (await reply.json()) as Record<string, string> };
}
/** Opens the consent page and presses a button, as a browser would. */
async function decide(authorizeUrl: string, decision: string): Promise<URL> {
  const page = await (await fetch(authorizeUrl)).text();
  expect(page).toContain("Allow");
  const form = new URLSearchParams(
    [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)]
      .filter(([, name]) => name !== "decision")
      .map(([, name = "", value = ""]) => [name, value.replace(/&amp;/g, "&")]),
  );
  form.set("decision", decision);
  const reply = await fetch(`${sandbox.url}/services/oauth2/authorize`, {
    method: "POST",
    body: form,
    redirect: "manual",
  });
  return new URL(reply.headers.get("Location") ?? "");
}

describe("OAuth", () => {
  it("signs in by the web-server flow with PKCE, although the client names no method", async () => {
    const oauth2 = new OAuth2({ loginUrl: sandbox.url, ...client, useVerifier: true });
    const back = await decide(oauth2.getAuthorizationUrl({ scope: "api refresh_token", state: "s 1" }), "allow");
    expect(back.searchParams.get("state")).toBe("s 1");
    const conn = new Connection({ oauth2, version: "67.0" });
    const user = await conn.authorize(back.searchParams.get("code") ?? "");
    expect(user.organizationId).toMatch(/^00D/);
    expect(conn.instanceUrl).toBe(sandbox.url);
    expect((await conn.identity()).username).toBe("admin@sandbox.example");
    expect((await conn.query("SELECT Id FROM Lead LIMIT 1")).totalSize).toBe(1);
    await expect(oauth2.requestToken(back.searchParams.get("code") ?? "")).rejects.toThrow(
      "invalid authorization code",
    );
  });

  it("refuses a wrong verifier and a wrong redirect address, and tells a denial", async () => {
    const url = `${sandbox.url}/services/oauth2/authorize?response_type=code&client_id=sandbox-client&redirect_uri=${encodeURIComponent(redirectUri)}&state=x`;
    const withChallenge = await decide(`${url}&code_challenge=abc`, "allow");
    const base = { grant_type: "authorization_code", client_id: "sandbox-client", client_secret: "sandbox-secret" };
    const wrong = await askToken({
      ...base,
      redirect_uri: redirectUri,
      code: withChallenge.searchParams.get("code") ?? "",
      code_verifier: "no",
    });
    expect(wrong).toEqual({
      status: 400,
      body: { error: "invalid_grant", error_description: "invalid code verifier" },
    });
    const other = await decide(url, "allow");
    expect(
      (await askToken({ ...base, redirect_uri: "http://evil.example", code: other.searchParams.get("code") ?? "" }))
        .body.error,
    ).toBe("redirect_uri_mismatch");
    expect((await decide(url, "deny")).searchParams.get("error")).toBe("access_denied");
  });

  it("refreshes after the session died, with rotation if switched on", async () => {
    const oauth2 = new OAuth2({ loginUrl: sandbox.url, ...client });
    const back = await decide(oauth2.getAuthorizationUrl({}), "allow");
    const tokens = await oauth2.requestToken(back.searchParams.get("code") ?? "");
    const conn = new Connection({
      oauth2,
      instanceUrl: sandbox.url,
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token ?? "",
      version: "67.0",
    });
    await control("POST", "act", { action: "expireSession", token: tokens.access_token });
    expect((await conn.query("SELECT Id FROM Lead LIMIT 1")).totalSize).toBe(1);
    await control("POST", "act", { action: "setRefreshRotation", enabled: true });
    const refresh = { grant_type: "refresh_token", client_id: "sandbox-client", client_secret: "sandbox-secret" };
    const rotated = await askToken({ ...refresh, refresh_token: tokens.refresh_token ?? "" });
    expect(rotated.body.refresh_token).toMatch(/^5Aep/);
    expect((await askToken({ ...refresh, refresh_token: tokens.refresh_token ?? "" })).body).toEqual({
      error: "invalid_grant",
      error_description: "expired access/refresh token",
    });
    await control("POST", "act", { action: "revokeRefreshTokens" });
    expect((await askToken({ ...refresh, refresh_token: rotated.body.refresh_token ?? "" })).status).toBe(400);
    await control("POST", "act", { action: "setRefreshRotation", enabled: false });
  });

  it("offers client credentials, password and JWT without a refresh token", async () => {
    const exp = Date.now() + 120_000;
    const claims = Buffer.from(
      JSON.stringify({ iss: "sandbox-client", sub: "admin@sandbox.example", aud: `${sandbox.url}/`, exp }),
    ).toString("base64url");
    const grants: Record<string, string>[] = [
      { grant_type: "client_credentials", client_id: "sandbox-client", client_secret: "sandbox-secret" },
      {
        grant_type: "password",
        client_id: "sandbox-client",
        client_secret: "sandbox-secret",
        username: "admin@sandbox.example",
        password: "sandbox",
      },
      { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion: `e30.${claims}.sig` },
    ];
    for (const grant of grants) {
      const { status, body } = await askToken(grant);
      expect(status).toBe(200);
      expect(body).toMatchObject({ instance_url: sandbox.url, token_type: "Bearer" });
      expect(body.refresh_token).toBeUndefined();
    }
    expect((await askToken({ ...grants[0], client_secret: "no" })).body.error).toBe("invalid_client");
  });

  it("lets the SOAP login of old versions in", async () => {
    const conn = new Connection({ loginUrl: sandbox.url, version: "60.0" });
    const user = await conn.login("admin@sandbox.example", "sandbox");
    expect(user.organizationId).toMatch(/^00D/);
    expect((await conn.query("SELECT Name FROM Organization")).records[0]).toMatchObject({ Name: "Sandbox" });
    await expect(
      new Connection({ loginUrl: sandbox.url, version: "60.0" }).login("admin@sandbox.example", "no"),
    ).rejects.toThrow("INVALID_LOGIN");
  });
});

describe("the edge of the server", () => {
  const headers = { Authorization: `Bearer ${FIXED_SESSION}` };

  it("answers 401 for a bad session only, as an array", async () => {
    const reply = await fetch(`${sandbox.url}/services/data/v67.0/limits`, {
      headers: { Authorization: "Bearer nope" },
    });
    expect(reply.status).toBe(401);
    expect(await reply.json()).toEqual([{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }]);
  });

  it("lists versions under a double slash and refuses those that do not exist", async () => {
    const versions = (await (await fetch(`${sandbox.url}//services/data/`)).json()) as {
      version: string;
      label: string;
    }[];
    expect(versions.at(-1)).toEqual({ label: "Winter '27", url: "/services/data/v68.0", version: "68.0" });
    expect(versions.at(-2)?.label).toBe("Summer '26");
    expect((await fetch(`${sandbox.url}/services/data/v99.0/limits`, { headers })).status).toBe(404);
    expect((await fetch(`${sandbox.url}/services/data/v20.0/sobjects/`, { headers })).status).toBe(200);
  });

  it("stops at the daily limit with 403 and tells the standing", async () => {
    await control("POST", "act", { action: "setApiLimit", max: 10, used: 9 });
    const conn = new Connection({ instanceUrl: sandbox.url, accessToken: FIXED_SESSION, version: "67.0" });
    await conn.query("SELECT Id FROM Lead LIMIT 1");
    expect(conn.limitInfo.apiUsage).toEqual({ used: 10, limit: 10 });
    await expect(conn.query("SELECT Id FROM Lead LIMIT 1")).rejects.toMatchObject({
      errorCode: "REQUEST_LIMIT_EXCEEDED",
    });
    await control("POST", "act", { action: "setApiLimit", max: 100_000, used: 0 });
  });

  it("lets tests watch a call before and after its effect", async () => {
    const seen: string[] = [];
    sandbox.onCall = ({ phase, method, path }) => {
      seen.push(`${phase} ${method} ${path}`);
    };
    await fetch(`${sandbox.url}/services/data/v67.0/limits`, { headers });
    sandbox.onCall = () => {};
    expect(seen).toEqual(["before GET /services/data/v67.0/limits", "after GET /services/data/v67.0/limits"]);
  });

  it("has equal records for equal seeds and keeps its state in a file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "salesforce-"));
    const snapshotFile = join(folder, "state.json");
    const query = async (server: Sandbox) => {
      const conn = new Connection({ instanceUrl: server.url, accessToken: FIXED_SESSION, version: "67.0" });
      return (await conn.query("SELECT FIELDS(ALL) FROM Lead ORDER BY Id LIMIT 200")).records;
    };
    const first = await startSalesforceSandbox({ contacts: 40, seed: 7, snapshotFile });
    const twin = await startSalesforceSandbox({ contacts: 40, seed: 7 });
    expect(await query(first)).toEqual(await query(twin));
    const conn = new Connection({ instanceUrl: first.url, accessToken: FIXED_SESSION, version: "67.0" });
    await conn.sobject("Lead").create({ LastName: "Kept", Company: "C" });
    const before = await query(first);
    await first.stop();
    const again = await startSalesforceSandbox({ contacts: 40, seed: 9, snapshotFile });
    expect(await query(again)).toEqual(before);
    await Promise.all([again.stop(), twin.stop()]);
    await rm(folder, { recursive: true });
  });
});
