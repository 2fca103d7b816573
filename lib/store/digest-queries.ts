import type { Side } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";

/** What stands still until a person does something. `key` names the event, not its state, so that it is told once. */
export type Alarm = { key: string; at: Date } & (
  | { kind: "suspended"; facts: { reason: string; side: string; detail: string } }
  | { kind: "brake_waiting"; facts: { count: number } }
);

/** How things went between two moments, and how they stand now. */
export type DigestFacts = {
  states: Record<"in_sync" | "due" | "failing" | "excluded", number>;
  created: number;
  toSalesforce: number;
  toHubspot: number;
  calls: { hubspot: number; salesforce: number };
  errors: { type: string; side: Side; records: number }[];
};

/** Connections that are suspended, and mass changes that wait for a yes, now. */
export async function listAlarms(): Promise<Alarm[]> {
  const database = getDatabase();
  const [suspended, brakes] = await Promise.all([
    database.connection.findMany({ where: { status: "suspended" } }),
    database.brake.findMany({ where: { state: "waiting" } }),
  ]);
  const stops = suspended.map((row) => ({
    key: `suspended:${row.id}:${row.suspendedAt?.toISOString() ?? ""}`,
    kind: "suspended" as const,
    at: row.suspendedAt ?? row.updatedAt,
    facts: {
      reason: row.suspendedReason ?? "unknown",
      side: row.suspendedSide ?? "",
      detail: row.suspendedDetail ?? "",
    },
  }));
  const waits = brakes.map((row) => ({
    key: `brake:${row.id}`,
    kind: "brake_waiting" as const,
    at: row.plannedAt,
    facts: { count: row.creates + row.overwrites + row.deletes },
  }));
  return [...stops, ...waits];
}

/** Over all connections. Kept for a moment: many people ask for the same day at the same minute. */
export function readDigestFacts(from: Date, to: Date): Promise<DigestFacts> {
  return cacheBriefly(`digest ${from.toISOString()} ${to.toISOString()}`, async () => {
    const database = getDatabase();
    const [states, [runs], errors] = await Promise.all([
      database.$queryRaw<
        { state: string; count: bigint }[]
      >`SELECT state, count(*) AS count FROM sync_record GROUP BY state`,
      database.$queryRaw<Record<"created" | "salesforce" | "hubspot" | "calls_hubspot" | "calls_salesforce", number>[]>`
        SELECT COALESCE(sum(created), 0)::int AS created, COALESCE(sum(updated_salesforce), 0)::int AS salesforce,
          COALESCE(sum(updated_hubspot), 0)::int AS hubspot, COALESCE(sum(calls_hubspot), 0)::int AS calls_hubspot,
          COALESCE(sum(calls_salesforce), 0)::int AS calls_salesforce
        FROM sync_run WHERE started_at >= ${from} AND started_at < ${to}`,
      database.$queryRaw<DigestFacts["errors"]>`
        SELECT type, side, count(DISTINCT record_id)::int AS records FROM sync_error WHERE closed_at IS NULL
        GROUP BY type, side ORDER BY records DESC, type, side LIMIT 5`,
    ]);
    const count = (state: string) => Number(states.find((row) => row.state === state)?.count ?? 0);
    return {
      states: {
        in_sync: count("in_sync"),
        due: count("due"),
        failing: count("failing"),
        excluded: count("excluded"),
      },
      created: runs?.created ?? 0,
      toSalesforce: runs?.salesforce ?? 0,
      toHubspot: runs?.hubspot ?? 0,
      calls: { hubspot: runs?.calls_hubspot ?? 0, salesforce: runs?.calls_salesforce ?? 0 },
      errors,
    };
  });
}
