import { pairOf } from "./canonical-value";
import { checkGates } from "./check-gates";
import { type DecisionSettings, decideDealField } from "./decide-deal-fields";
import { decideField } from "./decide-field";
import type { FieldPlan, PlannedWrite, RecordDecision } from "./decision-types";
import { isDerived, planDerived } from "./derived-values";
import { creationTypeOf } from "./meets-conditions";
import { isOwner } from "./owner-of";
import type { RecordSnapshot } from "./record-snapshot";
import type { Base, FieldMapping, RawValue, SalesforceType, Side, SyncSettings, Values } from "./record-types";
import { isBlank, salesforceFieldOf } from "./record-types";
import { taskZoneOf, viewTaskSettings, viewTaskSnapshot, writeTaskDecision } from "./task-lens";

/** The whole decision about one due record (spec section 2): gates, then creation, then every field. Pure. */
export function decideRecord(snapshot: RecordSnapshot, settings: DecisionSettings): RecordDecision {
  const zone = taskZoneOf(settings);
  if (zone === null) return decideMapped(snapshot, settings);
  const decision = decideMapped(viewTaskSnapshot(snapshot, zone), viewTaskSettings(settings));
  return writeTaskDecision(decision, snapshot.hubspot?.values ?? null, zone);
}

function decideMapped(snapshot: RecordSnapshot, settings: DecisionSettings): RecordDecision {
  const { gates, exclusion } = checkGates(snapshot, settings);
  if (exclusion !== null) return { kind: "excluded", reason: exclusion, gates };
  if (snapshot.deletedIn) {
    return { kind: "delete", side: snapshot.deletedIn === "salesforce" ? "hubspot" : "salesforce", gates };
  }
  const type =
    snapshot.salesforce?.type ??
    creationTypeOf(snapshot.hubspot?.values ?? {}, settings.creation, settings.schemas.hubspot);
  if (type === null) throw new Error("A record passed its gates with nothing to create");
  const fields: FieldPlan[] = planDerived(snapshot.derived ?? [], snapshot.hubspot);
  const undated: string[] = [];
  for (const mapping of settings.mappings) {
    // F15: what follows from Salesforce as a whole goes before what a mapping says of the property.
    if (
      fields.some(
        ({ mappingId, hubspotProperty }) => isDerived(mappingId) && hubspotProperty === mapping.hubspotProperty,
      )
    )
      continue;
    const decided = decideMapping(mapping, type, snapshot, settings);
    if (decided === null) continue;
    if (decided === "needs_edit_time") undated.push(mapping.hubspotProperty);
    else fields.push(decided);
  }
  if (undated.length > 0) return { kind: "needs_edit_times", properties: undated };
  return {
    kind: "plan",
    gates,
    fields,
    hubspot: hubspotWrite(snapshot, fields),
    salesforce: salesforceWrite(snapshot, fields, type, settings),
  };
}

function decideMapping(
  mapping: FieldMapping,
  type: SalesforceType,
  snapshot: RecordSnapshot,
  settings: DecisionSettings,
): FieldPlan | "needs_edit_time" | null {
  const salesforceField = salesforceFieldOf(mapping, type);
  if (salesforceField === null) return null;
  const hubspotSchema = settings.schemas.hubspot[mapping.hubspotProperty];
  const salesforceSchema = settings.schemas[type][salesforceField];
  if (!hubspotSchema || !salesforceSchema) return null;
  const hubspot = snapshot.hubspot?.values[mapping.hubspotProperty] ?? null;
  const salesforce = snapshot.salesforce?.values[salesforceField] ?? null;
  const base = baseOf(snapshot.base, mapping.hubspotProperty, salesforceField);
  const common = {
    // F15: the record's own owner; other people that it names follow their rules.
    rule: isOwner(hubspotSchema) && mapping.rule !== "dont_sync" ? "two_way" : mapping.rule,
    hubspotEditedAt: snapshot.hubspotEditTimes[mapping.hubspotProperty],
    salesforceEditedAt: snapshot.salesforce?.modifiedAt ?? 0,
  };
  const held = { hubspot: snapshot.hubspot?.values ?? {}, salesforce: snapshot.salesforce?.values ?? {} };
  const decision =
    decideDealField(
      mapping.hubspotProperty,
      salesforceField,
      { ...common, ...held, base: snapshot.base, hubspotSchema, salesforceSchema },
      settings.deal,
    ) ??
    decideField({
      ...common,
      pair: pairOf(mapping, hubspotSchema, salesforceSchema, settings),
      hubspot,
      salesforce,
      base: base ?? undefined,
    });
  if (decision.action === "needs_edit_time") return "needs_edit_time";
  if (mapping.onlyListed && decision.action === "write" && !mayTravel(mapping, decision.side, hubspot, salesforce))
    return null;
  return {
    mappingId: mapping.id,
    rule: mapping.rule,
    hubspotProperty: mapping.hubspotProperty,
    salesforceField,
    hubspot,
    salesforce,
    base,
    decision,
  };
}

/** What the map does not name stays where it is; what it names goes over it. A blank is always named. */
function mayTravel(
  { valueMap, salesforceValues = {} }: FieldMapping,
  to: Side,
  hubspot: RawValue,
  salesforce: RawValue,
): boolean {
  const [value, named] = to === "salesforce" ? [hubspot, valueMap] : [salesforce, salesforceValues];
  return isBlank(value) || Object.hasOwn(named, String(value));
}

function baseOf(
  base: Base | null,
  property: string,
  field: string,
): { hubspot: RawValue; salesforce: RawValue } | null {
  if (base === null || !(property in base.hubspot) || !(field in base.salesforce)) return null;
  return { hubspot: base.hubspot[property] ?? null, salesforce: base.salesforce[field] ?? null };
}

function valuesFor(fields: FieldPlan[], side: "hubspot" | "salesforce"): Values {
  const values: Values = {};
  for (const field of fields) {
    if (field.decision.action !== "write" || field.decision.side !== side) continue;
    values[side === "hubspot" ? field.hubspotProperty : field.salesforceField] = field.decision.value;
    for (const { name, value } of field.decision.also ?? []) values[name] = value;
  }
  return values;
}

function hubspotWrite(snapshot: RecordSnapshot, fields: FieldPlan[]): PlannedWrite | null {
  const values = valuesFor(fields, "hubspot");
  if (snapshot.hubspot === null) return { operation: "create", values };
  return Object.keys(values).length > 0 ? { operation: "update", values } : null;
}

function salesforceWrite(
  snapshot: RecordSnapshot,
  fields: FieldPlan[],
  type: SalesforceType,
  settings: SyncSettings,
): (PlannedWrite & { type: SalesforceType }) | null {
  const values = valuesFor(fields, "salesforce");
  if (snapshot.salesforce === null) {
    // A blank default or tick box need not be sent on create.
    for (const [field, value] of Object.entries(settings.creation.defaults[type] ?? {})) {
      if (isBlank(values[field]) && !isBlank(value)) values[field] = value;
    }
    return { operation: "create", type, values };
  }
  return Object.keys(values).length > 0 ? { operation: "update", type, values } : null;
}
