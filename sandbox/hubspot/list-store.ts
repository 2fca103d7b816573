import type { FeedEvent } from "./change-feed";
import { HubSpotError, notFound, validationError } from "./errors";
import {
  compileBranch,
  completeBranch,
  type FilterBranch,
  type FilterWorld,
  type ListTest,
  listReferences,
  looksAtAssociations,
  refuseBadRoot,
} from "./list-filter";
import { ListFolders, type SavedFolders } from "./list-folders";
import type { ObjectStore } from "./object-store";
import type { ObjectType } from "./object-types";
import type { Portal } from "./portal";
import type { CrmRecord } from "./record";

export type ProcessingType = "MANUAL" | "DYNAMIC" | "SNAPSHOT";
/** A list as it is kept; moments are epoch milliseconds. */
export type CrmList = {
  listId: string;
  listVersion: number;
  name: string;
  objectTypeId: string;
  processingType: ProcessingType;
  createdAt: number;
  updatedAt: number;
  filtersUpdatedAt: number;
  deletedAt: number | null;
  userId: number;
  filterBranch: FilterBranch | null;
  lastAddedAt: number | null;
  lastRemovedAt: number | null;
};
export type NewList = {
  name: string;
  objectTypeId: string;
  processingType: ProcessingType;
  filterBranch?: FilterBranch | null | undefined;
};
type SavedLists = { lists: CrmList[]; nextId: number; folders: SavedFolders };
/** Who joined which list when (epoch ms). */
export type SavedMember = [listId: string, recordId: string, at: number];
export type Changed = { added: string[]; removed: string[]; missing: string[] };

/** HubSpot refuses to copy from a list of this size or larger. */
const MAX_COPY = 100_000;

/** Lists and their members, with the moment each joined. Active lists follow every change of a record at once. */
export class ListStore {
  private readonly lists = new Map<string, CrmList>();
  private readonly members = new Map<string, Map<string, number>>();
  private readonly tests = new Map<string, ListTest>();
  private nextId: number;
  readonly folders: ListFolders;

  constructor(
    private readonly state: Portal,
    saved?: SavedLists,
  ) {
    this.nextId = saved?.nextId ?? 1;
    this.folders = new ListFolders(() => state.clock.now(), saved?.folders);
    for (const list of saved?.lists ?? []) this.open(list);
  }

  all(): CrmList[] {
    return [...this.lists.values()].filter((list) => list.deletedAt === null);
  }

  /** Throws 404 for unknown and deleted lists. */
  get(listId: string): CrmList {
    const list = this.lists.get(listId);
    if (!list || list.deletedAt !== null) throw listMissing(listId);
    return list;
  }

  findByName(objectTypeId: string, name: string): CrmList | undefined {
    return this.all().find((list) => list.objectTypeId === objectTypeId && list.name === name);
  }

  /** Members with the moment they joined, in the order they joined. */
  membersOf(listId: string): ReadonlyMap<string, number> {
    return this.members.get(listId) ?? new Map();
  }

  listsOf(objectTypeId: string, recordId: string): { list: CrmList; joinedAt: number }[] {
    return this.all().flatMap((list) => {
      const joinedAt = list.objectTypeId === objectTypeId ? this.membersOf(list.listId).get(recordId) : undefined;
      return joinedAt === undefined ? [] : [{ list, joinedAt }];
    });
  }

  /** Throws 400 for a taken name or a filter that cannot be. Active and snapshot lists are filled at once. */
  create(input: NewList, userId: number): CrmList {
    const now = this.state.clock.now();
    this.storeOf(input.objectTypeId);
    this.refuseTakenName(input.objectTypeId, input.name);
    if (input.processingType === "DYNAMIC" && !input.filterBranch) {
      throw validationError("A DYNAMIC list must have a filterBranch.");
    }
    if (input.filterBranch) refuseBadRoot(input.filterBranch);
    const list: CrmList = {
      listId: String(this.nextId),
      listVersion: 1,
      name: input.name,
      objectTypeId: input.objectTypeId,
      processingType: input.processingType,
      createdAt: now,
      updatedAt: now,
      filtersUpdatedAt: now,
      deletedAt: null,
      userId,
      filterBranch: input.filterBranch ? completeBranch(input.filterBranch) : null,
      lastAddedAt: null,
      lastRemovedAt: null,
    };
    this.open(list);
    this.nextId += 1;
    this.evaluateAll(list);
    return list;
  }

  rename(listId: string, name: string): CrmList {
    const list = this.get(listId);
    if (list.name !== name) this.refuseTakenName(list.objectTypeId, name);
    return this.put({ ...list, name });
  }

  changeFilters(listId: string, filterBranch: FilterBranch): CrmList {
    const list = this.get(listId);
    if (list.processingType !== "DYNAMIC") throw validationError("Only DYNAMIC lists have filters that can change.");
    refuseBadRoot(filterBranch);
    this.tests.set(listId, compileBranch(filterBranch, this.world));
    const next = this.put({
      ...list,
      filterBranch: completeBranch(filterBranch),
      filtersUpdatedAt: this.state.clock.now(),
    });
    this.evaluateAll(next);
    return next;
  }

  /** Turns an active list into a static one, which keeps its members. */
  makeStatic(listId: string): void {
    const list = this.get(listId);
    this.tests.delete(listId);
    this.put({ ...list, processingType: "MANUAL", filterBranch: null });
  }

  remove(listId: string): void {
    this.put({ ...this.get(listId), deletedAt: this.state.clock.now() });
  }

  /** HubSpot keeps deleted lists for 90 days; the sandbox keeps them. */
  restore(listId: string): void {
    const list = this.lists.get(listId);
    if (!list) throw listMissing(listId);
    const next = this.put({ ...list, deletedAt: null });
    if (next.processingType === "DYNAMIC") this.evaluateAll(next);
  }

  /** Adds and removes by hand. Throws 400 on active lists, whose members only the filters choose. */
  change(listId: string, add: readonly string[], remove: readonly string[]): Changed {
    const list = this.getEditable(listId);
    const store = this.storeOf(list.objectTypeId);
    const missing = add.filter((id) => !store.find(id));
    const added = add.filter((id) => store.find(id) && this.join(list, id));
    const removed = remove.filter((id) => this.leave(list, id));
    return { added, removed, missing };
  }

  addFrom(listId: string, sourceId: string): void {
    const source = this.membersOf(this.get(sourceId).listId);
    if (source.size >= MAX_COPY) throw validationError(`The source list has ${MAX_COPY} or more members.`);
    this.change(listId, [...source.keys()], []);
  }

  empty(listId: string): void {
    const list = this.getEditable(listId);
    for (const id of [...this.membersOf(listId).keys()]) this.leave(list, id);
  }

  /** Keeps active lists true after a change of the data. */
  follow(event: FeedEvent): void {
    if (event.kind === "listMembership") {
      const dependent = this.all().filter(
        (list) => list.filterBranch && listReferences(list.filterBranch).includes(event.listId),
      );
      for (const list of dependent) this.evaluate(list, event.recordId);
    } else if (event.kind === "associationChange") {
      this.followRecord(event.from.type, event.from.id);
    } else if (event.kind === "merge") {
      for (const loserId of event.loserIds) this.carryOver(event.type, loserId, event.record.id);
    } else {
      this.followRecord(event.type, event.kind === "privacyDeletion" ? event.id : event.record.id);
    }
  }

  save(): SavedLists {
    return { lists: [...this.lists.values()], nextId: this.nextId, folders: this.folders.save() };
  }

  *saveMembers(): Iterable<SavedMember> {
    for (const [listId, members] of this.members) for (const [id, at] of members) yield [listId, id, at];
  }

  /** Takes a membership back from a snapshot. */
  putSaved([listId, recordId, at]: SavedMember): void {
    this.openMembers(listId).set(recordId, at);
  }

  private readonly world: FilterWorld = {
    now: () => this.state.clock.now(),
    isMember: (listId, recordId) => this.membersOf(listId).has(recordId),
    listAssociated: (record, branch) => this.listAssociated(record, branch),
  };

  private listAssociated(record: CrmRecord, branch: FilterBranch) {
    const other = this.state.findStore(branch.objectTypeId ?? "");
    if (!other) return [];
    return this.state.listTypes().flatMap((type) => {
      if (!this.state.storeOf(type).find(record.id)) return [];
      const links = this.state.associations.list({ type, id: record.id }, other.type);
      const wanted = links.filter(
        (link) =>
          branch.associationTypeId === undefined || link.types.some((kind) => kind.typeId === branch.associationTypeId),
      );
      return wanted.flatMap((link) => {
        const found = other.find(link.id);
        return found ? [{ record: found, schema: other.schema }] : [];
      });
    });
  }

  private followRecord(type: ObjectType, id: string): void {
    for (const list of this.all()) {
      if (list.objectTypeId === type.typeId) this.evaluate(list, id);
      else if (list.filterBranch && looksAtAssociations(list.filterBranch)) {
        const target = this.storeOf(list.objectTypeId).type;
        for (const near of this.state.associations.listIds({ type, id }, target)) this.evaluate(list, near);
      }
    }
  }

  private carryOver(type: ObjectType, loserId: string, winnerId: string): void {
    for (const list of this.all()) {
      if (list.objectTypeId !== type.typeId) continue;
      const wasMember = this.leave(list, loserId);
      if (list.processingType === "DYNAMIC") this.evaluate(list, winnerId);
      else if (wasMember) this.join(list, winnerId);
    }
  }

  /** One record against one list: an active list lets it in or out, any list drops a record that is gone. */
  private evaluate(list: CrmList, id: string): void {
    const store = this.storeOf(list.objectTypeId);
    const record = store.find(id);
    const test = this.tests.get(list.listId);
    if (!record) this.leave(list, id);
    else if (list.processingType === "DYNAMIC" && test) {
      if (test(record, store.schema)) this.join(list, id);
      else this.leave(list, id);
    }
  }

  private evaluateAll(list: CrmList): void {
    const test = this.tests.get(list.listId);
    if (!test) return;
    const store = this.storeOf(list.objectTypeId);
    for (const record of store.all()) {
      if (test(record, store.schema)) this.join(list, record.id);
      else this.leave(list, record.id);
    }
  }

  private join(list: CrmList, recordId: string): boolean {
    const members = this.openMembers(list.listId);
    if (members.has(recordId)) return false;
    const at = this.state.clock.now();
    members.set(recordId, at);
    list.lastAddedAt = at;
    this.tell(list, recordId, at, false);
    return true;
  }

  private openMembers(listId: string): Map<string, number> {
    const members = this.members.get(listId) ?? new Map<string, number>();
    this.members.set(listId, members);
    return members;
  }

  private leave(list: CrmList, recordId: string): boolean {
    if (!this.members.get(list.listId)?.delete(recordId)) return false;
    list.lastRemovedAt = this.state.clock.now();
    this.tell(list, recordId, list.lastRemovedAt, true);
    return true;
  }

  private tell({ listId, objectTypeId }: CrmList, recordId: string, at: number, removed: boolean): void {
    this.state.feed.emit({ kind: "listMembership", at, listId, objectTypeId, recordId, removed });
  }

  private open(list: CrmList): void {
    if (list.filterBranch) this.tests.set(list.listId, compileBranch(list.filterBranch, this.world));
    this.lists.set(list.listId, list);
  }

  private put(list: CrmList): CrmList {
    const next = { ...list, listVersion: list.listVersion + 1, updatedAt: this.state.clock.now() };
    this.lists.set(list.listId, next);
    return next;
  }

  private getEditable(listId: string): CrmList {
    const list = this.get(listId);
    if (list.processingType === "DYNAMIC") {
      throw validationError("The list's membership cannot be modified because it is a DYNAMIC list.", {
        subCategory: "ILS.INVALID_LIST_PROCESSING_TYPE",
      });
    }
    return list;
  }

  private refuseTakenName(objectTypeId: string, name: string): void {
    if (!this.findByName(objectTypeId, name)) return;
    throw validationError(`A list with the name '${name}' already exists.`, {
      subCategory: "ILS.DUPLICATE_LIST_NAMES",
    });
  }

  private storeOf(objectTypeId: string): ObjectStore {
    const store = this.state.findStore(objectTypeId);
    if (!store) throw validationError(`Unable to infer object type from: ${objectTypeId}`);
    return store;
  }
}

function listMissing(listId: string): HubSpotError {
  return new HubSpotError(404, {
    ...notFound({ listId: [listId] }).body,
    message: `List does not exist with ID ${listId}.`,
    subCategory: "ILS.LIST_NOT_FOUND",
  });
}
