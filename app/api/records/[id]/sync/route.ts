import { z } from "zod";
import { writeAudit } from "@/lib/access/write-audit";
import { Refusal } from "@/lib/server/problem";
import { refuseFailure } from "@/lib/server/refuse-failure";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { syncRecordNow } from "@/lib/sync/sync-now";

/** Syncs the record now and answers with the result (spec T17). */
export const POST = defineRoute({
  allow: "sync",
  params: z.object({ id: z.guid() }),
  handle: async ({ caller, params }) => {
    const connectionId = await readCurrentConnectionId();
    const answer = await syncRecordNow(connectionId, params.id, caller.name);
    if (answer.kind === "crm_unavailable") throw refuseFailure(answer.failure);
    if (answer.kind === "suspended") throw new Refusal("connection_suspended");
    if (answer.kind !== "done") throw new Refusal(answer.kind);
    await writeAudit(caller.name, "record_synced", connectionId, { record: params.id, outcome: answer.result.outcome });
    return answer.result;
  },
});
