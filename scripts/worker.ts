import { PgBoss } from "pg-boss";
import { startProcess } from "@/app/start-process";
import { sendDueNotifications } from "@/lib/notify/send-due-notifications";
import { readEnv } from "@/lib/server/env";
import { getLog } from "@/lib/server/log";
import { closeDatabase, pingDatabase } from "@/lib/store/client";
import { advanceJobs } from "@/lib/sync/advance-job";
import { listConnectionIdsWithJobs, listWaitingConnectionIds } from "@/lib/sync/current-connection";
import { keepHouse } from "@/lib/sync/keep-house";
import { runSync } from "@/lib/sync/run-sync";
import { type EventWork, startEventWork } from "./event-work";

/** The schedule of all connections: looked at every minute, the finest interval that can be set (spec T1). */
const QUEUE = "check-connections";
const EVERY_MINUTE = "* * * * *";
/** Imports, list syncs, backfills, previews: begun at once by a signal, looked at every minute in any case. */
const JOBS_QUEUE = "advance-jobs";
/** One run works this long at most; what is left stays due for the next minute. */
const BUDGET_MS = 10 * 60_000;

/** The long-lived worker: any number of them on any number of machines share one queue in PostgreSQL. */
async function main(): Promise<void> {
  startProcess();
  const condition = await pingDatabase();
  if (condition.state !== "ready") throw new Error(condition.message);
  const { databaseUrl } = readEnv();
  const boss = new PgBoss({ connectionString: databaseUrl, application_name: "kakehashi-worker" });
  boss.on("error", (error) => getLog().error({ err: error }, "The job queue reported an error"));
  await boss.start();
  // "short": at most one look waits while another is under way, so that slow runs do not pile up.
  await boss.createQueue(QUEUE, { policy: "short", expireInSeconds: 2 * (BUDGET_MS / 1000), retryLimit: 0 });
  await boss.schedule(QUEUE, EVERY_MINUTE);
  await boss.work(QUEUE, { pollingIntervalSeconds: 2 }, checkWaitingConnections);
  await boss.send(QUEUE);
  await boss.createQueue(JOBS_QUEUE, { policy: "short", expireInSeconds: 2 * (BUDGET_MS / 1000), retryLimit: 0 });
  await boss.schedule(JOBS_QUEUE, EVERY_MINUTE);
  const ending = new AbortController();
  await boss.work(JOBS_QUEUE, { pollingIntervalSeconds: 1 }, () => advanceAllJobs(ending.signal));
  const events = startEventWork(
    databaseUrl,
    async () => void (await boss.send(QUEUE)),
    async () => void (await boss.send(JOBS_QUEUE)),
  );
  getLog().info("The worker is running");
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      ending.abort();
      void stop(boss, events);
    });
  }
}

async function advanceAllJobs(stop: AbortSignal): Promise<void> {
  const deadline = Date.now() + BUDGET_MS;
  for (const connectionId of await listConnectionIdsWithJobs()) {
    try {
      await advanceJobs(connectionId, deadline, stop);
    } catch (error) {
      getLog().error({ err: error, connectionId }, "A job failed");
    }
  }
}

async function checkWaitingConnections(): Promise<void> {
  await keepHouse().catch((error) => getLog().error({ err: error }, "Paused connections could not be looked at"));
  for (const connectionId of await listWaitingConnectionIds()) {
    try {
      const result = await runSync(connectionId, { budgetMs: BUDGET_MS, kind: "check", by: null });
      getLog().info({ connectionId, ...result }, "Checked");
    } catch (error) {
      getLog().error({ err: error, connectionId }, "A check failed");
    }
  }
  await sendDueNotifications(new Date());
}

/** Lets the batch under way end (its lease would otherwise hold its records until it runs out). */
async function stop(boss: PgBoss, events: EventWork): Promise<void> {
  await Promise.all([events.stop(), boss.stop({ graceful: true, timeout: 25_000 })]);
  await closeDatabase();
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`The worker cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
