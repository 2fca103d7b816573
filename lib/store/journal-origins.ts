import type { UncertainWrite } from "@/lib/decide/adopt-own-writes";
import type { Side } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import type { JournalChange } from "./journal";

/** The side on which these records were made, by who was created from whom; records without such an entry are absent. */
export async function readOrigins(connectionId: string, recordIds: string[]): Promise<Map<string, Side>> {
  const rows = await getDatabase().$queryRaw<{ record_id: string; outcome: string }[]>`
    SELECT DISTINCT ON (record_id) record_id, outcome FROM journal_entry
    WHERE connection_id = ${connectionId}::uuid AND record_id = ANY(${recordIds}::uuid[])
      AND outcome IN ('created_in_salesforce', 'created_in_hubspot')
    ORDER BY record_id, at`;
  return new Map(
    rows.map((row): [string, Side] => [
      row.record_id,
      row.outcome === "created_in_salesforce" ? "hubspot" : "salesforce",
    ]),
  );
}

/** Those of these records that somebody tried to write before: planned and never settled, interrupted, or failed. */
export async function findTried(connectionId: string, recordIds: string[]): Promise<Set<string>> {
  if (recordIds.length === 0) return new Set();
  const rows = await getDatabase().$queryRaw<{ record_id: string }[]>`
    SELECT DISTINCT record_id FROM journal_entry
    WHERE connection_id = ${connectionId}::uuid AND record_id = ANY(${recordIds}::uuid[])
      AND (status = 'planned' OR outcome IN ('interrupted', 'failed'))`;
  return new Set(rows.map((row) => row.record_id));
}

/** What was sent for these records since they were last in sync and may or may not have arrived; the newest first. */
export async function findUncertainWrites(
  connectionId: string,
  recordIds: string[],
): Promise<Map<string, UncertainWrite[]>> {
  if (recordIds.length === 0) return new Map();
  const rows = await getDatabase().$queryRaw<{ record_id: string; changes: JournalChange[] }[]>`
    SELECT j.record_id, j.changes FROM journal_entry j
    JOIN sync_record r ON r.connection_id = j.connection_id AND r.id = j.record_id
    WHERE j.connection_id = ${connectionId}::uuid AND j.record_id = ANY(${recordIds}::uuid[])
      AND j.at > COALESCE(r.last_synced_at, '-infinity') AND (j.status = 'planned' OR j.outcome IN ('interrupted', 'failed'))
    ORDER BY j.at DESC`;
  const writes = new Map<string, UncertainWrite[]>();
  for (const { record_id: id, changes } of rows) {
    const sent = changes.flatMap(({ source, ...change }) => (source === undefined ? [] : [{ ...change, source }]));
    if (sent.length > 0) writes.set(id, [...(writes.get(id) ?? []), ...sent]);
  }
  return writes;
}
