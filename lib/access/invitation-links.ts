import {
  acceptInvitation,
  findInvitation,
  insertInvitation,
  readInvitation,
  revokeInvitation,
  type StoredInvitation,
} from "@/lib/store/invitations";
import { getAccessSettings } from "./access-settings";
import type { Actor } from "./actor";
import { getAuth } from "./auth";
import { isUserRole, mayGrant } from "./roles";
import { hashSecretToken, makeSecretToken } from "./secret-token";
import { writeAudit } from "./write-audit";

const DAY_MS = 24 * 3_600_000;
/** A new password is wanted now; an invitation may wait for a person who is away. */
const VALID_MS = { invite: 7 * DAY_MS, password: DAY_MS } as const;

type Wish = { purpose: StoredInvitation["purpose"]; email: string; role: string; language: string | null };

/**
 * Makes a single-use link. The token stands behind "#": browsers send that part to no server, so that it is in no log
 * of a proxy and in no Referer, and a mail scanner that opens the link uses nothing up.
 */
export async function makeLink(wish: Wish, by: Actor): Promise<{ invitation: StoredInvitation; link: string }> {
  const token = makeSecretToken();
  const invitation = await insertInvitation({
    ...wish,
    language: wish.language ?? "en",
    invitedBy: by.name,
    tokenHash: hashSecretToken(token),
    expiresAt: new Date(Date.now() + VALID_MS[wish.purpose]),
  });
  return { invitation, link: `${getAccessSettings().publicUrl}/invitation#${token}` };
}

/** What a link is for while it opens; null for every other token. */
export function openLink(token: string): Promise<StoredInvitation | null> {
  return findInvitation(hashSecretToken(token), new Date());
}

/** Makes the account or sets the password; null when the link no longer opens. */
export async function acceptLink(
  token: string,
  given: { name: string | undefined; password: string },
): Promise<StoredInvitation | null> {
  const opened = await openLink(token);
  // Hashing costs a tenth of a second on purpose; whoever has no link does not get it for nothing.
  if (!opened) return null;
  const { password } = await getAuth().$context;
  const name = given.name ?? opened.email.split("@")[0] ?? opened.email;
  const passwordHash = await password.hash(given.password);
  const accepted = await acceptInvitation(hashSecretToken(token), { name, passwordHash }, new Date());
  if (!accepted) return null;
  const { email, role, purpose } = accepted;
  if (purpose === "password") await writeAudit(email, "password_set", null);
  else await writeAudit(email, "invitation_accepted", null, { after: { email, name, role } });
  return accepted;
}

/** Sends the invitation anew with a new link; the older one no longer opens. */
export async function renewInvitation(
  id: string,
  by: Actor,
): Promise<{ kind: "invited"; invitation: StoredInvitation; link: string } | { kind: "not_found" | "not_allowed" }> {
  const known = await readInvitation(id);
  if (!known) return { kind: "not_found" };
  if (isUserRole(known.role) && !mayGrant(by.role, known.role)) return { kind: "not_allowed" };
  const made = await makeLink(
    { purpose: "invite", email: known.email, role: known.role, language: known.language },
    by,
  );
  await writeAudit(by.name, "user_invited", null, { after: { email: known.email, role: known.role } });
  return { kind: "invited", ...made };
}

export async function withdrawInvitation(id: string, by: Actor): Promise<"revoked" | "not_found"> {
  const known = await readInvitation(id);
  if (!known || !(await revokeInvitation(id, new Date()))) return "not_found";
  await writeAudit(by.name, "invitation_revoked", null, { before: { email: known.email, role: known.role } });
  return "revoked";
}
