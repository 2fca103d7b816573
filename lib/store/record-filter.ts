import type { SyncObject } from "@/lib/decide/record-types";
import { Prisma } from "./generated/client";

/** As shown: "syncing" = leased by a worker now, "paused" = due while the connection is suspended. */
export type ShownState = "in_sync" | "due" | "syncing" | "failing" | "excluded" | "paused";

/** Members of a list: their HubSpot ids, or "inclusion_list" = whoever is kept as a member of the object's inclusion list. */
export type MemberFilter = readonly string[] | "inclusion_list";

export type RecordFilter = {
  object: SyncObject;
  search: string;
  state: ShownState | undefined;
  /** Type of the error that the record is shown with */
  error: string | undefined;
  /** Why it is excluded */
  reason: string | undefined;
  /** Only members of a list */
  members: MemberFilter | undefined;
};

/** The condition for `sync_record r JOIN connection c`. */
export function whereOf(connectionId: string, filter: RecordFilter): Prisma.Sql {
  const conditions = [Prisma.sql`r.connection_id = ${connectionId}::uuid AND r.object = ${filter.object}`];
  for (const word of searchWords(filter.search)) conditions.push(matchWord(word));
  if (filter.error !== undefined) conditions.push(Prisma.sql`r.error_type = ${filter.error}`);
  if (filter.reason !== undefined) conditions.push(Prisma.sql`r.exclusion_reason = ${filter.reason}`);
  if (filter.state) conditions.push(matchState(filter.state));
  if (filter.members !== undefined) conditions.push(matchMembers(connectionId, filter.object, filter.members));
  return Prisma.join(conditions, " AND ");
}

/** The words that all have to be found; at most eight. */
export function searchWords(search: string): string[] {
  const words = search.toLowerCase().replaceAll("\u0000", "").split(/\s+/);
  return words.filter((word) => word !== "").slice(0, 8);
}

/** For LIKE: what a person typed stands for itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function matchMembers(connectionId: string, object: SyncObject, members: MemberFilter): Prisma.Sql {
  if (members !== "inclusion_list") return Prisma.sql`r.hubspot_id = ANY(${[...members]}::text[])`;
  // Asked row by row, by its whole key: as a join it is planned badly as long as a freshly loaded list has no statistics.
  return Prisma.sql`(SELECT m.left_at IS NULL FROM inclusion_member m WHERE m.connection_id = ${connectionId}::uuid
    AND m.object = ${object} AND m.hubspot_id = r.hubspot_id)`;
}

function matchState(state: ShownState): Prisma.Sql {
  if (state === "syncing") return Prisma.sql`r.requested_version > r.synced_version AND r.lease_until > now()`;
  const free = Prisma.sql`(r.lease_until IS NULL OR r.lease_until <= now())`;
  if (state === "paused") return Prisma.sql`r.state = 'due' AND c.status = 'suspended' AND ${free}`;
  if (state === "due") return Prisma.sql`r.state = 'due' AND c.status <> 'suspended' AND ${free}`;
  return Prisma.sql`r.state = ${state} AND ${free}`;
}

/** One or two characters match beginnings of words only: the trigram index knows those, but not the middle of a word. */
export function matchWord(word: string): Prisma.Sql {
  const text = escapeLike(word);
  if ([...word].length > 2) return Prisma.sql`r.search_text LIKE ${`%${text}%`}`;
  return Prisma.sql`(r.search_text LIKE ${`${text}%`} OR r.search_text LIKE ${`% ${text}%`})`;
}
