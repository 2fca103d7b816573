import type { SyncObject } from "@/lib/decide/record-types";
import { linkPairs, type PairLink } from "@/lib/store/record-claims";
import type { Batch, RecordWork } from "./batch-work";

/** A link that was refused means that somebody else holds the partner's row: the record is tried again shortly. */
export async function commitLinks(batch: Batch, object: SyncObject, works: RecordWork[]): Promise<void> {
  const links = works.flatMap(({ claimed, hubspot, salesforce }): PairLink[] => {
    if (!hubspot || !salesforce) return [];
    const { id: salesforceId, type: salesforceType } = salesforce;
    return [{ recordId: claimed.id, hubspotId: hubspot.id, salesforceId, salesforceType }];
  });
  const linked = await linkPairs(batch.context.connectionId, object, batch.token, links);
  const joined = new Set(links.filter((l) => linked.has(l.recordId)).map((l) => l.salesforceId));
  for (const work of works) if (!linked.has(work.claimed.id)) work.deferred = true;
  for (const work of batch.works) {
    if (work.claimed.hubspotId === null && joined.has(work.claimed.salesforceId ?? "")) work.absorbed = true;
  }
}
