import type { SyncObject } from "@/lib/decide/record-types";
import { cacheBriefly } from "./brief-cache";
import { getDatabase } from "./client";
import { Prisma } from "./generated/client";

/** How the members of a list stand; `unknown` = we have never looked at them. They add up to all members counted. */
export type ListStates = { in_sync: number; due: number; failing: number; excluded: number; unknown: number };

type Counted = { state: string | null; count: bigint };

/** Of these HubSpot ids. */
export async function countStatesOf(connectionId: string, object: SyncObject, ids: string[]): Promise<ListStates> {
  const members = [...new Set(ids)];
  const rows = await getDatabase().$queryRaw<Counted[]>`
    SELECT r.state, count(*) AS count FROM unnest(${members}::text[]) AS m(id)
    LEFT JOIN sync_record r ON ${isRecord(connectionId, object)} AND r.hubspot_id = m.id GROUP BY r.state`;
  return toStates(rows);
}

/** Of the members that are kept of the inclusion list. */
export function countMemberStates(connectionId: string, object: SyncObject): Promise<ListStates> {
  return cacheBriefly(`list states ${connectionId} ${object}`, async () => {
    const rows = await getDatabase().$queryRaw<Counted[]>`
      SELECT r.state, count(*) AS count FROM inclusion_member m
      LEFT JOIN sync_record r ON ${isRecord(connectionId, object)} AND r.hubspot_id = m.hubspot_id
      WHERE m.connection_id = ${connectionId}::uuid AND m.object = ${object} AND m.left_at IS NULL GROUP BY r.state`;
    return toStates(rows);
  });
}

function isRecord(connectionId: string, object: SyncObject): Prisma.Sql {
  return Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.object = ${object}`;
}

function toStates(rows: Counted[]): ListStates {
  const states: ListStates = { in_sync: 0, due: 0, failing: 0, excluded: 0, unknown: 0 };
  for (const { state, count } of rows) {
    if (state === null) states.unknown += Number(count);
    else if (state in states) states[state as keyof ListStates] += Number(count);
  }
  return states;
}
