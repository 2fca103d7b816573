import { type CompatibilityIssue, checkCompatibility } from "@/lib/decide/field-compatibility";
import type { FieldSchema, SalesforceType, Schemas } from "@/lib/decide/record-types";
import { type MappingSuggestion, suggestMappings } from "@/lib/decide/suggest-mappings";
import { readConnection } from "@/lib/store/connections";
import {
  deleteMapping,
  insertMapping,
  listMappings,
  type MappingValues,
  readMapping,
  type StoredMapping,
  updateMapping,
} from "@/lib/store/field-mappings";
import { readSchemas } from "@/lib/store/schema-snapshots";

export type MappingFinding = {
  severity: "error" | "warning";
  issue: CompatibilityIssue;
  on: SalesforceType | "mapping";
  values?: string[];
};

/** A mapping with what stands at its ends now and what is wrong with it. */
export type CheckedMapping = StoredMapping & {
  hubspot: FieldSchema | null;
  lead: FieldSchema | null;
  contact: FieldSchema | null;
  findings: MappingFinding[];
};

export type UnfilledField = { type: SalesforceType; field: string; label: string };

export type MappingRefusal =
  | { kind: "not_found" }
  | { kind: "changed_meanwhile" }
  | { kind: "default_mapping_stays" }
  /** `name`: the property or field that another mapping has already */
  | { kind: "already_mapped"; name: string }
  | { kind: "types_do_not_match"; findings: MappingFinding[] };

export type MappingSaved = { kind: "saved"; mapping: CheckedMapping };

export async function listCheckedMappings(
  connectionId: string,
): Promise<{ mappings: CheckedMapping[]; requiredUnfilled: UnfilledField[] }> {
  const [mappings, schemas, connection] = await Promise.all([
    listMappings(connectionId),
    readSchemas(connectionId),
    readConnection(connectionId),
  ]);
  const creates = connection?.settings.hubspotToSalesforce ?? "nothing";
  const type = creates === "lead" ? "Lead" : creates === "contact" ? "Contact" : null;
  const filled = type === null ? {} : (connection?.settings.defaults[type] ?? {});
  return {
    mappings: mappings.map((mapping) => inspectMapping(mapping, schemas)),
    requiredUnfilled: type === null ? [] : findUnfilled(type, mappings, schemas, filled),
  };
}

/** Everything that can be chosen in the editor, by label. */
export async function listMappableFields(
  connectionId: string,
): Promise<{ hubspot: FieldSchema[]; lead: FieldSchema[]; contact: FieldSchema[] }> {
  const schemas = await readSchemas(connectionId);
  const mappable = (schema: Record<string, FieldSchema>) =>
    Object.values(schema)
      .filter((field) => field.kind !== "unsupported")
      .toSorted((a, b) => a.label.localeCompare(b.label, "en") || (a.name < b.name ? -1 : 1));
  return { hubspot: mappable(schemas.hubspot), lead: mappable(schemas.Lead), contact: mappable(schemas.Contact) };
}

/** What would be wrong with this mapping; saves nothing. */
export async function checkMapping(connectionId: string, values: MappingValues): Promise<MappingFinding[]> {
  return findIssues(values, await readSchemas(connectionId));
}

export async function listSuggestions(connectionId: string): Promise<MappingSuggestion[]> {
  const [schemas, mappings] = await Promise.all([readSchemas(connectionId), listMappings(connectionId)]);
  return suggestMappings(schemas, mappings);
}

export async function createMapping(
  connectionId: string,
  values: MappingValues,
  by: string,
): Promise<MappingSaved | MappingRefusal> {
  const [schemas, mappings] = await Promise.all([readSchemas(connectionId), listMappings(connectionId)]);
  const refusal = refuseValues(values, mappings, schemas);
  if (refusal) return refusal;
  const made = await insertMapping(connectionId, values, by);
  if (!made) return { kind: "already_mapped", name: values.hubspotProperty };
  return { kind: "saved", mapping: inspectMapping(made, schemas) };
}

/** `version` is the one that the editor was opened with. */
export async function changeMapping(
  connectionId: string,
  id: string,
  change: { version: number; values: Partial<MappingValues> },
  by: string,
): Promise<MappingSaved | MappingRefusal> {
  const [schemas, mappings] = await Promise.all([readSchemas(connectionId), listMappings(connectionId)]);
  const before = mappings.find((mapping) => mapping.id === id);
  if (!before) return { kind: "not_found" };
  if (before.version !== change.version) return { kind: "changed_meanwhile" };
  const values = mergeValues(before, change.values);
  if (before.isDefault && values.hubspotProperty !== before.hubspotProperty) return { kind: "default_mapping_stays" };
  const others = mappings.filter((mapping) => mapping.id !== id);
  const refusal = refuseValues(values, others, schemas);
  if (refusal) return refusal;
  const saved = await updateMapping(connectionId, id, change.version, values, by);
  if (saved === "already_mapped") return { kind: "already_mapped", name: values.hubspotProperty };
  const after = saved === "saved" ? await readMapping(connectionId, id) : null;
  return after ? { kind: "saved", mapping: inspectMapping(after, schemas) } : { kind: "changed_meanwhile" };
}

export async function removeMapping(
  connectionId: string,
  id: string,
  version: number,
): Promise<{ kind: "removed"; mapping: StoredMapping } | MappingRefusal> {
  const mapping = await readMapping(connectionId, id);
  if (!mapping) return { kind: "not_found" };
  if (mapping.isDefault) return { kind: "default_mapping_stays" };
  return (await deleteMapping(connectionId, id, version))
    ? { kind: "removed", mapping }
    : { kind: "changed_meanwhile" };
}

function mergeValues(before: MappingValues, change: Partial<MappingValues>): MappingValues {
  return {
    hubspotProperty: change.hubspotProperty ?? before.hubspotProperty,
    leadField: change.leadField === undefined ? before.leadField : change.leadField,
    contactField: change.contactField === undefined ? before.contactField : change.contactField,
    rule: change.rule ?? before.rule,
    valueMap: change.valueMap ?? before.valueMap,
  };
}

/** A property or field that two mappings wrote would flip with every sync. */
function refuseValues(values: MappingValues, others: MappingValues[], schemas: Schemas): MappingRefusal | null {
  const taken = others.flatMap((other) => {
    if (other.hubspotProperty === values.hubspotProperty) return [other.hubspotProperty];
    if (values.leadField !== null && other.leadField === values.leadField) return [`Lead.${values.leadField}`];
    if (values.contactField !== null && other.contactField === values.contactField) {
      return [`Contact.${values.contactField}`];
    }
    return [];
  })[0];
  if (taken !== undefined) return { kind: "already_mapped", name: taken };
  const findings = findIssues(values, schemas);
  // Switching a broken mapping off must always be possible.
  const blocks = values.rule !== "dont_sync" && findings.some((finding) => finding.severity === "error");
  return blocks ? { kind: "types_do_not_match", findings } : null;
}

function inspectMapping(mapping: StoredMapping, schemas: Schemas): CheckedMapping {
  return {
    ...mapping,
    hubspot: schemas.hubspot[mapping.hubspotProperty] ?? null,
    lead: mapping.leadField === null ? null : (schemas.Lead[mapping.leadField] ?? null),
    contact: mapping.contactField === null ? null : (schemas.Contact[mapping.contactField] ?? null),
    findings: findIssues(mapping, schemas),
  };
}

function findIssues(values: MappingValues, schemas: Schemas): MappingFinding[] {
  const hubspot = schemas.hubspot[values.hubspotProperty];
  if (values.leadField === null && values.contactField === null) {
    return [{ severity: "error", issue: "no_salesforce_field", on: "mapping" }];
  }
  if (!hubspot) return [{ severity: "error", issue: "hubspot_property_missing", on: "mapping" }];
  const check = (type: SalesforceType, field: string | null): MappingFinding[] => {
    if (field === null) return [];
    const findings = checkCompatibility(hubspot, schemas[type][field], values.rule, values.valueMap);
    return findings.map((finding) => ({ ...finding, on: type }));
  };
  return [...check("Lead", values.leadField), ...check("Contact", values.contactField)];
}

/** C2: told before the first record fails. A field is filled by a mapping that travels to Salesforce, or by a default. */
function findUnfilled(
  type: SalesforceType,
  mappings: MappingValues[],
  schemas: Schemas,
  defaults: Record<string, string>,
): UnfilledField[] {
  const toSalesforce = mappings.filter((m) => m.rule !== "dont_sync" && m.rule !== "always_salesforce");
  const mapped = new Set(toSalesforce.map((m) => (type === "Lead" ? m.leadField : m.contactField)));
  return Object.values(schemas[type])
    .filter((field) => field.required && !field.readOnly && !mapped.has(field.name))
    .filter((field) => (defaults[field.name] ?? "").trim() === "")
    .map((field) => ({ type, field: field.name, label: field.label }));
}
