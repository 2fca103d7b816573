import type { BrakeDecision, PlannedCounts } from "@/lib/decide/apply-brake";
import type { RawValue, Side, SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import { type ClaimedRecord, readClaimedRows } from "./record-claims";

export type BrakeSample = {
  recordId: string;
  object: SyncObject;
  kind: "create" | "overwrite" | "delete";
  /** Where it would be written */
  side: Side;
  name: string;
  changes: { hubspotProperty: string; salesforceField: string; before: RawValue; after: RawValue }[];
};

export type StoredBrake = PlannedCounts & {
  id: string;
  state: "waiting" | "approved" | "dismissed";
  reason: NonNullable<BrakeDecision["reason"]>;
  plannedAt: Date;
  pairs: number;
  samples: BrakeSample[];
  settingsVersion: number;
  decidedBy: string | null;
  decidedAt: Date | null;
};

/** The newest stop of this connection; null when there was none. */
export async function readBrake(connectionId: string): Promise<StoredBrake | null> {
  const row = await getDatabase().brake.findUnique({ where: { connectionId } });
  return (
    row && {
      ...row,
      state: row.state as StoredBrake["state"],
      reason: row.reason as StoredBrake["reason"],
      samples: row.samples as unknown as BrakeSample[],
    }
  );
}

type Stop = Pick<StoredBrake, "reason" | "plannedAt" | "pairs" | "samples" | "settingsVersion"> & PlannedCounts;

/** A new stop takes the place of the last one, with an id of its own. */
export async function saveBrake(connectionId: string, stop: Stop): Promise<void> {
  const data = {
    ...stop,
    id: crypto.randomUUID(),
    state: "waiting",
    samples: stop.samples as unknown as Prisma.InputJsonArray,
    decidedBy: null,
    decidedAt: null,
  };
  await getDatabase().brake.upsert({ where: { connectionId }, create: { connectionId, ...data }, update: data });
}

/** What it waited for is not planned any more: the settings changed, or the records did. */
export async function clearWaitingBrake(connectionId: string): Promise<void> {
  await getDatabase().brake.deleteMany({ where: { connectionId, state: "waiting" } });
}

export async function isBrakeWaiting(connectionId: string): Promise<boolean> {
  return (await getDatabase().brake.count({ where: { connectionId, state: "waiting" } })) > 0;
}

/** A person's word on the stop with this id. False when it is not the one that waits. */
export async function decideBrake(
  connectionId: string,
  id: string,
  state: "approved" | "dismissed",
  by: string,
): Promise<boolean> {
  const { count } = await getDatabase().brake.updateMany({
    where: { connectionId, id, state: "waiting" },
    data: { state, decidedBy: by, decidedAt: new Date() },
  });
  return count === 1;
}

/** Takes back what was due when the run was stopped: it waits for its next change. Answers how many records. */
export async function withdrawDue(connectionId: string, plannedAt: Date): Promise<number> {
  return getDatabase().$executeRaw`
    UPDATE sync_record SET synced_version = requested_version, state = 'excluded', exclusion_reason = 'brake_dismissed', attempts = 0,
      last_triggers = triggers, triggers = '[]'::jsonb, updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND requested_version > synced_version AND requested_at <= ${plannedAt}
      AND (lease_until IS NULL OR lease_until < now())`;
}

/** Followers of parents that were let go were counted with the first plan. */
const FOLLOWS = Prisma.sql`(jsonb_array_length(triggers) > 0
  AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(triggers) t WHERE t->>'code' NOT IN ('parent_synced', 'contact_synced')))`;

/** A job's records have passed its own brake: a person saw its preview, or there are few enough of them. */
const ofJobs = (connectionId: string) => Prisma.sql`id IN (SELECT i.record_id FROM job_item i
  JOIN job j ON j.connection_id = i.connection_id AND j.id = i.job_id
  WHERE i.connection_id = ${connectionId}::uuid AND i.outcome IS NULL AND i.plan IS NULL AND j.status IN ('queued', 'running'))`;

/** Records that are due since `after` (null: all), in the connection's own clock, beside the number of pairs. */
export async function countDueAndPairs(
  connectionId: string,
  after: Date | null,
): Promise<{ due: number; pairs: number; now: Date }> {
  const [row] = await getDatabase().$queryRaw<{ due: bigint; pairs: bigint; now: Date }[]>`
    SELECT count(*) FILTER (WHERE requested_version > synced_version AND requested_at > ${after ?? new Date(0)} AND NOT ${FOLLOWS}
        AND (${ofJobs(connectionId)}) IS NOT TRUE) AS due,
      count(*) FILTER (WHERE hubspot_id IS NOT NULL AND salesforce_id IS NOT NULL) AS pairs, now() AS now
    FROM sync_record WHERE connection_id = ${connectionId}::uuid`;
  return { due: Number(row?.due ?? 0), pairs: Number(row?.pairs ?? 0), now: row?.now ?? new Date() };
}

/** The same records, a page by rising id, as a batch would claim them; nothing is claimed. */
export async function listDue(
  connectionId: string,
  object: SyncObject,
  wanted: { after: Date | null; until: Date; afterId: string; limit: number },
): Promise<(ClaimedRecord & { name: string; email: string | null })[]> {
  return readClaimedRows(
    Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.object = ${object} AND r.requested_version > r.synced_version
      AND r.requested_at > ${wanted.after ?? new Date(0)} AND r.requested_at <= ${wanted.until} AND r.id > ${wanted.afterId}::uuid
      AND NOT ${FOLLOWS} AND (r.${ofJobs(connectionId)}) IS NOT TRUE`,
    wanted.limit,
  );
}

/** Addresses of these that a lone Salesforce person has, or a lone HubSpot contact: those will be linked, not created. */
export async function findLoneEmails(connectionId: string, side: Side, emails: string[]): Promise<Set<string>> {
  if (emails.length === 0) return new Set();
  const present = side === "hubspot" ? Prisma.sql`hubspot_id IS NOT NULL` : Prisma.sql`salesforce_id IS NOT NULL`;
  const rows = await getDatabase().$queryRaw<{ email: string }[]>`
    SELECT DISTINCT email FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND email = ANY(${emails}) AND ${present}`;
  return new Set(rows.map((row) => row.email));
}

/** Deletes that this run has carried out, and which of these records a person's approval covers. */
export async function readDeleteAllowance(
  connectionId: string,
  runId: string,
  recordIds: string[],
): Promise<{ done: number; pairs: number; approved: Set<string>; now: Date }> {
  const [counts] = await getDatabase().$queryRaw<{ done: bigint; pairs: bigint; now: Date }[]>`
    SELECT (SELECT count(*) FROM journal_entry WHERE connection_id = ${connectionId}::uuid AND run_id = ${runId}::uuid
        AND outcome IN ('archived_in_hubspot', 'deleted_in_salesforce')) AS done,
      (SELECT count(*) FROM sync_record WHERE connection_id = ${connectionId}::uuid AND hubspot_id IS NOT NULL AND salesforce_id IS NOT NULL) AS pairs,
      now() AS now`;
  const rows = await getDatabase().$queryRaw<{ id: string }[]>`
    SELECT r.id FROM sync_record r JOIN brake b ON b.connection_id = r.connection_id
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = ANY(${recordIds}::uuid[]) AND b.state = 'approved' AND r.requested_at <= b.planned_at`;
  return {
    done: Number(counts?.done ?? 0),
    pairs: Number(counts?.pairs ?? 0),
    approved: new Set(rows.map((row) => row.id)),
    now: counts?.now ?? new Date(),
  };
}
