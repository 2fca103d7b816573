import type { FeedEvent } from "./change-feed";
import { listChangedProperties } from "./change-feed";
import { OAUTH_APP_ID, PORTAL_ID } from "./ids";
import type { ObjectType } from "./object-types";
import type { Change, CrmRecord } from "./record";
import { listVersions } from "./record";

/** What an app asked to be told: `contact.creation`, or `object.creation` with an object type id. */
export type WebhookSubscription = {
  id: number;
  eventType: string;
  propertyName?: string | undefined;
  objectTypeId?: string | undefined;
  active: boolean;
  createdAt: string;
  updatedAt: string;
};
/** One event as it travels; `attemptNumber` counts from 0. */
export type WebhookEvent = Record<string, unknown> & { eventId: number; subscriptionId: number; attemptNumber: number };

/** The types that have event names of their own; all others are only told as `object.*`. */
const OWN_NAMES: Record<string, string> = { "0-1": "contact", "0-2": "company", "0-3": "deal", "0-5": "ticket" };
const OBJECT_EVENTS = ["creation", "deletion", "merge", "restore", "propertyChange", "associationChange"];

/** Every event type that can be subscribed to here. */
export const EVENT_TYPES: readonly string[] = [
  ...Object.values(OWN_NAMES).flatMap((name) => OBJECT_EVENTS.map((event) => `${name}.${event}`)),
  "contact.privacyDeletion",
  ...OBJECT_EVENTS.map((event) => `object.${event}`),
];

type Body = Record<string, unknown>;
type Happening = { type: ObjectType; name: string; property?: string; body: Body };

function describeSource(change: Change): Body {
  const sourceId = change.userId === null ? change.sourceId : `userId:${change.userId}`;
  return { changeSource: change.sourceType, ...(sourceId === null ? {} : { sourceId }) };
}

function propertyHappening(type: ObjectType, record: CrmRecord, property: string): Happening {
  const change = listVersions(record, property)[0]?.change ?? record.origin;
  return {
    type,
    name: "propertyChange",
    property,
    body: {
      objectId: Number(record.id),
      ...describeSource(change),
      propertyName: property,
      propertyValue: record.properties[property] ?? "",
      isSensitive: false,
    },
  };
}

/** What a change of the data is called in webhooks; one change may be several events. */
function listHappenings(event: FeedEvent): Happening[] {
  switch (event.kind) {
    case "creation": {
      const { type, record } = event;
      const body = { objectId: Number(record.id), ...describeSource(record.origin), changeFlag: "NEW" };
      const properties = Object.keys(record.properties).map((name) => propertyHappening(type, record, name));
      return [{ type, name: "creation", body }, ...properties];
    }
    case "propertyChange":
      return listChangedProperties(event.before, event.record, event.type).map((name) =>
        propertyHappening(event.type, event.record, name),
      );
    case "deletion":
    case "restore": {
      const changeFlag = event.kind === "deletion" ? "DELETED" : "RESTORED";
      const body = { objectId: Number(event.record.id), changeSource: "CRM_UI", changeFlag };
      return [{ type: event.type, name: event.kind, body }];
    }
    case "privacyDeletion": {
      const body = { objectId: Number(event.id), changeSource: "CRM_UI", changeFlag: "DELETED" };
      return [{ type: event.type, name: event.kind, body }];
    }
    case "merge": {
      const { type, record, loserIds, primaryId, movedProperties } = event;
      const body = {
        objectId: Number(record.id),
        changeSource: "CRM_UI",
        primaryObjectId: Number(primaryId),
        mergedObjectIds: loserIds.map(Number),
        newObjectId: Number(record.id),
        numberOfPropertiesMoved: movedProperties,
      };
      return [{ type, name: "merge", body }];
    }
    case "associationChange": {
      const { from, to, typeId, category } = event;
      const body = {
        changeSource: "CRM_UI",
        associationType: `${from.type.label}_TO_${to.type.label}`,
        associationTypeId: typeId,
        associationCategory: category,
        fromObjectId: Number(from.id),
        toObjectId: Number(to.id),
        fromObjectTypeId: from.type.typeId,
        toObjectTypeId: to.type.typeId,
        associationRemoved: event.removed,
        isPrimaryAssociation: event.isPrimary,
      };
      return [{ type: from.type, name: "associationChange", body }];
    }
    default:
      return [];
  }
}

function wants(subscription: WebhookSubscription, { type, name, property }: Happening): boolean {
  if (!subscription.active) return false;
  if (property !== undefined && subscription.propertyName !== property) return false;
  if (subscription.eventType === `object.${name}`) return subscription.objectTypeId === type.typeId;
  const own = OWN_NAMES[type.typeId];
  return own !== undefined && subscription.eventType === `${own}.${name}`;
}

const GENERIC_ONLY = ["associationTypeId", "associationCategory", "fromObjectTypeId", "toObjectTypeId"];

function shape(subscription: WebhookSubscription, { type, body }: Happening): Body {
  if (subscription.eventType.startsWith("object.")) return { ...body, objectTypeId: type.typeId };
  return Object.fromEntries(Object.entries(body).filter(([name]) => !GENERIC_ONLY.includes(name)));
}

/** The events that the subscriptions make of a change; `takeId` numbers them. */
export function makeWebhookEvents(
  event: FeedEvent,
  subscriptions: readonly WebhookSubscription[],
  takeId: () => number,
): WebhookEvent[] {
  if (subscriptions.length === 0) return [];
  return listHappenings(event).flatMap((happening) =>
    subscriptions
      .filter((subscription) => wants(subscription, happening))
      .map((subscription) => ({
        eventId: takeId(),
        subscriptionId: subscription.id,
        portalId: PORTAL_ID,
        appId: OAUTH_APP_ID,
        occurredAt: event.at,
        subscriptionType: subscription.eventType,
        attemptNumber: 0,
        ...shape(subscription, happening),
      })),
  );
}
