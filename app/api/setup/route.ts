import { describeOAuthApps } from "@/lib/access/describe-oauth-apps";
import { setupPatchSchema } from "@/lib/contracts/connection";
import { defineRoute } from "@/lib/server/route";
import { saveSetupStep } from "@/lib/store/connections";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewConnection } from "@/lib/sync/view-connection";

/** What this server signs in with at both vendors: for whoever sets it up. */
export const GET = defineRoute({ allow: "read", handle: async () => describeOAuthApps() });

/** Remembers where the set-up is. */
export const PATCH = defineRoute({
  allow: "configure",
  body: setupPatchSchema,
  handle: async ({ body }) => {
    await saveSetupStep(await readCurrentConnectionId(), body.step);
    return viewConnection();
  },
});
