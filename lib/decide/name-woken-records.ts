import { HUBSPOT_TYPE_IDS } from "./hubspot-type-ids";
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

const OBJECTS = Object.keys(HUBSPOT_TYPE_IDS) as (keyof typeof HUBSPOT_TYPE_IDS)[];

/** The object of a HubSpot object type id; undefined for one that we do not sync. */
export function objectOfTypeId(typeId: string): keyof typeof HUBSPOT_TYPE_IDS | undefined {
  return OBJECTS.find((object) => HUBSPOT_TYPE_IDS[object] === typeId);
}

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
  const type = object === "object" ? event.objectTypeId : typeIdOf(object);
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
    ...nameRecord(event.fromObjectTypeId ?? typeIdOf(from), event.fromObjectId, []),
    ...nameRecord(event.toObjectTypeId ?? typeIdOf(to), event.toObjectId, []),
  ];
}

function nameRecord(type: string | undefined, id: number | undefined, fields: string[]): WokenRecord[] {
  if (type === undefined || objectOfTypeId(type) === undefined || id === undefined || id <= 0) return [];
  return [{ type, remoteId: String(id), fields }];
}

function typeIdOf(object: string): string | undefined {
  return OBJECTS.some((known) => known === object)
    ? HUBSPOT_TYPE_IDS[object as keyof typeof HUBSPOT_TYPE_IDS]
    : undefined;
}
