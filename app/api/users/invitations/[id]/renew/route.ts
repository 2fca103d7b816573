import { z } from "zod";
import { answerInvited } from "@/app/api/users/answer-invited";
import { renewInvitation } from "@/lib/access/invitation-links";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";

/** A new link with seven new days; the older one no longer opens. */
export const POST = defineRoute({
  allow: "administer",
  params: z.object({ id: z.guid() }),
  handle: async ({ caller, params }) => {
    const result = await renewInvitation(params.id, caller);
    if (result.kind !== "invited") throw new Refusal(result.kind);
    return answerInvited(result, caller.name);
  },
});
