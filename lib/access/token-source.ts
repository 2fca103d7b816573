import { CrmCallError, type TokenSource } from "@/lib/crm/face";
import type { Side } from "@/lib/decide/record-types";
import { readConnection } from "@/lib/store/connections";
import { getAccessSettings } from "./access-settings";
import { UnsealError } from "./encrypt-token";
import { readLoginUrl } from "./login-url";
import { readTokens, type Tokens, withTokensLocked } from "./stored-tokens";
import { refreshTokens } from "./token-endpoint";

/** HubSpot tokens live 1,800 s; renewing 3 minutes ahead keeps the longest batch of calls from being cut off. */
const AHEAD_MS = 180_000;

/**
 * Fresh access tokens of one side. Holds the token in memory for as long as the source is used (one run), so that a
 * call costs no database read; every renewal goes through the row lock, so that two workers renew once.
 * Both functions throw CrmCallError: code `invalid_grant` when a person must sign in again; status 0 or 5xx and no code
 * when the vendor cannot be reached, which passes.
 */
export function createTokenSource(connectionId: string, side: Side): TokenSource {
  let held: Tokens | null = null;
  let renewal: Promise<Tokens> | null = null;
  let baseUrl: string | null = null;

  const give = async (tokens: Tokens) => {
    held = tokens;
    baseUrl ??= await readBaseUrl(connectionId, side);
    return { accessToken: tokens.accessToken, baseUrl };
  };

  /** Calls of this process that fail together wait for one renewal. */
  const renewOnce = (isStale: (tokens: Tokens) => boolean): Promise<Tokens> => {
    renewal ??= renewTokens(connectionId, side, isStale).finally(() => {
      renewal = null;
    });
    return renewal;
  };

  return {
    async current() {
      const tokens = held ?? (await readHeldTokens(connectionId, side));
      if (!tokens) throw signInLost(side, "This side is not connected.");
      if (!isEnding(tokens)) return give(tokens);
      return give(await renewOnce(isEnding).catch((error) => keepWhileValid(error, tokens)));
    },
    async renew(refusedAccessToken) {
      if (held && held.accessToken !== refusedAccessToken) return give(held);
      return give(await renewOnce((tokens) => tokens.accessToken === refusedAccessToken));
    },
  };
}

async function readHeldTokens(connectionId: string, side: Side): Promise<Tokens | null> {
  return readTokens(connectionId, side).catch((error: unknown) => {
    throw asSignInLost(side, error);
  });
}

/** Under the row lock: whoever comes second finds the token that the first one brought. */
async function renewTokens(connectionId: string, side: Side, isStale: (tokens: Tokens) => boolean): Promise<Tokens> {
  // Before the lock: it holds a connection of the pool already.
  const loginUrl = await readLoginUrl(connectionId);
  return withTokensLocked(connectionId, side, async (tokens) => {
    if (!tokens) throw signInLost(side, "This side is not connected.");
    if (!isStale(tokens)) return { tokens, store: false };
    if (tokens.refreshToken === null) throw signInLost(side, "There is no refresh token; sign in again.");
    const { accessToken, refreshToken, expiresAt, scopes } = await refreshTokens(side, tokens.refreshToken, {
      scopes: tokens.scopes,
      loginUrl,
    });
    return { tokens: { accessToken, refreshToken, expiresAt, scopes }, store: true };
  }).catch((error: unknown) => {
    throw asSignInLost(side, error);
  });
}

function isEnding(tokens: Tokens): boolean {
  return tokens.expiresAt !== null && tokens.expiresAt.getTime() - Date.now() < AHEAD_MS;
}

/** An outage of the token endpoint does no harm while the token in hand still works. */
function keepWhileValid(error: unknown, tokens: Tokens): Tokens {
  const passes = error instanceof CrmCallError && error.failure.code === "";
  if (passes && tokens.expiresAt && tokens.expiresAt.getTime() > Date.now()) return tokens;
  throw error;
}

async function readBaseUrl(connectionId: string, side: Side): Promise<string> {
  if (side === "hubspot") return getAccessSettings().hubspot.apiUrl;
  const connection = await readConnection(connectionId);
  if (!connection?.salesforceUrl) throw signInLost(side, "The address of the Salesforce org is not known.");
  return connection.salesforceUrl;
}

/**
 * Any final no of the token endpoint (grant revoked, user inactive, client secret changed) needs a person. So does a
 * stored token that no key opens. Outages carry no code and stay what they are.
 */
function asSignInLost(side: Side, error: unknown): unknown {
  if (error instanceof UnsealError) return signInLost(side, error.message);
  if (!(error instanceof CrmCallError) || error.failure.code === "") return error;
  const code = error.failure.code === "BAD_REFRESH_TOKEN" ? "BAD_REFRESH_TOKEN" : "invalid_grant";
  return signInLost(side, error.failure.message, code);
}

function signInLost(side: Side, message: string, code = "invalid_grant"): CrmCallError {
  return new CrmCallError({ side, status: 400, code, message, fields: [], uncertain: false });
}
