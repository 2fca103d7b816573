import { querySql, type SyncEnd, syncAll } from "../world/engine";
import { type CallCounts, type Sandboxes, sumCalls } from "../world/sandboxes";

export type World = { sandboxes: Sandboxes; connectionId: string; databaseUrl: string };
export type Quiet = { total: number; calls: CallCounts };
export type Sync = Quiet & { hubspot: number; salesforce: number; seconds: number; grownMb: number; end: SyncEnd };

/** Longer than the engine looks back behind its cursors (60 s HubSpot, 300 s Salesforce). */
const BEYOND_OVERLAP_MS = 600_000;
/** Longer than both search indexes lag (1 s). */
const BEYOND_LAG_MS = 5_000;
const LOOK_EVERY_MS = 20;

/** Runs the engine until nothing is left to do; what was made before has reached the search indexes. */
export async function measureSync({ sandboxes, connectionId }: World): Promise<Sync> {
  await sandboxes.advance(BEYOND_LAG_MS);
  await sandboxes.forgetCalls();
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, LOOK_EVERY_MS);
  const startedAt = performance.now();
  const end = await syncAll(connectionId).finally(() => clearInterval(timer));
  const seconds = (performance.now() - startedAt) / 1_000;
  const calls = await sandboxes.countCalls();
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, n) => total + n, 0);
  const [hubspot, salesforce] = [sum(calls.hubspot), sum(calls.salesforce)];
  return { total: hubspot + salesforce, hubspot, salesforce, seconds, calls, end, grownMb: (peak - before) / 2 ** 20 };
}

/**
 * Nothing lies behind the cursors any more: what was seen last is older than both sides look back. Answers what a check
 * costs then.
 */
export async function reachQuiet({ sandboxes, connectionId, databaseUrl }: World): Promise<Quiet> {
  await syncAll(connectionId);
  await sandboxes.advance(BEYOND_OVERLAP_MS);
  await syncAll(connectionId);
  await querySql(databaseUrl, "UPDATE check_cursor SET settled = true");
  await sandboxes.forgetCalls();
  if ((await syncAll(connectionId)).due > 0) throw new Error("The two sides write to each other without end");
  const calls = await sandboxes.countCalls();
  return { total: sumCalls(calls), calls };
}
