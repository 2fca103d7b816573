import type { FieldMapping, FieldSchema, Schemas, SyncObject } from "./record-types";

/** HubSpot's read-only property that names the one company that counts for a record; it is written by association. */
export const COMPANY_PROPERTY: Partial<Record<SyncObject, string>> = {
  contact: "associatedcompanyid",
  deal: "hs_primary_associated_company",
};
const ACCOUNT_FIELD = "AccountId";
/** No row of the mapping page: a person neither sees nor edits it. */
const MAPPING_ID = "company-association";

/**
 * P1, P2: a contact's or deal's company beside the account, as one more two-way field. A lead has no account. The
 * association counts as writable, because associations can be written where the property cannot.
 */
export function withCompanyAssociation(
  object: SyncObject,
  mappings: FieldMapping[],
  schemas: Schemas,
): { mappings: FieldMapping[]; schemas: Schemas } {
  const property = COMPANY_PROPERTY[object];
  const described = property === undefined ? undefined : schemas.hubspot[property];
  if (property === undefined || described === undefined) return { mappings, schemas };
  const association: FieldSchema = { ...described, kind: "reference", readOnly: false, calculated: false };
  const mapping: FieldMapping = {
    id: MAPPING_ID,
    hubspotProperty: property,
    leadField: null,
    contactField: object === "contact" ? ACCOUNT_FIELD : null,
    salesforceField: object === "contact" ? null : ACCOUNT_FIELD,
    rule: "two_way",
    valueMap: {},
  };
  const others = mappings.filter((one) => one.hubspotProperty !== property);
  return {
    mappings: [...others, mapping],
    schemas: { ...schemas, hubspot: { ...schemas.hubspot, [property]: association } },
  };
}
