import type { RecordSnapshot } from "@/lib/decide/record-snapshot";
import type { SalesforceType, Side, SyncObject, Values } from "@/lib/decide/record-types";
import { getDatabase } from "./client";

export type StoredSnapshot = {
  object: SyncObject;
  snapshot: Pick<RecordSnapshot, "hubspot" | "salesforce" | "base">;
  exclusionReason: string | null;
  deletedIn: Side | null;
  /** Parents that it waits for or follows */
  waitsFor: string[];
};

/** Both sides of one record as last read, with their base; null for an unknown id. */
export async function readRecordSnapshot(connectionId: string, id: string): Promise<StoredSnapshot | null> {
  const row = await getDatabase().syncRecord.findUnique({ where: { connectionId_id: { connectionId, id } } });
  if (!row) return null;
  const hubspotBase = row.hubspotBase as Values | null;
  const salesforceBase = row.salesforceBase as Values | null;
  const hubspot = (row.hubspotSeen as Values | null) ?? hubspotBase;
  const salesforce = (row.salesforceSeen as Values | null) ?? salesforceBase;
  return {
    object: row.object as SyncObject,
    snapshot: {
      hubspot:
        row.hubspotId && hubspot
          ? { id: row.hubspotId, values: hubspot, modifiedAt: row.hubspotStamp?.getTime() ?? 0 }
          : null,
      salesforce:
        row.salesforceId && salesforce
          ? {
              id: row.salesforceId,
              type: (row.salesforceType ?? "Contact") as SalesforceType,
              values: salesforce,
              modifiedAt: row.salesforceStamp?.getTime() ?? 0,
            }
          : null,
      base: hubspotBase && salesforceBase ? { hubspot: hubspotBase, salesforce: salesforceBase } : null,
    },
    exclusionReason: row.exclusionReason,
    deletedIn: row.deletedIn as Side | null,
    waitsFor: row.waitsFor,
  };
}
