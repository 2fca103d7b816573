import type { SalesforceType, Side, SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import type { TriggerMark } from "./record-marks";

/** A record that others belong to, as far as they need it. */
export type ParentRecord = {
  recordId: string;
  hubspotId: string | null;
  salesforceId: string | null;
  salesforceType: SalesforceType | null;
  /** In sync and paired: its children may be written */
  isInSync: boolean;
  /** Salesforce's OwnerId of it; null when it is not read */
  salesforceOwner: string | null;
};

/** Our rows that hold these ids of one side, by that id. */
export async function findParents(
  connectionId: string,
  object: SyncObject,
  side: Side,
  ids: string[],
): Promise<Map<string, ParentRecord>> {
  if (ids.length === 0) return new Map();
  const idColumn = Prisma.raw(side === "hubspot" ? "hubspot_id" : "salesforce_id");
  const rows = await getDatabase().$queryRaw<
    {
      id: string;
      hubspot_id: string | null;
      salesforce_id: string | null;
      salesforce_type: SalesforceType | null;
      state: string;
      owner: string | null;
    }[]
  >`SELECT id, hubspot_id, salesforce_id, salesforce_type, state, salesforce_base->>'OwnerId' AS owner FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND ${idColumn} = ANY(${[...new Set(ids)]})`;
  return new Map(
    rows.map((row) => [
      (side === "hubspot" ? row.hubspot_id : row.salesforce_id) ?? "",
      {
        recordId: row.id,
        hubspotId: row.hubspot_id,
        salesforceId: row.salesforce_id,
        salesforceType: row.salesforce_type,
        isInSync: row.state === "in_sync" && row.hubspot_id !== null && row.salesforce_id !== null,
        salesforceOwner: row.owner,
      },
    ]),
  );
}

const MAX_TRIGGERS = 20;

/** T4–T9: makes records due because something happened to them. What is known of them stands: nothing is read again. */
export async function triggerRecords(
  connectionId: string,
  marks: { recordId: string; triggers: TriggerMark[] }[],
): Promise<void> {
  if (marks.length === 0) return;
  const rows = JSON.stringify(marks.map(({ recordId, triggers }) => ({ id: recordId, triggers })));
  await getDatabase().$executeRaw`
    UPDATE sync_record r SET requested_version = r.requested_version + 1, state = 'due',
      triggers = CASE WHEN jsonb_array_length(r.triggers) >= ${MAX_TRIGGERS} THEN r.triggers ELSE r.triggers || m.triggers END,
      requested_at = CASE WHEN r.requested_version = r.synced_version THEN now() ELSE r.requested_at END,
      next_attempt_at = now(), attempts = 0, updated_at = now()
    FROM jsonb_to_recordset(${rows}::jsonb) AS m(id uuid, triggers jsonb)
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = m.id`;
}

/**
 * Makes records due whose parent came in sync while they were being put down as waiting: the parent looked for waiting
 * records before it could see them. A parent that somebody is writing at this moment counts as in sync; at worst its
 * children look once more in vain.
 */
export async function wakeWaiting(connectionId: string, recordIds: string[]): Promise<void> {
  if (recordIds.length === 0) return;
  const waiting = await getDatabase().$queryRaw<{ id: string; key: string }[]>`
    SELECT r.id, unnest(r.waits_for) AS key FROM sync_record r
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = ANY(${recordIds}::uuid[]) AND r.lease_token IS NULL`;
  const parents = await findFreeParents(connectionId, [...new Set(waiting.map((row) => row.key))]);
  const woken = [...new Set(waiting.filter((row) => parents.has(row.key)).map((row) => row.id))];
  if (woken.length === 0) return;
  const trigger = JSON.stringify([
    { code: "parent_synced", side: null, fields: [], at: new Date().toISOString(), by: null },
  ]);
  await getDatabase().$executeRaw`
    UPDATE sync_record SET requested_version = requested_version + 1, triggers = triggers || ${trigger}::jsonb, needs_read = true,
      waits_for = ARRAY[]::text[], check_no = 0, next_attempt_at = now(), requested_at = now(), updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND id = ANY(${woken}::uuid[]) AND cardinality(waits_for) > 0`;
}

/** Those of these parents that are in sync, or locked by a writer right now. */
async function findFreeParents(connectionId: string, keys: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const wanted = keys.map((key) => {
    const [object = "", side = "", ...id] = key.split("/");
    return { key, object, side, id: id.join("/") };
  });
  for (const group of Map.groupBy(wanted, ({ object, side }) => `${object}/${side}`).values()) {
    const [first] = group;
    if (!first) continue;
    const idColumn = Prisma.raw(first.side === "hubspot" ? "hubspot_id" : "salesforce_id");
    const where = Prisma.sql`connection_id = ${connectionId}::uuid AND object = ${first.object}
      AND ${idColumn} = ANY(${group.map(({ id }) => id)})`;
    const all = await getDatabase().$queryRaw<{ remote: string }[]>`
      SELECT ${idColumn} AS remote FROM sync_record WHERE ${where}`;
    // Nobody is waited for: a row that is locked is left out of this answer.
    const quiet = await getDatabase().$queryRaw<{ remote: string; free: boolean }[]>`
      SELECT ${idColumn} AS remote, (state = 'in_sync' AND hubspot_id IS NOT NULL AND salesforce_id IS NOT NULL) AS free
      FROM sync_record WHERE ${where} FOR SHARE SKIP LOCKED`;
    const free = new Map(quiet.map((row) => [row.remote, row.free]));
    for (const { remote } of all) {
      if (free.get(remote) ?? true) found.add(`${first.object}/${first.side}/${remote}`);
    }
  }
  return found;
}
