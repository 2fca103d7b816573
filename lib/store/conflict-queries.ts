import type { SalesforceType, Side, SyncObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";
import type { JournalChange } from "./journal";
import { readMomentCursor, writeMomentCursor } from "./moment-cursor";
import type { TriggerMark } from "./record-marks";

/** `from` ≤ at < `to`. `field`: the API name on either side. */
export type ConflictFilter = {
  object: SyncObject | undefined;
  field: string | undefined;
  winner: Side | undefined;
  from: Date | undefined;
  to: Date | undefined;
};

/** A settled sync with the changes of fields that had been edited on both sides; only those that the filter asks for. */
export type ConflictEntry = {
  id: string;
  at: Date;
  runId: string | null;
  by: string | null;
  triggers: TriggerMark[];
  changes: JournalChange[];
  recordId: string;
  object: SyncObject;
  name: string;
  company: string;
  hubspotId: string | null;
  salesforceId: string | null;
  salesforceType: SalesforceType | null;
};

/** Word for word the condition of journal_entry_conflict_idx: PostgreSQL only uses the index then. */
const HAS_CONFLICT = Prisma.sql`j.status = 'settled' AND j.changes @> '[{"conflict": true}]'`;

/** The latest conflicts that tell which fields there are to choose from. */
const FIELD_SAMPLE = 2_000;

/** One keyset page of syncs, newest first. A cursor that cannot be read begins at the newest. */
export async function listConflicts(
  connectionId: string,
  filter: ConflictFilter,
  page: { cursor: string | undefined; limit: number },
): Promise<{ entries: ConflictEntry[]; nextCursor: string | null }> {
  const before = readMomentCursor(page.cursor);
  const beyond = before ? Prisma.sql`AND (j.at, j.id) < (${before.at}, ${before.id}::uuid)` : Prisma.empty;
  const rows = await getDatabase().$queryRaw<ConflictEntry[]>`
    SELECT j.id, j.at, j.run_id AS "runId", j.by, j.triggers, j.changes, r.id AS "recordId", r.object, r.display_name AS name, r.company,
      r.hubspot_id AS "hubspotId", r.salesforce_id AS "salesforceId", r.salesforce_type AS "salesforceType"
    FROM journal_entry j JOIN sync_record r ON r.connection_id = j.connection_id AND r.id = j.record_id
    WHERE j.connection_id = ${connectionId}::uuid AND ${HAS_CONFLICT} ${whereOf(filter)} ${beyond}
    ORDER BY j.at DESC, j.id DESC LIMIT ${page.limit + 1}`;
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    entries: shown.map((row) => ({ ...row, changes: row.changes.filter((change) => isWanted(change, filter)) })),
    nextCursor: last ? writeMomentCursor(last) : null,
  };
}

/** HubSpot properties with their Salesforce fields that had conflicts lately, by name. */
export function listConflictFields(
  connectionId: string,
): Promise<
  { object: SyncObject; salesforceType: SalesforceType | null; hubspotProperty: string; salesforceField: string }[]
> {
  return cacheBriefly(
    `conflict fields ${connectionId}`,
    () =>
      getDatabase().$queryRaw`
      SELECT DISTINCT ON (c->>'hubspotProperty') r.object, r.salesforce_type AS "salesforceType",
        c->>'hubspotProperty' AS "hubspotProperty", c->>'salesforceField' AS "salesforceField"
      FROM (SELECT j.record_id, j.changes FROM journal_entry j WHERE j.connection_id = ${connectionId}::uuid AND ${HAS_CONFLICT}
        ORDER BY j.at DESC, j.id DESC LIMIT ${FIELD_SAMPLE}) latest
      JOIN sync_record r ON r.connection_id = ${connectionId}::uuid AND r.id = latest.record_id
      CROSS JOIN jsonb_array_elements(latest.changes) c WHERE c->'conflict' = 'true'::jsonb ORDER BY 3`,
  );
}

function whereOf({ object, field, winner, from, to }: ConflictFilter): Prisma.Sql {
  const wishes: Prisma.Sql[] = [];
  const change = { conflict: true, ...(winner === undefined ? {} : { winner }) };
  if (field !== undefined) {
    const named = [{ hubspotProperty: field }, { salesforceField: field }].map(
      (name) => Prisma.sql`j.changes @> ${JSON.stringify([{ ...change, ...name }])}::jsonb`,
    );
    wishes.push(Prisma.sql`(${Prisma.join(named, " OR ")})`);
  } else if (winner !== undefined) wishes.push(Prisma.sql`j.changes @> ${JSON.stringify([change])}::jsonb`);
  if (object !== undefined) wishes.push(Prisma.sql`r.object = ${object}`);
  if (from !== undefined) wishes.push(Prisma.sql`j.at >= ${from}`);
  if (to !== undefined) wishes.push(Prisma.sql`j.at < ${to}`);
  return wishes.length === 0 ? Prisma.empty : Prisma.sql`AND ${Prisma.join(wishes, " AND ")}`;
}

function isWanted(change: JournalChange, { field, winner }: ConflictFilter): boolean {
  if (!change.conflict || (winner !== undefined && change.winner !== winner)) return false;
  return field === undefined || change.hubspotProperty === field || change.salesforceField === field;
}
