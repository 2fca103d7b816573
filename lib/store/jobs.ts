import type { JobKind, JobParams, JobStatus } from "@/lib/decide/job-request";
import { type DatabaseOrTransaction, getDatabase } from "./client";
import type { Prisma } from "./generated/client";

export type StoredJob = {
  id: string;
  kind: JobKind;
  params: JobParams;
  status: JobStatus;
  checkpoint: JobCheckpoint;
  checkpointNo: number;
  /** Records that it will name, as far as is known */
  total: number | null;
  /** Class of the failure that holds it up or ended it, and the remote's words */
  problem: string | null;
  message: string | null;
  by: string;
  cancelledBy: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

/**
 * Where the naming of records goes on: the part of the source and the place in it; `isNamed` = all are named. `label`: the
 * name of the list that is its source, once it was read.
 */
export type JobCheckpoint = { part: number; place: string | null; isNamed: boolean; label?: string };

const START: JobCheckpoint = { part: 0, place: null, isNamed: false };
const OPEN: JobStatus[] = ["queued", "running"];
/** Finished jobs and their records are kept so long. */
const KEPT_DAYS = 30;

export async function createJob(
  connectionId: string,
  job: { kind: JobKind; params: JobParams; by: string; label?: string | undefined },
): Promise<StoredJob> {
  const checkpoint = job.label === undefined ? START : { ...START, label: job.label };
  const row = await getDatabase().job.create({
    data: { connectionId, kind: job.kind, params: job.params as object, by: job.by, checkpoint },
  });
  return toJob(row);
}

export async function readJob(connectionId: string, id: string): Promise<StoredJob | null> {
  const row = await getDatabase().job.findUnique({ where: { connectionId_id: { connectionId, id } } });
  return row && toJob(row);
}

/** Short for all settings and mappings: what a preview showed holds only as long as this stays the same. */
export async function readBasis(connectionId: string): Promise<string> {
  const rows = await getDatabase().$queryRaw<{ basis: string }[]>`
    SELECT c.settings_version || '/' || COALESCE((SELECT md5(string_agg(m.id || ':' || m.version, ',' ORDER BY m.id))
      FROM field_mapping m WHERE m.connection_id = c.id), '') AS basis
    FROM connection c WHERE c.id = ${connectionId}::uuid`;
  return rows[0]?.basis ?? "";
}

/** Newest first. `before`: the id of a job, to page on behind it. */
export async function listJobs(
  connectionId: string,
  wanted: {
    kinds: readonly JobKind[];
    statuses?: readonly JobStatus[] | undefined;
    limit: number;
    before?: string | undefined;
  },
): Promise<StoredJob[]> {
  const { kinds, statuses } = wanted;
  const rows = await getDatabase().job.findMany({
    where: { connectionId, kind: { in: [...kinds] }, ...(statuses ? { status: { in: [...statuses] } } : {}) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: wanted.limit,
    ...(wanted.before === undefined
      ? {}
      : { cursor: { connectionId_id: { connectionId, id: wanted.before } }, skip: 1 }),
  });
  return rows.map(toJob);
}

/** Jobs that are not at their end, oldest first. */
export async function listOpenJobIds(connectionId: string): Promise<string[]> {
  const rows = await getDatabase().job.findMany({
    where: { connectionId, status: { in: OPEN } },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
  return rows.map((row) => row.id);
}

/** Connections that somebody asked a job of, whatever their state. */
export async function listConnectionsWithJobs(): Promise<string[]> {
  const rows = await getDatabase().job.findMany({
    where: { status: { in: OPEN } },
    distinct: ["connectionId"],
    select: { connectionId: true },
  });
  return rows.map((row) => row.connectionId);
}

export async function markJobStarted(connectionId: string, id: string): Promise<void> {
  await getDatabase().job.updateMany({
    where: { connectionId, id, status: "queued" },
    data: { status: "running", startedAt: new Date(), updatedAt: new Date() },
  });
}

/**
 * Moves a job on by one page, inside the transaction that names its records. false = another process was faster or the
 * job was cancelled: the transaction must be rolled back.
 */
export async function saveCheckpoint(
  tx: DatabaseOrTransaction,
  connectionId: string,
  job: StoredJob,
  next: { checkpoint: JobCheckpoint; total: number | null },
): Promise<boolean> {
  const { count } = await tx.job.updateMany({
    where: { connectionId, id: job.id, checkpointNo: job.checkpointNo, status: { in: OPEN } },
    data: {
      checkpoint: next.checkpoint,
      checkpointNo: job.checkpointNo + 1,
      updatedAt: new Date(),
      ...(next.total === null ? {} : { total: next.total }),
    },
  });
  return count > 0;
}

/** What holds it up, to be shown; null = it goes on. */
export async function noteJobProblem(
  connectionId: string,
  id: string,
  problem: { type: string; message: string } | null,
): Promise<void> {
  await getDatabase().job.updateMany({
    where: { connectionId, id, status: { in: OPEN }, ...(problem === null ? { problem: { not: null } } : {}) },
    data: { problem: problem?.type ?? null, message: problem?.message ?? null, updatedAt: new Date() },
  });
}

/** false = it had ended before. */
export async function endJob(
  db: DatabaseOrTransaction,
  connectionId: string,
  id: string,
  end: { status: "done" | "failed" | "cancelled"; problem?: { type: string; message: string } | null; by?: string },
): Promise<boolean> {
  const { count } = await db.job.updateMany({
    where: { connectionId, id, status: { in: OPEN } },
    data: {
      status: end.status,
      problem: end.problem?.type ?? null,
      message: end.problem?.message ?? null,
      finishedAt: new Date(),
      updatedAt: new Date(),
      ...(end.by === undefined ? {} : { cancelledBy: end.by }),
    },
  });
  return count > 0;
}

/** Jobs that ended long ago go, with their records' outcomes; what was written stays in history. */
export async function forgetOldJobs(connectionId: string): Promise<void> {
  await getDatabase().$executeRaw`
    WITH old AS (
      DELETE FROM job WHERE connection_id = ${connectionId}::uuid AND finished_at < now() - ${KEPT_DAYS} * interval '1 day'
      RETURNING id
    )
    DELETE FROM job_item WHERE connection_id = ${connectionId}::uuid AND job_id IN (SELECT id FROM old)`;
}

type JobRow = Prisma.JobGetPayload<Record<string, never>>;

function toJob(row: JobRow): StoredJob {
  return {
    ...row,
    kind: row.kind as JobKind,
    status: row.status as JobStatus,
    params: row.params as unknown as JobParams,
    checkpoint: { ...START, ...(row.checkpoint as Partial<JobCheckpoint>) },
  };
}
