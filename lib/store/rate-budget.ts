import type { CallGate } from "@/lib/crm/face";
import type { Side } from "@/lib/decide/record-types";
import { getDatabase } from "./client";

export type CallCounter = { hubspot: number; salesforce: number };

/** HubSpot's published limits: 190 calls per rolling 10 s for a private app, 5 searches per second and account. */
const HUBSPOT_PER_TEN_SECONDS = 190;
const BURST = 9;
/**
 * Four searches a second, not five: a call that leaves or arrives late comes close to the next one, and at 210 ms a delay
 * of 50 ms was enough for six in one second and a 429. At 250 ms it takes 250 ms.
 */
const SEARCH_SPACING_MS = 250;

/**
 * Spaces calls over all processes by one row per bucket (generic cell rate algorithm): a burst of 9, then evenly, so
 * that no rolling ten seconds hold more than the limit: 10 at once + (limit − 10) in the next ten seconds.
 */
export function createCallGate(connectionId: string, counter: CallCounter): CallGate {
  let perTenSeconds = HUBSPOT_PER_TEN_SECONDS;
  return {
    async acquire(bucket) {
      // Salesforce has no limit per second; its calls are counted by the day.
      if (bucket === "salesforce") return;
      if (bucket === "hubspot_search") await reserve(connectionId, "hubspot_search", SEARCH_SPACING_MS, 0);
      const spacing = 10_000 / Math.max(1, perTenSeconds - BURST - 1);
      await reserve(connectionId, "hubspot", spacing, spacing * BURST);
    },
    note(side: Side, limit: number | null) {
      counter[side] += 1;
      if (limit !== null && limit > 0) perTenSeconds = limit;
    },
  };
}

async function reserve(connectionId: string, bucket: string, spacingMs: number, toleranceMs: number): Promise<void> {
  const rows = await getDatabase().$queryRaw<{ wait_ms: number }[]>`
    INSERT INTO rate_budget AS b (connection_id, bucket, next_free_at)
    VALUES (${connectionId}::uuid, ${bucket}, clock_timestamp() + ${spacingMs} * interval '1 millisecond')
    ON CONFLICT (connection_id, bucket) DO UPDATE
      SET next_free_at = GREATEST(b.next_free_at, clock_timestamp()) + ${spacingMs} * interval '1 millisecond'
    RETURNING (EXTRACT(EPOCH FROM next_free_at - clock_timestamp()) * 1000 - ${spacingMs} - ${toleranceMs})::float8 AS wait_ms`;
  const wait = rows[0]?.wait_ms ?? 0;
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
}
