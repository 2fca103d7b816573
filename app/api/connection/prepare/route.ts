import { writeAudit } from "@/lib/access/write-audit";
import { prepareSchema } from "@/lib/contracts/connection";
import { askCrm } from "@/lib/server/ask-crm";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { prepareConnection } from "@/lib/sync/prepare-connection";
import { viewConnection } from "@/lib/sync/view-connection";

export const POST = defineRoute({
  allow: "configure",
  body: prepareSchema,
  handle: async ({ caller, body }) => {
    const id = await readCurrentConnectionId();
    const result = await askCrm(() => prepareConnection(id, body));
    if (result !== "prepared") throw new Refusal(result);
    await writeAudit(caller.name, body.createIdFields ? "id_fields_created" : "prepared", id);
    return viewConnection();
  },
});
