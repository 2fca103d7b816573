import { findMergingPairs } from "@/lib/store/merge-rows";
import { type Batch, openWorks } from "./batch-work";
import { giveWay } from "./give-way";

/**
 * M5: a Salesforce record into which that of a pair was merged is the pair's from now on. While the pair has not heard of
 * it, because another worker holds it or its turn is still to come, the survivor makes no contact of its own. In HubSpot
 * the survivor carries the address of the merged one, which leads to its pair.
 */
export async function deferSurvivors(batch: Batch): Promise<void> {
  const { connectionId, object } = batch.context;
  const works = openWorks(batch).filter((work) => work.salesforce && work.claimed.hubspotId === null && !work.hubspot);
  const pairs = await findMergingPairs(
    connectionId,
    object,
    works.map((work) => work.salesforce?.id ?? ""),
  );
  for (const work of works) {
    const pair = pairs.get(work.salesforce?.id ?? "");
    // A pair of this batch has had its turn.
    if (pair && pair.heldBy !== batch.token) await giveWay(batch, work, pair, "salesforce");
  }
}
