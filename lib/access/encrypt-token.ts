import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Side } from "@/lib/decide/record-types";
import type { EncryptionKey } from "./access-settings";

/** Where a sealed text belongs; it opens nowhere else. */
export type SealedPlace = { connectionId: string; side: Side; column: "access_token" | "refresh_token" | "verifier" };

/** A sealed text that does not open: unknown key, changed text, or text of another row or column. */
export class UnsealError extends Error {
  override readonly name = "UnsealError";
}

const VERSION = "v1";
// 96 bits, the size that GCM is made for (NIST SP 800-38D, 5.2.1.1); random, so no counter has to survive a restart.
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals with the newest key by AES-256-GCM: `v1.<keyId>.<iv>.<tag>.<data>`, the last three base64url. */
export function encryptToken(plain: string, place: SealedPlace, keys: readonly EncryptionKey[]): string {
  const newest = keys[0];
  if (!newest) throw new UnsealError("There is no encryption key.");
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", newest.key, iv);
  cipher.setAAD(bindingOf(place, newest.id));
  const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), data].map((part) => part.toString("base64url"));
  return [VERSION, newest.id, ...parts].join(".");
}

/** @throws UnsealError; its message names the key id and the place, never the text. */
export function decryptToken(sealed: string, place: SealedPlace, keys: readonly EncryptionKey[]): string {
  const [version, keyId = "", iv = "", tag = "", data, ...rest] = sealed.split(".");
  if (version !== VERSION || data === undefined || rest.length > 0) {
    throw new UnsealError(`The stored ${place.side} ${place.column} is not in the form that this version writes.`);
  }
  const key = keys.find((candidate) => candidate.id === keyId);
  if (!key) {
    throw new UnsealError(
      `The stored ${place.side} ${place.column} was encrypted with key "${keyId}", which KAKEHASHI_ENCRYPTION_KEYS does not list.`,
    );
  }
  try {
    const decipher = createDecipheriv("aes-256-gcm", key.key, Buffer.from(iv, "base64url"), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(bindingOf(place, key.id));
    decipher.setAuthTag(Buffer.from(tag, "base64url"));
    return Buffer.concat([decipher.update(Buffer.from(data, "base64url")), decipher.final()]).toString("utf8");
  } catch {
    throw new UnsealError(
      `The stored ${place.side} ${place.column} does not open with key "${keyId}": it was changed or belongs to another row.`,
    );
  }
}

/** Whether the text was sealed with another key than the newest. */
export function isSealedWithOlderKey(sealed: string, keys: readonly EncryptionKey[]): boolean {
  return sealed.split(".")[1] !== keys[0]?.id;
}

function bindingOf(place: SealedPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([place.connectionId, place.side, place.column, keyId]), "utf8");
}
