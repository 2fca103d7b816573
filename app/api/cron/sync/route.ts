import { z } from "zod";
import type { CronResult } from "@/lib/contracts/overview";
import { sendDueNotifications } from "@/lib/notify/send-due-notifications";
import { defineCronRoute } from "@/lib/server/cron-route";
import { readQuery } from "@/lib/server/read-request";
import { advanceJobs } from "@/lib/sync/advance-job";
import { listActiveConnectionIds, listConnectionIdsWithJobs } from "@/lib/sync/current-connection";
import { keepHouse } from "@/lib/sync/keep-house";
import { runSync } from "@/lib/sync/run-sync";

// 50 s by default: the common serverless limit is 60 s. One hour at most.
const query = z.object({ budgetMs: z.coerce.number().int().min(100).max(3_600_000).default(50_000) });

const NOTHING: CronResult = {
  runId: null,
  due: 0,
  synced: 0,
  failed: 0,
  excluded: 0,
  remaining: 0,
  calls: { hubspot: 0, salesforce: 0 },
  durationMs: 0,
};

/** Checks both systems and works until nothing is due or the time is spent. */
const handle = defineCronRoute(async (request) => {
  const { budgetMs } = readQuery(new URL(request.url), query);
  const startedAt = Date.now();
  let total = NOTHING;
  await keepHouse();
  const left = () => budgetMs - (Date.now() - startedAt);
  // Without a worker, jobs go on from call to call; the check has its share in any case.
  for (const connectionId of await listConnectionIdsWithJobs())
    await advanceJobs(connectionId, Date.now() + left() / 2);
  for (const connectionId of await listActiveConnectionIds()) {
    if (left() <= 0) break;
    total = addResults(total, await runSync(connectionId, { budgetMs: left(), kind: "check", by: null }));
  }
  await sendDueNotifications(new Date());
  return { ...total, durationMs: Date.now() - startedAt };
});

function addResults(a: CronResult, b: CronResult): CronResult {
  return {
    runId: b.runId ?? a.runId,
    due: a.due + b.due,
    synced: a.synced + b.synced,
    failed: a.failed + b.failed,
    excluded: a.excluded + b.excluded,
    remaining: a.remaining + b.remaining,
    calls: { hubspot: a.calls.hubspot + b.calls.hubspot, salesforce: a.calls.salesforce + b.calls.salesforce },
    durationMs: a.durationMs + b.durationMs,
  };
}

export const GET = handle;
export const POST = handle;
