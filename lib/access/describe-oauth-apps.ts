import type { Side } from "@/lib/decide/record-types";
import { getAccessSettings } from "./access-settings";
import { isOAuthAppSet } from "./token-endpoint";

export type OAuthApp = { isSet: boolean; signInAt: string; callbackUrl: string };

/**
 * What this server is set to sign in with; no secrets. `signInAt`: the host on whose pages the person signs in unless
 * another place is chosen.
 */
export function describeOAuthApps(): Record<Side, OAuthApp> {
  const { publicUrl, hubspot, salesforce } = getAccessSettings();
  const tell = (side: Side, signInUrl: string): OAuthApp => ({
    isSet: isOAuthAppSet(side),
    signInAt: new URL(signInUrl).host,
    callbackUrl: `${publicUrl}/api/oauth/${side}/callback`,
  });
  return {
    hubspot: tell("hubspot", hubspot.authorizeUrl),
    salesforce: tell("salesforce", salesforce.loginUrl),
  };
}
