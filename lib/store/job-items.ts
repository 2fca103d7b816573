import type { Side, SyncObject } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase, inTransaction } from "./client";
import { Prisma } from "./generated/client";
import type { ItemOutcome } from "./job-item-ends";
import { endJob } from "./jobs";

/** What a record was before a job named it; `recordId` null = we did not know it. */
export type PriorRecord = { recordId: string; state: string; isDue: boolean };

/** One record that a page of a job names. Without an outcome it is open until the engine has synced it. */
export type NamedItem = {
  key: string;
  prior: PriorRecord | null;
  outcome: ItemOutcome | null;
  reason: string | null;
};

/** How the items of a job are named: by a remote id of one side, or by our own record id. */
export type ItemKeys = { object: SyncObject; side: Side | null };

/** What we know of these records before anything is marked. */
export async function readPriors(
  connectionId: string,
  { object, side }: ItemKeys,
  keys: string[],
): Promise<Map<string, PriorRecord>> {
  const rows = await getDatabase().$queryRaw<{ key: string; id: string; state: string; is_due: boolean }[]>`
    SELECT ${keyColumn(side)} AS key, id, state, requested_version > synced_version AS is_due FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND ${findByKey(side, keys)}`;
  return new Map(rows.map((r) => [r.key, { recordId: r.id, state: r.state, isDue: r.is_due }]));
}

/** Which of these the job has named before: its source may tell of a record twice. */
export async function findNamed(connectionId: string, jobId: string, keys: string[]): Promise<Set<string>> {
  const rows = await getDatabase().jobItem.findMany({
    where: { connectionId, jobId, key: { in: keys } },
    select: { key: true },
  });
  return new Set(rows.map((row) => row.key));
}

/** Those of these records that a preview would write. */
export async function findPlannedKeys(connectionId: string, previewId: string, keys: string[]): Promise<Set<string>> {
  const rows = await getDatabase().jobItem.findMany({
    where: { connectionId, jobId: previewId, key: { in: keys }, outcome: null, plan: { not: Prisma.AnyNull } },
    select: { key: true },
  });
  return new Set(rows.map((row) => row.key));
}

/** Notes the records of one page, after their marks and in the same transaction: their versions are those of the marks. */
export async function insertItems(
  tx: DatabaseOrTransaction,
  connectionId: string,
  jobId: string,
  { object, side }: ItemKeys,
  items: NamedItem[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = JSON.stringify(
    items.map((i) => ({
      key: i.key,
      prior_state: i.prior?.state ?? null,
      was_due: i.prior?.isDue ?? false,
      outcome: i.outcome,
      reason: i.reason,
    })),
  );
  const join =
    side === null
      ? Prisma.sql`r.id = m.key::uuid`
      : Prisma.sql`r.object = ${object} AND ${keyColumn(side, "r.")} = m.key`;
  await tx.$executeRaw`
    INSERT INTO job_item (connection_id, job_id, key, record_id, version, prior_state, was_due, outcome, reason)
    SELECT ${connectionId}::uuid, ${jobId}::uuid, m.key, r.id, COALESCE(r.requested_version, 0), m.prior_state, m.was_due,
      CASE WHEN r.id IS NULL THEN COALESCE(m.outcome, 'excluded') ELSE m.outcome END, m.reason
    FROM jsonb_to_recordset(${rows}::jsonb) AS m(key text, prior_state text, was_due boolean, outcome text, reason text)
    LEFT JOIN sync_record r ON r.connection_id = ${connectionId}::uuid AND ${join}
    ON CONFLICT DO NOTHING`;
}

/** Open items whose record is gone or no longer due, by whatever way: they take the state that the record is in. */
export async function settleStrays(connectionId: string, jobId: string): Promise<void> {
  await getDatabase().$executeRaw`
    UPDATE job_item i SET outcome = s.outcome, reason = s.reason FROM (
      SELECT o.key, CASE r.state WHEN 'excluded' THEN 'excluded' WHEN 'failing' THEN 'failed' ELSE 'unchanged' END AS outcome,
        CASE r.state WHEN 'excluded' THEN r.exclusion_reason END AS reason
      FROM job_item o LEFT JOIN sync_record r ON r.connection_id = o.connection_id AND r.id = o.record_id
      WHERE o.connection_id = ${connectionId}::uuid AND o.job_id = ${jobId}::uuid AND o.outcome IS NULL
        AND (r.id IS NULL OR r.synced_version >= r.requested_version)
    ) s
    WHERE i.connection_id = ${connectionId}::uuid AND i.job_id = ${jobId}::uuid AND i.key = s.key AND i.outcome IS NULL`;
}

export type ItemCounts = Record<ItemOutcome | "open", number>;

export async function countItems(connectionId: string, jobId: string): Promise<ItemCounts> {
  const rows = await getDatabase().$queryRaw<{ outcome: ItemOutcome | null; n: number }[]>`
    SELECT outcome, count(*)::int AS n FROM job_item
    WHERE connection_id = ${connectionId}::uuid AND job_id = ${jobId}::uuid GROUP BY outcome`;
  const counts: ItemCounts = { open: 0, created: 0, updated: 0, unchanged: 0, failed: 0, excluded: 0, taken_back: 0 };
  for (const { outcome, n } of rows) counts[outcome ?? "open"] = n;
  return counts;
}

export async function countOpenItems(connectionId: string, jobId: string): Promise<number> {
  return getDatabase().jobItem.count({ where: { connectionId, jobId, outcome: null } });
}

/**
 * Ends a job and takes back the records that nobody has begun with: they are as they were before, those that only the
 * job brought in are forgotten. What is being synced right now comes to its end. false = it had ended before.
 */
export async function cancelJob(
  connectionId: string,
  jobId: string,
  end: Parameters<typeof endJob>[3],
): Promise<boolean> {
  return inTransaction(async (tx) => {
    if (!(await endJob(tx, connectionId, jobId, end))) return false;
    const isFree = Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.id = o.record_id AND r.requested_version = o.version
      AND r.synced_version < r.requested_version AND (r.lease_until IS NULL OR r.lease_until < now())`;
    const open = Prisma.sql`(SELECT * FROM job_item WHERE connection_id = ${connectionId}::uuid AND job_id = ${jobId}::uuid AND outcome IS NULL AND plan IS NULL) o`;
    const back = await tx.$queryRaw<{ id: string }[]>`
      UPDATE sync_record r SET synced_version = r.requested_version, state = o.prior_state, triggers = '[]'::jsonb, updated_at = now()
      FROM ${open} WHERE ${isFree} AND o.prior_state IS NOT NULL AND NOT o.was_due RETURNING r.id`;
    const gone = await tx.$queryRaw<{ id: string }[]>`
      DELETE FROM sync_record r USING ${open}
      WHERE ${isFree} AND o.prior_state IS NULL AND (r.hubspot_id IS NULL OR r.salesforce_id IS NULL) RETURNING r.id`;
    const taken = [...back, ...gone].map((row) => row.id);
    // Records that were due without the job stay due, only not for it.
    await tx.$executeRaw`UPDATE job_item SET outcome = 'taken_back'
      WHERE connection_id = ${connectionId}::uuid AND job_id = ${jobId}::uuid AND outcome IS NULL
        AND (record_id = ANY(${taken}::uuid[]) OR was_due)`;
    return true;
  });
}

function keyColumn(side: Side | null, prefix = ""): Prisma.Sql {
  return Prisma.raw(side === null ? `${prefix}id::text` : `${prefix}${side}_id`);
}

function findByKey(side: Side | null, keys: string[]): Prisma.Sql {
  return side === null ? Prisma.sql`id = ANY(${keys}::uuid[])` : Prisma.sql`${keyColumn(side)} = ANY(${keys})`;
}

/** The records that a preview would write, by rising key. */
export async function listPlannedItems(
  connectionId: string,
  previewId: string,
  page: { after: string | null; limit: number },
): Promise<{ keys: ItemKeys; items: { key: string }[]; total: number }> {
  const where = { connectionId, jobId: previewId, outcome: null, plan: { not: Prisma.AnyNull } };
  const rows = await getDatabase().jobItem.findMany({
    where: { ...where, ...(page.after === null ? {} : { key: { gt: page.after } }) },
    orderBy: { key: "asc" },
    take: page.limit,
    select: { key: true, plan: true },
  });
  const first = rows[0]?.plan as ItemKeys | undefined;
  const keys = { object: first?.object ?? "contact", side: first?.side ?? null };
  return { keys, items: rows, total: page.after === null ? await getDatabase().jobItem.count({ where }) : 0 };
}
