import { z } from "zod";
import { makePasswordLink } from "@/lib/access/people";
import { mailLink } from "@/lib/notify/mail-link";
import { Refusal } from "@/lib/server/problem";
import { defineRoute, jsonResponse } from "@/lib/server/route";

/** A link with which the person sets a new password, once within a day. It goes out by e-mail, or comes back to be passed on. */
export const POST = defineRoute({
  allow: "administer",
  params: z.object({ id: z.string().max(64) }),
  handle: async ({ caller, params }) => {
    const result = await makePasswordLink(params.id, caller);
    if (result.kind !== "made") throw new Refusal(result.kind);
    const { link, user, expiresAt } = result;
    const wish = { link, expiresAt, to: user.email, language: user.language, by: caller.name };
    const sent = await mailLink("password", wish);
    return jsonResponse({ link: sent ? null : link }, 201);
  },
});
