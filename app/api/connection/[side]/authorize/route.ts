import { z } from "zod";
import { startOAuth } from "@/lib/access/oauth-flow";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";

export const POST = defineRoute({
  allow: "configure",
  params: z.object({ side: z.enum(["hubspot", "salesforce"]) }),
  handle: async ({ caller, params, request }) => {
    // The way back comes through a browser, so only a signed-in person can begin.
    if (!caller.session) throw new Refusal("not_allowed", { detail: "Connecting needs a signed-in person." });
    const id = await readCurrentConnectionId();
    const url = await startOAuth(id, params.side, caller.session.sessionId, request.headers.get("origin"));
    if (url === null) {
      const name = params.side.toUpperCase();
      const detail = `Set ${name}_CLIENT_ID and ${name}_CLIENT_SECRET first.`;
      throw new Refusal("not_connected", { detail });
    }
    return { url };
  },
});
