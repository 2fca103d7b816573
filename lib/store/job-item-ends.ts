import type { DatabaseOrTransaction } from "./client";

/** How an item ended. taken_back: its job was cancelled before anybody began with it. */
export type ItemOutcome = "created" | "updated" | "unchanged" | "failed" | "excluded" | "taken_back";

/** What a recorded batch tells of one record. */
type RecordEnd = {
  recordId: string;
  claimedVersion: bigint;
  state: string;
  exclusionReason: string | null;
  failures: { type: string }[];
  journal: { outcome: string } | null;
};

/**
 * Tells the jobs how their records ended; part of the transaction that records a batch. A failed item of a job that is
 * still under way changes its mind when the record heals meanwhile.
 */
export async function settleItems(
  tx: DatabaseOrTransaction,
  connectionId: string,
  outcomes: RecordEnd[],
): Promise<void> {
  const ends = outcomes.flatMap((o) => {
    const end = describeEnd(o);
    return end ? [{ record_id: o.recordId, version: String(o.claimedVersion), ...end }] : [];
  });
  if (ends.length === 0) return;
  await tx.$executeRaw`
    UPDATE job_item i SET outcome = o.outcome, reason = o.reason
    FROM jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) AS o(record_id uuid, version bigint, outcome text, reason text)
    WHERE i.connection_id = ${connectionId}::uuid AND i.record_id = o.record_id AND i.version <= o.version AND i.plan IS NULL
      AND (i.outcome IS NULL OR i.outcome = 'failed' AND EXISTS (SELECT 1 FROM job j
        WHERE j.connection_id = i.connection_id AND j.id = i.job_id AND j.status = 'running'))`;
}

/** null = nothing is decided yet: a limit or an outage stopped the batch, the record stays due. */
function describeEnd(o: RecordEnd): { outcome: ItemOutcome; reason: string | null } | null {
  if (o.failures.length > 0) return { outcome: "failed", reason: o.failures[0]?.type ?? null };
  if (o.state === "failing") return { outcome: "failed", reason: null };
  if (o.state === "excluded") return { outcome: "excluded", reason: o.exclusionReason };
  const outcome = o.journal?.outcome ?? "unchanged";
  if (o.state === "due" && (outcome === "failed" || outcome === "unchanged")) return null;
  if (outcome.startsWith("created_")) return { outcome: "created", reason: null };
  return { outcome: outcome === "unchanged" ? "unchanged" : "updated", reason: null };
}

/** A record that became part of another one is answered for by that one. */
export async function moveItems(tx: DatabaseOrTransaction, connectionId: string, pairs: string): Promise<void> {
  await tx.$executeRaw`UPDATE job_item i SET record_id = a.record_id, version = 0
    FROM jsonb_to_recordset(${pairs}::jsonb) AS a(partner_id uuid, record_id uuid)
    WHERE i.connection_id = ${connectionId}::uuid AND i.record_id = a.partner_id`;
}
