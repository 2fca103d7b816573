import { z } from "zod";
import { viewUser } from "@/app/api/users/view-user";
import { changePerson } from "@/lib/access/people";
import { userPatchSchema } from "@/lib/contracts/users";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";

/** Changes a person's role, or lets them in or out. Who is deactivated is signed out everywhere at once. */
export const PATCH = defineRoute({
  allow: "administer",
  params: z.object({ id: z.string().max(64) }),
  body: userPatchSchema,
  handle: async ({ caller, params, body }) => {
    const result = await changePerson(params.id, body, caller);
    if (result.kind !== "changed") throw new Refusal(result.kind);
    return viewUser(result.user, caller.session?.userId);
  },
});
