import type { Side } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import type { SyncRun as Row } from "./generated/client";
import type { RunKind } from "./sync-runs";

export type StoredRun = Omit<Row, "connectionId" | "kind" | "status"> & {
  kind: RunKind;
  status: "running" | "done" | "failed" | "interrupted";
};

export type HourActivity = { at: Date; toSalesforce: number; toHubspot: number; failed: number };

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
/** Enough for steady percentiles; the whole day of a first sync would be a million rows. */
const LAG_SAMPLE = 5_000;
const HOURLY_LAG_SAMPLE = 20_000;

/** Newest first. */
export async function listRuns(connectionId: string, limit: number): Promise<StoredRun[]> {
  const rows = await getDatabase().syncRun.findMany({
    where: { connectionId },
    orderBy: { startedAt: "desc" },
    take: limit,
  });
  return rows.map((row) => ({ ...row, kind: row.kind as RunKind, status: row.status as StoredRun["status"] }));
}

/** Whether a check is under way. One that began over 30 minutes ago died with its process; the next run closes it. */
export async function isCheckRunning(connectionId: string): Promise<boolean> {
  const run = await getDatabase().syncRun.findFirst({
    where: { connectionId, kind: "check", status: "running", startedAt: { gt: new Date(Date.now() - HOUR_MS / 2) } },
    select: { id: true },
  });
  return run !== null;
}

/** 24 hours, oldest first, hours without activity as zeros; calls of the same time. */
export async function readLastDay(
  connectionId: string,
): Promise<{ hours: HourActivity[]; calls: { hubspot: number; salesforce: number } }> {
  const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const since = new Date(thisHour - 23 * HOUR_MS);
  const rows = await getDatabase().$queryRaw<
    { hour: Date; to_salesforce: number; to_hubspot: number; failed: number; hubspot: number; salesforce: number }[]
  >`SELECT date_trunc('hour', started_at, 'UTC') AS hour, sum(updated_salesforce)::int AS to_salesforce, sum(updated_hubspot)::int AS to_hubspot,
      sum(failed)::int AS failed, sum(calls_hubspot)::int AS hubspot, sum(calls_salesforce)::int AS salesforce
    FROM sync_run WHERE connection_id = ${connectionId}::uuid AND started_at >= ${since} GROUP BY 1`;
  const byHour = new Map(rows.map((row) => [row.hour.getTime(), row]));
  const hours = Array.from({ length: 24 }, (_, index) => {
    const at = since.getTime() + index * HOUR_MS;
    const row = byHour.get(at);
    return {
      at: new Date(at),
      toSalesforce: row?.to_salesforce ?? 0,
      toHubspot: row?.to_hubspot ?? 0,
      failed: row?.failed ?? 0,
    };
  });
  const sum = (side: "hubspot" | "salesforce") => rows.reduce((total, row) => total + row[side], 0);
  return { hours, calls: { hubspot: sum("hubspot"), salesforce: sum("salesforce") } };
}

/** Seconds from the oldest trigger of a sync until it was written, over the latest 5,000 syncs of the last 24 h. */
export function readLag(connectionId: string): Promise<{ p50: number | null; p95: number | null }> {
  return cacheBriefly(`lag ${connectionId}`, async () => {
    const since = new Date(Date.now() - DAY_MS);
    const rows = await getDatabase().$queryRaw<{ p50: number | null; p95: number | null }[]>`
      WITH latest AS (
        SELECT at, triggers FROM journal_entry
        WHERE connection_id = ${connectionId}::uuid AND at >= ${since} AND status = 'settled'
          AND outcome IN ('linked', 'created_in_salesforce', 'created_in_hubspot', 'updated') AND jsonb_array_length(triggers) > 0
        ORDER BY at DESC LIMIT ${LAG_SAMPLE}),
      lags AS (
        SELECT GREATEST(0, EXTRACT(EPOCH FROM at - (SELECT min((t->>'at')::timestamptz) FROM jsonb_array_elements(triggers) t))) AS seconds
        FROM latest)
      SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)::float8 AS p50,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds)::float8 AS p95 FROM lags`;
    return rows[0] ?? { p50: null, p95: null };
  });
}

/** The same for each of the last 24 hours in which anything was written, oldest first; over the latest 20,000 syncs. */
export function readHourlyLag(connectionId: string): Promise<{ at: Date; p50: number; p95: number }[]> {
  return cacheBriefly(`hourly lag ${connectionId}`, () => {
    const since = new Date(Date.now() - DAY_MS);
    return getDatabase().$queryRaw<{ at: Date; p50: number; p95: number }[]>`
      WITH latest AS (
        SELECT at, triggers FROM journal_entry
        WHERE connection_id = ${connectionId}::uuid AND at >= ${since} AND status = 'settled'
          AND outcome IN ('linked', 'created_in_salesforce', 'created_in_hubspot', 'updated') AND jsonb_array_length(triggers) > 0
        ORDER BY at DESC LIMIT ${HOURLY_LAG_SAMPLE}),
      lags AS (
        SELECT date_trunc('hour', at, 'UTC') AS hour,
          GREATEST(0, EXTRACT(EPOCH FROM at - (SELECT min((t->>'at')::timestamptz) FROM jsonb_array_elements(triggers) t))) AS seconds
        FROM latest)
      SELECT hour AS at, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)::float8 AS p50,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds)::float8 AS p95 FROM lags GROUP BY hour ORDER BY hour`;
  });
}

/** The error types of either side with most records, at most `limit`. */
export function readTopErrors(
  connectionId: string,
  limit: number,
): Promise<{ type: string; side: Side; records: number }[]> {
  return cacheBriefly(`errors ${connectionId} ${limit}`, async () => {
    const rows = await getDatabase().$queryRaw<{ type: string; side: Side; records: bigint }[]>`
      SELECT type, side, count(*) AS records FROM sync_error
      WHERE connection_id = ${connectionId}::uuid AND closed_at IS NULL GROUP BY type, side ORDER BY records DESC, type, side LIMIT ${limit}`;
    return rows.map((row) => ({ ...row, records: Number(row.records) }));
  });
}
