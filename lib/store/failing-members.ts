import { getDatabase } from "./client";

/** Our rows of failing campaign memberships of these HubSpot contacts. */
export async function findFailingMembers(connectionId: string, contactIds: string[]): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const rows = await getDatabase().$queryRaw<{ id: string }[]>`
    SELECT id FROM sync_record WHERE connection_id = ${connectionId}::uuid AND object = 'campaign_member' AND state = 'failing'
      AND split_part(hubspot_id, '-', 1) = ANY(${contactIds})`;
  return rows.map((row) => row.id);
}
