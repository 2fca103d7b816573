import type { Values } from "@/lib/decide/record-types";
import { getDatabase } from "./client";

/** A deal that is in sync with its opportunity, and what HubSpot held of it then. */
export type QuietDeal = { recordId: string; hubspotId: string; base: Values };

/** Pairs of deals that nothing is due for, by rising HubSpot id. */
export async function listQuietDeals(connectionId: string, after: string, limit: number): Promise<QuietDeal[]> {
  const rows = await getDatabase().$queryRaw<{ id: string; hubspot_id: string; base: Values }[]>`
    SELECT id, hubspot_id, hubspot_base AS base FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'deal' AND hubspot_id > ${after} AND salesforce_id IS NOT NULL
      AND state = 'in_sync' AND requested_version = synced_version AND hubspot_base IS NOT NULL
    ORDER BY hubspot_id LIMIT ${limit}`;
  return rows.map((row) => ({ recordId: row.id, hubspotId: row.hubspot_id, base: row.base }));
}
