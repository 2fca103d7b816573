import type { VirtualClock } from "../shared/clock";
import type { AssociationStore } from "./association-store";
import type { ChangeFeed } from "./change-feed";
import type { ObjectStore } from "./object-store";
import type { ObjectType } from "./object-types";

/** What lists and custom object types need of the portal that they belong to. */
export type Portal = {
  readonly clock: VirtualClock;
  readonly feed: ChangeFeed;
  readonly associations: AssociationStore;
  /** The store of a type in any of its spellings, or undefined. */
  findStore(spelling: string): ObjectStore | undefined;
  storeOf(type: ObjectType): ObjectStore;
  listTypes(): ObjectType[];
  openStore(store: ObjectStore): void;
  closeStore(typeId: string): void;
};
