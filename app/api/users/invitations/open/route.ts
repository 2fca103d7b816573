import { toRole } from "@/app/api/users/view-user";
import { openLink } from "@/lib/access/invitation-links";
import { invitationTokenSchema, type OpenedInvitation } from "@/lib/contracts/users";
import { Refusal } from "@/lib/server/problem";
import { defineOpenRoute } from "@/lib/server/route";

/** What a link is for; looking does not use it up. */
export const POST = defineOpenRoute({
  body: invitationTokenSchema,
  handle: async ({ body }): Promise<OpenedInvitation> => {
    const invitation = await openLink(body.token);
    if (!invitation) throw new Refusal("link_invalid");
    const { purpose, email, role, invitedBy, expiresAt } = invitation;
    return { purpose, email, role: toRole(role), invitedBy, expiresAt: expiresAt.toISOString() };
  },
});
