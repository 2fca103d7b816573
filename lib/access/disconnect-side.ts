import type { Side } from "@/lib/decide/record-types";
import { forgetSignIn, returnToSetup } from "@/lib/store/connections";
import { deleteCredential } from "@/lib/store/credentials";
import { readLoginUrl } from "./login-url";
import { readTokens } from "./stored-tokens";
import { revokeToken } from "./token-endpoint";

/**
 * Revokes the grant at the vendor and forgets the tokens; syncing stops, pairs and settings stay. Tokens are forgotten
 * also when the vendor does not answer. Answers whether the vendor confirmed the revocation.
 */
export async function disconnectSide(connectionId: string, side: Side): Promise<boolean> {
  // Tokens that no key opens any more can still be forgotten.
  const tokens = await readTokens(connectionId, side).catch(() => null);
  const loginUrl = await readLoginUrl(connectionId);
  await deleteCredential(connectionId, side);
  await forgetSignIn(connectionId, side);
  await returnToSetup(connectionId);
  if (!tokens) return false;
  return revokeToken(side, tokens.refreshToken ?? tokens.accessToken, loginUrl);
}
