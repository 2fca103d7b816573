import { DEFAULT_PAIRS, fitPair, type KnownPair } from "./default-mappings";
import {
  type FieldMapping,
  type FieldSchema,
  type MappedObject,
  type ObjectSchema,
  SALESFORCE_TYPES_OF,
  type Schemas,
  salesforceFieldOf,
  type UpdateRule,
} from "./record-types";

export type MappingSuggestion = Omit<FieldMapping, "id"> & {
  reason: "known_pair" | "same_name" | "same_label";
  hubspotLabel: string;
  salesforceLabel: string;
};

/** Pairs that people map after the defaults; HubSpot's source is read-only, so it only travels to Salesforce. */
const FURTHER_CONTACT_PAIRS: readonly KnownPair[] = [
  { hubspotProperty: "hs_lead_status", leadField: "Status", contactField: null, rule: "prefer_salesforce" },
  {
    hubspotProperty: "hs_analytics_source",
    leadField: "LeadSource",
    contactField: "LeadSource",
    rule: "always_hubspot",
  },
  { hubspotProperty: "fax", leadField: "Fax", contactField: "Fax", rule: "prefer_salesforce" },
  { hubspotProperty: "message", leadField: "Description", contactField: "Description", rule: "prefer_hubspot" },
  { hubspotProperty: "date_of_birth", leadField: null, contactField: "Birthdate", rule: "prefer_salesforce" },
  { hubspotProperty: "department", leadField: null, contactField: "Department", rule: "prefer_salesforce" },
];

const REASONS = ["known_pair", "same_name", "same_label"] as const;

/**
 * Pairs that are not mapped yet and could be (spec F13), best first: known pairs, then the same name (case, "_" and "__c"
 * aside), then the same label. Only what fits by type; each property and field is suggested once.
 */
export function suggestMappings(
  object: MappedObject,
  schemas: Schemas,
  mappings: Pick<FieldMapping, "hubspotProperty" | "leadField" | "contactField" | "salesforceField">[],
): MappingSuggestion[] {
  const taken = {
    hubspot: new Set(mappings.map((m) => m.hubspotProperty)),
    lead: new Set(mappings.map((m) => m.leadField)),
    contact: new Set(mappings.map((m) => m.contactField)),
    single: new Set(mappings.map((m) => m.salesforceField ?? null)),
  };
  const suggestions: MappingSuggestion[] = [];
  for (const reason of REASONS) {
    for (const candidate of candidatesOf(object, reason, schemas)) {
      if (taken.hubspot.has(candidate.hubspotProperty)) continue;
      const single = candidate.salesforceField ?? null;
      const free: KnownPair = {
        ...candidate,
        leadField: taken.lead.has(candidate.leadField) ? null : candidate.leadField,
        contactField: taken.contact.has(candidate.contactField) ? null : candidate.contactField,
        salesforceField: taken.single.has(single) ? null : single,
      };
      const fitted = fitPair(object, free, schemas);
      if (fitted === null) continue;
      taken.hubspot.add(fitted.hubspotProperty);
      if (fitted.leadField !== null) taken.lead.add(fitted.leadField);
      if (fitted.contactField !== null) taken.contact.add(fitted.contactField);
      if (fitted.salesforceField) taken.single.add(fitted.salesforceField);
      suggestions.push({ ...fitted, reason, ...labelsOf(object, fitted, schemas) });
    }
  }
  return suggestions;
}

function candidatesOf(object: MappedObject, reason: MappingSuggestion["reason"], schemas: Schemas): KnownPair[] {
  if (reason === "known_pair") {
    return [...DEFAULT_PAIRS[object], ...(object === "contact" ? FURTHER_CONTACT_PAIRS : [])];
  }
  const keyOf =
    reason === "same_name" ? (field: FieldSchema) => nameKey(field.name) : (field: FieldSchema) => nameKey(field.label);
  const types = SALESFORCE_TYPES_OF[object];
  const indexes = new Map(types.map((type) => [type, indexFields(schemas[type], keyOf)]));
  return Object.values(schemas.hubspot)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((property) => {
      const found = types.map((type) => indexes.get(type)?.get(keyOf(property)) ?? null);
      const rule = ruleFor(property, found);
      if (rule === null) return [];
      const [first = null, second = null] = found.map((field) => field?.name ?? null);
      const ends =
        object === "contact"
          ? { leadField: first, contactField: second }
          : { leadField: null, contactField: null, salesforceField: first };
      return [{ hubspotProperty: property.name, ...ends, rule }];
    });
}

/** Read-only ends travel from their own side (spec F12); two of them have nothing to say to each other. */
function ruleFor(property: FieldSchema, fields: (FieldSchema | null)[]): UpdateRule | null {
  const present = fields.filter((field) => field !== null);
  if (present.length === 0) return null;
  const someReadOnly = present.some((field) => field.readOnly);
  if (property.readOnly) return someReadOnly ? null : "always_hubspot";
  return someReadOnly ? "always_salesforce" : "prefer_salesforce";
}

function indexFields(schema: ObjectSchema, keyOf: (field: FieldSchema) => string): Map<string, FieldSchema> {
  const index = new Map<string, FieldSchema>();
  for (const field of Object.values(schema).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = keyOf(field);
    if (key !== "" && !index.has(key)) index.set(key, field);
  }
  return index;
}

/** "Product_Interest__c", "product interest" and "productinterest" are one name. */
function nameKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/__c$/, "")
    .replace(/[\s_-]+/g, "");
}

function labelsOf(
  object: MappedObject,
  mapping: Omit<FieldMapping, "id">,
  schemas: Schemas,
): { hubspotLabel: string; salesforceLabel: string } {
  const fields = SALESFORCE_TYPES_OF[object].flatMap((type) => {
    const name = salesforceFieldOf({ ...mapping, id: "" }, type);
    return (name === null ? undefined : schemas[type][name]) ?? [];
  });
  return {
    hubspotLabel: schemas.hubspot[mapping.hubspotProperty]?.label ?? mapping.hubspotProperty,
    salesforceLabel: fields[0]?.label ?? "",
  };
}
