import type { SyncObject } from "@/lib/decide/record-types";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import type { JournalChange, JournalError, JournalOutcome } from "./journal";
import type { StoredRun } from "./overview-queries";

/** A place in a list that is ordered by time and id. */
export type TimePlace = { at: Date; id: string };

type StoredRunEntry = {
  id: string;
  at: Date;
  outcome: JournalOutcome;
  changes: JournalChange[];
  error: JournalError | null;
  recordId: string;
  object: SyncObject;
  name: string;
  salesforceType: string | null;
};

/** The journal's clock is the database's, a run's end is told by its process. */
const CLOCK_SKEW_MS = 60_000;

/** Newest first, one more than `limit` where there are more. */
export async function listRunsBefore(
  connectionId: string,
  wanted: { kind: string | undefined; status: string | undefined; before: TimePlace | null; limit: number },
): Promise<StoredRun[]> {
  const { kind, status, before, limit } = wanted;
  const rows = await getDatabase().syncRun.findMany({
    where: {
      connectionId,
      ...(kind === undefined ? {} : { kind }),
      ...(status === undefined ? {} : { status }),
      ...(before ? { OR: [{ startedAt: { lt: before.at } }, { startedAt: before.at, id: { lt: before.id } }] } : {}),
    },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  return rows.map((row) => row as StoredRun);
}

/** Null when there is no such run. */
export async function readRun(connectionId: string, id: string): Promise<StoredRun | null> {
  const row = await getDatabase().syncRun.findUnique({ where: { connectionId_id: { connectionId, id } } });
  return row && (row as StoredRun);
}

/**
 * What a run did, newest first, one more than `limit` where there are more. Found by the index on time within the run's
 * own span: entries of a run have no index of their own.
 */
export async function listRunEntries(
  connectionId: string,
  run: StoredRun,
  page: { before: TimePlace | null; limit: number },
): Promise<StoredRunEntry[]> {
  const until = run.finishedAt
    ? new Date(run.finishedAt.getTime() + CLOCK_SKEW_MS)
    : new Date(Date.now() + CLOCK_SKEW_MS);
  const { before } = page;
  const beyond = before ? Prisma.sql`AND (j.at, j.id) < (${before.at}, ${before.id}::uuid)` : Prisma.empty;
  return getDatabase().$queryRaw<StoredRunEntry[]>`
    SELECT j.id, j.at, j.outcome, j.changes, j.error, j.record_id AS "recordId", r.object, r.display_name AS name,
      r.salesforce_type AS "salesforceType"
    FROM journal_entry j JOIN sync_record r ON r.connection_id = j.connection_id AND r.id = j.record_id
    WHERE j.connection_id = ${connectionId}::uuid AND j.run_id = ${run.id}::uuid AND j.status = 'settled' AND j.outcome <> 'unchanged'
      AND j.at >= ${run.startedAt} AND j.at <= ${until} ${beyond}
    ORDER BY j.at DESC, j.id DESC LIMIT ${page.limit + 1}`;
}
