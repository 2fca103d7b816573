import type { InclusionList } from "@/lib/decide/connection-settings";
import type { SyncObject } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase } from "./client";
import type { TriggerMark } from "./record-marks";

/** Why a chosen list cannot be followed any more (spec G2). */
export type ListProblem = "deleted" | "not_active" | "wrong_object";

/** The inclusion list of one object as it was last seen. */
export type StoredList = {
  object: SyncObject;
  listId: string;
  name: string;
  size: number;
  /** loading: nobody is decided before all members are known · unusable: the last known members stay */
  state: "loading" | "ready" | "unusable";
  problem: ListProblem | null;
  addedAt: string | null;
  removedAt: string | null;
  joinCursor: string | null;
  loadNo: number;
  loadCursor: string | null;
  isLoading: boolean;
};

export async function readLists(connectionId: string): Promise<StoredList[]> {
  const rows = await getDatabase().inclusionList.findMany({ where: { connectionId } });
  return rows.map((row) => ({
    ...row,
    object: row.object as SyncObject,
    state: row.state as StoredList["state"],
    problem: row.problem as ListProblem | null,
  }));
}

/** Null when no list was looked at for this object. */
export async function readList(connectionId: string, object: SyncObject): Promise<StoredList | null> {
  return (await readLists(connectionId)).find((list) => list.object === object) ?? null;
}

/** Forgets the members of another list and begins with this one. */
export async function openList(connectionId: string, object: SyncObject, chosen: InclusionList): Promise<StoredList> {
  const { listId, name } = chosen;
  await forgetList(connectionId, object);
  const row = await getDatabase().inclusionList.create({ data: { connectionId, object, listId, name } });
  return { ...row, object, state: "loading", problem: null };
}

export async function forgetList(connectionId: string, object: SyncObject): Promise<void> {
  const database = getDatabase();
  await database.$transaction([
    database.inclusionMember.deleteMany({ where: { connectionId, object } }),
    database.inclusionList.deleteMany({ where: { connectionId, object } }),
  ]);
}

type ListChange = Partial<Omit<StoredList, "object">>;

/** `checkedAt` moves with every change: until then the members were known. */
export async function saveList(
  db: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  change: ListChange,
): Promise<void> {
  await db.inclusionList.update({
    where: { connectionId_object: { connectionId, object } },
    data: { ...change, checkedAt: new Date() },
  });
}

/** Puts a page of members down; answers those that were not in before. */
export async function saveMembers(
  db: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  ids: string[],
  loadNo: number,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const known = await db.inclusionMember.findMany({
    where: { connectionId, object, hubspotId: { in: ids }, leftAt: null },
    select: { hubspotId: true },
  });
  await db.$executeRaw`
    INSERT INTO inclusion_member (connection_id, object, hubspot_id, load_no)
    SELECT ${connectionId}::uuid, ${object}, id, ${loadNo} FROM unnest(${[...new Set(ids)]}::text[]) AS id
    ON CONFLICT (connection_id, object, hubspot_id) DO UPDATE SET load_no = EXCLUDED.load_no, left_at = NULL, known_until = NULL`;
  const before = new Set(known.map((one) => one.hubspotId));
  return [...new Set(ids)].filter((id) => !before.has(id));
}

/** After all members were read: whoever was not among them has left. Answers their ids. */
export async function closeMembers(
  db: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  loadNo: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ hubspot_id: string }[]>`
    UPDATE inclusion_member m SET left_at = now(), known_until = l.checked_at
    FROM inclusion_list l
    WHERE l.connection_id = m.connection_id AND l.object = m.object
      AND m.connection_id = ${connectionId}::uuid AND m.object = ${object} AND m.left_at IS NULL AND m.load_no < ${loadNo}
    RETURNING m.hubspot_id`;
  return rows.map((row) => row.hubspot_id);
}

export async function countMembers(connectionId: string, object: SyncObject): Promise<number> {
  return getDatabase().inclusionMember.count({ where: { connectionId, object, leftAt: null } });
}

/** HubSpot ids of the members, up to `most`. */
export async function listMemberIds(connectionId: string, object: SyncObject, most: number): Promise<string[]> {
  const rows = await getDatabase().inclusionMember.findMany({
    where: { connectionId, object, leftAt: null },
    select: { hubspotId: true },
    take: most,
  });
  return rows.map((row) => row.hubspotId);
}

export type Membership = { isIn: boolean; knownUntil: Date | null };

/** Who of these is in the list, or was; ids that never were are absent. */
export async function findMembers(
  connectionId: string,
  object: SyncObject,
  hubspotIds: string[],
): Promise<Map<string, Membership>> {
  if (hubspotIds.length === 0) return new Map();
  const rows = await getDatabase().inclusionMember.findMany({
    where: { connectionId, object, hubspotId: { in: hubspotIds } },
    select: { hubspotId: true, leftAt: true, knownUntil: true },
  });
  return new Map(
    rows.map((row) => [row.hubspotId, { isIn: row.leftAt === null, knownUntil: row.knownUntil }] as const),
  );
}

/**
 * T13: makes records that entered the list due, also those that we never saw. What we hold of a known one is as fresh as
 * the check that is under way; an unseen one is read first.
 */
export async function markEntered(
  db: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  hubspotIds: string[],
  trigger: TriggerMark,
  checkNo: bigint,
): Promise<void> {
  if (hubspotIds.length === 0) return;
  const triggers = JSON.stringify([trigger]);
  await db.$executeRaw`
    INSERT INTO sync_record AS r (connection_id, id, object, hubspot_id, state, requested_version, synced_version, triggers, needs_read, check_no,
      search_text)
    SELECT ${connectionId}::uuid, gen_random_uuid(), ${object}, id, 'due', 1, 0, ${triggers}::jsonb, true, ${checkNo}, id
    FROM unnest(${hubspotIds}::text[]) AS id ORDER BY id
    ON CONFLICT (connection_id, object, hubspot_id) DO UPDATE SET requested_version = r.requested_version + 1, state = 'due',
      triggers = CASE WHEN jsonb_array_length(r.triggers) >= 20 THEN r.triggers ELSE r.triggers || EXCLUDED.triggers END,
      requested_at = CASE WHEN r.requested_version = r.synced_version THEN now() ELSE r.requested_at END,
      needs_read = r.needs_read OR (r.hubspot_seen IS NULL AND r.hubspot_base IS NULL),
      check_no = GREATEST(r.check_no, EXCLUDED.check_no), next_attempt_at = now(), attempts = 0, updated_at = now()`;
}

/** Makes records that left the list due, so that their state tells it; only those that have a row and are not excluded. */
export async function markLeft(
  db: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  hubspotIds: string[],
  trigger: TriggerMark,
  options: { checkNo: bigint; needsRead: boolean },
): Promise<void> {
  if (hubspotIds.length === 0) return;
  const triggers = JSON.stringify([trigger]);
  await db.$executeRaw`
    UPDATE sync_record r SET requested_version = r.requested_version + 1, state = 'due',
      triggers = CASE WHEN jsonb_array_length(r.triggers) >= 20 THEN r.triggers ELSE r.triggers || ${triggers}::jsonb END,
      requested_at = CASE WHEN r.requested_version = r.synced_version THEN now() ELSE r.requested_at END,
      needs_read = r.needs_read OR ${options.needsRead}, check_no = GREATEST(r.check_no, ${options.checkNo}::bigint),
      next_attempt_at = now(), updated_at = now()
    WHERE r.connection_id = ${connectionId}::uuid AND r.object = ${object} AND r.hubspot_id = ANY(${hubspotIds})
      AND (r.state <> 'excluded' OR r.requested_version > r.synced_version)`;
}

type Affected = {
  count: number;
  samples: { recordId: string | null; hubspotId: string; name: string | null; email: string | null }[];
};

const SAMPLES = 20;

/** Of these members of another list: those that may not sync now. Without a list everybody may. */
export async function listNewlyIn(
  connectionId: string,
  object: SyncObject,
  members: string[],
  hasList: boolean,
): Promise<Affected> {
  if (!hasList) return { count: 0, samples: [] };
  const rows = await getDatabase().$queryRaw<AffectedRow[]>`
    SELECT r.id, w.id AS hubspot_id, r.display_name, r.email, count(*) OVER () AS total
    FROM unnest(${members}::text[]) AS w(id)
    LEFT JOIN sync_record r ON r.connection_id = ${connectionId}::uuid AND r.object = ${object} AND r.hubspot_id = w.id
    WHERE NOT EXISTS (SELECT 1 FROM inclusion_member m
      WHERE m.connection_id = ${connectionId}::uuid AND m.object = ${object} AND m.hubspot_id = w.id AND m.left_at IS NULL)
    ORDER BY r.display_name NULLS LAST, w.id LIMIT ${SAMPLES}`;
  return toAffected(rows);
}

/** Records that sync now and are not among these members. */
export async function listNewlyOut(
  connectionId: string,
  object: SyncObject,
  members: string[],
  hasList: boolean,
): Promise<Affected> {
  const rows = await getDatabase().$queryRaw<AffectedRow[]>`
    SELECT r.id, r.hubspot_id, r.display_name, r.email, count(*) OVER () AS total
    FROM sync_record r LEFT JOIN unnest(${members}::text[]) AS w(id) ON w.id = r.hubspot_id
    WHERE r.connection_id = ${connectionId}::uuid AND r.object = ${object} AND r.hubspot_id IS NOT NULL AND r.state <> 'excluded' AND w.id IS NULL
      AND (NOT ${hasList} OR EXISTS (SELECT 1 FROM inclusion_member m
        WHERE m.connection_id = ${connectionId}::uuid AND m.object = ${object} AND m.hubspot_id = r.hubspot_id AND m.left_at IS NULL))
    ORDER BY r.display_name, r.id LIMIT ${SAMPLES}`;
  return toAffected(rows);
}

/** Records that only the inclusion list keeps from syncing. */
export async function listKeptOut(connectionId: string, object: SyncObject): Promise<Affected> {
  const rows = await getDatabase().$queryRaw<AffectedRow[]>`
    SELECT r.id, r.hubspot_id, r.display_name, r.email, count(*) OVER () AS total FROM sync_record r
    WHERE r.connection_id = ${connectionId}::uuid AND r.object = ${object} AND r.state = 'excluded'
      AND r.exclusion_reason = 'not_in_inclusion_list' AND r.hubspot_id IS NOT NULL
    ORDER BY r.display_name, r.id LIMIT ${SAMPLES}`;
  return toAffected(rows);
}

type AffectedRow = {
  id: string | null;
  hubspot_id: string;
  display_name: string | null;
  email: string | null;
  total: bigint;
};

function toAffected(rows: AffectedRow[]): Affected {
  return {
    count: Number(rows[0]?.total ?? 0),
    samples: rows.map((row) => ({
      recordId: row.id,
      hubspotId: row.hubspot_id,
      name: row.display_name,
      email: row.email,
    })),
  };
}
