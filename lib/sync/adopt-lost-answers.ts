import { adoptOwnWrites, type UncertainWrite } from "@/lib/decide/adopt-own-writes";
import type { Base } from "@/lib/decide/record-types";
import { findUncertainWrites } from "@/lib/store/journal-origins";
import { type Batch, openWorks, type RecordWork } from "./batch-work";

/**
 * D56: writes whose answers were lost, or whose worker died, may have arrived; both sides were read again, and what is
 * found there is taken as ours and not as an edit. Once before partners are looked for, while a pair still has the records
 * that were written; and once after, for a record that was found again after its create: it has no base yet, and what we
 * sent is all that the two are known to have had in common.
 */
export async function adoptLostAnswers(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter(mayHaveArrived);
  const ids = works.map((work) => work.claimed.id);
  const writes = await findUncertainWrites(batch.context.connectionId, ids);
  for (const work of works) {
    const own = writes.get(work.claimed.id);
    if (own) work.claimed = { ...work.claimed, base: adopt(work, own) };
  }
}

function mayHaveArrived({ claimed, hubspot, salesforce, justLinked, followedMerge }: RecordWork): boolean {
  if (!hubspot || !salesforce || followedMerge) return false;
  return justLinked || (claimed.needsRead && claimed.base !== null);
}

function adopt({ claimed, hubspot, salesforce }: RecordWork, writes: UncertainWrite[]): Base | null {
  const held = { hubspot: hubspot?.values ?? {}, salesforce: salesforce?.values ?? {} };
  const adopted = adoptOwnWrites(claimed.base ?? { hubspot: {}, salesforce: {} }, held, writes);
  return Object.keys(adopted.hubspot).length > 0 ? adopted : claimed.base;
}
