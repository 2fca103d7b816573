import type { MappingTrial } from "@/lib/contracts/mappings";
import { CrmCallError, isHubSpotObject } from "@/lib/crm/face";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { RecordSnapshot } from "@/lib/decide/record-snapshot";
import { type MappedObject, SALESFORCE_TYPES_OF, salesforceFieldOf } from "@/lib/decide/record-types";
import { withTaskWords } from "@/lib/decide/task-words";
import { readActivityFacts } from "@/lib/store/activity-facts";
import type { MappingValues } from "@/lib/store/field-mappings";
import { readRecordSnapshot } from "@/lib/store/record-snapshots";
import { planFields } from "./explain-record";
import { loadSyncContext } from "./load-sync-context";
import { openCrms } from "./open-crms";
import { loadTexts, tellField, valuesOfField } from "./view-values";

/**
 * F14: what the mapping as edited would write on one real record, before it is saved. Both sides are read now, because a
 * field that was never mapped was never read; nothing is written and nothing is kept.
 */
export async function tryMapping(connectionId: string, recordId: string, mapping: EditedMapping): Promise<TryResult> {
  try {
    const trial = await planTrial(connectionId, recordId, mapping);
    return trial === null ? { kind: "not_found" } : { kind: "tried", trial };
  } catch (error) {
    if (error instanceof CrmCallError) return { kind: "refused", failure: error.failure };
    throw error;
  }
}

type EditedMapping = { object: MappedObject; values: MappingValues };
type TryResult =
  | { kind: "tried"; trial: MappingTrial }
  | { kind: "not_found" }
  | { kind: "refused"; failure: RemoteFailure };

async function planTrial(connectionId: string, recordId: string, mapping: EditedMapping): Promise<MappingTrial | null> {
  const { object, values } = mapping;
  const stored = await readRecordSnapshot(connectionId, recordId);
  const context = stored?.object === object ? await loadSyncContext(connectionId, object) : null;
  if (!stored || !context) return null;
  const { taskWords } = await readActivityFacts(connectionId);
  const tried = { id: "tried", ...values };
  const mappings = object === "task" ? withTaskWords([tried], taskWords) : [tried];
  const edited = { ...context, settings: { ...context.settings, mappings } };
  const snapshot = await readNow(
    connectionId,
    stored.snapshot,
    edited.settings.mappings[0] ?? { id: "", ...values },
    object,
  );
  const planned = planFields(snapshot, edited).find(({ facts }) => facts.mappingId === "tried");
  if (!planned) return { field: null };
  const type = snapshot.salesforce?.type ?? SALESFORCE_TYPES_OF[object][0] ?? "Lead";
  const tell = await loadTexts(connectionId, context.settings.schemas, type, valuesOfField(planned.facts));
  return { field: { ...tellField(planned.facts, tell), after: planned.after } };
}

async function readNow(
  connectionId: string,
  known: Pick<RecordSnapshot, "hubspot" | "salesforce" | "base">,
  mapping: MappingValues & { id: string },
  object: MappedObject,
): Promise<RecordSnapshot> {
  const crms = await openCrms(connectionId);
  const fields = Object.fromEntries(
    SALESFORCE_TYPES_OF[object].map((type) => [
      type,
      [salesforceFieldOf(mapping, type)].filter((name) => name !== null),
    ]),
  );
  const id = known.hubspot?.id;
  const records = isHubSpotObject(object) && id !== undefined ? crms.hubspot.of(object) : null;
  const property = mapping.hubspotProperty;
  // Two edits are told apart by the time of HubSpot's (F3, F8).
  const isDated = mapping.rule === "two_way" && known.salesforce !== null;
  const [hubspot, salesforce, times] = await Promise.all([
    records && id !== undefined ? records.readByIds([id], [property]) : [],
    known.salesforce ? crms.salesforce.readByIds([known.salesforce.id], fields) : [],
    records && id !== undefined && isDated ? records.readEditTimes([id], [property]) : null,
  ]);
  const fresh = {
    hubspot: hubspot[0] && known.hubspot ? merge(known.hubspot, hubspot[0]) : known.hubspot,
    salesforce: salesforce[0] && known.salesforce ? merge(known.salesforce, salesforce[0]) : known.salesforce,
  };
  const editedAt = times?.get(id ?? "")?.[property];
  const hubspotEditTimes: Record<string, number> = editedAt === undefined ? {} : { [property]: editedAt };
  return { ...fresh, base: known.base, partnerTaken: false, missing: null, hubspotEditTimes };
}

function merge<Reading extends { values: object; modifiedAt: number }>(known: Reading, read: Reading): Reading {
  return { ...known, values: { ...known.values, ...read.values }, modifiedAt: read.modifiedAt };
}
