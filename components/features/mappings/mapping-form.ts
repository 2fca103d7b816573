import type { FieldEnd, Mapping, MappingFields, MappingFinding, MappingInput } from "@/lib/contracts/mappings";
import type { MappedObject } from "@/lib/decide/record-types";
import type { EndKey, MappingForm } from "./form-types";
import { ENDS_OF } from "./salesforce-ends";

/** HubSpot's own default rule (spec F1). */
export function emptyForm(object: MappedObject): MappingForm {
  return {
    object,
    hubspotProperty: null,
    leadField: null,
    contactField: null,
    salesforceField: null,
    rule: "prefer_salesforce",
    valueMap: {},
  };
}

export function formOf(mapping: MappingInput | Mapping): MappingForm {
  const { object, hubspotProperty, leadField, contactField, salesforceField, rule, valueMap } = mapping;
  return { object, hubspotProperty, leadField, contactField, salesforceField, rule, valueMap };
}

/** The form as the API takes it; null while it is incomplete. */
export function inputOf(form: MappingForm): MappingInput | null {
  if (form.hubspotProperty === null || !hasSalesforceField(form)) return null;
  return { ...form, hubspotProperty: form.hubspotProperty };
}

function hasSalesforceField({ leadField, contactField, salesforceField }: MappingForm): boolean {
  return leadField !== null || contactField !== null || salesforceField !== null;
}

function sameMap(a: Record<string, string>, b: Record<string, string>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

export function isSameForm(a: MappingForm, b: MappingForm): boolean {
  return (
    a.hubspotProperty === b.hubspotProperty &&
    a.leadField === b.leadField &&
    a.contactField === b.contactField &&
    a.salesforceField === b.salesforceField &&
    a.rule === b.rule &&
    sameMap(a.valueMap, b.valueMap)
  );
}

/** Three-way: the newer version, with what was typed since `opened` laid over it, value by value. */
export function mergeNewer(opened: MappingForm, typed: MappingForm, newer: MappingForm): MappingForm {
  const keep = <K extends keyof MappingForm>(key: K): MappingForm[K] =>
    typed[key] === opened[key] ? newer[key] : typed[key];
  return {
    object: opened.object,
    hubspotProperty: keep("hubspotProperty"),
    leadField: keep("leadField"),
    contactField: keep("contactField"),
    salesforceField: keep("salesforceField"),
    rule: keep("rule"),
    valueMap: mergeMaps(opened.valueMap, typed.valueMap, newer.valueMap),
  };
}

function mergeMaps(
  opened: Record<string, string>,
  typed: Record<string, string>,
  newer: Record<string, string>,
): Record<string, string> {
  const merged = { ...newer };
  for (const key of new Set([...Object.keys(opened), ...Object.keys(typed)])) {
    const mine = typed[key];
    if (mine === opened[key]) continue;
    if (mine === undefined) delete merged[key];
    else merged[key] = mine;
  }
  return merged;
}

/**
 * Choosing a field of one object fills in the field of the same API name on the other, when that one is still empty
 * (same API name on both: one mapping serves both). `filled` names the end that was filled.
 */
export function chooseField(
  form: MappingForm,
  key: EndKey,
  name: string | null,
  fields: Pick<MappingFields, "lead" | "contact" | "salesforce">,
): { form: MappingForm; filled: EndKey | null } {
  const next = { ...form, [key]: name };
  const other = ENDS_OF[form.object].find((end) => end.key !== key);
  const isFree = other !== undefined && name !== null && form[other.key] === null;
  if (!isFree || !fields[other.choices].some((field) => field.name === name)) return { form: next, filled: null };
  return { form: { ...next, [other.key]: name }, filled: other.key };
}

export type ValueRow = { value: string; label: string; mapped: string | null; sameAs: string | null; unknown: boolean };
export type ValueTable = {
  rows: ValueRow[];
  options: { value: string; label: string }[];
  /** Salesforce values that no HubSpot option stands for */
  orphans: string[];
};

/** Option by option what HubSpot's stand for in Salesforce (spec F11); null when not both ends have options. */
export function readValueTable(
  hubspot: FieldEnd | undefined,
  salesforce: readonly (FieldEnd | undefined)[],
  valueMap: Record<string, string>,
): ValueTable | null {
  const options = uniteOptions(salesforce);
  if (!hubspot || hubspot.options.length === 0 || options.length === 0) return null;
  const rows = hubspot.options.map((option) => {
    const mapped = valueMap[option.value] ?? null;
    const sameAs = findSame(option, options);
    return { ...option, mapped, sameAs, unknown: mapped === null && sameAs === null };
  });
  const reached = new Set(rows.map((row) => row.mapped ?? row.sameAs));
  return { rows, options, orphans: options.filter((o) => !reached.has(o.value)).map((o) => o.label) };
}

function uniteOptions(ends: readonly (FieldEnd | undefined)[]): { value: string; label: string }[] {
  const united = new Map<string, { value: string; label: string }>();
  for (const end of ends) {
    for (const option of end?.options ?? []) {
      if (!united.has(option.value)) united.set(option.value, { value: option.value, label: option.label });
    }
  }
  return [...united.values()];
}

/** Same value first, then same label, both regardless of case: as the engine carries values over. */
function findSame(
  option: { value: string; label: string },
  options: { value: string; label: string }[],
): string | null {
  const value = option.value.toLowerCase();
  const label = option.label.toLowerCase();
  const hit =
    options.find((o) => o.value.toLowerCase() === value) ??
    options.find((o) => o.label.toLowerCase() === label || o.value.toLowerCase() === label);
  return hit?.value ?? null;
}

/** Errors stop saving, warnings do not; errors first. */
export function sortFindings(findings: readonly MappingFinding[]): MappingFinding[] {
  return [...findings].sort((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"));
}

export function hasError(findings: readonly MappingFinding[]): boolean {
  return findings.some((finding) => finding.severity === "error");
}
