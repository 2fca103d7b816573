import { ACTIVITY_ASSOCIATION_TYPES, type AssociationWrite } from "@/lib/crm/face";
import type { Batch, RecordWork } from "./batch-work";
import { openWorks } from "./batch-work";

const PARENTS = ["contact", "company", "deal"] as const;

/** A4: associates engagements that stand in HubSpot now with whom they belong to. Repeating it is harmless. */
export async function linkEngagements(batch: Batch): Promise<void> {
  const { object } = batch.context;
  if (!(object in ACTIVITY_ASSOCIATION_TYPES)) return;
  const engagement = object as keyof typeof ACTIVITY_ASSOCIATION_TYPES;
  const works = openWorks(batch).filter((work) => work.links.length > 0 && hubspotIdOf(work) !== null);
  const byId = new Map(works.map((work) => [work.claimed.id, work]));
  for (const parent of PARENTS) {
    const typeId = ACTIVITY_ASSOCIATION_TYPES[engagement][parent];
    const writes = works.flatMap((work) =>
      work.links.flatMap((link): AssociationWrite[] =>
        link.object === parent
          ? [{ key: work.claimed.id, fromId: hubspotIdOf(work) ?? "", toId: link.id, typeId }]
          : [],
      ),
    );
    if (writes.length === 0) continue;
    for (const outcome of await batch.crms.hubspot.associate(engagement, parent, writes)) {
      const work = byId.get(outcome.key);
      if (!work) continue;
      work.calls += 1;
      // What stands is not news; what was refused makes the record fail, and is tried again with it.
      if (!outcome.ok) work.hubspotOutcomes.push(outcome);
    }
  }
}

/** The engagement, unless this batch tried to write it in vain. */
function hubspotIdOf(work: RecordWork): string | null {
  if (work.decision?.kind !== "plan" || work.hubspotOutcomes.some((outcome) => !outcome.ok)) return null;
  const [made] = work.hubspotOutcomes;
  return work.hubspot?.id ?? (made?.ok ? made.id : null);
}
