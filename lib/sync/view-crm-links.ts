import { HUBSPOT_TYPE_IDS } from "@/lib/decide/hubspot-type-ids";
import type { SyncObject } from "@/lib/decide/record-types";
import type { StoredConnection } from "@/lib/store/connections";

/** `hubspotAppUrl`: origin of HubSpot's web app, e.g. https://app.hubspot.com */
export type LinkBase = { hubspotAppUrl: string };

/** What HubSpot keeps as events has no page of its own. */
const TYPE_IDS: Partial<Record<SyncObject, string>> = HUBSPOT_TYPE_IDS;

/** The record's page in HubSpot; null when there is none. */
export function hubspotUrl(
  connection: StoredConnection,
  object: SyncObject,
  id: string | null,
  base: LinkBase,
): string | null {
  const portal = connection.accounts.hubspot?.id;
  const typeId = TYPE_IDS[object];
  if (!portal || !id || typeId === undefined) return null;
  return `${base.hubspotAppUrl}/contacts/${portal}/record/${typeId}/${encodeURIComponent(id)}`;
}

/** The record's page in Salesforce; null when there is none. */
export function salesforceUrl(connection: StoredConnection, type: string | null, id: string | null): string | null {
  if (!connection.salesforceUrl || !id || !type) return null;
  return `${connection.salesforceUrl}/lightning/r/${type}/${encodeURIComponent(id)}/view`;
}
