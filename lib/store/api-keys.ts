import { getDatabase } from "./client";

/** A key as it may be shown: never the key itself, nor its hash. */
export type StoredApiKey = {
  id: string;
  name: string;
  role: string;
  prefix: string;
  createdBy: string;
  createdAt: Date;
  /** To the minute; null: never */
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  revokedBy: string | null;
};

const SHOWN = {
  id: true,
  name: true,
  role: true,
  prefix: true,
  createdBy: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
  revokedBy: true,
} as const;

const MINUTE_MS = 60_000;

/** Usable ones first, newest first. */
export async function listApiKeys(): Promise<StoredApiKey[]> {
  const rows = await getDatabase().apiKey.findMany({ select: SHOWN, orderBy: { createdAt: "desc" }, take: 500 });
  return [...rows.filter((row) => row.revokedAt === null), ...rows.filter((row) => row.revokedAt !== null)];
}

export function insertApiKey(
  key: Pick<StoredApiKey, "name" | "role" | "prefix" | "createdBy"> & { keyHash: string },
): Promise<StoredApiKey> {
  return getDatabase().apiKey.create({ data: key, select: SHOWN });
}

/** The usable key with this hash; notes that it was used, at most once a minute. Null when there is none. */
export async function takeApiKey(keyHash: string, now: Date): Promise<StoredApiKey | null> {
  const database = getDatabase();
  const found = await database.apiKey.findUnique({ where: { keyHash }, select: SHOWN });
  if (!found || found.revokedAt) return null;
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() >= MINUTE_MS) {
    await database.apiKey.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  return found;
}

/** Ends a key for good; null when there is none or it ended before. */
export async function revokeApiKey(id: string, by: string, now: Date): Promise<StoredApiKey | null> {
  const database = getDatabase();
  const { count } = await database.apiKey.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: now, revokedBy: by },
  });
  return count === 0 ? null : database.apiKey.findUnique({ where: { id }, select: SHOWN });
}

export function readApiKey(id: string): Promise<StoredApiKey | null> {
  return getDatabase().apiKey.findUnique({ where: { id }, select: SHOWN });
}

/** How many usable keys each person made, by their address. */
export async function countKeysByMaker(): Promise<Map<string, number>> {
  const groups = await getDatabase().apiKey.groupBy({
    by: ["createdBy"],
    where: { revokedAt: null },
    _count: { _all: true },
  });
  return new Map(groups.map((group) => [group.createdBy, group._count._all]));
}
