import { CrmCallError } from "@/lib/crm/face";
import { readTokens } from "./stored-tokens";
import { readHubSpotScopes } from "./token-endpoint";

/**
 * The permissions that HubSpot has granted to our sign-in, by HubSpot's own word; null while it is not connected.
 * @throws CrmCallError when HubSpot cannot be asked or no longer knows the sign-in.
 */
export async function readGrantedScopes(connectionId: string): Promise<string[] | null> {
  const tokens = await readTokens(connectionId, "hubspot");
  if (!tokens) return null;
  // The refresh token stands for the sign-in; an access token may have run out since the last sync.
  const scopes = tokens.refreshToken
    ? await readHubSpotScopes(tokens.refreshToken, "refresh_token")
    : await readHubSpotScopes(tokens.accessToken, "access_token");
  if (scopes) return scopes;
  const message = "The grant was revoked or has expired.";
  throw new CrmCallError({
    side: "hubspot",
    status: 400,
    code: "invalid_grant",
    message,
    fields: [],
    uncertain: false,
  });
}
