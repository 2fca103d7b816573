import { writeAudit } from "@/lib/access/write-audit";
import { recordsSyncSchema } from "@/lib/contracts/jobs";
import { Refusal } from "@/lib/server/problem";
import { defineRoute, jsonResponse } from "@/lib/server/route";
import { readCurrentConnectionId } from "@/lib/sync/current-connection";
import { startRecordSync } from "@/lib/sync/start-job";
import { viewStored } from "@/lib/sync/view-jobs";

/** T17 for several records at once: one job per object, whose progress can be followed. */
export const POST = defineRoute({
  allow: "sync",
  body: recordsSyncSchema,
  handle: async ({ caller, body }) => {
    const connectionId = await readCurrentConnectionId();
    const answers = await startRecordSync(connectionId, body.ids, caller.name);
    const jobs = answers.flatMap((answer) => (answer.kind === "started" ? [answer.job] : []));
    const [refused = "not_found"] = answers.flatMap((answer) => (answer.kind === "started" ? [] : [answer.kind]));
    if (jobs.length === 0) throw new Refusal(refused);
    await writeAudit(caller.name, "job_started", connectionId, { jobs: jobs.map((job) => job.id), kind: "resync" });
    return jsonResponse({ jobs: await Promise.all(jobs.map((job) => viewStored(connectionId, job))) }, 202);
  },
});
