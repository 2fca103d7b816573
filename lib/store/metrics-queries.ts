import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";

/** Numbers for monitoring, over all connections. Times in seconds. */
export type SyncMetrics = {
  records: { object: string; state: string; count: number }[];
  /** How long the record has waited that waits longest; 0 when none waits */
  oldestDueSeconds: number;
  /** Since the last finished check of each connection; null: never */
  connections: { id: string; status: string; lastCheckSeconds: number | null }[];
  /** Open errors */
  errors: { type: string; category: string; count: number }[];
  calls24h: { hubspot: number; salesforce: number };
  /** E-mails that are not out yet */
  mailsWaiting: number;
};

/** Answered from memory for a moment where counting is dear, so that scraping often does not load the database. */
export function readSyncMetrics(): Promise<SyncMetrics> {
  return cacheBriefly("metrics", async () => {
    const database = getDatabase();
    const [records, due, connections, errors, calls, mailsWaiting] = await Promise.all([
      database.$queryRaw<SyncMetrics["records"]>`
        SELECT object, state, count(*)::int AS count FROM sync_record GROUP BY object, state ORDER BY object, state`,
      database.$queryRaw<{ seconds: number | null }[]>`
        SELECT EXTRACT(EPOCH FROM now() - min(requested_at))::float8 AS seconds FROM sync_record WHERE state = 'due'`,
      database.$queryRaw<SyncMetrics["connections"]>`
        SELECT id, status, EXTRACT(EPOCH FROM now() - last_check_at)::float8 AS "lastCheckSeconds" FROM connection ORDER BY id`,
      database.$queryRaw<SyncMetrics["errors"]>`
        SELECT type, category, count(*)::int AS count FROM sync_error WHERE closed_at IS NULL
        GROUP BY type, category ORDER BY type, category`,
      database.$queryRaw<SyncMetrics["calls24h"][]>`
        SELECT COALESCE(sum(calls_hubspot), 0)::int AS hubspot, COALESCE(sum(calls_salesforce), 0)::int AS salesforce
        FROM sync_run WHERE started_at >= now() - interval '24 hours'`,
      database.outgoingMail.count({ where: { sentAt: null } }),
    ]);
    return {
      records,
      oldestDueSeconds: Math.max(0, due[0]?.seconds ?? 0),
      connections,
      errors,
      calls24h: calls[0] ?? { hubspot: 0, salesforce: 0 },
      mailsWaiting,
    };
  });
}
