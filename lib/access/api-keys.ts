import { insertApiKey, readApiKey, revokeApiKey, type StoredApiKey, takeApiKey } from "@/lib/store/api-keys";
import { getAccessSettings } from "./access-settings";
import type { Actor } from "./actor";
import { isSameSecret } from "./bearer";
import { isUserRole, mayGrant, type UserRole } from "./roles";
import { hashSecretToken, makeSecretToken } from "./secret-token";
import { writeAudit } from "./write-audit";

/** "kk_" and six letters tell keys apart without helping to guess one: 220 bits stay secret. */
const PREFIX_LENGTH = 9;

/** Whether the settings of the server hold a key of their own. */
export function hasSettingsKey(): boolean {
  return getAccessSettings().firstAdmin?.apiKey !== undefined;
}

/** Whose key this is; null when it is none of ours, or was revoked. The key of the settings is an administrator's. */
export async function readKeyHolder(bearer: string): Promise<Actor | null> {
  if (isSameSecret(bearer, getAccessSettings().firstAdmin?.apiKey)) return { name: "api-key", role: "admin" };
  if (!bearer.startsWith("kk_")) return null;
  const key = await takeApiKey(hashSecretToken(bearer), new Date());
  return key && isUserRole(key.role) ? { name: `api-key:${key.name}`, role: key.role } : null;
}

/** Makes a key that may what `role` may. The answer holds the key itself, which nothing can show again. */
export async function createApiKey(
  wish: { name: string; role: UserRole },
  by: Actor,
): Promise<{ kind: "made"; key: StoredApiKey; secret: string } | { kind: "not_allowed" }> {
  if (!mayGrant(by.role, wish.role)) return { kind: "not_allowed" };
  const secret = `kk_${makeSecretToken()}`;
  const prefix = secret.slice(0, PREFIX_LENGTH);
  const key = await insertApiKey({ ...wish, prefix, createdBy: by.name, keyHash: hashSecretToken(secret) });
  await writeAudit(by.name, "api_key_created", null, { after: { name: key.name, role: key.role, prefix } });
  return { kind: "made", key, secret };
}

/** Ends a key at once. Nobody ends a key that may more than they may. */
export async function endApiKey(
  id: string,
  by: Actor,
): Promise<{ kind: "revoked"; key: StoredApiKey } | { kind: "not_found" | "not_allowed" }> {
  const known = await readApiKey(id);
  if (!known || known.revokedAt) return { kind: "not_found" };
  if (isUserRole(known.role) && !mayGrant(by.role, known.role)) return { kind: "not_allowed" };
  const key = await revokeApiKey(id, by.name, new Date());
  if (!key) return { kind: "not_found" };
  const { name, role, prefix } = key;
  await writeAudit(by.name, "api_key_revoked", null, { before: { name, role, prefix } });
  return { kind: "revoked", key };
}
