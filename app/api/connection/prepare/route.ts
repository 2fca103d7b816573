import { writeAudit } from "@/lib/access/write-audit";
import { prepareSchema } from "@/lib/contracts/connection";
import { Refusal } from "@/lib/server/problem";
import { refuseFailure } from "@/lib/server/refuse-failure";
import { defineRoute } from "@/lib/server/route";
import { prepareFor } from "@/lib/sync/change-connection";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { viewConnection } from "@/lib/sync/view-connection";

export const POST = defineRoute({
  allow: "configure",
  body: prepareSchema,
  handle: async ({ caller, body }) => {
    const id = await readCurrentConnectionId();
    const result = await prepareFor(id, body);
    if (result.kind === "refused") throw refuseFailure(result.failure);
    if (result.kind !== "prepared") throw new Refusal(result.kind);
    await writeAudit(caller.name, body.createIdFields ? "id_fields_created" : "prepared", id);
    return viewConnection();
  },
});
