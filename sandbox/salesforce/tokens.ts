import { createHash } from "node:crypto";
import { ORG_ID } from "./ids";
import type { Login, OrgState } from "./state";

/** Unguessable is not needed here, but unique and of the real look: a hash of a counter. */
function makeSecret(state: OrgState, kind: string): string {
  const seed = `${kind}:${++state.setup.tokenCounter}:${state.clock.now()}`;
  return createHash("sha256").update(seed).digest("base64url");
}

/** A new access token for the login, `00D…!AQ…`. */
export function issueAccessToken(state: OrgState, login: Login): string {
  const token = `${ORG_ID.slice(0, 15)}!AQ${makeSecret(state, "access")}`;
  state.setup.accessTokens[token] = login;
  // Access tokens have no expiry here; without this a long run with many refreshes would only grow.
  const all = Object.keys(state.setup.accessTokens);
  for (const old of all.slice(0, Math.max(0, all.length - 1000))) delete state.setup.accessTokens[old];
  state.touch();
  return token;
}

export function issueRefreshToken(state: OrgState, login: Login): string {
  const token = `5Aep${makeSecret(state, "refresh")}`;
  state.setup.refreshTokens[token] = login;
  state.touch();
  return token;
}

export function issueCode(state: OrgState): string {
  return `aPrx${makeSecret(state, "code")}`;
}

/** Kills a token of either kind; a dead refresh token takes its access tokens along. False = unknown token. */
export function revokeToken(state: OrgState, token: string): boolean {
  const { accessTokens, refreshTokens } = state.setup;
  const known = Object.hasOwn(accessTokens, token) || Object.hasOwn(refreshTokens, token);
  delete accessTokens[token];
  if (Object.hasOwn(refreshTokens, token)) {
    delete refreshTokens[token];
    for (const [access, login] of Object.entries(accessTokens))
      if (login.refreshToken === token) delete accessTokens[access];
  }
  state.touch();
  return known;
}
