import { createHash, randomBytes } from "node:crypto";
import { CrmCallError } from "@/lib/crm/face";
import type { Side } from "@/lib/decide/record-types";
import { saveAccount } from "@/lib/store/connections";
import { createOAuthAttempt, takeOAuthAttempt } from "@/lib/store/oauth-attempts";
import { getAccessSettings } from "./access-settings";
import { trustedOrigins } from "./auth";
import { decryptToken, encryptToken } from "./encrypt-token";
import { acceptInstanceUrl } from "./instance-url";
import { readLoginUrl } from "./login-url";
import { saveTokens } from "./stored-tokens";
import { findPlaceFor, type SwitchAnswer } from "./switch-account";
import { exchangeCode, isOAuthAppSet, readHubSpotPortal, type TokenReply } from "./token-endpoint";

/** Why a round trip did not connect; worded in messages under `connection.problems`. */
export type OAuthProblem =
  | "state_invalid"
  | "denied"
  | "code_refused"
  | "unreachable"
  | "instance_url_refused"
  | "other_account";

/** The page that began, to which the browser goes back; a round trip that nobody began goes to the connection page. */
export type ReturnPage = "connection" | "setup";

export type OAuthOutcome = { returnTo: ReturnPage } & (
  | { ok: true; connectionId: string; switched: boolean }
  | { ok: false; problem: OAuthProblem }
);

/** What came back with the browser. */
export type CallbackQuery = { state: string | null; code: string | null; error: string | null };

/** What has to wait on our side until the browser is back. */
type Secret = {
  verifier: string;
  redirectUri: string;
  returnTo: ReturnPage;
  /** Where the Salesforce org signs in */
  loginUrl: string;
  maySwitch: boolean;
};

/** What somebody wants who begins to sign in. */
export type OAuthWish = {
  /** Where the person's browser is; it counts if it is one of ours, else the public address */
  origin: string | null;
  /** The page to which the round trip leads back */
  returnTo: ReturnPage;
  /** Salesforce: where to sign in, as acceptLoginUrl took it; null = where the connection signed in before */
  loginUrl: string | null;
  /** Another account than before is what is wanted: what belongs to the earlier one is put aside */
  maySwitch: boolean;
};

const ATTEMPT_MS = 10 * 60_000;
const SCOPES: Record<Side, string> = {
  hubspot:
    "oauth crm.objects.contacts.read crm.objects.contacts.write crm.schemas.contacts.read crm.schemas.contacts.write crm.objects.owners.read",
  salesforce: "api refresh_token openid",
};

/** What further objects need: HubSpot grants those that the app is configured for and drops the others. */
const OPTIONAL_HUBSPOT_SCOPES = [
  ...["companies", "deals"].flatMap((name) => [
    `crm.objects.${name}.read`,
    `crm.objects.${name}.write`,
    `crm.schemas.${name}.read`,
    `crm.schemas.${name}.write`,
  ]),
  "crm.lists.read",
  "forms",
  "content",
  "sales-email-read",
].join(" ");

/**
 * Begins a sign-in: answers the vendor's authorize address, null when no OAuth app is set for the side. The state is
 * 256 random bits, kept hashed, bound to the person's session, good once within ten minutes; PKCE S256 on both sides.
 */
export async function startOAuth(
  connectionId: string,
  side: Side,
  sessionId: string,
  wish: OAuthWish,
): Promise<string | null> {
  if (!isOAuthAppSet(side)) return null;
  const settings = getAccessSettings();
  const state = randomBytes(32).toString("base64url");
  const verifier = randomBytes(48).toString("base64url");
  const redirectUri = redirectUriOf(side, wish.origin);
  const loginUrl = wish.loginUrl ?? (await readLoginUrl(connectionId));
  const { returnTo, maySwitch } = wish;
  await createOAuthAttempt({
    stateHash: hashState(state),
    connectionId,
    side,
    sessionId,
    verifier: encryptToken(
      JSON.stringify({ verifier, redirectUri, returnTo, loginUrl, maySwitch } satisfies Secret),
      { connectionId, side, column: "verifier" },
      settings.encryptionKeys,
    ),
    expiresAt: new Date(Date.now() + ATTEMPT_MS),
  });
  const url = new URL(side === "hubspot" ? settings.hubspot.authorizeUrl : `${loginUrl}/services/oauth2/authorize`);
  const query = {
    response_type: "code",
    client_id: settings[side].clientId ?? "",
    redirect_uri: redirectUri,
    scope: SCOPES[side],
    // A browser that is signed in to Salesforce already would be taken as the integration user without a question.
    ...(side === "hubspot" ? { optional_scope: OPTIONAL_HUBSPOT_SCOPES } : { prompt: "select_account" }),
    state,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

/** Ends a sign-in: checks the state, trades the code, refuses foreign hosts and other accounts, stores the tokens. */
export async function finishOAuth(side: Side, query: CallbackQuery, sessionId: string | null): Promise<OAuthOutcome> {
  const attempt = query.state ? await takeOAuthAttempt(hashState(query.state)) : null;
  const isOurs = attempt !== null && attempt.side === side && attempt.sessionId === sessionId;
  if (!isOurs || attempt.expiresAt.getTime() < Date.now()) {
    return { ok: false, problem: "state_invalid", returnTo: "connection" };
  }
  const { connectionId } = attempt;
  const { encryptionKeys } = getAccessSettings();
  const sealed = decryptToken(attempt.verifier, { connectionId, side, column: "verifier" }, encryptionKeys);
  const secret = JSON.parse(sealed) as Secret;
  const { returnTo } = secret;
  const kept = await tradeCode(connectionId, side, query, secret);
  if ("problem" in kept) return { ok: false, problem: kept.problem, returnTo };
  return { ok: true, ...kept, switched: kept.connectionId !== connectionId, returnTo };
}

type Kept = { connectionId: string } | { problem: OAuthProblem };

async function tradeCode(connectionId: string, side: Side, query: CallbackQuery, secret: Secret): Promise<Kept> {
  if (query.error || !query.code) return { problem: query.error === "access_denied" ? "denied" : "code_refused" };
  try {
    const reply = await exchangeCode(side, query.code, secret);
    const keep = side === "hubspot" ? keepHubSpot : keepSalesforce;
    return await keep(connectionId, reply, secret);
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    return { problem: error.failure.code === "" ? "unreachable" : "code_refused" };
  }
}

async function keepHubSpot(connectionId: string, reply: TokenReply, { maySwitch }: Secret): Promise<Kept> {
  const portalId = reply.hubId ?? (await readHubSpotPortal(reply.accessToken));
  const place = await findPlaceFor(connectionId, "hubspot", portalId, maySwitch);
  if (place.kind !== "fits") return { problem: PLACE_PROBLEM[place.kind] };
  await saveTokens(place.connectionId, "hubspot", { ...reply, scopes: reply.scopes || SCOPES.hubspot });
  await saveAccount(place.connectionId, "hubspot", accountOf(portalId));
  return { connectionId: place.connectionId };
}

async function keepSalesforce(connectionId: string, reply: TokenReply, { loginUrl, maySwitch }: Secret): Promise<Kept> {
  const url = acceptInstanceUrl(reply.instanceUrl ?? "", loginUrl);
  if (!url) return { problem: "instance_url_refused" };
  // The identity address ends in /id/<org id>/<user id>; it is read, never called.
  const [, orgId, userId] = /\/id\/([A-Za-z0-9]{15,18})\/([A-Za-z0-9]{15,18})$/.exec(reply.identityUrl ?? "") ?? [];
  if (!orgId || !userId) return { problem: "code_refused" };
  const place = await findPlaceFor(connectionId, "salesforce", orgId, maySwitch);
  if (place.kind !== "fits") return { problem: PLACE_PROBLEM[place.kind] };
  const isServers = loginUrl === getAccessSettings().salesforce.loginUrl;
  await saveTokens(place.connectionId, "salesforce", { ...reply, scopes: reply.scopes || SCOPES.salesforce });
  await saveAccount(place.connectionId, "salesforce", accountOf(orgId), {
    url,
    userId,
    loginUrl: isServers ? null : loginUrl,
  });
  return { connectionId: place.connectionId };
}

const PLACE_PROBLEM: Record<Exclude<SwitchAnswer["kind"], "fits">, OAuthProblem> = {
  kept: "other_account",
  gone: "state_invalid",
};

/** The name is read from the CRM right after; until then the id stands for it. */
function accountOf(id: string) {
  return { id, name: id, userName: null, connectedAt: new Date() };
}

/** On one's own machine localhost and 127.0.0.1 are one app, but the cookie that the state is bound to belongs to one. */
function redirectUriOf(side: Side, origin: string | null): string {
  const { publicUrl } = getAccessSettings();
  const base = origin !== null && trustedOrigins(publicUrl).includes(origin) ? origin : publicUrl;
  return `${base}/api/oauth/${side}/callback`;
}

function hashState(state: string): string {
  return createHash("sha256").update(state).digest("hex");
}
