import type { SalesforceType, Side, SyncObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import { readMomentCursor, writeMomentCursor } from "./moment-cursor";
import type { StoredError } from "./record-card";
import { matchWord, searchWords } from "./record-filter";

export type ErrorFilter = {
  object: SyncObject | undefined;
  side: Side | undefined;
  category: string | undefined;
  type: string | undefined;
  search: string;
  state: "open" | "closed";
};

export type StoredErrorGroup = {
  category: string;
  type: string;
  side: Side;
  object: SyncObject;
  records: number;
  since: Date;
  newest: Date;
};

/** An error with what its page tells of the record. */
export type StoredErrorRow = {
  error: StoredError;
  record: {
    id: string;
    object: SyncObject;
    name: string;
    company: string;
    email: string | null;
    hubspotId: string | null;
    salesforceId: string | null;
    salesforceType: SalesforceType | null;
    /** Null when nothing waits */
    nextTryAt: Date | null;
  };
};

/** Closed errors are told of for this long. */
const CLOSED_DAYS = 30;

/** Errors per category, type, side and object, most records first. */
export function countErrors(connectionId: string, filter: ErrorFilter): Promise<StoredErrorGroup[]> {
  const newest = filter.state === "open" ? Prisma.sql`max(e.last_seen_at)` : Prisma.sql`max(e.closed_at)`;
  // A record has at most one open error of a type and side; not having to tell records apart saves sorting 100,000 rows.
  const records = filter.state === "open" ? Prisma.sql`count(*)` : Prisma.sql`count(DISTINCT e.record_id)`;
  const record = searchWords(filter.search).length > 0 ? JOIN_RECORD : Prisma.empty;
  return cacheBriefly(
    `error groups ${connectionId} ${JSON.stringify(filter)}`,
    () =>
      getDatabase().$queryRaw<StoredErrorGroup[]>`
      SELECT e.category, e.type, e.side, e.object, ${records}::int AS records, min(e.opened_at) AS since, ${newest} AS newest
      FROM sync_error e ${record} WHERE ${whereOf(connectionId, filter)}
      GROUP BY e.category, e.type, e.side, e.object ORDER BY records DESC, e.type, e.object, e.side`,
  );
}

/** One keyset page, newest first. A cursor that cannot be read begins at the newest. */
export async function listErrors(
  connectionId: string,
  filter: ErrorFilter,
  page: { cursor: string | undefined; limit: number },
): Promise<{ rows: StoredErrorRow[]; nextCursor: string | null }> {
  const at = filter.state === "open" ? Prisma.sql`e.opened_at` : Prisma.sql`e.closed_at`;
  const before = readMomentCursor(page.cursor);
  const beyond = before ? Prisma.sql`AND (${at}, e.id) < (${before.at}, ${before.id}::uuid)` : Prisma.empty;
  const found = await getDatabase().$queryRaw<FoundRow[]>`
    SELECT e.id, e.type, e.category, e.side, e.fields, e.remote_code AS "remoteCode", e.remote_message AS "remoteMessage", e.retry,
      e.opened_at AS "openedAt", e.last_seen_at AS "lastSeenAt", e.closed_at AS "closedAt", e.occurrences,
      r.id AS "recordId", r.object, r.display_name AS name, r.company, r.email, r.hubspot_id AS "hubspotId",
      r.salesforce_id AS "salesforceId", r.salesforce_type AS "salesforceType",
      CASE WHEN r.state = 'failing' OR r.requested_version > r.synced_version THEN r.next_attempt_at END AS "nextTryAt"
    FROM sync_error e ${JOIN_RECORD} WHERE ${whereOf(connectionId, filter)} ${beyond}
    ORDER BY ${at} DESC, e.id DESC LIMIT ${page.limit + 1}`;
  const shown = found.slice(0, page.limit);
  const last = found.length > page.limit ? shown.at(-1) : undefined;
  const lastAt = filter.state === "open" ? last?.openedAt : last?.closedAt;
  return {
    rows: shown.map(toRow),
    nextCursor: last && lastAt ? writeMomentCursor({ at: lastAt, id: last.id }) : null,
  };
}

/** Why records do not take part: how many by object and reason, most first. */
export function countExcluded(
  connectionId: string,
  object: SyncObject | undefined,
): Promise<{ object: SyncObject; reason: string; records: number }[]> {
  return cacheBriefly(
    `excluded ${connectionId} ${object ?? ""}`,
    () =>
      getDatabase().$queryRaw<{ object: SyncObject; reason: string; records: number }[]>`
      SELECT object, COALESCE(exclusion_reason, 'other') AS reason, count(*)::int AS records FROM sync_record
      WHERE connection_id = ${connectionId}::uuid AND state = 'excluded' ${ofObject(object)}
      GROUP BY 1, 2 ORDER BY records DESC, object, reason`,
  );
}

/** Records by object and state as stored; the waiting ones of a suspended connection are "due" here. */
export function countByState(
  connectionId: string,
  object: SyncObject | undefined,
): Promise<{ object: SyncObject; state: "in_sync" | "due" | "failing" | "excluded"; records: number }[]> {
  return cacheBriefly(
    `objects by state ${connectionId} ${object ?? ""}`,
    () =>
      getDatabase().$queryRaw<
        { object: SyncObject; state: "in_sync" | "due" | "failing" | "excluded"; records: number }[]
      >`
      SELECT object, state, count(*)::int AS records FROM sync_record
      WHERE connection_id = ${connectionId}::uuid ${ofObject(object)} GROUP BY object, state ORDER BY object, state`,
  );
}

const JOIN_RECORD = Prisma.sql`JOIN sync_record r ON r.connection_id = e.connection_id AND r.id = e.record_id`;

function ofObject(object: SyncObject | undefined): Prisma.Sql {
  return object === undefined ? Prisma.empty : Prisma.sql`AND object = ${object}`;
}

/** The condition for `sync_error e`, with words to search for also for its record `r`. */
function whereOf(connectionId: string, filter: ErrorFilter): Prisma.Sql {
  const open = filter.state === "open";
  const wishes = [
    Prisma.sql`e.connection_id = ${connectionId}::uuid`,
    open
      ? Prisma.sql`e.closed_at IS NULL`
      : Prisma.sql`e.closed_at IS NOT NULL AND e.closed_at > now() - make_interval(days => ${CLOSED_DAYS})`,
    ...searchWords(filter.search).map(matchWord),
  ];
  if (filter.object !== undefined) wishes.push(Prisma.sql`e.object = ${filter.object}`);
  if (filter.side !== undefined) wishes.push(Prisma.sql`e.side = ${filter.side}`);
  if (filter.category !== undefined) wishes.push(Prisma.sql`e.category = ${filter.category}`);
  if (filter.type !== undefined) wishes.push(Prisma.sql`e.type = ${filter.type}`);
  return Prisma.join(wishes, " AND ");
}

type FoundRow = Omit<StoredError, "remoteCode"> &
  Omit<StoredErrorRow["record"], "id"> & { recordId: string; remoteCode: string | null };

function toRow(found: FoundRow): StoredErrorRow {
  const { recordId, object, name, company, email, hubspotId, salesforceId, salesforceType, nextTryAt, ...error } =
    found;
  return {
    error: { ...error, remoteCode: error.remoteCode ?? "" },
    record: { id: recordId, object, name, company, email, hubspotId, salesforceId, salesforceType, nextTryAt },
  };
}
