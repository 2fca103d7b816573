import { adoptOwnWrites } from "@/lib/decide/adopt-own-writes";
import { findUncertainWrites } from "@/lib/store/journal-origins";
import { type Batch, openWorks } from "./batch-work";

/**
 * D53: writes whose answers were lost, or whose worker died, may have arrived; both sides were read again, and what is
 * found there is taken as ours and not as an edit.
 */
export async function adoptLostAnswers(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter((w) => w.claimed.needsRead && w.claimed.base && w.hubspot && w.salesforce);
  const ids = works.map((work) => work.claimed.id);
  const writes = await findUncertainWrites(batch.context.connectionId, ids);
  for (const work of works) {
    const own = writes.get(work.claimed.id);
    const { base } = work.claimed;
    if (!own || !base || !work.hubspot || !work.salesforce) continue;
    const held = { hubspot: work.hubspot.values, salesforce: work.salesforce.values };
    work.claimed = { ...work.claimed, base: adoptOwnWrites(base, held, own) };
  }
}
