import { SALESFORCE_ID_FIELDS } from "@/lib/crm/face";
import { salesforceKeyOf } from "@/lib/decide/object-of";
import { SALESFORCE_TYPES_OF, type SalesforceReading } from "@/lib/decide/record-types";
import { findTried } from "@/lib/store/journal-origins";
import type { Batch, RecordWork } from "./batch-work";
import { openWorks } from "./batch-work";
import { commitLinks } from "./commit-links";

/**
 * A3: finds the copy in Salesforce of an activity whose earlier create may have gone through without our knowing. An
 * upsert alone would find it too, but Salesforce refuses some fields of a create (TaskSubtype) on what stands already.
 * The first try of a record asks nothing.
 */
export async function matchActivities(batch: Batch): Promise<void> {
  const { context } = batch;
  if (!context.idFields.salesforce) return;
  const open = openWorks(batch).filter(
    (work) => work.hubspot && work.salesforce === null && work.waitsFor.length === 0,
  );
  const ids = open.map((work) => work.claimed.id);
  const tried = await findTried(context.connectionId, ids);
  const works = open.filter((work) => tried.has(work.claimed.id));
  if (works.length === 0) return;
  const copies = await readCopies(batch, works);
  for (const work of works) {
    work.calls += 1;
    const copy = copies.get(keyOf(batch, work));
    if (!copy) continue;
    work.salesforce = copy;
    work.justLinked = true;
  }
  await commitLinks(
    batch,
    context.object,
    works.filter((work) => work.justLinked),
  );
}

/** By key; of several with one key (a person cloned it) the oldest. */
async function readCopies(batch: Batch, works: RecordWork[]): Promise<Map<string, SalesforceReading>> {
  const { object, fields } = batch.context;
  const types = SALESFORCE_TYPES_OF[object];
  const field = SALESFORCE_ID_FIELDS[types[0] ?? "Task"];
  if (field === null) return new Map();
  const keys = works.map((work) => ({ field, value: keyOf(batch, work) }));
  const readings = await batch.crms.salesforce.readByKeys(types, keys, fields);
  const newestFirst = readings.toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return new Map(newestFirst.map((reading) => [String(reading.values[field] ?? ""), reading]));
}

function keyOf(batch: Batch, work: RecordWork): string {
  return salesforceKeyOf(batch.context.object, work.hubspot?.id ?? "");
}
