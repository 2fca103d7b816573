import { z } from "zod";
import { getAccessSettings } from "@/lib/access/access-settings";
import { acceptLoginUrl } from "@/lib/access/instance-url";
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
    const loginUrl = query.signInAt === undefined ? null : readSignInPlace(query.signInAt);
    const url = await startOAuth(id, params.side, caller.session.sessionId, {
      origin: request.headers.get("origin"),
      returnTo: query.returnTo,
      loginUrl,
      maySwitch: query.switchAccount,
    });
    if (url === null) {
      const name = params.side.toUpperCase();
      const detail = `Set ${name}_CLIENT_ID and ${name}_CLIENT_SECRET first.`;
      throw new Refusal("not_connected", { detail });
    }
    return { url };
  },
});

/** @throws Refusal invalid_input where it is no place at which Salesforce signs people in */
function readSignInPlace(typed: string): string {
  const url = acceptLoginUrl(typed, getAccessSettings().salesforce.loginUrl);
  if (url === null) throw new Refusal("invalid_input", { fields: [{ path: "signInAt", message: "not_salesforce" }] });
  return url;
}
