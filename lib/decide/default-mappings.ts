import { checkCompatibility } from "./field-compatibility";
import type { FieldMapping, Schemas, UpdateRule } from "./record-types";

/** A HubSpot contact property with the Lead field and the Contact field that mean the same. */
export type KnownPair = {
  hubspotProperty: string;
  leadField: string | null;
  contactField: string | null;
  rule: UpdateRule;
};

const pair = (
  hubspotProperty: string,
  leadField: string | null,
  contactField: string | null,
  rule: UpdateRule = "prefer_salesforce",
): KnownPair => ({ hubspotProperty, leadField, contactField, rule });

/** The contact part of spec F13. A Salesforce Contact has no Company, Website or Industry of its own: its account has. */
export const DEFAULT_PAIRS: readonly KnownPair[] = [
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
  // O1, F15: the owner is always two-way.
  pair("hubspot_owner_id", "OwnerId", "OwnerId", "two_way"),
];

/**
 * The mappings of a new connection: every default pair whose ends exist and whose kinds fit in these two CRMs. An end
 * that does not fit (HubSpot's text revenue beside a Salesforce currency) is left out rather than failing every record.
 */
export function defaultMappings(schemas: Schemas): Omit<FieldMapping, "id">[] {
  return DEFAULT_PAIRS.map((known) => fitPair(known, schemas)).filter((mapping) => mapping !== null);
}

/** The pair with only those ends that can be mapped; null when none is left. */
export function fitPair(known: KnownPair, schemas: Schemas): Omit<FieldMapping, "id"> | null {
  const fits = (type: "Lead" | "Contact", field: string | null): string | null => {
    if (field === null) return null;
    const findings = checkCompatibility(schemas.hubspot[known.hubspotProperty], schemas[type][field], known.rule);
    return findings.some((finding) => finding.severity === "error") ? null : field;
  };
  const leadField = fits("Lead", known.leadField);
  const contactField = fits("Contact", known.contactField);
  if (leadField === null && contactField === null) return null;
  return { hubspotProperty: known.hubspotProperty, leadField, contactField, rule: known.rule, valueMap: {} };
}
