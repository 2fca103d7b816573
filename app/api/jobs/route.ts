import { isAllowed } from "@/lib/access/roles";
import { writeAudit } from "@/lib/access/write-audit";
import { jobListQuerySchema, jobStartSchema } from "@/lib/contracts/jobs";
import { Refusal } from "@/lib/server/problem";
import { defineRoute, jsonResponse } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { completeRequest, startJob } from "@/lib/sync/start-job";
import { viewJobs, viewPreview, viewStored } from "@/lib/sync/view-jobs";

export const GET = defineRoute({
  allow: "read",
  query: jobListQuerySchema,
  handle: async ({ query }) => viewJobs(await readCurrentConnectionId(), query),
});

/** Operators sync; what follows from a changed mapping or setting is for those who may change them. */
export const POST = defineRoute({
  allow: "sync",
  body: jobStartSchema,
  handle: async ({ caller, body }) => {
    const connectionId = await readCurrentConnectionId();
    const { request, previewId } = body;
    const preview = previewId ? await viewPreview(connectionId, previewId, { outcome: "written", limit: 0 }) : null;
    const kind = request?.kind ?? preview?.request.kind;
    if (kind === "backfill" && !isAllowed(caller.role, "configure")) throw new Refusal("not_allowed");
    const asked = request ? { request: completeRequest(request) } : { previewId: previewId ?? "" };
    const answer = await startJob(connectionId, asked, caller.name);
    if (answer.kind !== "started") throw new Refusal(answer.kind);
    const { job } = answer;
    await writeAudit(caller.name, "job_started", connectionId, { job: job.id, kind: job.kind, preview: previewId });
    return jsonResponse(await viewStored(connectionId, job), 202);
  },
});
