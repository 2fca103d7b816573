import { originOf } from "@/lib/decide/activity-news";
import type { Side } from "@/lib/decide/record-types";
import { readOrigins } from "@/lib/store/journal-origins";
import type { Batch, RecordWork } from "./batch-work";
import { openWorks } from "./batch-work";
import { gatherFromHubSpot } from "./gather-from-hubspot";
import { gatherFromSalesforce } from "./gather-from-salesforce";

/**
 * What an activity is written with: whom it belongs to on the other side and, where it has no mappings, the whole copy.
 * One whose contact is not in sync waits for it (spec A5).
 */
export async function gatherActivities(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter((work) => work.missing === null);
  const origins = await findOrigins(batch, works);
  await gatherFromHubSpot(
    batch,
    works.filter((work) => origins.get(work) === "hubspot"),
  );
  await gatherFromSalesforce(
    batch,
    works.filter((work) => origins.get(work) === "salesforce"),
  );
}

/** The side on which each activity was made: by the id that its copy carries, else by who created whom. */
async function findOrigins(batch: Batch, works: RecordWork[]): Promise<Map<RecordWork, Side>> {
  const origins = new Map<RecordWork, Side>();
  const open: RecordWork[] = [];
  for (const work of works) {
    const origin = originOf(work.hubspot?.values ?? null, work.salesforce?.values ?? null);
    if (origin === null) open.push(work);
    else origins.set(work, origin);
  }
  if (open.length === 0) return origins;
  const told = await readOrigins(
    batch.context.connectionId,
    open.map((work) => work.claimed.id),
  );
  for (const work of open) origins.set(work, told.get(work.claimed.id) ?? "hubspot");
  return origins;
}
