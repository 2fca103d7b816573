import type { SalesforceType, Values } from "./record-types";

export type IdFieldNames = {
  hubspotUnique: string;
  /** Where HubSpot shows the id of a record of this type */
  hubspot: Partial<Record<SalesforceType, string>>;
  salesforce: Record<SalesforceType, string | null>;
};

/**
 * M7: our ids where people look for them. Answers only what differs from what each side holds now, so that a healed
 * crash between a create and the writing back of its id is completed at the next sync.
 */
export function planIdFields(
  names: IdFieldNames,
  pair: { hubspotId: string; salesforceId: string; type: SalesforceType },
  held: { hubspot: Values; salesforce: Values },
  present: { hubspot: boolean; salesforce: boolean },
): { hubspot: Values; salesforce: Values } {
  const shown = names.hubspot[pair.type];
  const own = names.salesforce[pair.type];
  const hubspot: Values = present.hubspot
    ? differing(held.hubspot, {
        [names.hubspotUnique]: pair.salesforceId,
        // A converted lead's id stays beside the contact's: reports still find it.
        ...(shown === undefined ? {} : { [shown]: pair.salesforceId }),
      })
    : {};
  const salesforce: Values =
    present.salesforce && own !== null ? differing(held.salesforce, { [own]: pair.hubspotId }) : {};
  return { hubspot, salesforce };
}

function differing(held: Values, wanted: Values): Values {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => held[name] !== value));
}
