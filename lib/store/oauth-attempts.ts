import type { Side } from "@/lib/decide/record-types";
import { getDatabase } from "./client";

/** One OAuth round trip under way. `stateHash` is SHA-256 of the state; the state itself is nowhere stored. */
export type OAuthAttempt = {
  stateHash: string;
  connectionId: string;
  side: Side;
  sessionId: string;
  /** PKCE verifier, encrypted */
  verifier: string;
  expiresAt: Date;
};

/** Stores the attempt and drops those that ran out. */
export async function createOAuthAttempt(attempt: OAuthAttempt): Promise<void> {
  await getDatabase().$transaction([
    getDatabase().oAuthAttempt.deleteMany({ where: { expiresAt: { lt: new Date() } } }),
    getDatabase().oAuthAttempt.create({ data: attempt }),
  ]);
}

/** Removes and returns the attempt, so that a state works once; null when unknown or used before. */
export async function takeOAuthAttempt(stateHash: string): Promise<OAuthAttempt | null> {
  try {
    const row = await getDatabase().oAuthAttempt.delete({ where: { stateHash } });
    return { ...row, side: row.side as Side };
  } catch (error) {
    // P2025: there was no such row.
    if (typeof error === "object" && error !== null && "code" in error && error.code === "P2025") return null;
    throw error;
  }
}
