import { acceptLink } from "@/lib/access/invitation-links";
import { invitationAcceptSchema } from "@/lib/contracts/users";
import { signInWith } from "@/lib/server/auth-route";
import { Refusal } from "@/lib/server/problem";
import { defineOpenRoute } from "@/lib/server/route";

/** Makes the account, or sets its new password, and signs in. The link is used up. */
export const POST = defineOpenRoute({
  body: invitationAcceptSchema,
  handle: async ({ request, body: { token, name, password } }) => {
    const accepted = await acceptLink(token, { name, password });
    if (!accepted) throw new Refusal("link_invalid");
    return signInWith(request, accepted.email, password);
  },
});
