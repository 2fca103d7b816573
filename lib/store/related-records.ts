import type { Side, SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import type { ShownState } from "./record-filter";

/** A record by one of its ids. */
export type RecordName = { object: SyncObject; side: Side; id: string };

export type NamedRecord = {
  id: string;
  object: SyncObject;
  name: string;
  state: ShownState;
  hubspotId: string | null;
  salesforceId: string | null;
};

const COLUMNS = Prisma.sql`r.id, r.object, r.display_name AS name, r.hubspot_id AS "hubspotId", r.salesforce_id AS "salesforceId",
  CASE WHEN r.lease_until > now() THEN 'syncing' WHEN r.state = 'due' AND c.status = 'suspended' THEN 'paused' ELSE r.state END AS state`;
const FROM = Prisma.sql`sync_record r JOIN connection c ON c.id = r.connection_id`;

/** Our rows of these records; those that we do not know are left out. */
export async function findNamed(connectionId: string, names: RecordName[]): Promise<NamedRecord[]> {
  if (names.length === 0) return [];
  const wanted = Prisma.sql`jsonb_to_recordset(${JSON.stringify(names)}::jsonb) AS w(object text, side text, id text)`;
  return getDatabase().$queryRaw<NamedRecord[]>`
    SELECT ${COLUMNS} FROM ${wanted}, ${FROM}
    WHERE w.side = 'hubspot' AND r.connection_id = ${connectionId}::uuid AND r.object = w.object AND r.hubspot_id = w.id
    UNION
    SELECT ${COLUMNS} FROM ${wanted}, ${FROM}
    WHERE w.side = 'salesforce' AND r.connection_id = ${connectionId}::uuid AND r.object = w.object AND r.salesforce_id = w.id`;
}

/** Records that wait for one of these parents, "contact/hubspot/123" each, by name. */
export async function findWaiting(connectionId: string, parentKeys: string[], limit: number): Promise<NamedRecord[]> {
  if (parentKeys.length === 0) return [];
  return getDatabase().$queryRaw<NamedRecord[]>`
    SELECT ${COLUMNS} FROM ${FROM}
    WHERE r.connection_id = ${connectionId}::uuid AND r.waits_for && ${parentKeys}
    ORDER BY r.display_name, r.id LIMIT ${limit}`;
}
