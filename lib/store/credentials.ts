import type { Side } from "@/lib/decide/record-types";
import { getDatabase, inTransaction } from "./client";

/** Tokens of one side as stored: encrypted text, never plain. `expiresAt` null = the vendor tells no lifetime. */
export type StoredCredential = {
  accessToken: string;
  refreshToken: string | null;
  expiresAt: Date | null;
  scopes: string;
  version: number;
};

/** Null when the side is not connected. */
export async function readCredential(connectionId: string, side: Side): Promise<StoredCredential | null> {
  const row = await getDatabase().credential.findUnique({ where: { connectionId_side: { connectionId, side } } });
  return row ? toCredential(row) : null;
}

/** Stores what a sign-in brought, over whatever was there. */
export async function saveCredential(
  connectionId: string,
  side: Side,
  credential: Omit<StoredCredential, "version">,
): Promise<void> {
  await getDatabase().credential.upsert({
    where: { connectionId_side: { connectionId, side } },
    create: { connectionId, side, ...credential },
    update: { ...credential, version: { increment: 1 } },
  });
}

export async function deleteCredential(connectionId: string, side: Side): Promise<void> {
  await getDatabase().credential.deleteMany({ where: { connectionId, side } });
}

/**
 * Runs `work` while this row is locked, so that a token is renewed by one process at a time. What `work` answers as
 * `store` is written and committed before the promise resolves; waits at most 60 s for lock and work together.
 * `work` gets null when the side is not connected.
 */
export async function withCredentialLocked<Result>(
  connectionId: string,
  side: Side,
  work: (
    credential: StoredCredential | null,
  ) => Promise<{ result: Result; store: Omit<StoredCredential, "version"> | null }>,
): Promise<Result> {
  return inTransaction(async (transaction) => {
    await transaction.$queryRaw`
      SELECT 1 FROM credential WHERE connection_id = ${connectionId}::uuid AND side = ${side} FOR UPDATE`;
    const row = await transaction.credential.findUnique({ where: { connectionId_side: { connectionId, side } } });
    const { result, store } = await work(row ? toCredential(row) : null);
    if (store) {
      await transaction.credential.update({
        where: { connectionId_side: { connectionId, side } },
        data: { ...store, version: { increment: 1 } },
      });
    }
    return result;
  }, 60_000);
}

/** Every stored credential, for re-encrypting under a new key. */
export async function listCredentials(): Promise<{ connectionId: string; side: Side }[]> {
  const rows = await getDatabase().credential.findMany({ select: { connectionId: true, side: true } });
  return rows.map((row) => ({ connectionId: row.connectionId, side: row.side as Side }));
}

function toCredential(row: StoredCredential): StoredCredential {
  const { accessToken, refreshToken, expiresAt, scopes, version } = row;
  return { accessToken, refreshToken, expiresAt, scopes, version };
}
