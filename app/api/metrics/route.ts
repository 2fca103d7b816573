import { isSameSecret, readBearer } from "@/lib/access/bearer";
import { readEnv } from "@/lib/server/env";
import { readHttpMetrics } from "@/lib/server/http-metrics";
import { Refusal } from "@/lib/server/problem";
import { answerSafely } from "@/lib/server/route";
import { writeGauge } from "@/lib/server/write-metrics";
import { readSyncMetrics, type SyncMetrics } from "@/lib/store/metrics-queries";

export const dynamic = "force-dynamic";

/** Numbers for Prometheus, opened by `Authorization: Bearer $METRICS_TOKEN`; closed while that is not set. */
export const GET = (request: Request): Promise<Response> =>
  answerSafely(request, async () => {
    const given = readBearer(request.headers);
    if (given === null || !isSameSecret(given, readEnv().metricsToken)) throw new Refusal("wrong_secret");
    const text = writeSyncMetrics(await readSyncMetrics()) + (await readHttpMetrics());
    return new Response(text, { headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" } });
  });

function writeSyncMetrics(metrics: SyncMetrics): string {
  const { records, connections, errors, calls24h } = metrics;
  const states = connections.map(({ id, status }) => ({ labels: { connection: id, status }, value: 1 }));
  const checks = connections.flatMap(({ id, lastCheckSeconds }) =>
    lastCheckSeconds === null ? [] : [{ labels: { connection: id }, value: lastCheckSeconds }],
  );
  const one = (value: number) => [{ labels: {}, value }];
  return [
    writeGauge(
      "kakehashi_records",
      "Records by object and state.",
      records.map(({ object, state, count }) => ({ labels: { object, state }, value: count })),
    ),
    writeGauge(
      "kakehashi_due_age_seconds",
      "How long the record that waits longest has waited.",
      one(metrics.oldestDueSeconds),
    ),
    writeGauge("kakehashi_connection_status", "1 for the status of each connection.", states),
    writeGauge("kakehashi_last_check_age_seconds", "Time since the last finished check of each connection.", checks),
    writeGauge(
      "kakehashi_open_errors",
      "Open errors of records by type.",
      errors.map(({ type, category, count }) => ({ labels: { type, category }, value: count })),
    ),
    writeGauge(
      "kakehashi_remote_calls_24h",
      "Calls to each CRM in the last 24 hours.",
      (["hubspot", "salesforce"] as const).map((side) => ({ labels: { side }, value: calls24h[side] })),
    ),
    writeGauge("kakehashi_mails_waiting", "E-mails that are not out yet.", one(metrics.mailsWaiting)),
  ].join("");
}
