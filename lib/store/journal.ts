import type { FieldReason } from "@/lib/decide/decide-field";
import type { RawValue, Side, UpdateRule } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase } from "./client";
import type { TriggerMark } from "./record-marks";
import { splitIntoParts } from "./split-into-parts";

/** One value that travels: both values, who won and by which rule (spec F9). */
export type JournalChange = {
  mappingId: string;
  hubspotProperty: string;
  salesforceField: string;
  side: Side;
  before: RawValue;
  after: RawValue;
  /** The value of the other side that it was made of; absent where there is no single one */
  source?: RawValue;
  winner: Side;
  rule: UpdateRule;
  reason: FieldReason;
  conflict: boolean;
};

export type JournalOutcome =
  | "linked"
  | "created_in_salesforce"
  | "created_in_hubspot"
  | "updated"
  | "archived_in_hubspot"
  | "deleted_in_salesforce"
  | "merged"
  | "relinked"
  | "unchanged"
  | "excluded"
  | "failed"
  | "interrupted";

export type JournalPlan = {
  id: string;
  recordId: string;
  /** Null: a person's act outside of any run */
  runId: string | null;
  outcome: JournalOutcome;
  triggers: TriggerMark[];
  changes: JournalChange[];
  by: string | null;
};

/** What a timeline says about a failed sync: which side refused it, and its own words. */
export type JournalError = { type: string; side: Side; remoteMessage: string };

export type JournalSettlement = JournalPlan & {
  /** true = planJournal wrote it ahead of the remote write */
  planned: boolean;
  error: JournalError | null;
  calls: number;
};

/**
 * Write-ahead: what is about to be overwritten is on disk before the remote write leaves, so that a crash or a lost
 * answer cannot make an old value disappear without a trace. An older plan of the same record that nobody settled
 * belongs to a worker that died: it is closed as interrupted.
 */
export async function planJournal(connectionId: string, plans: JournalPlan[]): Promise<void> {
  for (const part of splitIntoParts(plans)) await planPart(connectionId, part);
}

async function planPart(connectionId: string, plans: JournalPlan[]): Promise<void> {
  const rows = JSON.stringify(plans.map(toRow));
  await getDatabase().$executeRaw`
    WITH p AS (SELECT * FROM jsonb_to_recordset(${rows}::jsonb) AS p(id uuid, record_id uuid, run_id uuid, outcome text, triggers jsonb, changes jsonb, by text)),
    stale AS (
      UPDATE journal_entry j SET status = 'settled', outcome = 'interrupted'
      WHERE j.connection_id = ${connectionId}::uuid AND j.record_id = ANY(${plans.map((p) => p.recordId)}::uuid[])
        AND j.status = 'planned' AND NOT (j.id = ANY(${plans.map((p) => p.id)}::uuid[]))
    )
    INSERT INTO journal_entry (connection_id, id, record_id, run_id, status, outcome, triggers, changes, by)
    SELECT ${connectionId}::uuid, p.id, p.record_id, p.run_id, 'planned', p.outcome, p.triggers, p.changes, p.by FROM p
    ON CONFLICT (connection_id, id) DO UPDATE SET changes = EXCLUDED.changes`;
}

export async function settleJournal(
  db: DatabaseOrTransaction,
  connectionId: string,
  entries: JournalSettlement[],
): Promise<void> {
  for (const part of splitIntoParts(entries)) await settlePart(db, connectionId, part);
}

async function settlePart(
  db: DatabaseOrTransaction,
  connectionId: string,
  entries: JournalSettlement[],
): Promise<void> {
  const rows = JSON.stringify(entries.map((e) => ({ ...toRow(e), error: e.error, calls: e.calls })));
  await db.$executeRaw`
    INSERT INTO journal_entry (connection_id, id, record_id, run_id, status, outcome, triggers, changes, error, calls, by)
    SELECT ${connectionId}::uuid, p.id, p.record_id, p.run_id, 'settled', p.outcome, p.triggers, p.changes, p.error, p.calls, p.by
    FROM jsonb_to_recordset(${rows}::jsonb) AS p(id uuid, record_id uuid, run_id uuid, outcome text, triggers jsonb, changes jsonb, error jsonb, calls int, by text)
    ON CONFLICT (connection_id, id) DO UPDATE SET status = 'settled', outcome = EXCLUDED.outcome, changes = EXCLUDED.changes,
      error = EXCLUDED.error, calls = EXCLUDED.calls`;
}

/**
 * Closes the plans of these records that nobody settled, except `ownIds`: their worker died after planning. They become
 * history, so that a value it may have overwritten can still be seen (spec F9).
 */
export async function closeInterruptedPlans(
  db: DatabaseOrTransaction,
  connectionId: string,
  recordIds: string[],
  ownIds: string[],
): Promise<void> {
  if (recordIds.length === 0) return;
  await db.$executeRaw`
    UPDATE journal_entry SET status = 'settled', outcome = 'interrupted'
    WHERE connection_id = ${connectionId}::uuid AND record_id = ANY(${recordIds}::uuid[]) AND status = 'planned'
      AND NOT (id = ANY(${ownIds}::uuid[]))`;
}

function toRow(plan: JournalPlan): Record<string, unknown> {
  return {
    id: plan.id,
    record_id: plan.recordId,
    run_id: plan.runId,
    outcome: plan.outcome,
    triggers: plan.triggers,
    changes: plan.changes,
    by: plan.by,
  };
}
