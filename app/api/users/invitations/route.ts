import { answerInvited } from "@/app/api/users/answer-invited";
import { invitePerson } from "@/lib/access/people";
import { invitationInputSchema } from "@/lib/contracts/users";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";

/** Invites somebody; the link goes out by e-mail, or comes back to be passed on when no mail server is set. */
export const POST = defineRoute({
  allow: "administer",
  body: invitationInputSchema,
  handle: async ({ caller, body }) => {
    const result = await invitePerson(body, caller);
    if (result.kind !== "invited") throw new Refusal(result.kind);
    return answerInvited(result, caller.name);
  },
});
