import { DEFAULT_PAIRS, fitPair, type KnownPair } from "./default-mappings";
import type { FieldMapping, FieldSchema, ObjectSchema, Schemas, UpdateRule } from "./record-types";

export type MappingSuggestion = Omit<FieldMapping, "id"> & {
  reason: "known_pair" | "same_name" | "same_label";
  hubspotLabel: string;
  salesforceLabel: string;
};

/** Pairs that people map after the defaults; HubSpot's source is read-only, so it only travels to Salesforce. */
const FURTHER_PAIRS: readonly KnownPair[] = [
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
  schemas: Schemas,
  mappings: Pick<FieldMapping, "hubspotProperty" | "leadField" | "contactField">[],
): MappingSuggestion[] {
  const taken = {
    hubspot: new Set(mappings.map((m) => m.hubspotProperty)),
    Lead: new Set(mappings.map((m) => m.leadField)),
    Contact: new Set(mappings.map((m) => m.contactField)),
  };
  const suggestions: MappingSuggestion[] = [];
  for (const reason of REASONS) {
    for (const candidate of candidatesOf(reason, schemas)) {
      if (taken.hubspot.has(candidate.hubspotProperty)) continue;
      const free: KnownPair = {
        ...candidate,
        leadField: taken.Lead.has(candidate.leadField) ? null : candidate.leadField,
        contactField: taken.Contact.has(candidate.contactField) ? null : candidate.contactField,
      };
      const fitted = fitPair(free, schemas);
      if (fitted === null) continue;
      taken.hubspot.add(fitted.hubspotProperty);
      if (fitted.leadField !== null) taken.Lead.add(fitted.leadField);
      if (fitted.contactField !== null) taken.Contact.add(fitted.contactField);
      suggestions.push({ ...fitted, reason, ...labelsOf(fitted, schemas) });
    }
  }
  return suggestions;
}

function candidatesOf(reason: MappingSuggestion["reason"], schemas: Schemas): KnownPair[] {
  if (reason === "known_pair") return [...DEFAULT_PAIRS, ...FURTHER_PAIRS];
  const keyOf =
    reason === "same_name" ? (field: FieldSchema) => nameKey(field.name) : (field: FieldSchema) => nameKey(field.label);
  const leads = indexFields(schemas.Lead, keyOf);
  const contacts = indexFields(schemas.Contact, keyOf);
  return Object.values(schemas.hubspot)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((property) => {
      const lead = leads.get(keyOf(property)) ?? null;
      const contact = contacts.get(keyOf(property)) ?? null;
      const rule = ruleFor(property, [lead, contact]);
      if (rule === null) return [];
      return [
        { hubspotProperty: property.name, leadField: lead?.name ?? null, contactField: contact?.name ?? null, rule },
      ];
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
  mapping: Omit<FieldMapping, "id">,
  schemas: Schemas,
): { hubspotLabel: string; salesforceLabel: string } {
  const field =
    (mapping.leadField === null ? undefined : schemas.Lead[mapping.leadField]) ??
    (mapping.contactField === null ? undefined : schemas.Contact[mapping.contactField]);
  return {
    hubspotLabel: schemas.hubspot[mapping.hubspotProperty]?.label ?? mapping.hubspotProperty,
    salesforceLabel: field?.label ?? "",
  };
}
