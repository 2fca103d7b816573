import { z } from "zod";
import { endApiKey } from "@/lib/access/api-keys";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";

/** Revokes a key at once and for good. */
export const DELETE = defineRoute({
  allow: "administer",
  params: z.object({ id: z.guid() }),
  handle: async ({ caller, params }) => {
    const result = await endApiKey(params.id, caller);
    if (result.kind !== "revoked") throw new Refusal(result.kind);
    return new Response(null, { status: 204 });
  },
});
