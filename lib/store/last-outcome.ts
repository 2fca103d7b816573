import { getDatabase } from "./client";
import type { JournalOutcome } from "./journal";

export type LastOutcome = {
  state: "in_sync" | "due" | "failing" | "excluded";
  outcome: JournalOutcome;
  changes: number;
};

/** State of a record with the newest line of its history; null when the record is gone (it became part of another). */
export async function readLastOutcome(connectionId: string, recordId: string): Promise<LastOutcome | null> {
  const rows = await getDatabase().$queryRaw<LastOutcome[]>`
    SELECT r.state, COALESCE(j.outcome, 'unchanged') AS outcome, COALESCE(jsonb_array_length(j.changes), 0) AS changes
    FROM sync_record r LEFT JOIN LATERAL (
      SELECT outcome, changes FROM journal_entry WHERE connection_id = r.connection_id AND record_id = r.id AND status = 'settled' ORDER BY at DESC LIMIT 1
    ) j ON true
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = ${recordId}::uuid`;
  return rows[0] ?? null;
}
