import { CrmCallError, type HubSpotCrm, type HubSpotList, LIST_OBJECT_TYPES } from "@/lib/crm/face";
import type { InclusionList } from "@/lib/decide/connection-settings";
import { inTransaction } from "@/lib/store/client";
import {
  closeMembers,
  countMembers,
  forgetList,
  type ListProblem,
  markEntered,
  markLeft,
  openList,
  readLists,
  type StoredList,
  saveList,
  saveMembers,
} from "@/lib/store/inclusion-lists";
import type { SyncContext } from "./load-sync-context";
import { newTrigger } from "./new-trigger";

export type ListObject = keyof typeof LIST_OBJECT_TYPES;
export const LIST_OBJECTS = Object.keys(LIST_OBJECT_TYPES) as ListObject[];

/** 50,000 members: what one check reads again of a long list at most; the next one goes on there. */
const PAGES_A_CHECK = 200;

type Follow = { contexts: SyncContext[]; hubspot: HubSpotCrm; checkNo: bigint; deadline: number };
type OneList = Follow & { connectionId: string; object: ListObject; context: SyncContext };

/**
 * G2, T13: brings the members of the chosen lists up to date. One call tells of all lists whether somebody joined or left;
 * newcomers cost one more, and all members are read again only when somebody left. Answers false while the members of a
 * newly chosen list are not complete: until then nobody is decided.
 */
export async function followLists(input: Follow): Promise<boolean> {
  const connectionId = input.contexts[0]?.connectionId;
  if (connectionId === undefined) return true;
  const stored = new Map((await readLists(connectionId)).map((list) => [list.object, list]));
  const chosen: { one: OneList; list: StoredList }[] = [];
  for (const object of LIST_OBJECTS) {
    const context = input.contexts.find((one) => one.object === object);
    if (!context) continue;
    const list = await openChosen(context, stored.get(object) ?? null);
    if (list && (object === "contact" || context.settings.objectSyncOn))
      chosen.push({ one: { ...input, connectionId, object, context }, list });
  }
  if (chosen.length === 0) return true;
  const seen = await input.hubspot.lists.readByIds([...new Set(chosen.map(({ list }) => list.listId))]);
  let complete = true;
  for (const { one, list } of chosen) {
    const now = seen.find((candidate) => candidate.id === list.listId) ?? null;
    complete = (await followList(one, list, now)) && complete;
  }
  return complete;
}

/** The list that the settings name: another one than before begins anew, without one nothing is kept. */
async function openChosen(context: SyncContext, stored: StoredList | null): Promise<StoredList | null> {
  const chosen: InclusionList | null = context.settings.inclusionList ?? null;
  if (chosen === null) {
    if (stored) await forgetList(context.connectionId, context.object);
    return null;
  }
  return stored?.listId === chosen.listId ? stored : openList(context.connectionId, context.object, chosen);
}

async function followList(one: OneList, stored: StoredList, seen: HubSpotList | null): Promise<boolean> {
  const { connectionId, object } = one;
  // Search may miss a list; that it is gone is believed only by HubSpot's own word about this one.
  const now = seen ?? (await one.hubspot.lists.read(stored.listId));
  const problem = findProblem(now, object);
  if (problem !== null || now === null) {
    await inTransaction((tx) => saveList(tx, connectionId, object, { state: "unusable", problem }));
    // Nothing was ever known of its members: nobody syncs, and the connection says why.
    return true;
  }
  if (stored.isLoading) return loadMembers(one, stored, now);
  const isSame = stored.addedAt === now.addedAt && stored.removedAt === now.removedAt;
  if (isSame && (await countMembers(connectionId, object)) === now.size && stored.state === "ready") {
    await inTransaction((tx) => saveList(tx, connectionId, object, { name: now.name, size: now.size }));
    return true;
  }
  if (stored.removedAt === now.removedAt && (await takeJoins(one, stored, now))) return true;
  const loadNo = stored.loadNo + 1;
  const reload = { loadNo, isLoading: true, loadCursor: null, joinCursor: null };
  await inTransaction((tx) => saveListQuietly(tx, one, reload));
  return loadMembers(one, { ...stored, ...reload }, now);
}

/** `checkedAt` stays: the members are not known anew before the reading ends. */
async function saveListQuietly(
  tx: Parameters<Parameters<typeof inTransaction>[0]>[0],
  { connectionId, object }: OneList,
  data: Partial<Pick<StoredList, "loadNo" | "isLoading" | "loadCursor" | "joinCursor">>,
): Promise<void> {
  await tx.inclusionList.update({ where: { connectionId_object: { connectionId, object } }, data });
}

/** Why the list cannot say who syncs; null = it can. */
export function findProblem(list: HubSpotList | null, object: ListObject): ListProblem | null {
  if (list === null) return "deleted";
  if (list.objectTypeId !== LIST_OBJECT_TYPES[object]) return "wrong_object";
  return list.isActive ? null : "not_active";
}

/** Reads the pages behind the last one known. Answers false when the numbers say that this was not all. */
async function takeJoins(one: OneList, stored: StoredList, now: HubSpotList): Promise<boolean> {
  const { connectionId, object } = one;
  let cursor = stored.joinCursor;
  for (let pages = 0; pages < PAGES_A_CHECK; pages += 1) {
    const page = await readPage(one, stored.listId, cursor);
    if (page === null) return false;
    await savePage(one, page.ids, stored.loadNo, false);
    if (page.next === null) break;
    cursor = page.next;
  }
  // Who left without HubSpot telling when, or joined unseen: only the whole list tells.
  if ((await countMembers(connectionId, object)) !== now.size) return false;
  await inTransaction((tx) => saveList(tx, connectionId, object, { ...readyState(now), joinCursor: cursor }));
  return true;
}

/** A place that HubSpot does not take any more (400) is no outage: the list is read from its beginning. */
async function readPage(one: OneList, listId: string, cursor: string | null) {
  try {
    return await one.hubspot.lists.readMembers(listId, cursor);
  } catch (error) {
    if (cursor !== null && error instanceof CrmCallError && error.failure.status === 400) return null;
    throw error;
  }
}

/** Reads all members, going on where the last check stopped; at the end, whoever was not seen has left. */
async function loadMembers(one: OneList, stored: StoredList, now: HubSpotList): Promise<boolean> {
  const { connectionId, object } = one;
  // Choosing a list syncs nobody (G2): its first reading is no entering.
  const isFirst = stored.loadNo === 1;
  let cursor = stored.loadCursor;
  for (let pages = 0; ; pages += 1) {
    // Nobody is decided before a first reading ends: it takes the time that there is.
    if ((!isFirst && pages >= PAGES_A_CHECK) || Date.now() > one.deadline) return !isFirst;
    const page = await readPage(one, stored.listId, cursor);
    if (page === null) cursor = null;
    else {
      await savePage(one, page.ids, stored.loadNo, isFirst, page.next);
      if (page.next === null) break;
      cursor = page.next;
    }
  }
  await inTransaction(async (tx) => {
    const left = await closeMembers(tx, connectionId, object, stored.loadNo);
    const needsRead = one.context.settings.whenDeleted?.hubspot === "delete";
    if (!isFirst)
      await markLeft(tx, connectionId, object, left, newTrigger("left_list", "hubspot", []), {
        checkNo: one.checkNo,
        needsRead,
      });
    await saveList(tx, connectionId, object, {
      ...readyState(now),
      isLoading: false,
      loadCursor: null,
      joinCursor: cursor,
    });
  });
  return true;
}

function readyState(now: HubSpotList) {
  const { name, size, addedAt, removedAt } = now;
  return { state: "ready" as const, problem: null, name, size, addedAt, removedAt };
}

async function savePage(
  one: OneList,
  ids: string[],
  loadNo: number,
  isFirst: boolean,
  next?: string | null,
): Promise<void> {
  const { connectionId, object, checkNo } = one;
  await inTransaction(async (tx) => {
    const entered = await saveMembers(tx, connectionId, object, ids, loadNo);
    const trigger = newTrigger("entered_list", "hubspot", []);
    if (!isFirst) await markEntered(tx, connectionId, object, entered, trigger, checkNo);
    if (next !== undefined) await saveListQuietly(tx, one, { loadCursor: next });
  });
}
