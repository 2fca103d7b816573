import { getLog } from "@/lib/server/log";
import { listenForSignals } from "@/lib/store/wake-signal";
import { hasOpenJobs } from "@/lib/sync/advance-job";
import { isCheckDue, listActiveConnectionIds } from "@/lib/sync/current-connection";
import { drainWoken } from "@/lib/sync/drain-woken";
import { hearSalesforce } from "@/lib/sync/hear-salesforce";
import { WakeLoop } from "@/lib/sync/wake-loop";

/** How often a listener is looked for that somebody should be: a new connection, another worker that died. */
const LOOK_MS = 10_000;

export type EventWork = { stop(): Promise<void> };

/**
 * T18: what events wake is worked off within a second. Listens to signals of all processes (webhooks arrive at the app)
 * and to Salesforce's change events; `askForCheck` starts the checks that events asked for,
 * `askForJobs` the jobs that people asked for.
 */
export function startEventWork(
  databaseUrl: string,
  askForCheck: () => Promise<void>,
  askForJobs: () => Promise<void> = async () => {},
): EventWork {
  const ending = new AbortController();
  const loop = new WakeLoop(
    async (connectionId, waitForMore) => {
      if (await isCheckDue(connectionId)) await askForCheck();
      if (await hasOpenJobs(connectionId)) await askForJobs();
      await drainWoken(connectionId, waitForMore);
    },
    (error, connectionId) =>
      getLog().error({ err: error, connectionId }, "Records that events named could not be synced"),
  );
  const wakeAll = async () => {
    for (const connectionId of await listActiveConnectionIds()) loop.wake(connectionId);
  };
  const wake = (connectionId: string | null) => {
    if (connectionId === null) wakeAll().catch(logFailure);
    else loop.wake(connectionId);
  };
  const signals = listenForSignals(databaseUrl, wake, ending.signal);
  const hearing = new Map<string, Promise<void>>();
  const look = () => void hearAll(hearing, ending.signal).catch(logFailure);
  const timer = setInterval(look, LOOK_MS);
  look();
  return {
    async stop() {
      clearInterval(timer);
      ending.abort();
      await Promise.all([signals, loop.stop(), ...hearing.values()]);
    },
  };
}

/** Begins to listen for every active connection that this process does not listen for yet. */
async function hearAll(hearing: Map<string, Promise<void>>, stop: AbortSignal): Promise<void> {
  for (const connectionId of await listActiveConnectionIds()) {
    if (stop.aborted || hearing.has(connectionId)) continue;
    const work = hearSalesforce(connectionId, stop)
      .catch(logFailure)
      .finally(() => hearing.delete(connectionId));
    hearing.set(connectionId, work);
  }
}

function logFailure(error: unknown): void {
  getLog().error({ err: error }, "Listening to change events failed; tried again in seconds");
}
