import type { ListChoices, ListEffect, ListStatesView } from "@/lib/contracts/lists";
import { type HubSpotList, type HubSpotLists, LIST_OBJECT_TYPES } from "@/lib/crm/face";
import type { ConnectionSettings, InclusionList } from "@/lib/decide/connection-settings";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { listKeptOut, listNewlyIn, listNewlyOut, readList } from "@/lib/store/inclusion-lists";
import { countMemberStates, countStatesOf, type ListStates } from "@/lib/store/list-states";
import { findProblem, LIST_OBJECTS, type ListObject } from "./follow-lists";
import { openCrms } from "./open-crms";

/** 100,000 members: what is read of a list for a preview; about 40 s at HubSpot's pace. */
const PREVIEW_PAGES = 400;
/** 10,000 members: what is read to tell how a list stands; 4 s. */
const STATE_PAGES = 40;

/**
 * HubSpot's lists of one object, the chosen one marked. "not_connected" without a HubSpot account.
 * @throws CrmCallError
 */
export async function searchLists(
  connectionId: string,
  { object, query }: { object: ListObject; query: string },
): Promise<ListChoices | "not_connected"> {
  const connection = await readConnection(connectionId);
  if (!connection?.accounts.hubspot) return "not_connected";
  const { hubspot } = await openCrms(connectionId);
  const found = await hubspot.lists.search(LIST_OBJECT_TYPES[object], query);
  const chosen = connection.settings.inclusionLists[object]?.listId;
  return {
    lists: found.map(({ id, name, size, isActive }) => ({ id, name, size, isActive, isChosen: id === chosen })),
  };
}

/**
 * Who would newly sync and who would stop, were this the inclusion list; nothing is changed.
 * @throws CrmCallError
 */
export async function viewListEffect(
  connectionId: string,
  listId: string,
  object: ListObject,
): Promise<ListEffect | "not_connected" | "not_found"> {
  const found = await openList(connectionId, listId, object);
  if (typeof found === "string") return found;
  const { connection, lists, list } = found;
  const { members, isComplete } = await readMembers(lists, listId, PREVIEW_PAGES);
  const hasList = connection.settings.inclusionLists[object] !== null;
  const [wouldSync, wouldStop] = await Promise.all([
    listNewlyIn(connectionId, object, members, hasList),
    listNewlyOut(connectionId, object, members, hasList),
  ]);
  return { listId, name: list.name, size: list.size, isComplete, wouldSync, wouldStop };
}

/** Who would newly sync were there no inclusion list; nobody would stop. Reads our own tables only. */
export async function viewNoListEffect(connectionId: string, object: ListObject): Promise<ListEffect> {
  const wouldSync = await listKeptOut(connectionId, object);
  return { listId: "none", name: "", size: 0, isComplete: true, wouldSync, wouldStop: { count: 0, samples: [] } };
}

/**
 * How the members of a list stand with us. Those of the inclusion list are kept; of any other list the first 10,000 are
 * read.
 * @throws CrmCallError
 */
export async function viewListStates(
  connectionId: string,
  listId: string,
  object: ListObject,
): Promise<ListStatesView | "not_connected" | "not_found"> {
  const kept = await readList(connectionId, object);
  if (kept?.listId === listId && kept.state === "ready") {
    const states = await countMemberStates(connectionId, object);
    return { listId, size: kept.size, counted: sum(states), isComplete: true, states };
  }
  const found = await openList(connectionId, listId, object);
  if (typeof found === "string") return found;
  const { members, isComplete } = await readMembers(found.lists, listId, STATE_PAGES);
  const states = await countStatesOf(connectionId, object, members);
  return { listId, size: found.list.size, counted: sum(states), isComplete, states };
}

function sum(states: ListStates): number {
  return Object.values(states).reduce((total, count) => total + count, 0);
}

type OpenList = { connection: StoredConnection; lists: HubSpotLists; list: HubSpotList };

async function openList(
  connectionId: string,
  listId: string,
  object: ListObject,
): Promise<OpenList | "not_connected" | "not_found"> {
  const connection = await readConnection(connectionId);
  if (!connection?.accounts.hubspot) return "not_connected";
  const { hubspot } = await openCrms(connectionId);
  const list = await hubspot.lists.read(listId);
  if (list === null || list.objectTypeId !== LIST_OBJECT_TYPES[object]) return "not_found";
  return { connection, lists: hubspot.lists, list };
}

async function readMembers(
  lists: HubSpotLists,
  listId: string,
  maxPages: number,
): Promise<{ members: string[]; isComplete: boolean }> {
  const members: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await lists.readMembers(listId, after);
    members.push(...page.ids);
    after = page.next;
    if (after === null) break;
  }
  return { members, isComplete: after === null };
}

export type FieldRefusal = { path: string; message: string };

/**
 * G2: only an active list of the right object may be chosen. Answers the choices under the names that HubSpot has for
 * them, or what is wrong with them. A list that is chosen already is not asked again: it must not stand in the way of
 * other settings.
 * @throws CrmCallError
 */
export async function checkChosenLists(
  connection: StoredConnection,
  given: Partial<ConnectionSettings["inclusionLists"]>,
): Promise<{ lists: Partial<ConnectionSettings["inclusionLists"]>; refused: FieldRefusal[] }> {
  const lists: Partial<ConnectionSettings["inclusionLists"]> = {};
  const refused: FieldRefusal[] = [];
  for (const object of LIST_OBJECTS) {
    const wish = given[object];
    if (wish === undefined) continue;
    const current = connection.settings.inclusionLists[object];
    if (wish === null || wish.listId === current?.listId) lists[object] = wish === null ? null : current;
    else {
      const checked = await checkOne(connection, object, wish);
      if (typeof checked === "string") refused.push({ path: `inclusionLists.${object}.listId`, message: checked });
      else lists[object] = checked;
    }
  }
  return { lists, refused };
}

async function checkOne(
  connection: StoredConnection,
  object: ListObject,
  wish: InclusionList,
): Promise<InclusionList | string> {
  if (!connection.accounts.hubspot) return "hubspot_not_connected";
  if (!/^\d{1,20}$/.test(wish.listId)) return "list_deleted";
  const { hubspot } = await openCrms(connection.id);
  const list = await hubspot.lists.read(wish.listId);
  const problem = findProblem(list, object);
  return list === null || problem !== null ? `list_${problem ?? "deleted"}` : { listId: list.id, name: list.name };
}
