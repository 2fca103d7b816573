import type { WokenRecord } from "@/lib/decide/name-woken-records";
import type { Side } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase } from "./client";

/** A record that an event named and nobody looked at since. `version` rises with every further event. */
export type WakeUp = WokenRecord & { side: Side; version: bigint };

/** Longer than a signature stays fresh (5 minutes, either way), so that no request can be played twice. */
const SEEN_MINUTES = 11;

/** false = this very request was taken before. Forgets those whose signature is too old by now. */
export async function noteWebhook(db: DatabaseOrTransaction, signature: string): Promise<boolean> {
  const count = await db.$executeRaw`
    WITH old AS (DELETE FROM seen_webhook WHERE at < now() - ${SEEN_MINUTES} * interval '1 minute')
    INSERT INTO seen_webhook (signature) VALUES (${signature}) ON CONFLICT DO NOTHING`;
  return count > 0;
}

/** The connections whose HubSpot side is this portal and is signed in; suspended ones too, their work queues up. */
export async function findConnectionsOfPortal(portalId: string): Promise<string[]> {
  const rows = await getDatabase().$queryRaw<{ id: string }[]>`
    SELECT id FROM connection WHERE hubspot_portal_id = ${portalId} AND hubspot_account IS NOT NULL AND status <> 'setup'`;
  return rows.map((row) => row.id);
}

/** Notes which records to look at; `records` names each one once. Marks of one record coalesce. */
export async function saveWakeUps(
  db: DatabaseOrTransaction,
  connectionId: string,
  side: Side,
  records: readonly WokenRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = JSON.stringify(records.map((r) => ({ type: r.type, remote_id: r.remoteId, fields: r.fields })));
  // In one order everywhere: two requests with the same records must not wait for each other in a ring.
  await db.$executeRaw`
    INSERT INTO wake_up AS w (connection_id, side, type, remote_id, fields)
    SELECT ${connectionId}::uuid, ${side}, r.type, r.remote_id, r.fields
    FROM jsonb_to_recordset(${rows}::jsonb) AS r(type text, remote_id text, fields text[])
    ORDER BY r.type, r.remote_id
    ON CONFLICT (connection_id, side, type, remote_id) DO UPDATE SET version = w.version + 1,
      fields = CASE WHEN w.fields = '{}' OR EXCLUDED.fields = '{}' THEN '{}' ELSE
        ARRAY(SELECT DISTINCT f FROM unnest(w.fields || EXCLUDED.fields) AS f) END`;
}

/** Those that wait longest, `limit` at most. */
export async function listWakeUps(connectionId: string, limit: number): Promise<WakeUp[]> {
  const rows = await getDatabase().$queryRaw<
    { side: Side; type: string; remote_id: string; fields: string[]; version: bigint }[]
  >`SELECT side, type, remote_id, fields, version FROM wake_up WHERE connection_id = ${connectionId}::uuid ORDER BY at LIMIT ${limit}`;
  return rows.map(({ remote_id, ...row }) => ({ ...row, remoteId: remote_id }));
}

/** Forgets what was looked at; what was named again meanwhile stays. */
export async function deleteWakeUps(
  db: DatabaseOrTransaction,
  connectionId: string,
  done: readonly WakeUp[],
): Promise<void> {
  if (done.length === 0) return;
  const rows = JSON.stringify(
    done.map((w) => ({ side: w.side, type: w.type, remote_id: w.remoteId, version: String(w.version) })),
  );
  await db.$executeRaw`
    DELETE FROM wake_up w USING jsonb_to_recordset(${rows}::jsonb) AS d(side text, type text, remote_id text, version bigint)
    WHERE w.connection_id = ${connectionId}::uuid AND w.side = d.side AND w.type = d.type AND w.remote_id = d.remote_id AND w.version = d.version`;
}

export async function countWakeUps(connectionId: string): Promise<number> {
  const rows = await getDatabase().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM wake_up WHERE connection_id = ${connectionId}::uuid`;
  return rows[0]?.count ?? 0;
}

export async function hasWakeUps(connectionId: string): Promise<boolean> {
  const rows = await getDatabase().$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM wake_up WHERE connection_id = ${connectionId}::uuid) AS found`;
  return rows[0]?.found ?? false;
}
