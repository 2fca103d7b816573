import { ASSOCIATION_TYPES, type AssociationWrite, type HubSpotObject, type WriteOutcome } from "@/lib/crm/face";
import { COMPANY_PROPERTY } from "@/lib/decide/company-association";
import { isBlank, type RawValue } from "@/lib/decide/record-types";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { heldValues } from "./write-batch";

const PRIMARY = { contact: ASSOCIATION_TYPES.contactToPrimaryCompany, deal: ASSOCIATION_TYPES.dealToPrimaryCompany };

type Planned = { work: RecordWork; recordId: string; companyId: RawValue; before: RawValue };

/**
 * P1, P2: what was decided about HubSpot's company of a contact or deal is written as its primary association; the
 * property that shows it is read-only. A company that no longer is the primary one stays associated, because HubSpot keeps
 * histories there; only a cleared account takes its association away. One call for 2,000 records.
 */
export async function writeCompanyAssociations(batch: Batch): Promise<void> {
  const { object } = batch.context;
  const property = COMPANY_PROPERTY[object];
  if (property === undefined || (object !== "contact" && object !== "deal")) return;
  const planned = openWorks(batch).flatMap((work) => planOf(work, property));
  const [cleared, set] = [planned.filter((p) => isBlank(p.companyId)), planned.filter((p) => !isBlank(p.companyId))];
  deliver(planned, property, await dissociate(batch, object, cleared));
  deliver(planned, property, await associate(batch, object, set));
}

function planOf(work: RecordWork, property: string): Planned[] {
  if (work.decision?.kind !== "plan") return [];
  const companyId = work.decision.hubspot?.values[property];
  const created = work.hubspotOutcomes.find((outcome) => outcome.ok);
  const recordId = work.hubspot?.id ?? (created?.ok ? created.id : null);
  if (companyId === undefined || recordId === null) return [];
  return [{ work, recordId, companyId, before: heldValues(work, "hubspot")[property] ?? null }];
}

async function dissociate(batch: Batch, object: HubSpotObject, planned: Planned[]): Promise<WriteOutcome[]> {
  const writes = planned.flatMap(({ work, recordId, before }) =>
    isBlank(before) ? [] : [{ key: work.claimed.id, fromId: recordId, toId: String(before) }],
  );
  return writes.length === 0 ? [] : batch.crms.hubspot.dissociate(object, "company", writes);
}

async function associate(batch: Batch, object: "contact" | "deal", planned: Planned[]): Promise<WriteOutcome[]> {
  const writes = planned.map(
    ({ work, recordId, companyId }): AssociationWrite => ({
      key: work.claimed.id,
      fromId: recordId,
      toId: String(companyId),
      typeId: PRIMARY[object],
    }),
  );
  return writes.length === 0 ? [] : batch.crms.hubspot.associate(object, "company", writes);
}

/** What the association now shows becomes what the record holds. */
function deliver(planned: Planned[], property: string, outcomes: WriteOutcome[]): void {
  const byKey = new Map(planned.map((one) => [one.work.claimed.id, one]));
  for (const outcome of outcomes) {
    const one = byKey.get(outcome.key);
    if (!one) throw new Error(`An outcome came back for ${outcome.key}, which was not sent`);
    const { work, companyId } = one;
    work.calls += 1;
    work.hubspotSent = { ...work.hubspotSent, [property]: companyId };
    const stored = { [property]: isBlank(companyId) ? null : companyId };
    work.hubspotOutcomes.push(outcome.ok ? { ...outcome, stored } : outcome);
  }
}
