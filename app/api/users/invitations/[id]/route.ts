import { z } from "zod";
import { withdrawInvitation } from "@/lib/access/invitation-links";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";

/** Withdraws an invitation: its link no longer opens. */
export const DELETE = defineRoute({
  allow: "administer",
  params: z.object({ id: z.guid() }),
  handle: async ({ caller, params }) => {
    if ((await withdrawInvitation(params.id, caller)) === "not_found") throw new Refusal("not_found");
    return new Response(null, { status: 204 });
  },
});
