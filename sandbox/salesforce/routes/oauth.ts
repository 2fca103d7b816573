import { createHash, createHmac } from "node:crypto";
import { html, renderPage } from "../../shared/html";
import { ORG_ID } from "../ids";
import type { AuthCode, Login, OrgState } from "../state";
import type { Row } from "../table";
import { issueAccessToken, issueCode, issueRefreshToken, revokeToken } from "../tokens";
import { findLogin, type OrgApp, type OrgContext, readToken, sendEmpty, sendJson } from "./context";

export const CLIENT_ID = "sandbox-client";
export const CLIENT_SECRET = "sandbox-secret";
const CODE_MS = 10 * 60_000;
const MAX_JWT_AHEAD_MS = 5 * 60_000;

class OAuthError extends Error {
  constructor(
    readonly error: string,
    description: string,
    readonly status = 400,
  ) {
    super(description);
  }
}

type Form = Record<string, string>;

async function readForm(c: OrgContext): Promise<Form> {
  const query = Object.fromEntries(new URL(c.req.url).searchParams);
  return { ...query, ...Object.fromEntries(new URLSearchParams(await c.req.text())) };
}

function checkClient(form: Form, needsSecret: boolean): void {
  if (form.client_id !== CLIENT_ID) throw new OAuthError("invalid_client_id", "client identifier invalid");
  if ((needsSecret || form.client_secret) && form.client_secret !== CLIENT_SECRET) {
    throw new OAuthError("invalid_client", "invalid client credentials");
  }
}

/** Clients may send their id and secret as HTTP Basic instead of in the form. */
function addBasic(c: OrgContext, form: Form): Form {
  const basic = /^Basic\s+(\S+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
  if (!basic) return form;
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString().split(":");
  return { ...form, client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret) };
}

function findUser(state: OrgState, username: string | undefined): Row | undefined {
  const wanted = username?.toLowerCase();
  for (const row of state.table("User").readAll()) if (String(row.Username).toLowerCase() === wanted) return row;
  return undefined;
}

function makeReply(state: OrgState, base: string, login: Login, refreshToken: string | undefined): object {
  const id = `${base}/id/${ORG_ID}/${login.userId}`;
  const issuedAt = String(state.clock.now());
  const signature = createHmac("sha256", CLIENT_SECRET)
    .update(id + issuedAt)
    .digest("base64");
  return {
    access_token: issueAccessToken(state, { ...login, refreshToken: refreshToken ?? login.refreshToken }),
    ...(refreshToken ? { refresh_token: refreshToken } : {}),
    signature,
    scope: login.scope,
    instance_url: base,
    id,
    token_type: "Bearer",
    issued_at: issuedAt,
  };
}

function checkVerifier(code: AuthCode, verifier: string | undefined): void {
  if (code.challenge === undefined) return;
  const hashed =
    code.method === "plain"
      ? verifier
      : createHash("sha256")
          .update(verifier ?? "")
          .digest("base64url");
  if (!verifier || hashed !== code.challenge) throw new OAuthError("invalid_grant", "invalid code verifier");
}

function exchangeCode(state: OrgState, base: string, form: Form): object {
  const code = state.codes.get(form.code ?? "");
  // Single use: a second try finds nothing, also when the first one failed.
  state.codes.delete(form.code ?? "");
  if (!code) throw new OAuthError("invalid_grant", "invalid authorization code");
  if (state.clock.now() - code.issuedAt > CODE_MS) throw new OAuthError("invalid_grant", "expired authorization code");
  checkVerifier(code, form.code_verifier);
  if (form.redirect_uri !== code.redirectUri) {
    throw new OAuthError("redirect_uri_mismatch", "redirect_uri must match configuration");
  }
  // A client with PKCE may do without the secret, one without must show it.
  checkClient(form, code.challenge === undefined);
  const login: Login = { userId: code.userId, clientId: code.clientId, scope: code.scope };
  return makeReply(state, base, login, issueRefreshToken(state, login));
}

function exchangeRefreshToken(state: OrgState, base: string, form: Form): object {
  checkClient(form, false);
  const token = form.refresh_token ?? "";
  const login = Object.hasOwn(state.setup.refreshTokens, token) ? state.setup.refreshTokens[token] : undefined;
  if (!login) throw new OAuthError("invalid_grant", "expired access/refresh token");
  if (!state.setup.rotateRefreshTokens) return makeReply(state, base, { ...login, refreshToken: token }, undefined);
  delete state.setup.refreshTokens[token];
  return makeReply(state, base, login, issueRefreshToken(state, login));
}

function exchangePassword(state: OrgState, base: string, form: Form): object {
  checkClient(form, true);
  const user = findUser(state, form.username);
  // A security token may follow the password.
  if (!user || !form.password?.startsWith("sandbox")) throw new OAuthError("invalid_grant", "authentication failure");
  if (user.IsActive !== true) throw new OAuthError("inactive_user", "user is inactive");
  return makeReply(state, base, { userId: user.Id, clientId: CLIENT_ID, scope: "api" }, undefined);
}

/** Reads the claims without checking the signature: the sandbox knows no client's public key. */
function exchangeJwt(state: OrgState, base: string, form: Form): object {
  let claims: Record<string, unknown>;
  try {
    claims = JSON.parse(Buffer.from(form.assertion?.split(".")[1] ?? "", "base64url").toString());
  } catch {
    throw new OAuthError("invalid_grant", "invalid assertion");
  }
  if (claims.iss !== CLIENT_ID) throw new OAuthError("invalid_client_id", "client identifier invalid");
  const audience = String(claims.aud ?? "").replace(/\/$/, "");
  if (![base, "https://login.salesforce.com", "https://test.salesforce.com"].includes(audience)) {
    throw new OAuthError("invalid_grant", "audience is invalid");
  }
  const exp = Number(claims.exp);
  // Some clients give milliseconds where seconds are meant.
  const expires = exp > 1e11 ? exp : exp * 1000;
  const now = state.clock.now();
  // One minute of leeway, for clients whose clock is a little ahead.
  if (!(expires > now) || expires > now + MAX_JWT_AHEAD_MS + 60_000)
    throw new OAuthError("invalid_grant", "expired authorization code");
  const user = findUser(state, String(claims.sub ?? ""));
  if (!user) throw new OAuthError("invalid_grant", "user hasn't approved this consumer");
  if (user.IsActive !== true) throw new OAuthError("inactive_user", "user is inactive");
  return makeReply(state, base, { userId: user.Id, clientId: CLIENT_ID, scope: "api" }, undefined);
}

function exchange(state: OrgState, base: string, form: Form): object {
  switch (form.grant_type) {
    case "authorization_code":
      return exchangeCode(state, base, form);
    case "refresh_token":
      return exchangeRefreshToken(state, base, form);
    case "password":
      return exchangePassword(state, base, form);
    case "urn:ietf:params:oauth:grant-type:jwt-bearer":
      return exchangeJwt(state, base, form);
    case "client_credentials":
      checkClient(form, true);
      return makeReply(state, base, { userId: state.adminId, clientId: CLIENT_ID, scope: "api" }, undefined);
    default:
      throw new OAuthError("unsupported_grant_type", "grant type not supported");
  }
}

function renderConsent(state: OrgState, form: Form): string {
  const user = state.table("User").get(state.adminId);
  const hidden = Object.entries(form).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return renderPage({
    product: "Salesforce sandbox",
    title: "Allow Access?",
    body: html`<form class="card" method="post" action="/services/oauth2/authorize">${hidden}
<p><strong>${form.client_id}</strong> is asking to: access and manage your data (${form.scope || "api refresh_token"}).</p>
<p class="muted">Signed in as ${user?.Name} (${user?.Username})</p>
<div class="actions"><button class="primary" name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button></div></form>`,
  });
}

function checkAuthorize(form: Form): string | undefined {
  if (form.client_id !== CLIENT_ID) return "error=invalid_client_id&error_description=client identifier invalid";
  if (!form.redirect_uri || !URL.canParse(form.redirect_uri)) return "error=redirect_uri_mismatch";
  return form.response_type === "code" ? undefined : "error=unsupported_response_type";
}

function redirectBack(state: OrgState, form: Form): string {
  const target = new URL(form.redirect_uri ?? "");
  if (form.decision === "deny") {
    target.searchParams.set("error", "access_denied");
    target.searchParams.set("error_description", "end-user denied authorization");
  } else {
    const code = issueCode(state);
    state.codes.set(code, {
      userId: state.adminId,
      clientId: form.client_id ?? "",
      redirectUri: form.redirect_uri ?? "",
      scope: form.scope || "refresh_token api",
      challenge: form.code_challenge || undefined,
      // Common clients send a challenge without its method and mean S256.
      method: form.code_challenge_method === "plain" ? "plain" : "S256",
      issuedAt: state.clock.now(),
    });
    target.searchParams.set("code", code);
  }
  if (form.state !== undefined) target.searchParams.set("state", form.state);
  return target.toString();
}

function describeUser(_state: OrgState, base: string, user: Row): Record<string, unknown> {
  const rest = `${base}/services/data/v{version}/`;
  const id = `${base}/id/${ORG_ID}/${user.Id}`;
  return {
    id,
    asserted_user: true,
    sub: id,
    user_id: user.Id,
    organization_id: ORG_ID,
    username: user.Username,
    preferred_username: user.Username,
    nick_name: user.CommunityNickname,
    nickname: user.CommunityNickname,
    display_name: user.Name,
    name: user.Name,
    email: user.Email,
    email_verified: true,
    first_name: user.FirstName,
    given_name: user.FirstName,
    last_name: user.LastName,
    family_name: user.LastName,
    timezone: user.TimeZoneSidKey,
    zoneinfo: user.TimeZoneSidKey,
    photos: {},
    urls: {
      enterprise: `${base}/services/Soap/c/{version}/${ORG_ID.slice(0, 15)}`,
      metadata: `${base}/services/Soap/m/{version}/${ORG_ID.slice(0, 15)}`,
      partner: `${base}/services/Soap/u/{version}/${ORG_ID.slice(0, 15)}`,
      rest,
      sobjects: `${rest}sobjects/`,
      search: `${rest}search/`,
      query: `${rest}query/`,
      recent: `${rest}recent/`,
      tooling_rest: `${rest}tooling/`,
      profile: `${base}/${user.Id}`,
    },
    active: user.IsActive,
    user_type: "STANDARD",
    language: user.LanguageLocaleKey,
    locale: user.LocaleSidKey,
    utcOffset: 0,
    last_modified_date: user.LastModifiedDate,
    updated_at: user.LastModifiedDate,
    is_app_installed: true,
  };
}

function introspect(state: OrgState, form: Form): object {
  checkClient(form, true);
  const { accessTokens, refreshTokens } = state.setup;
  const token = form.token ?? "";
  const login = findLogin(state, token) ?? (Object.hasOwn(refreshTokens, token) ? refreshTokens[token] : undefined);
  if (!login) return { active: false };
  const now = Math.floor(state.clock.now() / 1000);
  return {
    active: true,
    scope: login.scope,
    client_id: login.clientId,
    username: state.table("User").get(login.userId)?.Username,
    sub: `/id/${ORG_ID}/${login.userId}`,
    token_type: Object.hasOwn(accessTokens, token) ? "access_token" : "refresh_token",
    exp: now + 7200,
    iat: now,
    nbf: now,
  };
}

function sendOAuth(work: () => object): Response {
  try {
    return sendJson(work(), 200, { "Cache-Control": "no-cache, no-store" });
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return sendJson({ error: error.error, error_description: error.message }, error.status);
  }
}

/** OAuth 2.0 of the login host; the instance is the same host. */
export function mountOAuth(app: OrgApp, state: OrgState, base: () => string): void {
  app.get("/services/oauth2/authorize", (c) => {
    const form = c.req.query();
    const wrong = checkAuthorize(form);
    if (wrong) return c.text(wrong, 400);
    return c.html(renderConsent(state, form));
  });
  app.post("/services/oauth2/authorize", async (c) => {
    const form = await readForm(c);
    const wrong = checkAuthorize(form);
    if (wrong) return c.text(wrong, 400);
    return c.redirect(redirectBack(state, form));
  });
  app.post("/services/oauth2/token", async (c) => {
    const form = addBasic(c, await readForm(c));
    return sendOAuth(() => exchange(state, base(), form));
  });
  app.on(["GET", "POST"], "/services/oauth2/revoke", async (c) => {
    const { token } = await readForm(c);
    if (token && revokeToken(state, token)) return sendEmpty(200);
    return sendJson({ error: "unsupported_token_type", error_description: "this token type is not supported" }, 400);
  });
  app.post("/services/oauth2/introspect", async (c) => {
    const form = addBasic(c, await readForm(c));
    return sendOAuth(() => introspect(state, form));
  });
  const sendUser = async (c: OrgContext): Promise<Response> => {
    const token = readToken(c) ?? c.req.query("oauth_token");
    const user = state.table("User").get(findLogin(state, token)?.userId ?? "");
    // Not the JSON array: these two doors answer a bare word, with 403.
    if (!user) return c.text("Bad_OAuth_Token", 403);
    return sendJson(describeUser(state, base(), user));
  };
  app.on(["GET", "POST"], "/services/oauth2/userinfo", sendUser);
  app.get("/id/:org/:user", sendUser);
}
