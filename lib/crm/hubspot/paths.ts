/**
 * Every HubSpot path that we call, all of the date-based version 2026-03: v3 and v4 leave support during 2027, and
 * 2026-03 is supported until September 2027.
 */
const VERSION = "2026-03";

export const HUBSPOT_PATHS = {
  search: `/crm/objects/${VERSION}/contacts/search`,
  batchRead: `/crm/objects/${VERSION}/contacts/batch/read`,
  batchCreate: `/crm/objects/${VERSION}/contacts/batch/create`,
  batchUpdate: `/crm/objects/${VERSION}/contacts/batch/update`,
  batchUpsert: `/crm/objects/${VERSION}/contacts/batch/upsert`,
  properties: `/crm/properties/${VERSION}/contacts`,
  owners: `/crm/owners/${VERSION}`,
  account: `/account-info/${VERSION}/details`,
} as const;
