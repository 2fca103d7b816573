import type { ErrorCategory, ErrorType } from "@/lib/decide/error-types";
import type { SalesforceType, Side, SyncObject, Values } from "@/lib/decide/record-types";
import { type DatabaseOrTransaction, getDatabase } from "./client";
import { Prisma } from "./generated/client";

/** Why a record is due: the code of the specification (T1…T19, "retry", …) and what moved. */
export type TriggerMark = { code: string; side: Side | null; fields: string[]; at: string; by: string | null };

/** What a check needs to know of a record to tell whether a reading is news. */
export type KnownRecord = {
  id: string;
  hubspotId: string | null;
  salesforceId: string | null;
  salesforceType: SalesforceType | null;
  hubspotBase: Values | null;
  salesforceBase: Values | null;
  /** This side's values as last read, when they differ from the base */
  seen: Values | null;
  /** This side's modification stamp, epoch ms */
  stamp: number | null;
  isDue: boolean;
  exclusionReason: string | null;
  deletedIn: Side | null;
};

/** One reading to remember, with the trigger when it makes the record due. */
export type ReadingMark = {
  remoteId: string;
  salesforceType: SalesforceType | null;
  values: Values;
  stamp: number;
  name: string;
  company: string;
  emails: string[];
  trigger: TriggerMark | null;
  /** Further reasons beside it */
  more?: TriggerMark[];
  /** The stamp cannot tell whether our own write came before or after: both sides are read again */
  needsRead: boolean;
};

const MAX_TRIGGERS = 20;

export async function findKnownRecords(
  connectionId: string,
  object: SyncObject,
  side: Side,
  remoteIds: string[],
): Promise<Map<string, KnownRecord>> {
  const idColumn = Prisma.raw(side === "hubspot" ? "hubspot_id" : "salesforce_id");
  const seenColumn = Prisma.raw(`${side}_seen`);
  const stampColumn = Prisma.raw(`${side}_stamp`);
  const rows = await getDatabase().$queryRaw<
    {
      id: string;
      hubspot_id: string | null;
      salesforce_id: string | null;
      salesforce_type: SalesforceType | null;
      hubspot_base: Values | null;
      salesforce_base: Values | null;
      seen: Values | null;
      stamp: Date | null;
      is_due: boolean;
      exclusion_reason: string | null;
      deleted_in: Side | null;
    }[]
  >`SELECT id, hubspot_id, salesforce_id, salesforce_type, hubspot_base, salesforce_base, ${seenColumn} AS seen,
      ${stampColumn} AS stamp, requested_version > synced_version AS is_due, exclusion_reason, deleted_in
    FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ${object} AND ${idColumn} = ANY(${remoteIds})`;
  return new Map(
    rows.map((row) => [
      (side === "hubspot" ? row.hubspot_id : row.salesforce_id) ?? "",
      {
        id: row.id,
        hubspotId: row.hubspot_id,
        salesforceId: row.salesforce_id,
        salesforceType: row.salesforce_type,
        hubspotBase: row.hubspot_base,
        salesforceBase: row.salesforce_base,
        seen: row.seen,
        stamp: row.stamp?.getTime() ?? null,
        isDue: row.is_due,
        exclusionReason: row.exclusion_reason,
        deletedIn: row.deleted_in,
      },
    ]),
  );
}

/**
 * Remembers readings and marks the due ones; a mark is a higher requested version, so marks of one record coalesce and
 * none is lost while a worker holds the record. A reading older than the one we hold is left out (read late, or
 * overtaken by our own write).
 */
export async function saveReadingMarks(
  db: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  side: Side,
  marks: ReadingMark[],
  checkNo: bigint,
): Promise<void> {
  if (marks.length === 0) return;
  const rows = JSON.stringify(
    marks.map((m) => ({
      remote_id: m.remoteId,
      salesforce_type: m.salesforceType,
      seen: m.values,
      stamp: new Date(m.stamp).toISOString(),
      name: m.name,
      company: m.company,
      emails: m.emails,
      triggers: m.trigger ? [m.trigger, ...(m.more ?? [])] : [],
      needs_read: m.needsRead,
    })),
  );
  await (side === "hubspot" ? saveHubSpotMarks : saveSalesforceMarks)(db, connectionId, object, rows, checkNo);
}

const RECORDSET = Prisma.sql`AS m(remote_id text, salesforce_type text, seen jsonb, stamp timestamptz, name text, company text, emails text[],
  triggers jsonb, needs_read boolean)`;

async function saveHubSpotMarks(
  db: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  rows: string,
  checkNo: bigint,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO sync_record AS r (connection_id, id, object, hubspot_id, state, email, other_emails, display_name, company, search_text,
      hubspot_seen, hubspot_stamp, requested_version, synced_version, triggers, needs_read, check_no)
    SELECT ${connectionId}::uuid, gen_random_uuid(), ${object}, m.remote_id, 'due', m.emails[1], m.emails[2:], m.name, m.company,
      lower(concat_ws(' ', m.name, m.company, array_to_string(m.emails, ' '), m.remote_id)),
      m.seen, m.stamp, 1, 0, m.triggers, m.needs_read, ${checkNo}
    FROM jsonb_to_recordset(${rows}::jsonb) ${RECORDSET}
    ORDER BY m.remote_id
    ON CONFLICT (connection_id, object, hubspot_id) DO UPDATE SET
      hubspot_seen = EXCLUDED.hubspot_seen, hubspot_stamp = EXCLUDED.hubspot_stamp,
      email = EXCLUDED.email, other_emails = EXCLUDED.other_emails, display_name = EXCLUDED.display_name, company = EXCLUDED.company,
      search_text = lower(concat_ws(' ', EXCLUDED.display_name, EXCLUDED.company, EXCLUDED.email, array_to_string(EXCLUDED.other_emails, ' '),
        r.hubspot_id, r.salesforce_id)),
      ${MARK_ASSIGNMENTS}
    WHERE r.hubspot_stamp IS NULL OR r.hubspot_stamp <= EXCLUDED.hubspot_stamp`;
}

/** The contact's name and addresses are HubSpot's where a pair has both; a lone Salesforce record shows its own. */
async function saveSalesforceMarks(
  db: DatabaseOrTransaction,
  connectionId: string,
  object: SyncObject,
  rows: string,
  checkNo: bigint,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO sync_record AS r (connection_id, id, object, salesforce_id, salesforce_type, state, email, other_emails, display_name, company,
      search_text, salesforce_seen, salesforce_stamp, requested_version, synced_version, triggers, needs_read, check_no)
    SELECT ${connectionId}::uuid, gen_random_uuid(), ${object}, m.remote_id, m.salesforce_type, 'due', m.emails[1], m.emails[2:], m.name, m.company,
      lower(concat_ws(' ', m.name, m.company, array_to_string(m.emails, ' '), m.remote_id)),
      m.seen, m.stamp, 1, 0, m.triggers, m.needs_read, ${checkNo}
    FROM jsonb_to_recordset(${rows}::jsonb) ${RECORDSET}
    ORDER BY m.remote_id
    ON CONFLICT (connection_id, object, salesforce_id) DO UPDATE SET
      salesforce_seen = EXCLUDED.salesforce_seen, salesforce_stamp = EXCLUDED.salesforce_stamp, salesforce_type = EXCLUDED.salesforce_type,
      email = CASE WHEN r.hubspot_id IS NULL THEN EXCLUDED.email ELSE r.email END,
      other_emails = CASE WHEN r.hubspot_id IS NULL THEN EXCLUDED.other_emails ELSE r.other_emails END,
      display_name = CASE WHEN r.hubspot_id IS NULL THEN EXCLUDED.display_name ELSE r.display_name END,
      company = CASE WHEN r.hubspot_id IS NULL OR r.company = '' THEN EXCLUDED.company ELSE r.company END,
      search_text = CASE WHEN r.hubspot_id IS NULL THEN EXCLUDED.search_text ELSE r.search_text END,
      ${MARK_ASSIGNMENTS}
    WHERE r.salesforce_stamp IS NULL OR r.salesforce_stamp <= EXCLUDED.salesforce_stamp`;
}

/** A reading without a trigger leaves version, state and waiting times alone. */
const MARK_ASSIGNMENTS = Prisma.sql`
  requested_version = r.requested_version + CASE WHEN jsonb_array_length(EXCLUDED.triggers) > 0 THEN 1 ELSE 0 END,
  state = CASE WHEN jsonb_array_length(EXCLUDED.triggers) > 0 THEN 'due' ELSE r.state END,
  requested_at = CASE WHEN jsonb_array_length(EXCLUDED.triggers) > 0 AND r.requested_version = r.synced_version THEN now() ELSE r.requested_at END,
  next_attempt_at = CASE WHEN jsonb_array_length(EXCLUDED.triggers) > 0 THEN now() ELSE r.next_attempt_at END,
  attempts = CASE WHEN jsonb_array_length(EXCLUDED.triggers) > 0 THEN 0 ELSE r.attempts END,
  check_no = CASE WHEN jsonb_array_length(EXCLUDED.triggers) = 0 THEN r.check_no
    WHEN r.requested_version > r.synced_version AND r.needs_read THEN r.check_no ELSE EXCLUDED.check_no END,
  triggers = CASE WHEN jsonb_array_length(r.triggers) >= ${Prisma.raw(String(MAX_TRIGGERS))} THEN r.triggers ELSE r.triggers || EXCLUDED.triggers END,
  needs_read = r.needs_read OR EXCLUDED.needs_read,
  updated_at = now()`;

/** Marks one known record by hand or by an event; both sides will be read again before anything is decided. */
export async function markRecordDue(connectionId: string, recordId: string, trigger: TriggerMark): Promise<boolean> {
  const count = await getDatabase().$executeRaw`
    UPDATE sync_record SET requested_version = requested_version + 1, triggers = triggers || ${JSON.stringify([trigger])}::jsonb, needs_read = true,
      check_no = 0, next_attempt_at = now(), requested_at = now(), updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND id = ${recordId}::uuid`;
  return count > 0;
}

/**
 * Marks known records that an event named (spec T18). Nothing of the event is taken as data: both sides are read again.
 * A record that another worker holds stays due after it.
 */
export async function markRecordsDue(
  db: DatabaseOrTransaction,
  connectionId: string,
  marks: { recordId: string; trigger: TriggerMark }[],
): Promise<void> {
  if (marks.length === 0) return;
  const rows = JSON.stringify(marks.map((m) => ({ id: m.recordId, trigger: m.trigger })));
  await db.$executeRaw`
    UPDATE sync_record r SET requested_version = r.requested_version + 1, state = 'due', needs_read = true, check_no = 0, attempts = 0,
      triggers = CASE WHEN jsonb_array_length(r.triggers) >= ${MAX_TRIGGERS} THEN r.triggers ELSE r.triggers || jsonb_build_array(m.trigger) END,
      requested_at = CASE WHEN r.requested_version = r.synced_version THEN now() ELSE r.requested_at END,
      next_attempt_at = now(), updated_at = now()
    FROM jsonb_to_recordset(${rows}::jsonb) AS m(id uuid, trigger jsonb)
    WHERE r.connection_id = ${connectionId}::uuid AND r.id = m.id`;
}

/** Our rows that hold one of these remote ids as one of these objects: remote id → row and object. */
export async function findRecordIds(
  connectionId: string,
  side: Side,
  objects: SyncObject[],
  remoteIds: string[],
): Promise<Map<string, { recordId: string; object: SyncObject }>> {
  const idColumn = Prisma.raw(side === "hubspot" ? "hubspot_id" : "salesforce_id");
  const rows = await getDatabase().$queryRaw<{ id: string; remote_id: string; object: SyncObject }[]>`
    SELECT id, object, ${idColumn} AS remote_id FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND object = ANY(${objects}) AND ${idColumn} = ANY(${remoteIds})`;
  return new Map(rows.map((row) => [row.remote_id, { recordId: row.id, object: row.object }]));
}

/** E3: failing records that wait for a change are tried again once a day. */
export async function markDailyRetries(connectionId: string, trigger: TriggerMark): Promise<number> {
  return getDatabase().$executeRaw`
    UPDATE sync_record SET requested_version = requested_version + 1, triggers = ${JSON.stringify([trigger])}::jsonb, needs_read = true,
      check_no = 0, requested_at = now(), updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND state = 'failing' AND requested_version = synced_version AND next_attempt_at <= now()`;
}

/** Which failures may be cured: of an object, of these types, or with one of these properties and fields at fault. */
export type MayBeCured = { object?: SyncObject; types?: readonly ErrorType[]; names?: readonly string[] };

/** Errors that name no field, although one is to blame. */
const MAY_NAME_NONE: readonly ErrorCategory[] = ["custom_code", "property_values", "mapping"];

/** E3: records that fail for what somebody just changed are tried again now, not tomorrow. Answers how many. */
export async function markMayBeCured(
  connectionId: string,
  { object, types, names }: MayBeCured,
  trigger: TriggerMark,
): Promise<number> {
  const wishes = [Prisma.sql`e.connection_id = ${connectionId}::uuid`, Prisma.sql`e.closed_at IS NULL`];
  if (object) wishes.push(Prisma.sql`e.object = ${object}`);
  if (types) wishes.push(Prisma.sql`e.type = ANY(${[...types]})`);
  if (names)
    wishes.push(Prisma.sql`(EXISTS (SELECT 1 FROM jsonb_array_elements(e.fields) f WHERE f ->> 'field' = ANY(${[...names]}))
      OR (e.fields = '[]'::jsonb AND e.category = ANY(${[...MAY_NAME_NONE]})))`);
  return getDatabase().$executeRaw`
    UPDATE sync_record r SET requested_version = r.requested_version + 1, needs_read = true, check_no = 0, next_attempt_at = now(),
      triggers = CASE WHEN jsonb_array_length(r.triggers) >= ${MAX_TRIGGERS} THEN r.triggers ELSE r.triggers || ${JSON.stringify([trigger])}::jsonb END,
      requested_at = CASE WHEN r.requested_version = r.synced_version THEN now() ELSE r.requested_at END, updated_at = now()
    WHERE r.connection_id = ${connectionId}::uuid AND r.state = 'failing'
      AND r.id IN (SELECT e.record_id FROM sync_error e WHERE ${Prisma.join(wishes, " AND ")})`;
}

/** E3: contacts that fail because another HubSpot contact had one of these addresses (lower case), which is free now. */
export async function markWaitingForAddress(
  connectionId: string,
  addresses: string[],
  trigger: TriggerMark,
): Promise<void> {
  await getDatabase().$executeRaw`
    UPDATE sync_record r SET requested_version = requested_version + 1, triggers = triggers || ${JSON.stringify([trigger])}::jsonb, needs_read = true,
      check_no = 0, next_attempt_at = now(), requested_at = now(), updated_at = now()
    WHERE connection_id = ${connectionId}::uuid AND object = 'contact' AND state = 'failing' AND error_type = 'email_in_use'
      AND lower(trim(COALESCE(salesforce_seen, salesforce_base)->>'Email')) = ANY(${addresses})`;
}

export async function countRemaining(connectionId: string): Promise<number> {
  const rows = await getDatabase().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS count FROM sync_record
    WHERE connection_id = ${connectionId}::uuid AND requested_version > synced_version AND next_attempt_at <= now()`;
  return Number(rows[0]?.count ?? 0);
}
