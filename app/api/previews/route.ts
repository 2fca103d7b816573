import { isAllowed } from "@/lib/access/roles";
import { previewStartSchema } from "@/lib/contracts/jobs";
import { Refusal } from "@/lib/server/problem";
import { defineRoute, jsonResponse } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { completeRequest, startPreview } from "@/lib/sync/start-job";
import { viewPreview } from "@/lib/sync/view-jobs";

/** X1: reads and decides in the background; nothing is written. */
export const POST = defineRoute({
  allow: "sync",
  body: previewStartSchema,
  handle: async ({ caller, body: { request } }) => {
    const connectionId = await readCurrentConnectionId();
    if (request.kind === "backfill" && !isAllowed(caller.role, "configure")) throw new Refusal("not_allowed");
    const answer = await startPreview(connectionId, completeRequest(request), caller.name);
    if (answer.kind !== "started") throw new Refusal(answer.kind);
    const preview = await viewPreview(connectionId, answer.job.id, { outcome: "written", limit: 0 });
    if (!preview) throw new Refusal("not_found");
    return jsonResponse(preview, 202);
  },
});
