import { readGrantedScopes } from "@/lib/access/granted-scopes";
import { Refusal } from "@/lib/server/problem";
import { refuseFailure } from "@/lib/server/refuse-failure";
import { defineRoute } from "@/lib/server/route";
import { checkPermissions } from "@/lib/sync/check-permissions";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { tryCrm } from "@/lib/sync/try-crm";

/** X9: asks both systems what our sign-ins may; changes nothing. */
export const GET = defineRoute({
  allow: "read",
  handle: async () => {
    const id = await readCurrentConnectionId();
    const tried = await tryCrm(async () => checkPermissions(await readGrantedScopes(id)));
    if (!tried.ok) throw refuseFailure(tried.failure);
    const { hubspot, salesforce } = tried.answer;
    if (!hubspot && !salesforce) throw new Refusal("not_connected");
    return tried.answer;
  },
});
