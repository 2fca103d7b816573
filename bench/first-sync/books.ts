import { querySql } from "../world/engine";

/** What the database says of the sync: runs, records by state, what is still to do, why runs ended early. */
export type Books = { seconds: number; runs: number; left: number; states: Record<string, number>; messages: string };

type Row = { seconds: number | null; open: number; runs: number; left: number; messages: string[] | null };

/** null while a run is under way, work is left or none has begun. */
export async function readBooks(databaseUrl: string): Promise<Books | null> {
  const [row] = await querySql<Row>(
    databaseUrl,
    `SELECT extract(epoch FROM max(finished_at) FILTER (WHERE due > 0) - min(started_at))::float8 AS seconds,
       (count(*) FILTER (WHERE finished_at IS NULL))::int AS open, count(*)::int AS runs, array_agg(message) FILTER (WHERE message IS NOT NULL) AS messages,
       (SELECT count(*)::int FROM sync_record WHERE requested_version > synced_version AND state <> 'failing') AS left
     FROM sync_run`,
  );
  if (!row || row.runs === 0 || row.open > 0 || row.left > 0 || row.seconds === null) return null;
  const states = await querySql<{ state: string; n: number }>(
    databaseUrl,
    "SELECT state, count(*)::int AS n FROM sync_record GROUP BY state",
  );
  return {
    seconds: row.seconds,
    runs: row.runs,
    left: row.left,
    states: Object.fromEntries(states.map(({ state, n }) => [state, n])),
    messages: (row.messages ?? []).join("; "),
  };
}
