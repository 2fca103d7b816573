import { Refusal } from "@/lib/server/problem";
import { refuseFailure } from "@/lib/server/refuse-failure";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnection } from "@/lib/sync/current-connection";
import { refreshSchemas } from "@/lib/sync/prepare-connection";
import { tryCrm } from "@/lib/sync/try-crm";

/** What somebody has just added to a CRM is looked for: fields, people and stages are read again. Nothing is written. */
export const POST = defineRoute({
  allow: "configure",
  handle: async () => {
    const { id, accounts } = await readCurrentConnection();
    if (!accounts.hubspot || !accounts.salesforce) throw new Refusal("not_connected");
    const tried = await tryCrm(() => refreshSchemas(id));
    if (!tried.ok) throw refuseFailure(tried.failure);
    return new Response(null, { status: 204 });
  },
});
