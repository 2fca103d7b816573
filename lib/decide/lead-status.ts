import type { FieldMapping } from "./record-types";

const PROPERTY = "hs_lead_status";
const FIELD = "Status";

/**
 * L1: Lead Status and HubSpot's lead status by an editable map (Salesforce's value → HubSpot's; several may mean the same).
 * A mapping that people made takes the map in; without one there is a two-way mapping for what the map names, and for
 * nothing else. An empty map leaves everything as it is.
 */
export function withLeadStatus(mappings: FieldMapping[], leadStatus: Record<string, string>): FieldMapping[] {
  const entries = Object.entries(leadStatus);
  if (entries.length === 0) return mappings;
  const valueMap = Object.fromEntries(entries.toReversed().map(([salesforce, hubspot]) => [hubspot, salesforce]));
  const own = mappings.find((mapping) => mapping.hubspotProperty === PROPERTY || mapping.leadField === FIELD);
  if (own) {
    if (own.hubspotProperty !== PROPERTY || own.leadField !== FIELD) return mappings;
    const taken = { ...own, valueMap: { ...valueMap, ...own.valueMap }, salesforceValues: leadStatus };
    return mappings.map((mapping) => (mapping === own ? taken : mapping));
  }
  return [
    ...mappings,
    {
      id: "lead-status",
      hubspotProperty: PROPERTY,
      leadField: FIELD,
      contactField: null,
      rule: "two_way",
      valueMap,
      salesforceValues: leadStatus,
      onlyListed: true,
    },
  ];
}
