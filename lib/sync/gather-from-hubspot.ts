import type { AssociatedRecord, HubSpotObject } from "@/lib/crm/face";
import { isHubSpotObject } from "@/lib/crm/face";
import { triggerCodeOf } from "@/lib/decide/activity-news";
import { isActivityObject } from "@/lib/decide/activity-values";
import { composeActivity } from "@/lib/decide/compose-activity";
import { defaultOwner, personOnOtherSide } from "@/lib/decide/owner-of";
import { SALESFORCE_TYPES_OF, type Values } from "@/lib/decide/record-types";
import { TASK_TYPES } from "@/lib/decide/task-mappings";
import { findParents, type ParentRecord, triggerRecords } from "@/lib/store/parent-records";
import type { TriggerMark } from "@/lib/store/record-marks";
import { parentKey } from "@/lib/store/record-outcomes";
import type { Batch, RecordWork } from "./batch-work";
import { newTrigger } from "./new-trigger";

type Parents = Map<string, ParentRecord>;
/** Whom one activity belongs to in Salesforce. */
type Place = { who: ParentRecord; whatId: string | null };

/**
 * HubSpot → Salesforce: WhoId is the first associated contact that is in sync, in the order of their ids; one contact a
 * record (further ones would be TaskRelations). WhatId is a paired deal, else a paired company; a lead can have none.
 */
export async function gatherFromHubSpot(batch: Batch, works: RecordWork[]): Promise<void> {
  const { object } = batch.context;
  // A task that both sides have keeps its contact: only its own values travel.
  const asking = works.filter((work) => work.hubspot && !(object === "task" && work.salesforce));
  for (const work of works.filter((one) => !asking.includes(one))) work.hasContact = true;
  if (asking.length === 0 || !isHubSpotObject(object)) return;
  const associated = await readAssociated(batch, object, "contact", asking);
  const contacts = await findParents(batch.context.connectionId, "contact", "hubspot", idsOf(associated));
  await triggerContacts(batch, asking, associated, contacts);
  const ready: { work: RecordWork; who: ParentRecord }[] = [];
  for (const work of asking) {
    const own = associated.get(work) ?? [];
    work.hasContact = own.length > 0;
    const who = own.map((id) => contacts.get(id)).find((contact) => contact?.isInSync);
    if (who) ready.push({ work, who });
    else work.waitsFor = own.map((id) => parentKey("contact", "hubspot", id));
  }
  const whats = await findWhats(batch, object, ready);
  for (const { work, who } of ready) placeWork(batch, work, { who, whatId: whats.get(work) ?? null });
}

type Associated = Map<RecordWork, string[]>;

/** Ids in their order: HubSpot promises none, and the same contact must be first every time. */
async function readAssociated(
  batch: Batch,
  from: HubSpotObject,
  to: HubSpotObject,
  works: RecordWork[],
): Promise<Associated> {
  const ids = works.flatMap((work) => work.hubspot?.id ?? []);
  const found = ids.length > 0 ? await batch.crms.hubspot.readAssociations(from, to, ids) : new Map();
  return new Map(
    works.map((work) => {
      work.calls += 1;
      const own: AssociatedRecord[] = found.get(work.hubspot?.id ?? "") ?? [];
      const sorted = own.map(({ id }) => id).toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
      return [work, [...new Set(sorted)]];
    }),
  );
}

function idsOf(associated: Associated): string[] {
  return [...new Set([...associated.values()].flat())];
}

/** T4–T9: an activity that is seen for the first time makes its contacts due, each once for each kind. */
async function triggerContacts(
  batch: Batch,
  works: RecordWork[],
  associated: Associated,
  contacts: Parents,
): Promise<void> {
  const code = triggerCodeOf(batch.context.object);
  const isNew = (work: RecordWork) =>
    work.claimed.attempts === 0 && work.claimed.triggers.some((trigger) => trigger.code === code);
  const due = new Map<string, TriggerMark[]>();
  for (const work of works.filter(isNew)) {
    for (const id of associated.get(work) ?? []) {
      const contact = contacts.get(id);
      if (contact && code !== null) due.set(contact.recordId, [newTrigger(code, "hubspot", [])]);
    }
  }
  await triggerRecords(
    batch.context.connectionId,
    [...due].map(([recordId, triggers]) => ({ recordId, triggers })),
  );
}

/** The paired deal, else company, of activities of a contact; neither is asked for where it does not sync. */
async function findWhats(
  batch: Batch,
  object: HubSpotObject,
  ready: { work: RecordWork; who: ParentRecord }[],
): Promise<Map<RecordWork, string>> {
  const { connectionId, connection } = batch.context;
  const found = new Map<RecordWork, string>();
  for (const parent of ["deal", "company"] as const) {
    const open = ready.filter(({ work, who }) => who.salesforceType === "Contact" && !found.has(work));
    if (!connection.settings[parent].on || open.length === 0) continue;
    const works = open.map(({ work }) => work);
    const associated = await readAssociated(batch, object, parent, works);
    const parents = await findParents(connectionId, parent, "hubspot", idsOf(associated));
    for (const work of works) {
      const paired = (associated.get(work) ?? []).map((id) => parents.get(id)?.salesforceId ?? null);
      const first = paired.find((id) => id !== null);
      if (first) found.set(work, first);
    }
  }
  return found;
}

/** What the activity is written with, once it is known whom it belongs to. */
export function placeWork(batch: Batch, work: RecordWork, place: Place): void {
  const { object } = batch.context;
  const links = { WhoId: place.who.salesforceId, WhatId: place.whatId };
  const held = work.hubspot?.values ?? {};
  if (!isActivityObject(object)) {
    const TaskSubtype = TASK_TYPES[String(held.hs_task_type ?? "")] ?? "Task";
    work.additions.salesforce = { ...links, TaskSubtype, ...ownerOf(batch, held, place) };
    return;
  }
  const type = SALESFORCE_TYPES_OF[object][0] ?? "Task";
  const base = work.claimed.base;
  work.copy = {
    side: "salesforce",
    type,
    values: { ...compose(batch, held), ...links, ...ownerOf(batch, held, place) },
    before: base && {
      ...compose(batch, base.hubspot),
      ...pick(base.salesforce, Object.keys(links)),
      ...ownerOf(batch, base.hubspot, place),
    },
  };
}

function compose(batch: Batch, values: Values): Values {
  const { object, settings } = batch.context;
  if (!settings.activity || !isActivityObject(object)) return {};
  const { language, timeZone, words } = settings.activity;
  return composeActivity({ object, values, language, timeZone, words }).values;
}

/** O1: the same person, else the owner of the contact, else the default user; nobody leaves it to Salesforce. */
function ownerOf(batch: Batch, values: Values, { who }: Place): Values {
  const { settings, connection } = batch.context;
  const same = personOnOtherSide("hubspot", values.hubspot_owner_id, settings);
  if (same !== null) return { OwnerId: same };
  // A queue owns no activity.
  const isUser = who.salesforceOwner?.startsWith("005") && settings.salesforceUsers[who.salesforceOwner]?.active;
  const owner = isUser ? who.salesforceOwner : defaultOwner(connection.settings.owners, settings);
  return owner === null ? {} : { OwnerId: owner };
}

function pick(values: Values, names: string[]): Values {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}
