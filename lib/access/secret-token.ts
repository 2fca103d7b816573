import { createHash, randomBytes } from "node:crypto";

/** 256 random bits as text that fits into an address and a header: nobody guesses it, so a plain SHA-256 is enough to keep. */
export function makeSecretToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept in place of a token. */
export function hashSecretToken(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}
