import { type HubSpotList, type HubSpotLists, LIST_OBJECT_TYPES } from "@/lib/crm/face";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { listMemberIds, readList } from "@/lib/store/inclusion-lists";
import type { MemberFilter } from "@/lib/store/record-filter";
import type { ListObject } from "./follow-lists";
import { openCrms } from "./open-crms";

/** HubSpot's largest page of members. */
const PAGE_SIZE = 250;
/** 10,000 members: what is read of a list to show how it stands; 4 s at HubSpot's pace. */
export const SHOWN_MEMBERS = 10_000;
/** Whoever looks through a list's members turns pages and filters: until then they are not asked for again, ms. */
const REMEMBERED_MS = 60_000;
const LISTS_REMEMBERED = 20;

export type ReadMembers = { members: string[]; isComplete: boolean };
type OpenList = { connection: StoredConnection; lists: HubSpotLists; list: HubSpotList };
type ListRefusal = "not_connected" | "not_found";

/**
 * The list in HubSpot, if it is one of this object.
 * @throws CrmCallError
 */
export async function openHubSpotList(
  connectionId: string,
  listId: string,
  object: ListObject,
): Promise<OpenList | ListRefusal> {
  const connection = await readConnection(connectionId);
  if (!connection?.accounts.hubspot) return "not_connected";
  const { hubspot } = await openCrms(connectionId);
  const list = await hubspot.lists.read(listId);
  if (list === null || list.objectTypeId !== LIST_OBJECT_TYPES[object]) return "not_found";
  return { connection, lists: hubspot.lists, list };
}

/** @throws CrmCallError */
export async function readMembers(lists: HubSpotLists, listId: string, most: number): Promise<ReadMembers> {
  const members: string[] = [];
  let after: string | null = null;
  do {
    const page = await lists.readMembers(listId, after);
    members.push(...page.ids);
    after = page.next;
  } while (after !== null && members.length + PAGE_SIZE <= most);
  return { members, isComplete: after === null };
}

export type ListMembers = {
  name: string;
  /** false: the list is longer than what is read of it to be shown */
  isComplete: boolean;
  members: MemberFilter;
};

type Remembered = { at: number; found: Promise<ListMembers | ListRefusal> };
const remembered = new Map<string, Remembered>();

/**
 * Whom a page of records is narrowed to. The members of the inclusion list are kept with us; of any other list the first
 * 10,000 are read, at most once a minute.
 * @throws CrmCallError
 */
export async function findListMembers(
  connectionId: string,
  listId: string,
  object: ListObject,
): Promise<ListMembers | ListRefusal> {
  const kept = await readList(connectionId, object);
  if (kept?.listId === listId && kept.state === "ready") {
    const members = await listMemberIds(connectionId, object, SHOWN_MEMBERS + 1);
    const isLong = members.length > SHOWN_MEMBERS;
    return { name: kept.name, isComplete: true, members: isLong ? "inclusion_list" : members };
  }
  const key = `${connectionId} ${object} ${listId}`;
  const known = remembered.get(key);
  if (known && Date.now() - known.at < REMEMBERED_MS) return known.found;
  const found = readAnew(connectionId, listId, object);
  remembered.delete(key);
  remembered.set(key, { at: Date.now(), found });
  const [oldest] = remembered.keys();
  if (remembered.size > LISTS_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  found.catch(() => remembered.delete(key));
  return found;
}

async function readAnew(connectionId: string, listId: string, object: ListObject): Promise<ListMembers | ListRefusal> {
  const open = await openHubSpotList(connectionId, listId, object);
  if (typeof open === "string") return open;
  const { members, isComplete } = await readMembers(open.lists, listId, SHOWN_MEMBERS);
  return { name: open.list.name, isComplete, members };
}
