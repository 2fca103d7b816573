import type { VirtualClock } from "../shared/clock";
import type { RowReader, SavedState } from "../shared/snapshot";
import { AssociationStore, type SavedAssociations, type SavedLink } from "./association-store";
import { ChangeFeed, type RecordRef } from "./change-feed";
import { CustomSchemas, typeOf } from "./custom-schemas";
import { EmailEventStore } from "./email-event-store";
import { FormStore } from "./form-store";
import { JournalStore } from "./journal-store";
import { ListStore, type SavedMember } from "./list-store";
import { OAuthState } from "./oauth-state";
import { ObjectStore } from "./object-store";
import { CONTACTS, listSpellings, OBJECT_TYPES, type ObjectType } from "./object-types";
import { makeOwners, type Owner } from "./owners";
import type { Change, CrmRecord } from "./record";
import type { Batch } from "./webhook-delivery";
import { WebhookStore } from "./webhook-store";

/** Everything but what there may be a million of. */
type SavedHead = {
  version: 2;
  stores: Record<string, ReturnType<ObjectStore["save"]>>;
  oauth: ReturnType<OAuthState["save"]>;
  associations?: SavedAssociations;
  lists?: ReturnType<ListStore["save"]>;
  forms?: ReturnType<FormStore["save"]>;
  emailEvents?: ReturnType<EmailEventStore["save"]>;
  webhooks?: ReturnType<WebhookStore["save"]>;
  journal?: ReturnType<JournalStore["save"]>;
  customSchemas?: ReturnType<CustomSchemas["save"]>;
};

/** Everything the HubSpot sandbox remembers; one portal. */
export class HubSpotState {
  /** What happens to the data; it outlives a reset, so that listeners need not come back. */
  readonly feed = new ChangeFeed();
  private stores = new Map<string, ObjectStore>();
  private bySpelling = new Map<string, ObjectStore>();
  associations: AssociationStore;
  lists: ListStore;
  customSchemas: CustomSchemas;
  forms: FormStore;
  emailEvents: EmailEventStore;
  readonly owners: readonly Owner[] = makeOwners();
  readonly oauth: OAuthState;
  readonly webhooks: WebhookStore;
  readonly journal: JournalStore;
  private readonly ownerIds = new Set(this.owners.filter((owner) => !owner.archived).map((owner) => owner.id));

  constructor(
    readonly clock: VirtualClock,
    saved?: SavedHead,
  ) {
    this.oauth = new OAuthState(clock, saved?.oauth);
    this.webhooks = new WebhookStore(clock, saved?.webhooks);
    this.journal = new JournalStore(clock, saved?.journal);
    this.customSchemas = new CustomSchemas(this, saved?.customSchemas);
    this.openStores(saved?.stores);
    this.associations = new AssociationStore(this.feed, saved?.associations);
    this.lists = new ListStore(this, saved?.lists);
    this.forms = new FormStore(saved?.forms);
    this.emailEvents = new EmailEventStore(saved?.emailEvents);
    this.feed.listen((event) => this.lists.follow(event));
    this.feed.listen((event) => this.webhooks.follow(event));
    this.feed.listen((event) => this.journal.follow(event));
  }

  /** Throws records and definitions away. Connected apps stay connected, so that a test may start over under them. */
  clear(): void {
    this.customSchemas = new CustomSchemas(this);
    this.openStores(undefined);
    this.associations = new AssociationStore(this.feed);
    this.lists = new ListStore(this);
    this.forms = new FormStore();
    this.emailEvents = new EmailEventStore();
    this.webhooks.delivery.reset();
    this.journal.reset();
  }

  /** The store of a type in any of its spellings, or undefined. */
  findStore(spelling: string): ObjectStore | undefined {
    return this.bySpelling.get(spelling.toLowerCase());
  }

  /** The store of a type that is known to be there. */
  storeOf(type: ObjectType): ObjectStore {
    const store = this.stores.get(type.name);
    if (!store) throw new Error(`the ${type.name} store is always there`);
    return store;
  }

  get contacts(): ObjectStore {
    return this.storeOf(CONTACTS);
  }

  listTypes(): ObjectType[] {
    return [...this.stores.values()].map((store) => store.type);
  }

  isOwner = (id: string): boolean => this.ownerIds.has(id);

  /** The live record that a reference names. */
  findRecord({ type, id }: RecordRef): CrmRecord | undefined {
    return this.storeOf(type).find(id);
  }

  /** An edit by a person in HubSpot's own pages, now. */
  makePersonChange(sourceType: Change["sourceType"] = "CRM_UI"): Change {
    const user = this.owners[1]?.userId ?? null;
    const isForm = sourceType === "FORM";
    return {
      at: this.clock.now(),
      sourceType,
      sourceId: isForm ? "contact-form" : `userId:${user}`,
      sourceLabel: null,
      userId: isForm ? null : user,
    };
  }

  save(): SavedState {
    const stores = Object.fromEntries([...this.stores].map(([name, store]) => [name, store.save()]));
    const head: SavedHead = {
      version: 2,
      stores,
      oauth: this.oauth.save(),
      associations: this.associations.save(),
      lists: this.lists.save(),
      forms: this.forms.save(),
      emailEvents: this.emailEvents.save(),
      webhooks: this.webhooks.save(),
      journal: this.journal.save(),
      customSchemas: this.customSchemas.save(),
    };
    return { head, rows: this.saveRows() };
  }

  private *saveRows(): SavedState["rows"] {
    for (const [name, store] of this.stores) for (const record of store.allKept()) yield [name, record];
    for (const link of this.associations.saveLinks()) yield ["*link", link];
    for (const member of this.lists.saveMembers()) yield ["*member", member];
    for (const batch of this.webhooks.delivery.save()) yield ["*batch", batch];
  }

  /** The portal of a snapshot's head, still without rows. Throws when the file is of another version. */
  static load(clock: VirtualClock, head: unknown): HubSpotState {
    if (typeof head !== "object" || head === null || (head as SavedHead).version !== 2) {
      throw new Error("the HubSpot sandbox's snapshot is of an unknown version; delete it to start over");
    }
    return new HubSpotState(clock, head as SavedHead);
  }

  /** Takes one row of a snapshot back. */
  readonly putSaved: RowReader = (part, row) => {
    if (part === "*link") this.associations.putSaved(row as SavedLink);
    else if (part === "*member") this.lists.putSaved(row as SavedMember);
    else if (part === "*batch") this.webhooks.delivery.putSaved(row as Batch);
    else {
      const store = this.stores.get(part);
      store?.putSaved(row as CrmRecord);
      // Nothing of it may wait for search: a million versions in a queue would be a second copy.
      store?.settle(this.clock.now());
    }
  };

  private openStores(saved: SavedHead["stores"] | undefined): void {
    this.stores = new Map();
    this.bySpelling = new Map();
    for (const type of [...OBJECT_TYPES, ...this.customSchemas.list().map(typeOf)]) {
      const kept = saved?.[type.name];
      this.openStore(kept ? ObjectStore.load(type, kept) : new ObjectStore(type));
    }
  }

  /** Forgets a custom object type. */
  closeStore(typeId: string): void {
    const store = this.findStore(typeId);
    if (!store) return;
    this.stores.delete(store.type.name);
    for (const spelling of listSpellings(store.type)) this.bySpelling.delete(spelling);
  }

  /** Takes a type into the portal; a custom one comes at run time. */
  openStore(store: ObjectStore): void {
    store.feed = this.feed;
    this.stores.set(store.type.name, store);
    for (const spelling of listSpellings(store.type)) this.bySpelling.set(spelling, store);
  }
}
