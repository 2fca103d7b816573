import { randomUUID } from "node:crypto";
import type { HubSpotWrite, SalesforceWrite, WriteOutcome } from "@/lib/crm/face";
import { COMPANY_PROPERTY } from "@/lib/decide/company-association";
import { describeContactChanges, hasContactsToWrite } from "@/lib/decide/deal-contacts";
import type { FieldPlan, PlannedWrite } from "@/lib/decide/decision-types";
import { isActivity, salesforceKeyOf } from "@/lib/decide/object-of";
import { planIdFields } from "@/lib/decide/plan-id-fields";
import type { SalesforceType, Values } from "@/lib/decide/record-types";
import { type JournalChange, type JournalOutcome, type JournalPlan, planJournal } from "@/lib/store/journal";
import type { Batch, RecordWork } from "./batch-work";
import { hubspotRecords, openWorks } from "./batch-work";
import { outcomeOfDelete } from "./carry-out-deletes";
import { ID_FIELD_NAMES } from "./load-sync-context";
import { takeGivenValues } from "./take-given-values";

/**
 * Writes what was decided. First the journal (write-ahead), then both systems at once; then, for records that were just
 * created on one side, the ids that the other side shall carry (spec M7).
 */
export async function writeBatch(batch: Batch): Promise<void> {
  const works = openWorks(batch).filter((w) => w.decision?.kind === "plan");
  await planJournal(
    batch.context.connectionId,
    works.flatMap((w) => planEntry(batch, w)),
  );
  const first = works.map((work) => ({ work, ...firstWrites(batch, work) }));
  await send(
    batch,
    works,
    first.flatMap((f) => f.hubspot ?? []),
    first.flatMap((f) => f.salesforce ?? []),
  );
  await planGivenValues(batch, works);
  const second = works.map((work) => ({ work, ...followingWrites(batch, work) }));
  await send(
    batch,
    works,
    second.flatMap((f) => f.hubspot ?? []),
    second.flatMap((f) => f.salesforce ?? []),
  );
}

export function outcomeOf(work: RecordWork): JournalOutcome {
  if (work.decision?.kind === "excluded") return "excluded";
  if (work.decision?.kind === "delete") return outcomeOfDelete(work);
  if (work.decision?.kind !== "plan") return "unchanged";
  if (work.decision.salesforce?.operation === "create") return "created_in_salesforce";
  if (work.decision.hubspot?.operation === "create") return "created_in_hubspot";
  if (work.followedMerge) return "merged";
  if (work.justLinked) return "linked";
  if (hasContactsToWrite(work.roles)) return "updated";
  return work.decision.hubspot || work.decision.salesforce ? "updated" : "unchanged";
}

export function changesOf(work: RecordWork): JournalChange[] {
  if (work.decision?.kind !== "plan") return [];
  return [...fieldChangesOf(work.decision.fields), ...contactChangesOf(work)];
}

/** P2: a deal's contacts stand in the timeline as one line for each side that they are written to. */
function contactChangesOf({ roles, claimed }: RecordWork): JournalChange[] {
  if (!hasContactsToWrite(roles)) return [];
  return describeContactChanges(roles).map(({ side, before, after }) => ({
    mappingId: "contact-roles",
    hubspotProperty: "associated contacts",
    salesforceField: "OpportunityContactRole",
    side,
    before,
    after,
    winner: side === "hubspot" ? "salesforce" : "hubspot",
    rule: "two_way",
    reason: side === "hubspot" ? "only_salesforce_changed" : "only_hubspot_changed",
    conflict: claimed.base !== null && roles.plan.addToHubSpot.length > 0 && roles.plan.addToSalesforce.length > 0,
  }));
}

function fieldChangesOf(fields: FieldPlan[]): JournalChange[] {
  return fields.flatMap((field): JournalChange[] => {
    if (field.decision.action !== "write") return [];
    const { side, overwrites, value, winner, reason, conflict, also = [] } = field.decision;
    const { mappingId, hubspotProperty, salesforceField, rule } = field;
    const common = { mappingId, hubspotProperty, salesforceField, side, winner, rule, reason, conflict };
    const source = side === "hubspot" ? field.salesforce : field.hubspot;
    const own = { ...common, before: overwrites, after: value === "" ? null : value, source };
    const companions = also.map((one) => ({
      ...common,
      ...(side === "hubspot" ? { hubspotProperty: one.name } : { salesforceField: one.name }),
      before: one.overwrites,
      after: one.value === "" ? null : one.value,
    }));
    return [own, ...companions];
  });
}

/** A new Salesforce record has values of its own (owner, defaults): they go to HubSpot together with its id. */
async function planGivenValues(batch: Batch, works: RecordWork[]): Promise<void> {
  const given = works.filter((work) =>
    takeGivenValues(work, { ...batch.context.settings, references: batch.references }),
  );
  await planJournal(
    batch.context.connectionId,
    given.flatMap((work) => planEntry(batch, work)),
  );
}

function planEntry(batch: Batch, work: RecordWork): JournalPlan[] {
  if (work.decision?.kind !== "plan") return [];
  if (!work.decision.hubspot && !work.decision.salesforce && !hasContactsToWrite(work.roles)) return [];
  work.journalId ??= randomUUID();
  return [
    {
      id: work.journalId,
      recordId: work.claimed.id,
      runId: batch.runId,
      outcome: outcomeOf(work),
      triggers: work.claimed.triggers,
      changes: changesOf(work),
      by: batch.by,
    },
  ];
}

type Writes = { hubspot?: HubSpotWrite; salesforce?: SalesforceWrite };

function firstWrites(batch: Batch, work: RecordWork): Writes {
  if (work.decision?.kind !== "plan") return {};
  const { salesforce } = work.decision;
  const hubspot = ownWrite(batch, work.decision.hubspot);
  if (salesforce?.operation === "create")
    return { salesforce: salesforceWrite(batch, work, "create", salesforce.values) };
  if (hubspot?.operation === "create") return { hubspot: hubspotWrite(batch, work, "create", hubspot.values) };
  const ids = idValues(
    batch,
    work,
    work.hubspot?.id ?? null,
    work.salesforce?.id ?? null,
    work.salesforce?.type ?? null,
  );
  return {
    ...(hubspot || hasValues(ids.hubspot)
      ? { hubspot: hubspotWrite(batch, work, "update", { ...hubspot?.values, ...ids.hubspot }) }
      : {}),
    ...(salesforce || hasValues(ids.salesforce)
      ? { salesforce: salesforceWrite(batch, work, "update", { ...salesforce?.values, ...ids.salesforce }) }
      : {}),
  };
}

/** What is written with the record itself: its company follows as an association (P1, P2). */
function ownWrite(batch: Batch, write: PlannedWrite | null): PlannedWrite | null {
  const property = COMPANY_PROPERTY[batch.context.object];
  if (write === null || property === undefined || !(property in write.values)) return write;
  const { [property]: _, ...values } = write.values;
  return write.operation === "create" || hasValues(values) ? { ...write, values } : null;
}

/** After a create: the ids for the other side, together with the values that were decided for it. */
function followingWrites(batch: Batch, work: RecordWork): Writes {
  if (work.decision?.kind !== "plan") return {};
  const { salesforce } = work.decision;
  const hubspot = ownWrite(batch, work.decision.hubspot);
  const createdSalesforce = salesforce?.operation === "create" ? work.salesforceOutcomes[0] : undefined;
  if (createdSalesforce?.ok && salesforce) {
    const ids = idValues(batch, work, work.hubspot?.id ?? null, createdSalesforce.id, salesforce.type);
    const values = { ...hubspot?.values, ...ids.hubspot };
    return hasValues(values) ? { hubspot: hubspotWrite(batch, work, "update", values) } : {};
  }
  const createdHubSpot = hubspot?.operation === "create" ? work.hubspotOutcomes[0] : undefined;
  if (createdHubSpot?.ok) {
    const ids = idValues(batch, work, createdHubSpot.id, work.salesforce?.id ?? null, work.salesforce?.type ?? null);
    const values = { ...salesforce?.values, ...ids.salesforce };
    return hasValues(values) ? { salesforce: salesforceWrite(batch, work, "update", values) } : {};
  }
  return {};
}

function idValues(
  batch: Batch,
  work: RecordWork,
  hubspotId: string | null,
  salesforceId: string | null,
  type: SalesforceType | null,
): { hubspot: Values; salesforce: Values } {
  if (hubspotId === null || salesforceId === null || type === null) return { hubspot: {}, salesforce: {} };
  // Only the copy of an activity carries an id: that tells copies from originals, in reports too (A3).
  if (isActivity(batch.context.object)) return { hubspot: {}, salesforce: {} };
  const held = { hubspot: heldValues(work, "hubspot"), salesforce: heldValues(work, "salesforce") };
  return planIdFields(ID_FIELD_NAMES, { hubspotId, salesforceId, type }, held, batch.context.idFields);
}

/** What a side holds after the writes so far. */
export function heldValues(work: RecordWork, side: "hubspot" | "salesforce"): Values {
  const reading = side === "hubspot" ? work.hubspot : work.salesforce;
  const outcomes = side === "hubspot" ? work.hubspotOutcomes : work.salesforceOutcomes;
  return Object.assign({}, reading?.values, ...outcomes.map((o) => (o.ok ? o.stored : {})));
}

/** The same, where a record that was just created holds nothing in every field that was not sent. */
export function fullValues(batch: Batch, work: RecordWork, side: "hubspot" | "salesforce"): Values {
  const held = heldValues(work, side);
  const isNew = (side === "hubspot" ? work.hubspot : work.salesforce) === null;
  if (!isNew || Object.keys(held).length === 0 || work.decision?.kind !== "plan") return held;
  const names =
    side === "hubspot"
      ? batch.context.properties
      : (batch.context.fields[work.decision.salesforce?.type ?? "Lead"] ?? []);
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...held };
}

function hubspotWrite(batch: Batch, work: RecordWork, operation: "create" | "update", values: Values): HubSpotWrite {
  const salesforceId = work.salesforce?.id ?? null;
  const type = work.salesforce?.type ?? null;
  const ids =
    operation === "create" && salesforceId !== null && type !== null
      ? planIdFields(
          ID_FIELD_NAMES,
          { hubspotId: "", salesforceId, type },
          { hubspot: {}, salesforce: {} },
          { hubspot: batch.context.idFields.hubspot, salesforce: false },
        ).hubspot
      : {};
  const sent = { ...values, ...ids };
  work.hubspotSent = { ...work.hubspotSent, ...sent };
  return {
    key: work.claimed.id,
    operation,
    id: work.hubspot?.id ?? null,
    salesforceId,
    values: sent,
  };
}

function salesforceWrite(
  batch: Batch,
  work: RecordWork,
  operation: "create" | "update",
  values: Values,
): SalesforceWrite {
  const type: SalesforceType =
    work.salesforce?.type ?? (work.decision?.kind === "plan" ? work.decision.salesforce?.type : undefined) ?? "Lead";
  const hubspotId = work.hubspot ? salesforceKeyOf(batch.context.object, work.hubspot.id) : null;
  const idField = ID_FIELD_NAMES.salesforce[type];
  const ids =
    operation === "create" && batch.context.idFields.salesforce && hubspotId !== null && idField !== null
      ? { [idField]: hubspotId }
      : {};
  work.salesforceSent = { ...work.salesforceSent, ...values, ...ids };
  const readBack = operation === "create" ? (batch.context.fields[type] ?? []) : [];
  return { key: work.claimed.id, operation, type, id: work.salesforce?.id ?? null, hubspotId, values, readBack };
}

async function send(
  batch: Batch,
  works: RecordWork[],
  hubspot: HubSpotWrite[],
  salesforce: SalesforceWrite[],
): Promise<void> {
  const [hubspotOutcomes, salesforceOutcomes] = await Promise.all([
    hubspot.length > 0 ? (hubspotRecords(batch)?.write(hubspot, batch.context.idFields.hubspot) ?? []) : [],
    salesforce.length > 0 ? batch.crms.salesforce.write(salesforce, batch.context.idFields.salesforce) : [],
  ]);
  const byKey = new Map(works.map((w) => [w.claimed.id, w]));
  deliver(byKey, hubspotOutcomes, "hubspotOutcomes");
  deliver(byKey, salesforceOutcomes, "salesforceOutcomes");
}

function deliver(
  works: Map<string, RecordWork>,
  outcomes: WriteOutcome[],
  to: "hubspotOutcomes" | "salesforceOutcomes",
): void {
  for (const outcome of outcomes) {
    const work = works.get(outcome.key);
    if (!work) throw new Error(`An outcome came back for ${outcome.key}, which was not sent`);
    work[to].push(outcome);
    work.calls += 1;
  }
}

function hasValues(values: Values): boolean {
  return Object.keys(values).length > 0;
}
