import type { FieldRow, JournalChange, SyncErrorView, Trigger } from "@/lib/contracts/records";
import type { FieldSchema, RawValue, SalesforceType, Schemas, Side } from "@/lib/decide/record-types";
import type { TriggerMark } from "@/lib/store/record-marks";
import { readPersonNames } from "@/lib/store/schema-snapshots";

type PlacedValue = { side: Side; field: string; value: RawValue };
export type FieldFacts = Omit<FieldRow, "hubspotText" | "salesforceText" | "baseText">;
type ChangeFacts = Omit<JournalChange, "beforeText" | "afterText">;
type ErrorFieldFacts = Omit<SyncErrorView["fields"][number], "text">;

/** Tells how the CRM shows a value: an owner by name, an option by its label; null when that is the value itself. */
export type TellText = (placed: PlacedValue) => string | null;

/** `type` is what the record is in Salesforce; only the names of owners among `values` are read. */
export async function loadTexts(
  connectionId: string,
  schemas: Schemas,
  type: SalesforceType,
  values: PlacedValue[],
): Promise<TellText> {
  const schemaOf = ({ side, field }: PlacedValue) => findSchema(schemas, side, type, field);
  const ids: Record<Side, string[]> = { hubspot: [], salesforce: [] };
  for (const placed of values) {
    if (schemaOf(placed)?.kind === "owner" && placed.value !== null) ids[placed.side].push(String(placed.value));
  }
  const names = await readPersonNames(connectionId, ids);
  return (placed) => {
    const { value } = placed;
    const schema = schemaOf(placed);
    if (typeof value !== "string" || value === "" || !schema) return null;
    const text = schema.kind === "owner" ? names[placed.side].get(value) : labelOptions(schema, value);
    return text === undefined || text === value ? null : text;
  };
}

/** A conversion leaves Lead fields in a Contact's history, so the other object is asked too. */
export function findSchema(schemas: Schemas, side: Side, type: SalesforceType, field: string): FieldSchema | undefined {
  if (side === "hubspot") return schemas.hubspot[field];
  return schemas[type][field] ?? (type === "Contact" ? schemas.Lead[field] : undefined);
}

/** What people call a field; its API name where nothing describes it. */
export function labelField(schemas: Schemas, side: Side, type: SalesforceType, field: string): string {
  return findSchema(schemas, side, type, field)?.label ?? field;
}

/** A trigger with what people call the fields that moved. One that names no side may have fields of either. */
export function tellTrigger(trigger: TriggerMark, schemas: Schemas, type: SalesforceType): Trigger {
  const sides: Side[] = trigger.side === null ? ["hubspot", "salesforce"] : [trigger.side];
  const labelOf = (field: string) =>
    sides.map((side) => findSchema(schemas, side, type, field)?.label).find((label) => label !== undefined) ?? field;
  return { ...trigger, labels: trigger.fields.map(labelOf) };
}

/** Several chosen options stand in one value, with ";" between. An unknown option is shown as it is. */
function labelOptions(schema: FieldSchema, value: string): string | undefined {
  if (schema.kind !== "picklist" && schema.kind !== "multipicklist") return undefined;
  const labels = new Map(schema.options?.map((option) => [option.value, option.label]));
  const chosen = schema.kind === "multipicklist" ? value.split(";").filter((part) => part !== "") : [value];
  return chosen.map((one) => labels.get(one) || one).join("; ");
}

export function valuesOfField({
  hubspotProperty,
  salesforceField,
  hubspot,
  salesforce,
  base,
}: FieldFacts): PlacedValue[] {
  const left = (value: RawValue): PlacedValue => ({ side: "hubspot", field: hubspotProperty, value });
  const right = (value: RawValue): PlacedValue => ({ side: "salesforce", field: salesforceField, value });
  const now = [left(hubspot), right(salesforce)];
  return base ? [...now, left(base.hubspot), right(base.salesforce)] : now;
}

export function tellField(facts: FieldFacts, tell: TellText): FieldRow {
  const [hubspot, salesforce, baseHubspot, baseSalesforce] = valuesOfField(facts).map(tell);
  return {
    ...facts,
    hubspotText: hubspot ?? null,
    salesforceText: salesforce ?? null,
    baseText: facts.base && { hubspot: baseHubspot ?? null, salesforce: baseSalesforce ?? null },
  };
}

/** Both values of a change are of the side that was written. */
export function valuesOfChange(
  change: Pick<ChangeFacts, "side" | "hubspotProperty" | "salesforceField" | "before" | "after">,
): [PlacedValue, PlacedValue] {
  const { side, before, after } = change;
  const field = side === "hubspot" ? change.hubspotProperty : change.salesforceField;
  return [
    { side, field, value: before },
    { side, field, value: after },
  ];
}

export function tellChange(facts: ChangeFacts, tell: TellText): JournalChange {
  const [before, after] = valuesOfChange(facts);
  return { ...facts, beforeText: tell(before), afterText: tell(after) };
}

export function tellErrorField(facts: ErrorFieldFacts, side: Side, tell: TellText): SyncErrorView["fields"][number] {
  return { ...facts, text: tell({ side, field: facts.field, value: facts.value }) };
}
