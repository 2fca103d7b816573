import { createHash, timingSafeEqual } from "node:crypto";

/** Compares two secrets in constant time whatever their lengths; false when nothing is expected. */
export function isSameSecret(given: string, expected: string | undefined): boolean {
  if (!expected) return false;
  return timingSafeEqual(digestOf(given), digestOf(expected));
}

/** The token of `Authorization: Bearer …`, null when there is none. */
export function readBearer(headers: Headers): string | null {
  return /^Bearer ([\x21-\x7e]{1,1000})$/i.exec(headers.get("authorization") ?? "")?.[1] ?? null;
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text, "utf8").digest();
}
