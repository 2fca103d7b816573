import type { Side } from "@/lib/decide/record-types";
import {
  listCredentials,
  readCredential,
  type StoredCredential,
  saveCredential,
  withCredentialLocked,
} from "@/lib/store/credentials";
import { getAccessSettings } from "./access-settings";
import { decryptToken, encryptToken, isSealedWithOlderKey } from "./encrypt-token";

/** Tokens in the clear; they never leave this folder except inside a TokenSource. */
export type Tokens = {
  accessToken: string;
  refreshToken: string | null;
  /** Null when the vendor tells no lifetime (Salesforce: discovered by a 401) */
  expiresAt: Date | null;
  scopes: string;
};

/** @throws UnsealError */
export async function readTokens(connectionId: string, side: Side): Promise<Tokens | null> {
  const stored = await readCredential(connectionId, side);
  return stored ? openTokens(connectionId, side, stored) : null;
}

export async function saveTokens(connectionId: string, side: Side, tokens: Tokens): Promise<void> {
  await saveCredential(connectionId, side, sealTokens(connectionId, side, tokens));
}

/** Runs `renew` while no other process can; tokens that it answers as `store` are committed before this resolves. */
export async function withTokensLocked(
  connectionId: string,
  side: Side,
  renew: (tokens: Tokens | null) => Promise<{ tokens: Tokens; store: boolean }>,
): Promise<Tokens> {
  return withCredentialLocked(connectionId, side, async (stored) => {
    const { tokens, store } = await renew(stored ? openTokens(connectionId, side, stored) : null);
    return { result: tokens, store: store ? sealTokens(connectionId, side, tokens) : null };
  });
}

/**
 * Seals every token again with the newest key, so that older keys can be taken out of the settings. Safe while syncs run.
 * Answers how many sides were changed.
 */
export async function rotateKeys(): Promise<number> {
  const { encryptionKeys } = getAccessSettings();
  let changed = 0;
  for (const { connectionId, side } of await listCredentials()) {
    await withCredentialLocked(connectionId, side, async (stored) => {
      const sealed = [stored?.accessToken, stored?.refreshToken].filter((text) => typeof text === "string");
      if (!stored || !sealed.some((text) => isSealedWithOlderKey(text, encryptionKeys))) {
        return { result: null, store: null };
      }
      changed += 1;
      return { result: null, store: sealTokens(connectionId, side, openTokens(connectionId, side, stored)) };
    });
  }
  return changed;
}

/** As they are stored: encrypted for this connection and side, readable for no other. */
export function sealTokens(connectionId: string, side: Side, tokens: Tokens): Omit<StoredCredential, "version"> {
  const { encryptionKeys } = getAccessSettings();
  const { accessToken, refreshToken, expiresAt, scopes } = tokens;
  return {
    accessToken: encryptToken(accessToken, { connectionId, side, column: "access_token" }, encryptionKeys),
    refreshToken:
      refreshToken === null
        ? null
        : encryptToken(refreshToken, { connectionId, side, column: "refresh_token" }, encryptionKeys),
    expiresAt,
    scopes,
  };
}

function openTokens(connectionId: string, side: Side, stored: StoredCredential): Tokens {
  const { encryptionKeys } = getAccessSettings();
  const { accessToken, refreshToken, expiresAt, scopes } = stored;
  return {
    accessToken: decryptToken(accessToken, { connectionId, side, column: "access_token" }, encryptionKeys),
    refreshToken:
      refreshToken === null
        ? null
        : decryptToken(refreshToken, { connectionId, side, column: "refresh_token" }, encryptionKeys),
    expiresAt,
    scopes,
  };
}
