import type { ListChoices, ListEffect, ListStatesView } from "@/lib/contracts/lists";
import { LIST_OBJECT_TYPES } from "@/lib/crm/face";
import type { ConnectionSettings, InclusionList } from "@/lib/decide/connection-settings";
import { readConnection, type StoredConnection } from "@/lib/store/connections";
import { listKeptOut, listNewlyIn, listNewlyOut, readList } from "@/lib/store/inclusion-lists";
import { countMemberStates, countStatesOf, type ListStates } from "@/lib/store/list-states";
import { findProblem, LIST_OBJECTS, type ListObject } from "./follow-lists";
import { openHubSpotList, readMembers, SHOWN_MEMBERS } from "./list-members";
import { openCrms } from "./open-crms";

/** What is read of a list for a preview; about 40 s at HubSpot's pace. */
const PREVIEWED_MEMBERS = 100_000;

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
  const { lists, hasMore } = await hubspot.lists.search(LIST_OBJECT_TYPES[object], query);
  const chosen = connection.settings.inclusionLists[object]?.listId;
  return {
    lists: lists.map(({ id, name, size, isActive }) => ({ id, name, size, isActive, isChosen: id === chosen })),
    hasMore,
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
  const found = await openHubSpotList(connectionId, listId, object);
  if (typeof found === "string") return found;
  const { connection, lists, list } = found;
  const { members, isComplete } = await readMembers(lists, listId, PREVIEWED_MEMBERS);
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
  const found = await openHubSpotList(connectionId, listId, object);
  if (typeof found === "string") return found;
  const { members, isComplete } = await readMembers(found.lists, listId, SHOWN_MEMBERS);
  const states = await countStatesOf(connectionId, object, members);
  return { listId, size: found.list.size, counted: sum(states), isComplete, states };
}

function sum(states: ListStates): number {
  return Object.values(states).reduce((total, count) => total + count, 0);
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
