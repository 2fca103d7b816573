import type { VirtualClock } from "../shared/clock";
import type { FeedEvent } from "./change-feed";
import { listChangedProperties } from "./change-feed";
import { notFound, validationError } from "./errors";
import { digestOf, OAUTH_APP_ID, PORTAL_ID, uuidOf } from "./ids";
import { JournalFilters, type SavedFilters } from "./journal-filters";
import { JournalSnapshots, type SavedSnapshots } from "./journal-snapshots";
import type { CrmRecord } from "./record";

/** The webhooks journal's guide: entries are kept three days. */
const RETENTION_MS = 3 * 86_400_000;
/** An entry is closed when it holds so many events, or is older than a second. */
const MAX_EVENTS = 500;
const OPEN_MS = 1000;
const URL_MS = 5 * 60_000;

const ACTIONS: Record<string, readonly string[]> = {
  OBJECT: ["CREATE", "UPDATE", "DELETE", "MERGE", "RESTORE"],
  ASSOCIATION: ["ASSOCIATION_ADDED", "ASSOCIATION_REMOVED"],
  LIST_MEMBERSHIP: ["ADDED_TO_LIST", "REMOVED_FROM_LIST"],
  GDPR_PRIVACY_DELETION: ["GDPR_DELETE"],
  APP_LIFECYCLE_EVENT: [],
};

/** What an app asked the journal to hold; empty lists mean "all". */
export type JournalSubscription = {
  id: number;
  appId: number;
  subscriptionType: string;
  portalId: number;
  actions: string[];
  objectTypeId: string;
  associatedObjectTypeIds?: string[] | undefined;
  objectIds?: number[] | undefined;
  properties?: string[] | undefined;
  listIds?: number[] | undefined;
  eventTypeId?: string | undefined;
  createdAt: string;
  updatedAt: string;
};
type JournalEvent = Record<string, unknown>;
type Entry = { offset: string; at: number; events: JournalEvent[] };
type NewSubscription = Omit<JournalSubscription, "id" | "appId" | "objectTypeId" | "createdAt" | "updatedAt"> & {
  objectTypeId?: string | undefined;
};
type SavedJournal = {
  subscriptions: JournalSubscription[];
  entries: Entry[];
  nextId: number;
  counter: number;
  filters?: SavedFilters;
  snapshots?: SavedSnapshots;
};
type Happening = {
  type: string;
  action: string;
  objectTypeId: string;
  objectId: string;
  properties?: string[];
  otherTypeId?: string;
  listId?: string;
  /** What filters look at. */
  record?: CrmRecord;
  body: JournalEvent;
};

/** What a change of the data is in the journal; undefined = nothing that it holds. */
function describeChange(event: FeedEvent): Happening | undefined {
  const object = (action: string, id: string, typeId: string, body: JournalEvent = {}): Happening => ({
    type: "OBJECT",
    action,
    objectTypeId: typeId,
    objectId: id,
    body: { objectTypeId: typeId, objectId: Number(id), ...body },
  });
  switch (event.kind) {
    case "creation":
      return {
        ...object("CREATE", event.record.id, event.type.typeId, { propertyChanges: { ...event.record.properties } }),
        record: event.record,
      };
    case "propertyChange": {
      const names = listChangedProperties(event.before, event.record, event.type);
      const changes = Object.fromEntries(names.map((name) => [name, event.record.properties[name] ?? null]));
      const body = { propertyChanges: changes };
      return { ...object("UPDATE", event.record.id, event.type.typeId, body), properties: names, record: event.record };
    }
    case "deletion":
      return object("DELETE", event.record.id, event.type.typeId);
    case "restore":
      return object("RESTORE", event.record.id, event.type.typeId);
    case "merge": {
      const body = { primaryObjectId: Number(event.primaryId), mergedObjectIds: event.loserIds.map(Number) };
      return object("MERGE", event.record.id, event.type.typeId, body);
    }
    case "privacyDeletion":
      return { ...object("GDPR_DELETE", event.id, event.type.typeId), type: "GDPR_PRIVACY_DELETION" };
    case "listMembership": {
      const action = event.removed ? "REMOVED_FROM_LIST" : "ADDED_TO_LIST";
      const body = { listId: event.listId };
      return {
        ...object(action, event.recordId, event.objectTypeId, body),
        type: "LIST_MEMBERSHIP",
        listId: event.listId,
      };
    }
    default:
      return {
        type: "ASSOCIATION",
        action: event.removed ? "ASSOCIATION_REMOVED" : "ASSOCIATION_ADDED",
        objectTypeId: event.from.type.typeId,
        objectId: event.from.id,
        otherTypeId: event.to.type.typeId,
        body: {
          fromObjectId: Number(event.from.id),
          toObjectId: Number(event.to.id),
          fromObjectTypeId: event.from.type.typeId,
          toObjectTypeId: event.to.type.typeId,
          associationTypeId: event.typeId,
          associationCategory: event.category,
          isPrimary: event.isPrimary,
        },
      };
  }
}

function allows(list: readonly (string | number)[] | undefined, value: string | undefined): boolean {
  return !list?.length || list.some((one) => String(one) === value);
}

function wants(subscription: JournalSubscription, happening: Happening): boolean {
  const { properties } = happening;
  return (
    subscription.subscriptionType === happening.type &&
    allows(subscription.actions, happening.action) &&
    (happening.type === "LIST_MEMBERSHIP" || subscription.objectTypeId === happening.objectTypeId) &&
    allows(subscription.objectIds, happening.objectId) &&
    allows(subscription.associatedObjectTypeIds, happening.otherTypeId) &&
    allows(subscription.listIds, happening.listId) &&
    (!properties ||
      !subscription.properties?.length ||
      properties.some((name) => subscription.properties?.includes(name)))
  );
}

/** The ordered log that an app reads in files, with what it subscribed to. */
export class JournalStore {
  private subscriptions: JournalSubscription[];
  private entries: Entry[];
  private nextId: number;
  private counter: number;
  readonly filters: JournalFilters;
  readonly snapshots: JournalSnapshots;

  constructor(
    private readonly clock: VirtualClock,
    saved?: SavedJournal,
  ) {
    this.subscriptions = saved?.subscriptions ?? [];
    this.entries = saved?.entries ?? [];
    this.nextId = saved?.nextId ?? 41_001;
    this.counter = saved?.counter ?? 0;
    this.filters = new JournalFilters(saved?.filters);
    this.snapshots = new JournalSnapshots(clock, saved?.snapshots);
  }

  follow(event: FeedEvent): void {
    if (this.subscriptions.length === 0) return;
    const happening = describeChange(event);
    if (!happening || !this.subscriptions.some((one) => this.wants(one, happening))) return;
    const { type, action, body } = happening;
    this.write({ type, portalId: PORTAL_ID, occurredAt: new Date(event.at).toISOString(), action, ...body });
  }

  private wants(subscription: JournalSubscription, happening: Happening): boolean {
    if (!wants(subscription, happening)) return false;
    return !happening.record || this.filters.allows(subscription.id, happening.record.properties);
  }

  /** Puts a record as it is into the journal, because an app asked for it; no record = the snapshot fails. */
  takeSnapshot(objectTypeId: string, record: CrmRecord | undefined, properties: readonly string[]): string {
    if (!record) return this.snapshots.note("The object does not exist");
    const propertyChanges = Object.fromEntries(properties.map((name) => [name, record.properties[name] ?? null]));
    const occurredAt = new Date(this.clock.now()).toISOString();
    const what = { type: "OBJECT", portalId: PORTAL_ID, occurredAt, action: "SNAPSHOT" };
    this.write({ ...what, objectTypeId, objectId: Number(record.id), propertyChanges });
    return this.snapshots.note(null);
  }

  private write(event: JournalEvent): void {
    const last = this.entries.at(-1);
    const now = this.clock.now();
    const isOpen = last && last.events.length < MAX_EVENTS && now - last.at < OPEN_MS && !this.shown.has(last.offset);
    const entry = isOpen ? last : this.openEntry(now);
    entry.events.push(event);
  }

  list(): readonly JournalSubscription[] {
    return this.subscriptions;
  }

  /** Throws 404. */
  get(id: number): JournalSubscription {
    const subscription = this.subscriptions.find((one) => one.id === id);
    if (!subscription) throw notFound({ subscriptionId: [String(id)] });
    return subscription;
  }

  /** Throws 400 for an unknown type or action, or another portal. */
  create(input: NewSubscription): JournalSubscription {
    const known = ACTIONS[input.subscriptionType];
    if (!known) throw validationError(`Unknown subscriptionType ${input.subscriptionType}`);
    const bad = input.actions.find((action) => known.length > 0 && !known.includes(action));
    if (bad !== undefined) throw validationError(`Action ${bad} does not belong to ${input.subscriptionType}`);
    if (input.portalId !== PORTAL_ID) throw validationError(`The app is not installed in portal ${input.portalId}`);
    const at = new Date(this.clock.now()).toISOString();
    // Every reply names a type; a list's members are contacts unless something else is said.
    const objectTypeId = input.objectTypeId ?? "0-1";
    const subscription = { ...input, objectTypeId, id: this.nextId, appId: OAUTH_APP_ID, createdAt: at, updatedAt: at };
    this.nextId += 1;
    this.subscriptions = [...this.subscriptions, subscription];
    return subscription;
  }

  remove(id: number): void {
    this.get(id);
    this.subscriptions = this.subscriptions.filter((one) => one.id !== id);
    this.filters.forget(id);
  }

  removeAll(): void {
    for (const { id } of this.subscriptions) this.remove(id);
  }

  /** Up to `count` entries from the oldest kept one. */
  earliest(count: number): Entry[] {
    return this.show(this.kept().slice(0, count));
  }

  latest(count: number): Entry[] {
    return this.show(this.kept().slice(-count));
  }

  /** Up to `count` entries after this one. Throws 404 for an offset that is unknown or past the three days. */
  after(offset: string, count: number): Entry[] {
    const kept = this.kept();
    const index = kept.findIndex((one) => one.offset === offset);
    if (index < 0) throw notFound({ offset: [offset] });
    return this.show(kept.slice(index + 1, index + 1 + count));
  }

  /** Throws 404. */
  find(offset: string): Entry {
    const entry = this.kept().find((one) => one.offset === offset);
    if (!entry) throw notFound({ offset: [offset] });
    return entry;
  }

  /** Until when a download address is good, and the seal that proves it was given out here. */
  sign(offset: string, expiresAt = this.clock.now() + URL_MS): { expiresAt: number; seal: string } {
    return { expiresAt, seal: digestOf("journal", offset, expiresAt).slice(0, 32) };
  }

  /** What was logged is forgotten; subscriptions stay, like the app. */
  reset(): void {
    this.entries = [];
  }

  save(): SavedJournal {
    const { subscriptions, entries, nextId, counter } = this;
    return { subscriptions, entries, nextId, counter, filters: this.filters.save(), snapshots: this.snapshots.save() };
  }

  /** Entries that were handed out are closed: what comes later goes into a new one. */
  private readonly shown = new Set<string>();

  private show(entries: Entry[]): Entry[] {
    for (const entry of entries) this.shown.add(entry.offset);
    return entries;
  }

  private kept(): Entry[] {
    const since = this.clock.now() - RETENTION_MS;
    return this.entries.filter((one) => one.at >= since);
  }

  private openEntry(now: number): Entry {
    this.counter += 1;
    const entry: Entry = { offset: uuidOf("journal", this.counter, now), at: now, events: [] };
    this.entries.push(entry);
    return entry;
  }
}
