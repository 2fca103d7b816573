import { z } from "zod";
import { answerCrm } from "@/app/api/answer-crm";
import { writeAudit } from "@/lib/access/write-audit";
import { relinkSchema } from "@/lib/contracts/explain";
import { Refusal } from "@/lib/server/problem";
import { refuseFailure } from "@/lib/server/refuse-failure";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { relinkRecord } from "@/lib/sync/relink-record";

/** Links the record with another Salesforce record, pinned, and syncs it (spec M2). */
export const POST = defineRoute({
  allow: "configure",
  params: z.object({ id: z.guid() }),
  body: relinkSchema,
  handle: async ({ caller, params, body }) => {
    const connectionId = await readCurrentConnectionId();
    const answer = await answerCrm(() => relinkRecord(connectionId, params.id, body.salesforceId, caller.name));
    if (answer.kind === "refused")
      throw new Refusal("invalid_input", { fields: [{ path: "salesforceId", message: answer.why }] });
    if (answer.kind === "crm_unavailable") throw refuseFailure(answer.failure);
    if (answer.kind === "suspended") throw new Refusal("connection_suspended");
    if (answer.kind !== "done") throw new Refusal(answer.kind);
    await writeAudit(caller.name, "relinked", connectionId, { record: params.id, salesforceId: body.salesforceId });
    return answer.result;
  },
});
