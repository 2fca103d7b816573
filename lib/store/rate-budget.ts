import type { CallGate } from "@/lib/crm/face";
import type { Side } from "@/lib/decide/record-types";
import { getDatabase } from "./client";

export type CallCounter = { hubspot: number; salesforce: number };

/** HubSpot's published limit of a private app, calls per rolling 10 s, until HubSpot has told its own (an app of its marketplace: 110). */
const HUBSPOT_PER_TEN_SECONDS = 190;
const BURST = 9;
/**
 * Four searches a second, not five: a call that leaves or arrives late comes close to the next one, and at 210 ms a delay
 * of 50 ms was enough for six in one second and a 429. At 250 ms it takes 250 ms.
 */
const SEARCH_PER_TEN_SECONDS = 40;

type Bucket = "hubspot" | "hubspot_search";

/**
 * Spaces calls over all processes by one row per bucket (generic cell rate algorithm): a burst of 9, then evenly, so
 * that no rolling ten seconds hold more than the limit: 10 at once + (limit − 10) in the next ten seconds. The limit that
 * HubSpot tells one process, and a pause that it asks of one, hold for all of them.
 */
export function createCallGate(connectionId: string, counter: CallCounter): CallGate {
  let known: number | null = null;
  return {
    async acquire(bucket) {
      // Salesforce has no limit per second; its calls are counted by the day.
      if (bucket === "salesforce") return;
      if (bucket === "hubspot_search") await reserve(connectionId, "hubspot_search");
      known = await reserve(connectionId, "hubspot");
    },
    note(side: Side, limit: number | null, pauseMs = 0) {
      counter[side] += 1;
      if (side !== "hubspot") return;
      const isNews = limit !== null && limit > 0 && limit !== known;
      // Whoever does not hear of it runs into a 429 and tells again.
      if (isNews || pauseMs > 0) tell(connectionId, isNews ? limit : null, pauseMs).catch(() => {});
      if (isNews) known = limit;
    },
  };
}

/** Takes the next place in the bucket and waits for it. Answers the limit by which it was spaced. */
async function reserve(connectionId: string, bucket: Bucket): Promise<number> {
  const [perTenSeconds, burst] = bucket === "hubspot" ? [HUBSPOT_PER_TEN_SECONDS, BURST] : [SEARCH_PER_TEN_SECONDS, 0];
  // Of the limit the burst is held back, or more than the limit would fit into ten seconds.
  const held = bucket === "hubspot" ? BURST + 1 : 0;
  const rows = await getDatabase().$queryRaw<{ wait_ms: number; per_ten_seconds: number }[]>`
    INSERT INTO rate_budget AS b (connection_id, bucket, next_free_at, per_ten_seconds)
    VALUES (${connectionId}::uuid, ${bucket}, clock_timestamp() + 10000.0 / ${perTenSeconds - held} * interval '1 millisecond', ${perTenSeconds})
    ON CONFLICT (connection_id, bucket) DO UPDATE SET
      per_ten_seconds = COALESCE(b.per_ten_seconds, EXCLUDED.per_ten_seconds),
      next_free_at = GREATEST(b.next_free_at, clock_timestamp())
        + 10000.0 / GREATEST(1, COALESCE(b.per_ten_seconds, EXCLUDED.per_ten_seconds) - ${held}) * interval '1 millisecond'
    RETURNING (EXTRACT(EPOCH FROM next_free_at - clock_timestamp()) * 1000)::float8 AS wait_ms, per_ten_seconds`;
  const limit = rows[0]?.per_ten_seconds ?? perTenSeconds;
  const spacing = 10_000 / Math.max(1, limit - held);
  const wait = (rows[0]?.wait_ms ?? 0) - spacing * (1 + burst);
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  return limit;
}

/** What one answer said, for all processes. */
async function tell(connectionId: string, limit: number | null, pauseMs: number): Promise<void> {
  // The burst is no right to go on at once: a pause begins behind it.
  const spacing = 10_000 / (HUBSPOT_PER_TEN_SECONDS - BURST - 1);
  const until = pauseMs === 0 ? 0 : pauseMs + spacing * BURST;
  await getDatabase().$executeRaw`
    UPDATE rate_budget SET per_ten_seconds = COALESCE(${limit}::int, per_ten_seconds),
      next_free_at = GREATEST(next_free_at, clock_timestamp() + ${until} * interval '1 millisecond')
    WHERE connection_id = ${connectionId}::uuid AND bucket = 'hubspot'`;
}
