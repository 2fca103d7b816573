import { createHash } from "node:crypto";
import { Client } from "@hubspot/api-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, type Body, openBench, refusal } from "./contract-setup";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.sandbox.stop());

const REDIRECT = "http://127.0.0.1:3000/api/callback?x=1";
const CLIENT = { client_id: "sandbox-client", client_secret: "sandbox-secret" };
const SCOPE = "oauth crm.objects.contacts.read";

async function authorize(more: Record<string, string> = {}, decision = "connect"): Promise<URL> {
  const query = new URLSearchParams({
    client_id: CLIENT.client_id,
    redirect_uri: REDIRECT,
    scope: SCOPE,
    state: "s 1",
    ...more,
  });
  const reply = await fetch(`${bench.sandbox.url}/oauth/authorize?${query}`, {
    method: "POST",
    body: new URLSearchParams({ decision }),
    redirect: "manual",
  });
  return new URL(reply.headers.get("location") ?? "about:blank");
}

async function post(path: string, form: Record<string, string>): Promise<{ status: number; body: Body }> {
  const reply = await fetch(`${bench.sandbox.url}${path}`, { method: "POST", body: new URLSearchParams(form) });
  return { status: reply.status, body: (await reply.json()) as Body };
}

const trade = (code: string | null, more: Record<string, string> = {}, path = "/oauth/2026-03/token") =>
  post(path, { grant_type: "authorization_code", code: code ?? "", redirect_uri: REDIRECT, ...CLIENT, ...more });

async function connect(more: Record<string, string> = {}): Promise<Body> {
  return (await trade((await authorize(more)).searchParams.get("code"))).body;
}

const clientOf = (token: string) =>
  new Client({ basePath: bench.sandbox.url, accessToken: token, numberOfApiCallRetries: 0 });

describe("the authorize page", () => {
  it("shows the account and the scopes with a Connect button", async () => {
    const query = new URLSearchParams({ client_id: CLIENT.client_id, redirect_uri: REDIRECT, scope: SCOPE });
    const page = await (await fetch(`${bench.sandbox.url}/oauth/authorize?${query}`)).text();
    expect(page).toContain("48201337");
    expect(page).toContain("crm.objects.contacts.read");
    expect(page).toMatch(/<button[^>]*>Connect<\/button>/);
  });

  it("goes back with code and state, or with access_denied", async () => {
    const back = await authorize();
    expect(back.searchParams.get("state")).toBe("s 1");
    expect(back.searchParams.get("x")).toBe("1");
    expect(back.searchParams.get("code")).toBeTruthy();
    const denied = await authorize({}, "cancel");
    expect(denied.searchParams.get("error")).toBe("access_denied");
    expect(denied.searchParams.get("code")).toBeNull();
  });
});

describe("tokens", () => {
  it("are given for a code once, by every generation of the endpoint", async () => {
    for (const path of ["/oauth/v1/token", "/oauth/v3/token", "/oauth/2026-03/token", "/oauth/2026-09/token"]) {
      const code = (await authorize()).searchParams.get("code");
      const { status, body } = await trade(code, {}, path);
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: "bearer", expires_in: 1800, hub_id: 48201337 });
      expect((await trade(code, {}, path)).body.status).toBe("BAD_AUTH_CODE");
    }
  });

  it("come through the client's own OAuth v1 call too", async () => {
    const code = (await authorize()).searchParams.get("code") ?? "";
    const api = new Client({ basePath: bench.sandbox.url }).oauth.tokensApi;
    const reply = await api.create("authorization_code", code, REDIRECT, CLIENT.client_id, CLIENT.client_secret);
    expect(reply.expiresIn).toBe(1800);
  });

  it("are refused for a wrong redirect, client, secret, grant type or verifier", async () => {
    const statusOf = async (more: Record<string, string>, query: Record<string, string> = {}) => {
      const code = (await authorize(query)).searchParams.get("code");
      const { status, body } = await trade(code, more);
      return `${status} ${body.status}`;
    };
    expect(await statusOf({ redirect_uri: "http://127.0.0.1:3000/other" })).toBe("400 BAD_REDIRECT_URI");
    expect(await statusOf({ client_id: "x" })).toBe("400 BAD_CLIENT_ID");
    expect(await statusOf({ client_secret: "x" })).toBe("400 BAD_CLIENT_SECRET");
    expect(await statusOf({ grant_type: "x" })).toBe("400 BAD_GRANT_TYPE");
    const challenge = createHash("sha256").update("right").digest("base64url");
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    expect(await statusOf({ code_verifier: "wrong" }, pkce)).toBe("400 BAD_CODE_VERIFIER");
    expect(await statusOf({}, pkce)).toBe("400 BAD_CODE_VERIFIER");
    expect(await statusOf({ code_verifier: "right" }, pkce)).toBe("200 undefined");
  });

  it("open only what their scopes allow, and replies carry no daily headers", async () => {
    const { access_token } = await connect();
    const client = clientOf(access_token);
    const page = await client.apiRequest({ path: "/crm/v3/objects/contacts" });
    expect(page.status).toBe(200);
    expect(page.headers.get("x-hubspot-ratelimit-daily")).toBeNull();
    expect(page.headers.get("x-hubspot-ratelimit-max")).toBe("190");
    const { status, body } = await refusal(
      client.crm.contacts.basicApi.create({ properties: { email: "a@example.com" }, associations: [] }),
    );
    expect(status).toBe(403);
    expect(body).toMatchObject({
      category: "MISSING_SCOPES",
      errors: [{ context: { requiredGranularScopes: ["crm.objects.contacts.write"] } }],
    });
  });

  it("expire after 30 minutes and are renewed by the refresh token, which stays the same", async () => {
    const { access_token, refresh_token } = await connect();
    await bench.door("PUT", "clock", { offsetMs: 1_803_000 });
    const { status, body } = await refusal(clientOf(access_token).crm.contacts.basicApi.getPage());
    expect(status).toBe(401);
    expect(body.category).toBe("EXPIRED_AUTHENTICATION");
    expect(body.message).toMatch(/^The OAuth token used to make this call expired \d+ second\(s\) ago\.$/);
    const renewed = await post("/oauth/2026-03/token", { grant_type: "refresh_token", refresh_token, ...CLIENT });
    expect(renewed.body.refresh_token).toBe(refresh_token);
    await clientOf(renewed.body.access_token).crm.contacts.basicApi.getPage();
    await bench.door("PUT", "clock", { offsetMs: 0 });
  });

  it("die when the app is uninstalled: 401, and BAD_REFRESH_TOKEN in both vocabularies", async () => {
    const { access_token, refresh_token } = await connect();
    await bench.act("revokeTokens");
    const { status, body } = await refusal(clientOf(access_token).crm.contacts.basicApi.getPage());
    expect(`${status} ${body.category}`).toBe("401 INVALID_AUTHENTICATION");
    const refused = await post("/oauth/2026-03/token", { grant_type: "refresh_token", refresh_token, ...CLIENT });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({
      error: "invalid_grant",
      error_description: "refresh token is invalid, expired or revoked",
      status: "BAD_REFRESH_TOKEN",
      message: "refresh token is invalid, expired or revoked",
    });
  });

  it("can be introspected and revoked with the token in the body", async () => {
    const { access_token, refresh_token } = await connect();
    const introspect = (token: string) => post("/oauth/2026-03/token/introspect", { token, ...CLIENT });
    expect((await introspect(access_token)).body).toMatchObject({ active: true, hub_id: 48201337, app_id: 3200417 });
    await post("/oauth/2026-03/token/revoke", { token: refresh_token, ...CLIENT });
    expect((await introspect(refresh_token)).body).toEqual({ active: false });
    expect((await introspect(access_token)).body.active).toBe(true);
  });
});

it("the private token holds every scope and tells its own facts", async () => {
  const { body } = await bench.call("POST", "/oauth/v2/private-apps/get/access-token-info", {
    tokenKey: "pat-na1-sandbox",
  });
  expect(body).toMatchObject({ hubId: 48201337 });
  expect(body.scopes).toContain("crm.objects.contacts.write");
});
