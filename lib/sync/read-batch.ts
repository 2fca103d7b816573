import { type Batch, hubspotRecords, type RecordWork } from "./batch-work";

/**
 * Reads both sides again for the records that ask for it (a button, an event, a lost answer), both systems at once. All
 * others were read by the check that marked them: no call for what is already known (spec Q2).
 */
export async function readBatch(batch: Batch): Promise<void> {
  const stale = batch.works.filter(needsReading);
  const hubspotWorks = stale.filter((w) => w.claimed.hubspotId !== null);
  const salesforceWorks = stale.filter((w) => w.claimed.salesforceId !== null);
  await Promise.all([readHubSpot(batch, hubspotWorks), readSalesforce(batch, salesforceWorks)]);
}

function needsReading(work: RecordWork): boolean {
  const { claimed, hubspot, salesforce } = work;
  return (
    claimed.needsRead || (claimed.hubspotId !== null && !hubspot) || (claimed.salesforceId !== null && !salesforce)
  );
}

async function readHubSpot(batch: Batch, works: RecordWork[]): Promise<void> {
  const records = hubspotRecords(batch);
  // What HubSpot keeps as events cannot be read again: what was seen of it stands.
  if (works.length === 0 || records === null) return;
  const ids = works.map((w) => w.claimed.hubspotId).filter((id) => id !== null);
  const readings = new Map((await records.readByIds(ids, batch.context.properties)).map((r) => [r.id, r]));
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
