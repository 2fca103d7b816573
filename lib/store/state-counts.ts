import type { SyncObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import type { ShownState } from "./record-filter";

/** How many records stood in which state at one moment. */
export type StateCounts = { at: Date; inSync: number; due: number; failing: number; excluded: number };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const KEPT_DAYS = 31;

/**
 * Counts every connection's records once an hour, at the first look of the hour; further looks cost one indexed read. A
 * process that looks at the same time counts the same and changes nothing.
 */
export async function noteStateCounts(now: Date): Promise<void> {
  const hour = new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);
  const db = getDatabase();
  const uncounted = await db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM connection c WHERE c.status <> 'setup'
      AND NOT EXISTS (SELECT 1 FROM state_count s WHERE s.connection_id = c.id AND s.at = ${hour})`;
  for (const { id } of uncounted) {
    await db.$executeRaw`
      INSERT INTO state_count (connection_id, object, at, in_sync, due, failing, excluded)
      SELECT connection_id, object, ${hour}, count(*) FILTER (WHERE state = 'in_sync'), count(*) FILTER (WHERE state = 'due'),
        count(*) FILTER (WHERE state = 'failing'), count(*) FILTER (WHERE state = 'excluded')
      FROM sync_record WHERE connection_id = ${id}::uuid GROUP BY connection_id, object
      ON CONFLICT DO NOTHING`;
    await db.stateCount.deleteMany({
      where: { connectionId: id, at: { lt: new Date(now.getTime() - KEPT_DAYS * DAY_MS) } },
    });
  }
}

/** The counts of some objects together in the last `days`, oldest first: every hour of one day, every sixth of a longer time. */
export async function readStateCounts(
  connectionId: string,
  objects: readonly SyncObject[],
  days: number,
): Promise<StateCounts[]> {
  const since = new Date(Date.now() - days * DAY_MS);
  return getDatabase().$queryRaw<StateCounts[]>`
    SELECT at, sum(in_sync)::int AS "inSync", sum(due)::int AS due, sum(failing)::int AS failing, sum(excluded)::int AS excluded
    FROM state_count
    WHERE connection_id = ${connectionId}::uuid AND object = ANY(${[...objects]}) AND at >= ${since}
      AND (${days} <= 1 OR date_part('hour', at AT TIME ZONE 'UTC')::int % 6 = 0)
    GROUP BY at ORDER BY at`;
}

/** Records per object and state as shown; objects without records are left out. One pass over an index, kept for a moment. */
export function countStatesByObject(connectionId: string): Promise<Map<SyncObject, Record<ShownState, number>>> {
  return cacheBriefly(`states by object ${connectionId}`, async () => {
    const rows = await getDatabase().$queryRaw<{ object: SyncObject; state: ShownState; count: bigint }[]>`
      SELECT r.object, CASE WHEN r.requested_version > r.synced_version AND r.lease_until > now() THEN 'syncing'
          WHEN r.state = 'due' AND c.status = 'suspended' THEN 'paused' ELSE r.state END AS state, count(*) AS count
      FROM sync_record r JOIN connection c ON c.id = r.connection_id
      WHERE r.connection_id = ${connectionId}::uuid GROUP BY 1, 2`;
    const byObject = new Map<SyncObject, Record<ShownState, number>>();
    for (const { object, state, count } of rows) {
      const counts = byObject.get(object) ?? noStates();
      counts[state] += Number(count);
      byObject.set(object, counts);
    }
    return byObject;
  });
}

function noStates(): Record<ShownState, number> {
  return { in_sync: 0, due: 0, syncing: 0, failing: 0, excluded: 0, paused: 0 };
}

/** The sum over several objects. */
export function sumStates(parts: readonly Record<ShownState, number>[]): Record<ShownState, number> {
  const sum = noStates();
  for (const part of parts) for (const state of Object.keys(sum) as ShownState[]) sum[state] += part[state];
  return sum;
}
