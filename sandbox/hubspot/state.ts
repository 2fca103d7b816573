import type { VirtualClock } from "../shared/clock";
import { OAuthState } from "./oauth-state";
import { ObjectStore } from "./object-store";
import { findObjectType, OBJECT_TYPES } from "./object-types";
import { makeOwners, type Owner } from "./owners";
import type { Change } from "./record";

type SavedState = {
  version: 1;
  stores: Record<string, ReturnType<ObjectStore["save"]>>;
  oauth: ReturnType<OAuthState["save"]>;
};

/** Everything the HubSpot sandbox remembers; one portal. */
export class HubSpotState {
  private stores: Map<string, ObjectStore>;
  readonly owners: readonly Owner[] = makeOwners();
  readonly oauth: OAuthState;
  private readonly ownerIds = new Set(this.owners.filter((owner) => !owner.archived).map((owner) => owner.id));

  constructor(
    readonly clock: VirtualClock,
    saved?: SavedState,
  ) {
    this.stores = openStores(saved?.stores);
    this.oauth = new OAuthState(clock, saved?.oauth);
  }

  /** Throws records and definitions away. Connected apps stay connected, so that a test may start over under them. */
  clear(): void {
    this.stores = openStores(undefined);
  }

  /** The store of a type in any of its spellings, or undefined. */
  findStore(spelling: string): ObjectStore | undefined {
    const type = findObjectType(spelling);
    return type && this.stores.get(type.name);
  }

  get contacts(): ObjectStore {
    const store = this.stores.get("contacts");
    if (!store) throw new Error("the contacts store is always there");
    return store;
  }

  isOwner = (id: string): boolean => this.ownerIds.has(id);

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
    return { version: 1, stores, oauth: this.oauth.save() };
  }

  /** Reads a snapshot. Throws when the file is of another version. */
  static load(clock: VirtualClock, saved: unknown): HubSpotState {
    if (typeof saved !== "object" || saved === null || (saved as SavedState).version !== 1) {
      throw new Error("the HubSpot sandbox's snapshot is of an unknown version; delete it to start over");
    }
    return new HubSpotState(clock, saved as SavedState);
  }
}

function openStores(saved: SavedState["stores"] | undefined): Map<string, ObjectStore> {
  return new Map(
    OBJECT_TYPES.map((type) => {
      const kept = saved?.[type.name];
      return [type.name, kept ? ObjectStore.load(type, kept) : new ObjectStore(type)];
    }),
  );
}
