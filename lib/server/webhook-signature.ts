import { createHmac, timingSafeEqual } from "node:crypto";

/** HubSpot asks receivers to refuse what was signed more than 5 minutes ago (or ahead, by clocks that differ). */
export const SIGNATURE_AGE_MS = 300_000;

export type SignedRequest = {
  method: string;
  /** The whole address as HubSpot called it: the public one, never what a proxy made of it */
  url: string;
  /** Unparsed, byte by byte */
  body: Uint8Array;
  /** `X-HubSpot-Request-Timestamp`, epoch ms as text */
  timestamp: string | null;
  /** `X-HubSpot-Signature-v3`, base64 */
  signature: string | null;
};

/** Escapes that HubSpot decodes before it signs. The question mark that starts the query is none of them. */
const DECODED: Record<string, string> = {
  "%3A": ":",
  "%2F": "/",
  "%3F": "?",
  "%40": "@",
  "%21": "!",
  "%24": "$",
  "%27": "'",
  "%28": "(",
  "%29": ")",
  "%2A": "*",
  "%2C": ",",
  "%3B": ";",
};

/** Whether the time of signing is near enough; decided before the body is read, so that old requests cost nothing. */
export function isFreshTimestamp(timestamp: string | null, now: number): boolean {
  if (timestamp === null || !/^\d{1,15}$/.test(timestamp)) return false;
  return Math.abs(now - Number(timestamp)) <= SIGNATURE_AGE_MS;
}

/**
 * Signature v3: base64 of HMAC-SHA256 over method, address, raw body and timestamp, keyed with the app's client secret.
 * Compared in constant time. Says nothing about age: see isFreshTimestamp.
 */
export function isSignedByHubSpot(request: SignedRequest, clientSecret: string): boolean {
  const { method, url, body, timestamp, signature } = request;
  if (clientSecret === "" || timestamp === null || signature === null) return false;
  const expected = createHmac("sha256", clientSecret)
    .update(`${method.toUpperCase()}${decodeAddress(url)}`, "utf8")
    .update(body)
    .update(timestamp, "utf8")
    .digest();
  const given = Buffer.from(signature, "base64");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function decodeAddress(url: string): string {
  return url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (code) => DECODED[code.toUpperCase()] ?? code);
}
