import { z } from "zod";
import { startOAuth } from "@/lib/access/oauth-flow";
import { authorizeQuerySchema } from "@/lib/contracts/connection";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";

export const POST = defineRoute({
  allow: "configure",
  params: z.object({ side: z.enum(["hubspot", "salesforce"]) }),
  query: authorizeQuerySchema,
  handle: async ({ caller, params, query, request }) => {
    // The way back comes through a browser, so only a signed-in person can begin.
    if (!caller.session) throw new Refusal("not_allowed", { detail: "Connecting needs a signed-in person." });
    const id = await readCurrentConnectionId();
    const url = await startOAuth(id, params.side, caller.session.sessionId, {
      origin: request.headers.get("origin"),
      returnTo: query.returnTo,
    });
    if (url === null) {
      const name = params.side.toUpperCase();
      const detail = `Set ${name}_CLIENT_ID and ${name}_CLIENT_SECRET first.`;
      throw new Refusal("not_connected", { detail });
    }
    return { url };
  },
});
