import type { Hono } from "hono";
import { html, renderPage } from "../../shared/html";
import { HubSpotError, notFound } from "../errors";
import { answerJson, answerNothing, type HubSpotContext, type HubSpotEnv } from "../http";
import { OAUTH_APP_ID, PORTAL_ID, PRIVATE_APP_ID } from "../ids";
import { ALL_SCOPES, CLIENT_ID, CLIENT_SECRET, oauthError, privateToken } from "../oauth-state";
import type { HubSpotState } from "../state";

const ACCOUNT_NAME = "Kitanova Trading (sandbox portal)";
const TOKEN_PATHS = ["/oauth/v1/token", "/oauth/v3/token", "/oauth/2026-03/token", "/oauth/2026-09/token"];

type AuthorizeRequest = {
  redirectUri: string;
  state: string | undefined;
  scopes: string[];
  challenge: string | null;
  challengeMethod: string;
};

function readAuthorizeRequest(query: URLSearchParams): AuthorizeRequest | string {
  if (query.get("client_id") !== CLIENT_ID) return "The app that sent you here is unknown: client_id is wrong.";
  const redirectUri = query.get("redirect_uri");
  if (!redirectUri || !URL.canParse(redirectUri)) return "The redirect_uri is missing or is no URL.";
  const scopes = `${query.get("scope") ?? ""} ${query.get("optional_scope") ?? ""}`.split(/[\s,]+/).filter(Boolean);
  if (scopes.length === 0) return "The app asks for no scope.";
  const unknown = scopes.filter(
    (scope) => !ALL_SCOPES.includes(scope) && !(query.get("optional_scope") ?? "").includes(scope),
  );
  if (unknown.length > 0) return `The app asks for unknown scopes: ${unknown.join(", ")}.`;
  return {
    redirectUri,
    state: query.get("state") ?? undefined,
    scopes: [...new Set(scopes.filter((scope) => ALL_SCOPES.includes(scope)))],
    challenge: query.get("code_challenge"),
    challengeMethod: query.get("code_challenge_method") ?? "S256",
  };
}

function showPage(title: string, body: ReturnType<typeof html>, status = 200, error?: string): Response {
  const page = renderPage({ product: "HubSpot (sandbox)", title, body, error });
  return new Response(page, { status, headers: { "Content-Type": "text/html;charset=utf-8" } });
}

function showConsent(request: AuthorizeRequest, search: string): Response {
  const scopes = request.scopes.map((scope) => html`<li><code>${scope}</code></li>`);
  const body = html`<section class="card"><p><strong>Sandbox OAuth app</strong> wants to connect to the account
<strong>${ACCOUNT_NAME}</strong> (${PORTAL_ID}) and asks for:</p><ul>${scopes}</ul>
<form method="post" action="/oauth/authorize${search}" class="actions">
<button class="primary" type="submit" name="decision" value="connect">Connect</button>
<button type="submit" name="decision" value="cancel">Cancel</button></form></section>`;
  return showPage("Connect an app to HubSpot", body);
}

function decide(request: AuthorizeRequest, isAllowed: boolean, state: HubSpotState): Response {
  const target = new URL(request.redirectUri);
  if (isAllowed) {
    const { redirectUri, scopes, challenge, challengeMethod } = request;
    target.searchParams.set("code", state.oauth.issueCode({ redirectUri, scopes, challenge, challengeMethod }));
  } else {
    target.searchParams.set("error", "access_denied");
    target.searchParams.set("error_description", "The user denied access");
  }
  if (request.state !== undefined) target.searchParams.set("state", request.state);
  return new Response(null, { status: 302, headers: { Location: target.toString() } });
}

/** Mounts the consent page (a page for people: neither limited nor logged). */
export function mountAuthorizePage(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  app.on(["GET", "POST"], "/oauth/authorize", async (c) => {
    const url = new URL(c.req.url);
    const request = readAuthorizeRequest(url.searchParams);
    if (typeof request === "string") return showPage("This app cannot be connected", html``, 400, request);
    if (c.req.method === "GET") return showConsent(request, url.search);
    const form = new URLSearchParams(await c.req.text());
    return decide(request, form.get("decision") === "connect", state);
  });
}

function refuseWrongClient(form: URLSearchParams): void {
  if (form.get("client_id") !== CLIENT_ID) {
    throw oauthError("BAD_CLIENT_ID", "invalid_client", "missing or invalid client id");
  }
  if (form.get("client_secret") !== CLIENT_SECRET) {
    throw oauthError("BAD_CLIENT_SECRET", "invalid_client", "missing or invalid client secret");
  }
}

/** Parameters of a form body; clients are also known to put them in the query. */
async function readForm(c: HubSpotContext): Promise<URLSearchParams> {
  const form = new URLSearchParams(await c.req.text());
  for (const [name, value] of new URL(c.req.url).searchParams) if (!form.has(name)) form.set(name, value);
  return form;
}

async function giveTokens(c: HubSpotContext, state: HubSpotState): Promise<Response> {
  const form = await readForm(c);
  const grantType = form.get("grant_type");
  if (grantType === "client_credentials") {
    refuseWrongClient(form);
    return answerJson(c, state.oauth.issueAppToken((form.get("scope") ?? "").split(/[\s,]+/).filter(Boolean)));
  }
  if (grantType !== "authorization_code" && grantType !== "refresh_token") {
    throw oauthError("BAD_GRANT_TYPE", "unsupported_grant_type", "missing or unknown grant type");
  }
  refuseWrongClient(form);
  const reply =
    grantType === "refresh_token"
      ? state.oauth.refresh(form.get("refresh_token") ?? "")
      : state.oauth.redeemCode(
          form.get("code") ?? "",
          form.get("redirect_uri") ?? "",
          form.get("code_verifier") ?? undefined,
        );
  return answerJson(c, reply);
}

/** Mounts the token endpoints of every generation, and the look-ups of v1. They need no bearer token. */
export function mountTokenRoutes(app: Hono<HubSpotEnv>, state: HubSpotState): void {
  for (const path of TOKEN_PATHS) {
    app.post(path, (c) => giveTokens(c, state));
    if (path.includes("/v1/")) continue;
    app.post(`${path}/introspect`, async (c) => {
      const form = await readForm(c);
      refuseWrongClient(form);
      return answerJson(c, state.oauth.introspect(form.get("token") ?? ""));
    });
    app.post(`${path}/revoke`, async (c) => {
      const form = await readForm(c);
      refuseWrongClient(form);
      state.oauth.revoke(form.get("token") ?? "");
      return answerJson(c, {});
    });
  }
  app.get("/oauth/v1/access-tokens/:token", (c) => {
    const token = c.req.param("token");
    const facts = state.oauth.introspect(token);
    if (facts.active !== true || facts.token_use !== "access_token") throw notFound();
    const { user, hub_domain, scopes, hub_id, expires_in, user_id } = facts;
    const app_id = OAUTH_APP_ID;
    return answerJson(c, {
      token,
      user,
      hub_domain,
      scopes,
      hub_id,
      app_id,
      expires_in,
      user_id,
      token_type: "access",
    });
  });
  app.get("/oauth/v1/refresh-tokens/:token", (c) => {
    const token = c.req.param("token");
    const facts = state.oauth.introspect(token);
    if (facts.active !== true || facts.token_use !== "refresh_token") throw notFound();
    const { user, hub_domain, scopes, hub_id, user_id } = facts;
    return answerJson(c, {
      token,
      user,
      hub_domain,
      scopes,
      hub_id,
      client_id: CLIENT_ID,
      user_id,
      token_type: "refresh",
    });
  });
  app.delete("/oauth/v1/refresh-tokens/:token", (c) => {
    state.oauth.revoke(c.req.param("token"));
    return answerNothing();
  });
  app.post("/oauth/v2/private-apps/get/access-token-info", async (c) => {
    const { tokenKey } = (await c.req.json().catch(() => ({}))) as { tokenKey?: unknown };
    if (tokenKey !== privateToken()) throw new HubSpotError(404, notFound().body);
    return answerJson(c, { userId: 9400001, hubId: PORTAL_ID, appId: PRIVATE_APP_ID, scopes: ALL_SCOPES });
  });
}
