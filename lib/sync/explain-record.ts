import type { RecordDetail } from "@/lib/contracts/records";
import { checkGates } from "@/lib/decide/check-gates";
import { decideRecord } from "@/lib/decide/decide-record";
import type { FieldPlan } from "@/lib/decide/decision-types";
import type { RecordSnapshot } from "@/lib/decide/record-snapshot";
import { type RawValue, SALESFORCE_TYPES_OF, type SalesforceType } from "@/lib/decide/record-types";
import { findMembers } from "@/lib/store/inclusion-lists";
import { readRecordSnapshot, type StoredSnapshot } from "@/lib/store/record-snapshots";
import { loadSyncContext, type SyncContext } from "./load-sync-context";
import type { FieldFacts } from "./view-values";

/** Gates (spec G6) and field table of one record, from the values last read; null for an unknown id. No remote call. */
export async function explainRecord(
  connectionId: string,
  recordId: string,
): Promise<{ gates: RecordDetail["gates"]; fields: FieldFacts[] } | null> {
  const stored = await readRecordSnapshot(connectionId, recordId);
  const context = stored && (await loadSyncContext(connectionId, stored.object));
  if (!context) return null;
  const snapshot: RecordSnapshot = {
    ...stored.snapshot,
    ...withoutDeleted(stored),
    inList: await readInList(context, stored.snapshot.hubspot?.id ?? null),
    partnerTaken: stored.exclusionReason === "another_record_is_linked",
    missing: missingSide(stored.exclusionReason),
    hasSyncingContact: stored.exclusionReason === "no_syncing_contact" ? false : undefined,
    waitsFor: stored.exclusionReason === "waiting_for_parent" ? stored.waitsFor : [],
    hasContact: stored.exclusionReason === "no_contact" ? false : undefined,
    hubspotEditTimes: {},
  };
  return { gates: checkGates(snapshot, context.settings).gates, fields: fieldRows(snapshot, context) };
}

/** What is gone from one side is not there, whatever we still remember of it. */
function withoutDeleted({ deletedIn, snapshot }: StoredSnapshot): Partial<RecordSnapshot> {
  if (deletedIn === null) return {};
  return { deletedIn, [deletedIn]: null, lastSalesforce: snapshot.salesforce };
}

/** Null where no list is chosen, or there is no HubSpot record to be in it. */
export async function readInList(
  { connectionId, object, settings }: SyncContext,
  hubspotId: string | null,
): Promise<boolean | null> {
  if (!settings.inclusionList || hubspotId === null) return null;
  return (await findMembers(connectionId, object, [hubspotId])).get(hubspotId)?.isIn ?? false;
}

function missingSide(reason: string | null): RecordSnapshot["missing"] {
  if (reason === "salesforce_record_not_visible") return "salesforce";
  return reason === "hubspot_record_not_found" ? "hubspot" : null;
}

function fieldRows(snapshot: RecordSnapshot, context: SyncContext): FieldFacts[] {
  return planFields(snapshot, context).map(({ facts }) => facts);
}

/** Every field of the record as a sync now would decide it, with the value that it would write (null = none). */
export function planFields(snapshot: RecordSnapshot, context: SyncContext): { facts: FieldFacts; after: RawValue }[] {
  // The table is shown for excluded records too: what would travel if nothing stood in the way.
  const open = {
    ...snapshot,
    missing: null,
    partnerTaken: false,
    deletedIn: null,
    inList: null,
    waitsFor: [],
    hasSyncingContact: undefined,
  };
  const types = SALESFORCE_TYPES_OF[context.object];
  const settings = {
    ...context.settings,
    connectionActive: true,
    objectSyncOn: true,
    salesforceFilter: {},
    creation: {
      ...context.settings.creation,
      toHubSpot: Object.fromEntries(types.map((type) => [type, "create" as const])),
      toSalesforce: context.settings.creation.toSalesforce ?? types[0] ?? "Lead",
    },
  };
  const first = decideRecord(open, settings);
  const undated = first.kind === "needs_edit_times" ? first.properties : [];
  const hubspotEditTimes = Object.fromEntries(undated.map((p) => [p, open.hubspot?.modifiedAt ?? 0]));
  const decision = undated.length > 0 ? decideRecord({ ...open, hubspotEditTimes }, settings) : first;
  if (decision.kind !== "plan") return [];
  const type = open.salesforce?.type ?? decision.salesforce?.type ?? types[0] ?? "Lead";
  return decision.fields.map((field) => ({
    facts: toRow(field, type, context, undated.includes(field.hubspotProperty)),
    after: field.decision.action === "write" ? field.decision.value : null,
  }));
}

function toRow(field: FieldPlan, type: SalesforceType, context: SyncContext, undated: boolean): FieldFacts {
  const { decision } = field;
  return {
    mappingId: field.mappingId,
    hubspotProperty: field.hubspotProperty,
    hubspotLabel: context.settings.schemas.hubspot[field.hubspotProperty]?.label ?? field.hubspotProperty,
    salesforceField: field.salesforceField,
    salesforceLabel: context.settings.schemas[type][field.salesforceField]?.label ?? field.salesforceField,
    rule: field.rule,
    hubspot: field.hubspot,
    salesforce: field.salesforce,
    base: field.base,
    action: undated ? "needs_edit_time" : decision.action,
    writes: decision.action === "write" && !undated ? decision.side : null,
    winner: decision.action === "none" || undated ? null : decision.winner,
    reason: decision.reason,
    conflict: decision.conflict,
  };
}
