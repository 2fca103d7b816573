import { findMembers, readList } from "@/lib/store/inclusion-lists";
import { type Batch, openWorks, type RecordWork } from "./batch-work";
import { LIST_OBJECTS, type ListObject } from "./follow-lists";
import type { SyncContext } from "./load-sync-context";

/**
 * G2: tells of every record of the batch whether the inclusion list has it, by our own copy of the members (no remote
 * call). While the members of a newly chosen list are not complete the records stay due: nobody is decided on half a list.
 */
export async function markMembership(batch: Batch, works = openWorks(batch)): Promise<void> {
  const { connectionId, object } = batch.context;
  if (!hasList(batch.context) || works.length === 0) return;
  if (!(await isListKnown(batch.context))) {
    for (const work of works) work.deferred = true;
    return;
  }
  const ids = works.flatMap((w) => w.claimed.hubspotId ?? []);
  const members = await findMembers(connectionId, object, ids);
  for (const work of works) {
    const id = work.claimed.hubspotId;
    if (id === null) continue;
    const membership = members.get(id);
    work.inList = membership?.isIn ?? false;
    work.memberUntil = membership?.knownUntil?.getTime() ?? null;
  }
}

/** The list of an object that is off is not followed: its records are excluded for that. */
function hasList({ object, settings }: SyncContext): boolean {
  return settings.objectSyncOn && settings.inclusionList != null && isListObject(object);
}

/** Whether a check has read who is in the inclusion list, or there is none to read. */
export async function isListKnown(context: SyncContext): Promise<boolean> {
  if (!hasList(context)) return true;
  const list = await readList(context.connectionId, context.object);
  return list?.listId === context.settings.inclusionList?.listId && list?.state !== "loading";
}

function isListObject(object: string): object is ListObject {
  return (LIST_OBJECTS as readonly string[]).includes(object);
}

/** Outside the list (G2). */
export function isOutside(work: RecordWork): boolean {
  return work.inList === false;
}
