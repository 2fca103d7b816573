import { createHash, randomBytes } from "node:crypto";
import { CrmCallError } from "@/lib/crm/face";
import type { Side } from "@/lib/decide/record-types";
import { readAccountIds, saveAccount } from "@/lib/store/connections";
import { createOAuthAttempt, takeOAuthAttempt } from "@/lib/store/oauth-attempts";
import { hasPairs } from "@/lib/store/record-queries";
import { getAccessSettings } from "./access-settings";
import { trustedOrigins } from "./auth";
import { decryptToken, encryptToken } from "./encrypt-token";
import { acceptInstanceUrl } from "./instance-url";
import { saveTokens } from "./stored-tokens";
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
  | { ok: true; connectionId: string }
  | { ok: false; problem: OAuthProblem }
);

/** What came back with the browser. */
export type CallbackQuery = { state: string | null; code: string | null; error: string | null };

/** What has to wait on our side until the browser is back. */
type Secret = { verifier: string; redirectUri: string; returnTo?: ReturnPage };

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
 * `origin`: where the person's browser is; it counts if it is one of ours, else the public address. `returnTo`: the page
 * to which the round trip leads back.
 */
export async function startOAuth(
  connectionId: string,
  side: Side,
  sessionId: string,
  { origin, returnTo }: { origin: string | null; returnTo: ReturnPage },
): Promise<string | null> {
  if (!isOAuthAppSet(side)) return null;
  const settings = getAccessSettings();
  const state = randomBytes(32).toString("base64url");
  const verifier = randomBytes(48).toString("base64url");
  const redirectUri = redirectUriOf(side, origin);
  await createOAuthAttempt({
    stateHash: hashState(state),
    connectionId,
    side,
    sessionId,
    verifier: encryptToken(
      JSON.stringify({ verifier, redirectUri, returnTo } satisfies Secret),
      { connectionId, side, column: "verifier" },
      settings.encryptionKeys,
    ),
    expiresAt: new Date(Date.now() + ATTEMPT_MS),
  });
  const url = new URL(
    side === "hubspot" ? settings.hubspot.authorizeUrl : `${settings.salesforce.loginUrl}/services/oauth2/authorize`,
  );
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
  const { returnTo = "connection" } = secret;
  const problem = await tradeCode(connectionId, side, query, secret);
  return problem ? { ok: false, problem, returnTo } : { ok: true, connectionId, returnTo };
}

/** Null when the side is connected. */
async function tradeCode(
  connectionId: string,
  side: Side,
  query: CallbackQuery,
  secret: Secret,
): Promise<OAuthProblem | null> {
  if (query.error || !query.code) return query.error === "access_denied" ? "denied" : "code_refused";
  try {
    const reply = await exchangeCode(side, query.code, secret.redirectUri, secret.verifier);
    return side === "hubspot" ? await keepHubSpot(connectionId, reply) : await keepSalesforce(connectionId, reply);
  } catch (error) {
    if (!(error instanceof CrmCallError)) throw error;
    return error.failure.code === "" ? "unreachable" : "code_refused";
  }
}

async function keepHubSpot(connectionId: string, reply: TokenReply): Promise<OAuthProblem | null> {
  const portalId = reply.hubId ?? (await readHubSpotPortal(reply.accessToken));
  if (await belongsToOther(connectionId, "hubspot", portalId)) return "other_account";
  await saveTokens(connectionId, "hubspot", { ...reply, scopes: reply.scopes || SCOPES.hubspot });
  await saveAccount(connectionId, "hubspot", accountOf(portalId));
  return null;
}

async function keepSalesforce(connectionId: string, reply: TokenReply): Promise<OAuthProblem | null> {
  const url = acceptInstanceUrl(reply.instanceUrl ?? "", getAccessSettings().salesforce.loginUrl);
  if (!url) return "instance_url_refused";
  // The identity address ends in /id/<org id>/<user id>; it is read, never called.
  const [, orgId, userId] = /\/id\/([A-Za-z0-9]{15,18})\/([A-Za-z0-9]{15,18})$/.exec(reply.identityUrl ?? "") ?? [];
  if (!orgId || !userId) return "code_refused";
  if (await belongsToOther(connectionId, "salesforce", orgId)) return "other_account";
  await saveTokens(connectionId, "salesforce", { ...reply, scopes: reply.scopes || SCOPES.salesforce });
  await saveAccount(connectionId, "salesforce", accountOf(orgId), { url, userId });
  return null;
}

/** Pairs carry ids of one portal and one org; another account would link them to strangers. */
async function belongsToOther(connectionId: string, side: Side, accountId: string): Promise<boolean> {
  const known = (await readAccountIds(connectionId))[side];
  // 15 and 18 characters are the same Salesforce id; HubSpot's portal ids are shorter than either.
  return known !== null && known.slice(0, 15) !== accountId.slice(0, 15) && (await hasPairs(connectionId));
}

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
