import { type CompatibilityIssue, checkCompatibility } from "@/lib/decide/field-compatibility";
import {
  type CreationSettings,
  type FieldSchema,
  type MappedObject,
  SALESFORCE_TYPES_OF,
  type SalesforceType,
  type Schemas,
  salesforceFieldOf,
} from "@/lib/decide/record-types";
import { type MappingSuggestion, suggestMappings } from "@/lib/decide/suggest-mappings";
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
import { loadSyncContext } from "./load-sync-context";
import { retryCured } from "./retry-cured";

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
  /** The end of a company's, deal's or task's one Salesforce type */
  salesforce: FieldSchema | null;
  findings: MappingFinding[];
};

/** `isCreated`: HubSpot records become records of this type with the settings as they are. */
export type UnfilledField = { type: SalesforceType; field: string; label: string; isCreated: boolean };

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
  object: MappedObject,
): Promise<{ mappings: CheckedMapping[]; requiredUnfilled: UnfilledField[] }> {
  const [mappings, schemas, context] = await Promise.all([
    listMappings(connectionId, object),
    readSchemas(connectionId, object),
    loadSyncContext(connectionId, object),
  ]);
  const creation = context?.settings.creation;
  return {
    mappings: mappings.map((mapping) => inspectMapping(mapping, schemas)),
    requiredUnfilled: creation
      ? SALESFORCE_TYPES_OF[object].flatMap((type) => findUnfilled(type, mappings, schemas, creation))
      : [],
  };
}

/** Everything that can be chosen in the editor, by label. */
export async function listMappableFields(
  connectionId: string,
  object: MappedObject,
): Promise<{ hubspot: FieldSchema[]; lead: FieldSchema[]; contact: FieldSchema[]; salesforce: FieldSchema[] }> {
  const schemas = await readSchemas(connectionId, object);
  const mappable = (schema: Record<string, FieldSchema>) =>
    Object.values(schema)
      .filter((field) => field.kind !== "unsupported")
      .toSorted((a, b) => a.label.localeCompare(b.label, "en") || (a.name < b.name ? -1 : 1));
  const ofType = (type: SalesforceType) => (SALESFORCE_TYPES_OF[object].includes(type) ? mappable(schemas[type]) : []);
  const single = singleTypeOf(object);
  return {
    hubspot: mappable(schemas.hubspot),
    lead: ofType("Lead"),
    contact: ofType("Contact"),
    salesforce: single === null ? [] : mappable(schemas[single]),
  };
}

/** What would be wrong with this mapping; saves nothing. */
export async function checkMapping(
  connectionId: string,
  object: MappedObject,
  values: MappingValues,
): Promise<MappingFinding[]> {
  return findIssues(object, values, await readSchemas(connectionId, object));
}

export async function listSuggestions(connectionId: string, object: MappedObject): Promise<MappingSuggestion[]> {
  const [schemas, mappings] = await Promise.all([
    readSchemas(connectionId, object),
    listMappings(connectionId, object),
  ]);
  return suggestMappings(object, schemas, mappings);
}

export async function createMapping(
  connectionId: string,
  object: MappedObject,
  values: MappingValues,
  by: string,
): Promise<MappingSaved | MappingRefusal> {
  const [schemas, mappings] = await Promise.all([
    readSchemas(connectionId, object),
    listMappings(connectionId, object),
  ]);
  const refusal = refuseValues(object, values, mappings, schemas);
  if (refusal) return refusal;
  const made = await insertMapping(connectionId, object, values, by);
  if (!made) return { kind: "already_mapped", name: values.hubspotProperty };
  await retryCured(connectionId, { object, names: namesOf(values) }, by);
  return { kind: "saved", mapping: inspectMapping(made, schemas) };
}

/** `version` is the one that the editor was opened with. */
export async function changeMapping(
  connectionId: string,
  id: string,
  change: { version: number; values: Partial<MappingValues> },
  by: string,
): Promise<MappingSaved | MappingRefusal> {
  const before = await readMapping(connectionId, id);
  if (!before) return { kind: "not_found" };
  const { object } = before;
  const [schemas, mappings] = await Promise.all([
    readSchemas(connectionId, object),
    listMappings(connectionId, object),
  ]);
  if (before.version !== change.version) return { kind: "changed_meanwhile" };
  const values = mergeValues(before, change.values);
  if (before.isDefault && values.hubspotProperty !== before.hubspotProperty) return { kind: "default_mapping_stays" };
  const others = mappings.filter((mapping) => mapping.id !== id);
  const refusal = refuseValues(object, values, others, schemas);
  if (refusal) return refusal;
  const saved = await updateMapping(connectionId, id, change.version, values, by);
  if (saved === "already_mapped") return { kind: "already_mapped", name: values.hubspotProperty };
  const after = saved === "saved" ? await readMapping(connectionId, id) : null;
  if (after) await retryCured(connectionId, { object, names: [...namesOf(before), ...namesOf(after)] }, by);
  return after ? { kind: "saved", mapping: inspectMapping(after, schemas) } : { kind: "changed_meanwhile" };
}

export async function removeMapping(
  connectionId: string,
  id: string,
  version: number,
  by: string | null = null,
): Promise<{ kind: "removed"; mapping: StoredMapping } | MappingRefusal> {
  const mapping = await readMapping(connectionId, id);
  if (!mapping) return { kind: "not_found" };
  if (mapping.isDefault) return { kind: "default_mapping_stays" };
  if (!(await deleteMapping(connectionId, id, version))) return { kind: "changed_meanwhile" };
  await retryCured(connectionId, { object: mapping.object, names: namesOf(mapping) }, by);
  return { kind: "removed", mapping };
}

/** Both ends, as errors name them. */
function namesOf({ hubspotProperty, leadField, contactField, salesforceField }: MappingValues): string[] {
  return [hubspotProperty, leadField, contactField, salesforceField].filter((name) => typeof name === "string");
}

function mergeValues(before: MappingValues, change: Partial<MappingValues>): MappingValues {
  return {
    hubspotProperty: change.hubspotProperty ?? before.hubspotProperty,
    leadField: change.leadField === undefined ? before.leadField : change.leadField,
    contactField: change.contactField === undefined ? before.contactField : change.contactField,
    salesforceField: change.salesforceField === undefined ? before.salesforceField : change.salesforceField,
    rule: change.rule ?? before.rule,
    valueMap: change.valueMap ?? before.valueMap,
  };
}

/** A property or field that two mappings wrote would flip with every sync. */
function refuseValues(
  object: MappedObject,
  values: MappingValues,
  others: MappingValues[],
  schemas: Schemas,
): MappingRefusal | null {
  const taken = others.flatMap((other) => {
    if (other.hubspotProperty === values.hubspotProperty) return [other.hubspotProperty];
    const twice = SALESFORCE_TYPES_OF[object].find((type) => {
      const field = salesforceFieldOf(toMapping(values), type);
      return field !== null && salesforceFieldOf(toMapping(other), type) === field;
    });
    return twice === undefined ? [] : [`${twice}.${salesforceFieldOf(toMapping(values), twice)}`];
  })[0];
  if (taken !== undefined) return { kind: "already_mapped", name: taken };
  const findings = findIssues(object, values, schemas);
  // Switching a broken mapping off must always be possible.
  const blocks = values.rule !== "dont_sync" && findings.some((finding) => finding.severity === "error");
  return blocks ? { kind: "types_do_not_match", findings } : null;
}

function inspectMapping(mapping: StoredMapping, schemas: Schemas): CheckedMapping {
  const end = (type: SalesforceType | null): FieldSchema | null => {
    const field = type === null ? null : salesforceFieldOf(mapping, type);
    return field === null || type === null ? null : (schemas[type][field] ?? null);
  };
  return {
    ...mapping,
    hubspot: schemas.hubspot[mapping.hubspotProperty] ?? null,
    lead: end("Lead"),
    contact: end("Contact"),
    salesforce: end(singleTypeOf(mapping.object)),
    findings: findIssues(mapping.object, mapping, schemas),
  };
}

function findIssues(object: MappedObject, values: MappingValues, schemas: Schemas): MappingFinding[] {
  const hubspot = schemas.hubspot[values.hubspotProperty];
  const ends = SALESFORCE_TYPES_OF[object].flatMap((type) => {
    const field = salesforceFieldOf(toMapping(values), type);
    return field === null ? [] : [{ type, field }];
  });
  if (ends.length === 0) return [{ severity: "error", issue: "no_salesforce_field", on: "mapping" }];
  if (!hubspot) return [{ severity: "error", issue: "hubspot_property_missing", on: "mapping" }];
  return ends.flatMap(({ type, field }) => {
    const findings = checkCompatibility(hubspot, schemas[type][field], values.rule, values.valueMap);
    return findings
      .filter(({ issue }) => issue !== "options_differ" || !isStagePair(object, values.hubspotProperty, field))
      .map((finding) => ({ ...finding, on: type }));
  });
}

/** P2: stages meet by pairs, names and meaning, never as options. */
function isStagePair(object: MappedObject, hubspotProperty: string, field: string): boolean {
  return object === "deal" && hubspotProperty === "dealstage" && field === "StageName";
}

/** The one Salesforce type of an object; null for contacts, which have two. */
function singleTypeOf(object: MappedObject): SalesforceType | null {
  const types = SALESFORCE_TYPES_OF[object];
  return types.length === 1 ? (types[0] ?? null) : null;
}

function toMapping(values: MappingValues): MappingValues & { id: string } {
  return { ...values, id: "" };
}

/**
 * C2: told before the first record fails. A field is filled by a mapping that travels to Salesforce, or by a default; a
 * mapping whose property is gone fills nothing. Both kinds of people count: a setting or a rule may make either of them.
 */
function findUnfilled(
  type: SalesforceType,
  mappings: MappingValues[],
  schemas: Schemas,
  { toSalesforce, rules = [], defaults: allDefaults }: CreationSettings,
): UnfilledField[] {
  const defaults = allDefaults[type] ?? {};
  const isCreated = toSalesforce !== null && [toSalesforce, ...rules.map((rule) => rule.create)].includes(type);
  const filling = mappings.filter(
    (m) => m.rule !== "dont_sync" && m.rule !== "always_salesforce" && m.hubspotProperty in schemas.hubspot,
  );
  const mapped = new Set(filling.map((m) => salesforceFieldOf(toMapping(m), type)));
  return Object.values(schemas[type])
    .filter((field) => field.required && !field.readOnly && !mapped.has(field.name))
    .filter((field) => (defaults[field.name] ?? "").trim() === "")
    .map((field) => ({ type, field: field.name, label: field.label, isCreated }));
}
