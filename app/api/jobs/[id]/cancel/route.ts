import { z } from "zod";
import { writeAudit } from "@/lib/access/write-audit";
import { Refusal } from "@/lib/server/problem";
import { defineRoute } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { stopJob } from "@/lib/sync/start-job";
import { viewJob } from "@/lib/sync/view-jobs";

/** Records that nobody has begun with are as they were before; cancelling what has ended changes nothing. */
export const POST = defineRoute({
  allow: "sync",
  params: z.object({ id: z.guid() }),
  handle: async ({ caller, params }) => {
    const connectionId = await readCurrentConnectionId();
    const job = await viewJob(connectionId, params.id);
    if (!job) throw new Refusal("not_found");
    if (await stopJob(connectionId, params.id, caller.name)) {
      await writeAudit(caller.name, "job_cancelled", connectionId, { job: params.id, kind: job.kind });
    }
    return (await viewJob(connectionId, params.id)) ?? job;
  },
});
