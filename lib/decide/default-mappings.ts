import { checkCompatibility, takesOnlyOptions } from "./field-compatibility";
import {
  type FieldMapping,
  type MappedObject,
  SALESFORCE_TYPES_OF,
  type SalesforceType,
  type Schemas,
  salesforceFieldOf,
  type UpdateRule,
} from "./record-types";
import { TASK_MAPPINGS } from "./task-mappings";

/** A HubSpot property with the Salesforce fields that mean the same. */
export type KnownPair = {
  hubspotProperty: string;
  leadField: string | null;
  contactField: string | null;
  salesforceField?: string | null;
  rule: UpdateRule;
  /** HubSpot option value → Salesforce picklist value, where their words differ */
  valueMap?: Record<string, string>;
};

const pair = (
  hubspotProperty: string,
  leadField: string | null,
  contactField: string | null,
  rule: UpdateRule = "prefer_salesforce",
): KnownPair => ({ hubspotProperty, leadField, contactField, rule });

/** The HubSpot property that holds Salesforce's lead source (F13). */
export const LEAD_SOURCE_PROPERTY = {
  name: "leadsource",
  label: "Lead Source",
  description: "Where this person was found, as Salesforce says in the field Lead Source.",
};

/** Spec F13 for contacts. A Salesforce Contact has no Company, Website or Industry of its own: its account has. */
const CONTACT_PAIRS: readonly KnownPair[] = [
  pair("firstname", "FirstName", "FirstName"),
  pair("lastname", "LastName", "LastName"),
  pair("email", "Email", "Email"),
  pair("phone", "Phone", "Phone"),
  pair("mobilephone", "MobilePhone", "MobilePhone"),
  pair("jobtitle", "Title", "Title"),
  pair("company", "Company", null),
  pair("website", "Website", null),
  pair("address", "Street", "MailingStreet"),
  pair("city", "City", "MailingCity"),
  pair("state", "State", "MailingState"),
  pair("zip", "PostalCode", "MailingPostalCode"),
  pair("country", "Country", "MailingCountry"),
  pair("industry", "Industry", null),
  pair("salutation", "Salutation", "Salutation"),
  pair("numemployees", "NumberOfEmployees", null),
  pair("annualrevenue", "AnnualRevenue", null),
  // HubSpot has no such property by itself: set-up makes it with consent. Its own "original source" is another thing.
  pair(LEAD_SOURCE_PROPERTY.name, "LeadSource", "LeadSource"),
  // O1, F15: the owner is always two-way.
  pair("hubspot_owner_id", "OwnerId", "OwnerId", "two_way"),
];

const one = (hubspotProperty: string, salesforceField: string, rule: UpdateRule = "prefer_salesforce"): KnownPair => ({
  hubspotProperty,
  leadField: null,
  contactField: null,
  salesforceField,
  rule,
});

export const DEFAULT_PAIRS: Record<MappedObject, readonly KnownPair[]> = {
  contact: CONTACT_PAIRS,
  company: [
    one("name", "Name"),
    one("website", "Website"),
    one("phone", "Phone"),
    one("address", "BillingStreet"),
    one("city", "BillingCity"),
    one("state", "BillingState"),
    one("zip", "BillingPostalCode"),
    one("country", "BillingCountry"),
    one("numberofemployees", "NumberOfEmployees"),
    one("annualrevenue", "AnnualRevenue"),
    one("description", "Description"),
    one("hubspot_owner_id", "OwnerId", "two_way"),
  ],
  deal: [
    one("dealname", "Name"),
    one("amount", "Amount", "two_way"),
    one("closedate", "CloseDate", "two_way"),
    one("dealstage", "StageName", "two_way"),
    one("description", "Description"),
    one("hubspot_owner_id", "OwnerId", "two_way"),
  ],
  task: TASK_MAPPINGS.map(({ hubspotProperty, salesforceField = null, rule, valueMap }) => ({
    ...one(hubspotProperty, salesforceField ?? "", rule),
    valueMap,
  })),
};

/**
 * The mappings of a new connection: every default pair whose ends exist and whose kinds fit in these two CRMs. An end
 * that does not fit (HubSpot's text revenue beside a Salesforce currency) is left out rather than failing every record;
 * options that take no other value are not written from a free text.
 */
export function defaultMappings(object: MappedObject, schemas: Schemas): Omit<FieldMapping, "id">[] {
  return DEFAULT_PAIRS[object]
    .map((known) => fitPair(object, known, schemas))
    .filter((mapping) => mapping !== null)
    .map((mapping) => (isFreeText(object, mapping, schemas) ? { ...mapping, rule: "always_salesforce" } : mapping));
}

function isFreeText(object: MappedObject, mapping: Omit<FieldMapping, "id">, schemas: Schemas): boolean {
  const property = schemas.hubspot[mapping.hubspotProperty];
  const fields = SALESFORCE_TYPES_OF[object].map((type) => {
    const field = salesforceFieldOf({ ...mapping, id: "" }, type);
    return field === null ? undefined : schemas[type][field];
  });
  return property?.kind === "text" && fields.some((field) => field !== undefined && takesOnlyOptions(field));
}

/** The pair with only those ends that can be mapped; null when none is left. */
export function fitPair(object: MappedObject, known: KnownPair, schemas: Schemas): Omit<FieldMapping, "id"> | null {
  const fits = (type: SalesforceType, field: string | null): string | null => {
    if (field === null) return null;
    const findings = checkCompatibility(schemas.hubspot[known.hubspotProperty], schemas[type][field], known.rule);
    return findings.some((finding) => finding.severity === "error") ? null : field;
  };
  const leadField = fits("Lead", known.leadField);
  const contactField = fits("Contact", known.contactField);
  const [type] = SALESFORCE_TYPES_OF[object];
  const salesforceField = object === "contact" || !type ? null : fits(type, known.salesforceField ?? null);
  if (leadField === null && contactField === null && salesforceField === null) return null;
  const { hubspotProperty, rule } = known;
  return { hubspotProperty, leadField, contactField, salesforceField, rule, valueMap: known.valueMap ?? {} };
}
