import { decideActivity } from "@/lib/decide/decide-activity";
import { decideRecord } from "@/lib/decide/decide-record";
import type { PlannedWrite, RecordDecision } from "@/lib/decide/decision-types";
import type { RecordSnapshot } from "@/lib/decide/record-snapshot";
import { isBlank, type Values } from "@/lib/decide/record-types";
import type { Batch, RecordWork } from "./batch-work";
import { hubspotRecords, openWorks } from "./batch-work";

/**
 * Decides every record of the batch. Only where both sides hold different edits are HubSpot's edit times fetched (property
 * history, spec F3), and those records are decided once more.
 */
export async function decideBatch(batch: Batch): Promise<void> {
  const undated: { work: RecordWork; properties: string[] }[] = [];
  for (const work of openWorks(batch)) {
    const decision = decideWork(batch, work);
    if (decision.kind === "needs_edit_times") undated.push({ work, properties: decision.properties });
    else work.decision = decision;
  }
  if (undated.length === 0) return;
  await fetchEditTimes(batch, undated);
  for (const { work } of undated) {
    const decision = decideWork(batch, work);
    if (decision.kind === "needs_edit_times")
      throw new Error(`Edit times are still missing for ${decision.properties.join(", ")}`);
    work.decision = decision;
  }
}

function decideWork(batch: Batch, work: RecordWork): RecordDecision {
  const settings = { ...batch.context.settings, references: batch.references };
  if (work.copy) return decideActivity(snapshotOf(work), work.copy, settings);
  return addToCreate(decideRecord(snapshotOf(work), settings), work.additions);
}

function snapshotOf(work: RecordWork): RecordSnapshot {
  return {
    hubspot: work.hubspot,
    salesforce: work.salesforce,
    base: work.claimed.base,
    partnerTaken: work.partnerTaken,
    missing: work.missing,
    inList: work.inList,
    deletedIn: work.deletedIn,
    lastSalesforce: lastSalesforceOf(work),
    waitsFor: work.waitsFor,
    hasSyncingContact: work.hasSyncingContact,
    hasContact: work.hasContact,
    derived: work.derived,
    hubspotEditTimes: work.editTimes,
  };
}

/** What a new record gets besides its mapped values, where those leave it blank: parents, owner, kind. */
function addToCreate(decision: RecordDecision, additions: RecordWork["additions"]): RecordDecision {
  if (decision.kind !== "plan") return decision;
  const { hubspot, salesforce } = decision;
  return {
    ...decision,
    hubspot: hubspot && { ...hubspot, values: fill(hubspot, additions.hubspot) },
    salesforce: salesforce && { ...salesforce, values: fill(salesforce, additions.salesforce) },
  };
}

function fill({ operation, values }: PlannedWrite, additions: Values): Values {
  if (operation !== "create") return values;
  const missing = Object.entries(additions).filter(([name, value]) => !isBlank(value) && isBlank(values[name]));
  return { ...values, ...Object.fromEntries(missing) };
}

/** What a Salesforce record that is gone held when it was last read. */
function lastSalesforceOf({ salesforce, claimed }: RecordWork): RecordSnapshot["lastSalesforce"] {
  const { salesforceId, salesforceType, salesforceValues, salesforceStamp } = claimed;
  if (salesforce || !salesforceId || !salesforceType || !salesforceValues) return null;
  return { id: salesforceId, type: salesforceType, values: salesforceValues, modifiedAt: salesforceStamp };
}

async function fetchEditTimes(batch: Batch, undated: { work: RecordWork; properties: string[] }[]): Promise<void> {
  const ids = undated.map((u) => u.work.hubspot?.id ?? "");
  const properties = [...new Set(undated.flatMap((u) => u.properties))].sort();
  const times = (await hubspotRecords(batch)?.readEditTimes(ids, properties)) ?? new Map();
  for (const { work, properties: wanted } of undated) {
    work.calls += 1;
    const known = times.get(work.hubspot?.id ?? "") ?? {};
    // A property without history (imported before HubSpot kept any) is as old as the record's own stamp at most.
    work.editTimes = Object.fromEntries(wanted.map((p) => [p, known[p] ?? work.hubspot?.modifiedAt ?? 0]));
  }
}
