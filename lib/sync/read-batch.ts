import type { Values } from "@/lib/decide/record-types";
import { DRY_TOKEN } from "@/lib/store/record-claims";
import { type Batch, hubspotRecords, openWorks, type RecordWork } from "./batch-work";
import { noteContactEvents } from "./note-contact-events";

/**
 * Reads both sides again for the records that ask for it (a button, an event, a lost answer), both systems at once. All
 * others were read by the check that marked them: no call for what is already known (spec Q2).
 */
export async function readBatch(batch: Batch): Promise<void> {
  const stale = openWorks(batch).filter((work) => needsReading(batch, work));
  const hubspotWorks = stale.filter((w) => w.claimed.hubspotId !== null);
  const salesforceWorks = stale.filter((w) => w.claimed.salesforceId !== null);
  await Promise.all([readHubSpot(batch, hubspotWorks), readSalesforce(batch, salesforceWorks)]);
}

function needsReading(batch: Batch, work: RecordWork): boolean {
  const { claimed, hubspot, salesforce } = work;
  return (
    claimed.needsRead ||
    (claimed.hubspotId !== null && !hubspot) ||
    (claimed.salesforceId !== null && !salesforce) ||
    (claimed.exclusionReason !== null && MAY_BE_BACK.has(claimed.exclusionReason)) ||
    salesforce?.values.IsDeleted === true ||
    lacksConditionField(batch, work)
  );
}

/** Reasons that only a new reading of both sides ends: what we hold is from before. */
const MAY_BE_BACK = new Set([
  "deleted",
  "salesforce_record_not_visible",
  "hubspot_record_not_found",
  "another_record_is_linked",
  "brake_dismissed",
]);

/** A condition that was set after the record was last read looks at a field that was not read then (spec G4, C2). */
function lacksConditionField({ context }: Batch, { hubspot, salesforce }: RecordWork): boolean {
  const lacks = (values: Values, names: readonly string[]) => names.some((name) => !(name in values));
  return (
    (hubspot !== null && lacks(hubspot.values, context.conditionFields.hubspot)) ||
    (salesforce !== null && lacks(salesforce.values, context.conditionFields.salesforce[salesforce.type] ?? []))
  );
}

async function readHubSpot(batch: Batch, works: RecordWork[]): Promise<void> {
  const records = hubspotRecords(batch);
  // What HubSpot keeps as events cannot be read again: what was seen of it stands.
  if (works.length === 0 || records === null) return;
  const ids = works.map((w) => w.claimed.hubspotId).filter((id) => id !== null);
  const readings = new Map((await records.readByIds(ids, batch.context.properties)).map((r) => [r.id, r]));
  if (batch.token !== DRY_TOKEN) {
    const held = new Map(works.map(({ claimed }) => [claimed.hubspotId, claimed.hubspotValues]));
    await noteContactEvents(batch.context, [...readings.values()], (id) => held.get(id) ?? null);
  }
  for (const work of works) {
    work.calls += 1;
    work.hubspot = readings.get(work.claimed.hubspotId ?? "") ?? null;
    if (!work.hubspot) work.missing = "hubspot";
  }
}

async function readSalesforce(batch: Batch, works: RecordWork[]): Promise<void> {
  if (works.length === 0) return;
  const ids = works.map((w) => w.claimed.salesforceId).filter((id) => id !== null);
  const readings = new Map((await batch.crms.salesforce.readByIds(ids, batch.context.fields)).map((r) => [r.id, r]));
  for (const work of works) {
    work.calls += 1;
    work.salesforce = readings.get(work.claimed.salesforceId ?? "") ?? null;
    if (!work.salesforce) work.missing = "salesforce";
  }
}
