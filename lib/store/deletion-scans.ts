import type { SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "./client";

/** When this object's recycle bin was last paged through, epoch ms; null = never. */
export async function readLastScan(connectionId: string, object: SyncObject): Promise<number | null> {
  const row = await getDatabase().deletionScan.findUnique({
    where: { connectionId_object: { connectionId, object } },
  });
  return row?.scannedAt.getTime() ?? null;
}

export async function saveScan(connectionId: string, object: SyncObject, scannedAt: Date): Promise<void> {
  await getDatabase().deletionScan.upsert({
    where: { connectionId_object: { connectionId, object } },
    create: { connectionId, object, scannedAt },
    update: { scannedAt },
  });
}

/** Our pairs among these archived HubSpot records that do not know of it yet. */
export async function findUntold(connectionId: string, object: SyncObject, hubspotIds: string[]): Promise<string[]> {
  if (hubspotIds.length === 0) return [];
  const rows = await getDatabase().$queryRaw<{ id: string }[]>`
    SELECT id FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND hubspot_id = ANY(${hubspotIds})
      AND salesforce_id IS NOT NULL AND requested_version = synced_version AND exclusion_reason IS DISTINCT FROM 'deleted'`;
  return rows.map((row) => row.id);
}
