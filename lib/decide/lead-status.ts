import type { FieldMapping } from "./record-types";

const PROPERTY = "hs_lead_status";
const FIELD = "Status";

/**
 * L1: Lead Status and HubSpot's lead status by an editable map (Salesforce's value → HubSpot's; several may mean the same).
 * A mapping that people made takes the map in; without one there is a two-way mapping for what the map names, and for
 * nothing else. An empty map leaves everything as it is. `order`: Salesforce's values in their order there; of several
 * that mean the same the first is written (a stored map has no order of its own).
 */
export function withLeadStatus(
  mappings: FieldMapping[],
  leadStatus: Record<string, string>,
  order: readonly string[] = [],
): FieldMapping[] {
  const placeOf = (value: string) => (order.includes(value) ? order.indexOf(value) : order.length);
  const entries = Object.entries(leadStatus).toSorted(([a], [b]) => placeOf(a) - placeOf(b));
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
