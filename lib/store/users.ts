import { randomUUID } from "node:crypto";
import { type DatabaseOrTransaction, getDatabase, inTransaction } from "./client";

export type StoredUser = {
  id: string;
  name: string;
  email: string;
  role: string;
  language: string | null;
  deactivatedAt: Date | null;
  createdAt: Date;
  lastSeenAt: Date | null;
};

const SHOWN = {
  id: true,
  name: true,
  email: true,
  role: true,
  language: true,
  deactivatedAt: true,
  createdAt: true,
} as const;

/** Another constant: changes of people are made one after another, so that two owners cannot remove each other at once. */
const PEOPLE_LOCK = 7265032;

/** Everybody, by address; `lastSeenAt` from the sessions that are still kept. */
export async function listUsers(): Promise<StoredUser[]> {
  const rows = await getDatabase().user.findMany({
    select: { ...SHOWN, sessions: { select: { updatedAt: true }, orderBy: { updatedAt: "desc" }, take: 1 } },
    orderBy: { email: "asc" },
    take: 1_000,
  });
  return rows.map(({ sessions, ...row }) => ({ ...row, lastSeenAt: sessions[0]?.updatedAt ?? null }));
}

export async function readUser(id: string): Promise<StoredUser | null> {
  const row = await getDatabase().user.findUnique({ where: { id }, select: SHOWN });
  return row ? { ...row, lastSeenAt: null } : null;
}

/** By address in lower case. */
export async function findUserByEmail(email: string): Promise<StoredUser | null> {
  const row = await getDatabase().user.findUnique({ where: { email }, select: SHOWN });
  return row ? { ...row, lastSeenAt: null } : null;
}

export type UserChange = { role?: string | undefined; active?: boolean | undefined };

/**
 * Changes role or standing of one person, unless nobody would be an active owner afterwards. Who is deactivated is
 * signed out everywhere. `mayChange` is asked with the person as they are at that moment.
 */
export function changeUser(
  id: string,
  change: UserChange,
  mayChange: (user: StoredUser) => boolean,
): Promise<
  { kind: "changed"; before: StoredUser; after: StoredUser } | { kind: "not_found" | "not_allowed" | "last_owner" }
> {
  return inTransaction(async (transaction) => {
    await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${PEOPLE_LOCK})`;
    const row = await transaction.user.findUnique({ where: { id }, select: SHOWN });
    if (!row) return { kind: "not_found" };
    const before = { ...row, lastSeenAt: null };
    if (!mayChange(before)) return { kind: "not_allowed" };
    const deactivatedAt = change.active === undefined ? row.deactivatedAt : change.active ? null : new Date();
    const role = change.role ?? row.role;
    const staysOwner = role === "owner" && deactivatedAt === null;
    if (!staysOwner && (await countOwners(transaction, id)) === 0) return { kind: "last_owner" };
    if (deactivatedAt) await transaction.session.deleteMany({ where: { userId: id } });
    const after = await transaction.user.update({ where: { id }, data: { role, deactivatedAt }, select: SHOWN });
    return { kind: "changed", before, after: { ...after, lastSeenAt: null } };
  });
}

/** Signs a person out everywhere. */
export async function endSessions(userId: string): Promise<void> {
  await getDatabase().session.deleteMany({ where: { userId } });
}

/** Active owners besides this person. */
function countOwners(database: DatabaseOrTransaction, besides: string): Promise<number> {
  return database.user.count({ where: { role: "owner", deactivatedAt: null, id: { not: besides } } });
}

/** Makes an account with a password that is already hashed. */
export async function insertUser(
  database: DatabaseOrTransaction,
  user: { email: string; name: string; role: string; language: string | null },
  passwordHash: string,
): Promise<string> {
  const id = randomUUID();
  await database.user.create({
    data: {
      ...user,
      id,
      emailVerified: true,
      accounts: { create: { id: randomUUID(), accountId: id, providerId: "credential", password: passwordHash } },
    },
  });
  return id;
}

/** Sets a new password and ends every session of the person. False when there is no such active person. */
export async function replacePassword(
  database: DatabaseOrTransaction,
  email: string,
  passwordHash: string,
): Promise<boolean> {
  const user = await database.user.findFirst({ where: { email, deactivatedAt: null }, select: { id: true } });
  if (!user) return false;
  const where = { userId: user.id, providerId: "credential" };
  const { count } = await database.account.updateMany({ where, data: { password: passwordHash } });
  if (count === 0) {
    await database.account.create({
      data: {
        id: randomUUID(),
        accountId: user.id,
        providerId: "credential",
        userId: user.id,
        password: passwordHash,
      },
    });
  }
  await database.session.deleteMany({ where: { userId: user.id } });
  return true;
}
