import { randomUUID } from "node:crypto";
import type { RemovalTarget } from "@/lib/crm/face";
import type { Side } from "@/lib/decide/record-types";
import { salesforceFieldOf } from "@/lib/decide/record-types";
import { type JournalChange, type JournalOutcome, planJournal } from "@/lib/store/journal";
import { type Batch, hubspotRecords, openWorks, type RecordWork } from "./batch-work";

/**
 * C3: deletes on the one side what was deleted on the other, by the settings: the values that were there are in the
 * journal before the call leaves, and every record comes back with its outcome.
 */
export async function carryOutDeletes(batch: Batch): Promise<void> {
  const wanted = openWorks(batch).filter((w) => w.decision?.kind === "delete");
  for (const { refusal, claimed, salesforceOutcomes } of wanted) {
    if (refusal) salesforceOutcomes.push({ key: claimed.id, ok: false, failure: refusal });
  }
  const works = wanted.filter((work) => work.refusal === null);
  if (works.length === 0) return;
  for (const work of works) work.journalId ??= randomUUID();
  await planJournal(
    batch.context.connectionId,
    works.map((work) => ({
      id: work.journalId ?? "",
      recordId: work.claimed.id,
      runId: batch.runId,
      outcome: outcomeOfDelete(work),
      triggers: work.claimed.triggers,
      changes: valuesThatGo(batch, work),
      by: batch.by,
    })),
  );
  const [hubspot, salesforce] = await Promise.all([
    hubspotRecords(batch)?.archive(targetsOf(works, "hubspot")) ?? [],
    batch.crms.salesforce.remove(targetsOf(works, "salesforce")),
  ]);
  const byKey = new Map(works.map((work) => [work.claimed.id, work]));
  for (const outcome of hubspot) byKey.get(outcome.key)?.hubspotOutcomes.push(outcome);
  for (const outcome of salesforce) byKey.get(outcome.key)?.salesforceOutcomes.push(outcome);
  for (const work of works) work.calls += 1;
}

export function outcomeOfDelete(work: RecordWork): JournalOutcome {
  return sideOf(work) === "hubspot" ? "archived_in_hubspot" : "deleted_in_salesforce";
}

/** The mapped values of the record that goes, as history keeps them (F9). */
export function valuesThatGo(batch: Batch, work: RecordWork): JournalChange[] {
  const side = sideOf(work);
  const type = work.salesforce?.type ?? work.claimed.salesforceType;
  const reading = side === "hubspot" ? work.hubspot : work.salesforce;
  if (side === null || type === null || type === undefined || !reading) return [];
  return batch.context.settings.mappings.flatMap((mapping): JournalChange[] => {
    const salesforceField = salesforceFieldOf(mapping, type);
    if (salesforceField === null) return [];
    const before = reading.values[side === "hubspot" ? mapping.hubspotProperty : salesforceField] ?? null;
    if (before === null || before === "") return [];
    return [
      {
        mappingId: mapping.id,
        hubspotProperty: mapping.hubspotProperty,
        salesforceField,
        side,
        before,
        after: null,
        winner: side === "hubspot" ? "salesforce" : "hubspot",
        rule: mapping.rule,
        reason: "deleted_on_other_side",
        conflict: false,
      },
    ];
  });
}

function targetsOf(works: RecordWork[], side: Side): RemovalTarget[] {
  return works.flatMap((work) => {
    const reading = side === "hubspot" ? work.hubspot : work.salesforce;
    return sideOf(work) === side && reading ? [{ key: work.claimed.id, id: reading.id }] : [];
  });
}

/** The side on which the record goes; null for a work that deletes nothing. */
export function sideOf(work: RecordWork): Side | null {
  return work.decision?.kind === "delete" ? work.decision.side : null;
}
