import {
  changeUser,
  endSessions,
  findUserByEmail,
  readUser,
  type StoredUser,
  type UserChange,
} from "@/lib/store/users";
import type { Actor } from "./actor";
import { makeLink } from "./invitation-links";
import { isUserRole, mayGrant, type UserRole } from "./roles";
import { writeAudit } from "./write-audit";

type Refused = { kind: "not_found" | "not_allowed" | "last_owner" };

/**
 * Changes a person's role or lets them in or out, under three rules: nobody gives or takes rights that they do not have
 * themselves, one active owner stays, and what is taken ends at once (roles are read with each request, sessions end).
 */
export async function changePerson(
  id: string,
  change: UserChange & { role?: UserRole | undefined },
  by: Actor,
): Promise<{ kind: "changed"; user: StoredUser } | Refused> {
  if (change.role !== undefined && !mayGrant(by.role, change.role)) return { kind: "not_allowed" };
  const result = await changeUser(id, change, (user) => mayTouch(by, user));
  if (result.kind !== "changed") return result;
  const { before, after } = result;
  const { email } = after;
  if (before.role !== after.role) {
    await writeAudit(by.name, "user_changed", null, {
      email,
      before: { role: before.role },
      after: { role: after.role },
    });
  }
  if (Boolean(before.deactivatedAt) !== Boolean(after.deactivatedAt)) {
    await writeAudit(by.name, after.deactivatedAt ? "user_deactivated" : "user_reactivated", null, { email });
  }
  return { kind: "changed", user: after };
}

/** A link with which a person sets a new password, once within a day. */
export async function makePasswordLink(
  id: string,
  by: Actor,
): Promise<{ kind: "made"; user: StoredUser; link: string; expiresAt: Date } | Refused> {
  const user = await readUser(id);
  if (!user || user.deactivatedAt) return { kind: "not_found" };
  if (!mayTouch(by, user)) return { kind: "not_allowed" };
  const made = await makeLink({ purpose: "password", email: user.email, role: user.role, language: user.language }, by);
  await writeAudit(by.name, "password_link_made", null, { email: user.email });
  return { kind: "made", user, link: made.link, expiresAt: made.invitation.expiresAt };
}

/** Invites somebody who has no account yet; inviting again replaces the older link. */
export async function invitePerson(
  wish: { email: string; role: UserRole; language: string },
  by: Actor,
): Promise<
  | { kind: "invited"; invitation: Awaited<ReturnType<typeof makeLink>>["invitation"]; link: string }
  | { kind: "not_allowed" | "already_member" }
> {
  if (!mayGrant(by.role, wish.role)) return { kind: "not_allowed" };
  if (await findUserByEmail(wish.email)) return { kind: "already_member" };
  const made = await makeLink({ ...wish, purpose: "invite" }, by);
  await writeAudit(by.name, "user_invited", null, { after: { email: wish.email, role: wish.role } });
  return { kind: "invited", ...made };
}

/** Whether the account of this address was deactivated; a session that was just made for it ends. */
export async function endIfDeactivated(email: string): Promise<boolean> {
  const user = await findUserByEmail(email);
  if (!user?.deactivatedAt) return false;
  await endSessions(user.id);
  return true;
}

/** Nobody changes somebody who may more than they; a role that we do not know may be changed by all. */
function mayTouch(by: Actor, user: StoredUser): boolean {
  return !isUserRole(user.role) || mayGrant(by.role, user.role);
}
