import { isUserRole } from "@/lib/access/roles";
import type { InvitationView, UserView } from "@/lib/contracts/users";

type User = {
  id: string;
  name: string;
  email: string;
  role: string;
  deactivatedAt: Date | null;
  createdAt: Date;
  lastSeenAt: Date | null;
  apiKeys?: number;
};

/** A person as the API shows them; `myId`: who asks. A role that we do not know may nothing, and is shown as the least. */
export function viewUser(user: User, myId: string | undefined): UserView {
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: toRole(user.role),
    active: user.deactivatedAt === null,
    isYou: user.id === myId,
    createdAt: user.createdAt.toISOString(),
    lastSeenAt: user.lastSeenAt?.toISOString() ?? null,
    apiKeys: user.apiKeys ?? 0,
  };
}

type Invitation = { id: string; email: string; role: string; invitedBy: string; createdAt: Date; expiresAt: Date };

export function viewInvitation(invitation: Invitation): InvitationView {
  return {
    id: invitation.id,
    email: invitation.email,
    role: toRole(invitation.role),
    invitedBy: invitation.invitedBy,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
    expired: invitation.expiresAt.getTime() < Date.now(),
  };
}

export function toRole(role: string): UserView["role"] {
  return isUserRole(role) ? role : "read-only";
}
