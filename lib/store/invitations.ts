import { getDatabase, inTransaction } from "./client";
import { insertUser, replacePassword } from "./users";

export type StoredInvitation = {
  id: string;
  purpose: "invite" | "password";
  email: string;
  role: string;
  language: string;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
};

const SHOWN = {
  id: true,
  purpose: true,
  email: true,
  role: true,
  language: true,
  invitedBy: true,
  createdAt: true,
  expiresAt: true,
} as const;

type Row = Omit<StoredInvitation, "purpose"> & { purpose: string };
const OPEN = { acceptedAt: null, revokedAt: null } as const;

const toInvitation = (row: Row): StoredInvitation => ({
  ...row,
  purpose: row.purpose === "password" ? "password" : "invite",
});

/** Invitations that nobody has accepted yet, the expired ones too, newest first. */
export async function listInvitations(): Promise<StoredInvitation[]> {
  const rows = await getDatabase().invitation.findMany({
    where: { ...OPEN, purpose: "invite" },
    select: SHOWN,
    orderBy: { createdAt: "desc" },
    take: 500,
  });
  return rows.map(toInvitation);
}

/** Makes a link; an older one with the same purpose for the same address no longer opens. */
export async function insertInvitation(
  invitation: Omit<StoredInvitation, "id" | "createdAt"> & { tokenHash: string },
): Promise<StoredInvitation> {
  const { email, purpose } = invitation;
  return inTransaction(async (transaction) => {
    await transaction.invitation.updateMany({ where: { ...OPEN, email, purpose }, data: { revokedAt: new Date() } });
    return toInvitation(await transaction.invitation.create({ data: invitation, select: SHOWN }));
  });
}

export async function readInvitation(id: string): Promise<StoredInvitation | null> {
  const row = await getDatabase().invitation.findFirst({ where: { ...OPEN, id, purpose: "invite" }, select: SHOWN });
  return row ? toInvitation(row) : null;
}

/** The link with this hash while it still opens. */
export async function findInvitation(tokenHash: string, now: Date): Promise<StoredInvitation | null> {
  const row = await getDatabase().invitation.findFirst({
    where: { ...OPEN, tokenHash, expiresAt: { gt: now } },
    select: SHOWN,
  });
  return row ? toInvitation(row) : null;
}

export async function revokeInvitation(id: string, now: Date): Promise<boolean> {
  const { count } = await getDatabase().invitation.updateMany({
    where: { ...OPEN, id, purpose: "invite" },
    data: { revokedAt: now },
  });
  return count > 0;
}

/**
 * Uses the link up and makes the account or sets its password, all or nothing: of two at once one wins.
 * Null when the link no longer opens, or the account is there already, or is gone.
 */
export async function acceptInvitation(
  tokenHash: string,
  given: { name: string; passwordHash: string },
  now: Date,
): Promise<StoredInvitation | null> {
  return inTransaction(async (transaction) => {
    const { count } = await transaction.invitation.updateMany({
      where: { ...OPEN, tokenHash, expiresAt: { gt: now } },
      data: { acceptedAt: now },
    });
    if (count === 0) return null;
    const invitation = toInvitation(
      await transaction.invitation.findUniqueOrThrow({ where: { tokenHash }, select: SHOWN }),
    );
    const { email, role, language } = invitation;
    if (invitation.purpose === "password") {
      return (await replacePassword(transaction, email, given.passwordHash)) ? invitation : null;
    }
    if (await transaction.user.findUnique({ where: { email }, select: { id: true } })) return null;
    await insertUser(transaction, { email, role, language, name: given.name }, given.passwordHash);
    return invitation;
  });
}
