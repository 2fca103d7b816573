/** One event of a HubSpot webhook, as far as it names records. Nothing of it is taken as data (spec T18). */
export type HubSpotEvent = {
  subscriptionType: string;
  appId?: number | undefined;
  objectId?: number | undefined;
  objectTypeId?: string | undefined;
  propertyName?: string | undefined;
  changeSource?: string | undefined;
  sourceId?: string | undefined;
  primaryObjectId?: number | undefined;
  mergedObjectIds?: number[] | undefined;
  newObjectId?: number | undefined;
  associationType?: string | undefined;
  fromObjectId?: number | undefined;
  toObjectId?: number | undefined;
  fromObjectTypeId?: string | undefined;
  toObjectTypeId?: string | undefined;
};

/** A record to look at. `type`: HubSpot's object type id or the Salesforce entity; no `fields` = any may have changed. */
export type WokenRecord = { type: string; remoteId: string; fields: string[] };

/** HubSpot's object type ids by the names that events and associations use. */
const TYPE_IDS: Record<string, string> = {
  contact: "0-1",
  company: "0-2",
  deal: "0-3",
  task: "0-27",
  note: "0-46",
  meeting: "0-47",
  call: "0-48",
  email: "0-49",
};
const KNOWN_TYPES = new Set(Object.values(TYPE_IDS));

/** Which records the events of one portal ask to read again, each once; what says nothing to us is left out. */
export function nameWokenRecords(events: readonly HubSpotEvent[]): WokenRecord[] {
  return coalesce(events.filter((event) => !isOwnEdit(event)).flatMap(namesOf));
}

/** One entry per record; if one of its events may have changed anything, so may the whole. */
export function coalesce(records: readonly WokenRecord[]): WokenRecord[] {
  const byKey = new Map<string, WokenRecord>();
  for (const record of records) {
    const key = `${record.type}/${record.remoteId}`;
    const known = byKey.get(key);
    if (!known) byKey.set(key, record);
    else if (known.fields.length > 0) {
      const isAny = record.fields.length === 0;
      byKey.set(key, { ...record, fields: isAny ? [] : [...new Set([...known.fields, ...record.fields])] });
    }
  }
  return [...byKey.values()];
}

/** Property changes and creations that our own app made; somebody else's change always has an event of its own. */
function isOwnEdit(event: HubSpotEvent): boolean {
  const isEdit = /\.(propertyChange|creation)$/.test(event.subscriptionType);
  return (
    isEdit &&
    event.changeSource === "INTEGRATION" &&
    event.appId !== undefined &&
    event.sourceId === String(event.appId)
  );
}

function namesOf(event: HubSpotEvent): WokenRecord[] {
  const [object = "", happening] = event.subscriptionType.split(".");
  const type = object === "object" ? event.objectTypeId : TYPE_IDS[object];
  if (happening === "associationChange") return endsOf(event);
  const fields = happening === "propertyChange" && event.propertyName ? [event.propertyName] : [];
  const merged = [event.primaryObjectId, event.newObjectId, ...(event.mergedObjectIds ?? [])];
  const ids = happening === "merge" ? [event.objectId, ...merged] : [event.objectId];
  return [...new Set(ids)].flatMap((id) => nameRecord(type, id, fields));
}

/** Both ends of an association; events without type ids spell them, "CONTACT_TO_COMPANY". */
function endsOf(event: HubSpotEvent): WokenRecord[] {
  const [from = "", to = ""] = (event.associationType ?? "").toLowerCase().split("_to_");
  return [
    ...nameRecord(event.fromObjectTypeId ?? TYPE_IDS[from], event.fromObjectId, []),
    ...nameRecord(event.toObjectTypeId ?? TYPE_IDS[to], event.toObjectId, []),
  ];
}

function nameRecord(type: string | undefined, id: number | undefined, fields: string[]): WokenRecord[] {
  if (type === undefined || !KNOWN_TYPES.has(type) || id === undefined || id <= 0) return [];
  return [{ type, remoteId: String(id), fields }];
}
