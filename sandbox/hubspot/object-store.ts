import type { ChangeFeed } from "./change-feed";
import { IdCounter } from "./ids";
import { LeanProperties } from "./lean-properties";
import type { ObjectType } from "./object-types";
import { PipelineSet } from "./pipelines";
import type { CrmRecord } from "./record";
import { PropertySchema } from "./schema";
import { SearchIndex } from "./search-index";
import { normaliseEmail } from "./values";

type SavedStore = {
  nextId: number;
  merged: [string, string][];
  schema: ReturnType<PropertySchema["save"]>;
  pipelines?: ReturnType<PipelineSet["save"]>;
};

/** All addresses of a contact, primary first. */
export function listEmails(record: CrmRecord): string[] {
  const { email, hs_additional_emails: more } = record.properties;
  return [email, ...(more?.split(";") ?? [])].filter((address): address is string => !!address);
}

/**
 * The records of one object type with the indexes that look-ups need: by id, by any address, by unique property.
 * Archived records stay readable by id, but give their addresses and unique values free.
 */
export class ObjectStore {
  readonly schema: PropertySchema;
  readonly search: SearchIndex;
  readonly pipelines: PipelineSet;
  readonly lean: LeanProperties;
  /** Told of every change; undefined while a snapshot is read. */
  feed: ChangeFeed | undefined;
  private readonly records = new Map<string, CrmRecord>();
  private readonly ids: IdCounter;
  /** Rising, because ids are handed out in order; erased ids stay in and are skipped. */
  private readonly orderedIds: string[] = [];
  private readonly archivedIds = new Set<string>();
  private readonly byEmail = new Map<string, string>();
  private readonly byUnique = new Map<string, Map<string, string>>();
  private readonly merged = new Map<string, string>();

  constructor(
    readonly type: ObjectType,
    saved?: Pick<SavedStore, "schema" | "pipelines">,
  ) {
    this.schema = new PropertySchema(type);
    if (saved) this.schema.load(saved.schema);
    this.lean = new LeanProperties(this.schema);
    this.pipelines = new PipelineSet(type, this.schema, saved?.pipelines);
    this.search = new SearchIndex(type);
    this.ids = new IdCounter(type.firstId);
  }

  /** Number of records that are neither archived nor erased. */
  get size(): number {
    return this.records.size - this.archivedIds.size;
  }

  takeId(): string {
    return this.ids.take();
  }

  /** The live record with exactly this id: batch calls do not follow merges. */
  find(id: string): CrmRecord | undefined {
    const record = this.records.get(id);
    return record?.archived ? undefined : record;
  }

  /** The live record of this id or of the record it was merged into: single calls follow merges. */
  resolve(id: string): CrmRecord | undefined {
    let target = id;
    for (let next = this.merged.get(target); next !== undefined; next = this.merged.get(target)) target = next;
    return this.find(target);
  }

  findArchived(id: string): CrmRecord | undefined {
    const record = this.records.get(id);
    return record?.archived ? record : undefined;
  }

  isMergedAway(id: string): boolean {
    return this.merged.has(id);
  }

  /** Finds by primary or additional address, any case. */
  findByEmail(email: string): CrmRecord | undefined {
    const id = this.byEmail.get(normaliseEmail(email));
    return id === undefined ? undefined : this.find(id);
  }

  findByUnique(property: string, value: string): CrmRecord | undefined {
    const id = this.byUnique.get(property)?.get(value);
    return id === undefined ? undefined : this.find(id);
  }

  /** Stores a lean copy of a version, replaces the one before in every index, queues it for the search index and answers it. */
  put(given: CrmRecord): CrmRecord {
    const before = this.records.get(given.id);
    const record = this.keep(given, before);
    this.tell(before, record);
    return record;
  }

  /** Takes a record back from a snapshot: nobody is told. Ids must come in rising order. */
  putSaved(record: CrmRecord): void {
    this.keep(this.lean.unite(record), undefined);
  }

  private keep(given: CrmRecord, before: CrmRecord | undefined): CrmRecord {
    const record = { ...given, properties: this.lean.pack(given.properties) };
    if (before) this.dropKeys(before);
    else this.orderedIds.push(record.id);
    this.records.set(record.id, record);
    if (record.archived) {
      this.archivedIds.add(record.id);
    } else {
      this.archivedIds.delete(record.id);
      this.addKeys(record);
    }
    this.search.enqueue(record.archivedAt ?? record.updatedAt, record.id, record.archived ? undefined : record);
    return record;
  }

  /** Lets search see everything up to `now` at once; the queue would otherwise hold every version of the sample data. */
  settle(now: number): void {
    this.search.settle(now);
  }

  /** Every live record, by rising id. */
  *all(): Iterable<CrmRecord> {
    for (const id of this.orderedIds) {
      const record = this.find(id);
      if (record) yield record;
    }
  }

  /** Every record, archived ones too, by rising id. */
  *allKept(): Iterable<CrmRecord> {
    for (const id of this.orderedIds) {
      const record = this.records.get(id);
      if (record) yield record;
    }
  }

  /** Erases a record for good (privacy deletion, or the losing side of a merge). */
  erase(id: string, at: number): void {
    const before = this.records.get(id);
    if (!before) return;
    this.dropKeys(before);
    this.records.delete(id);
    this.archivedIds.delete(id);
    this.search.enqueue(at, id, undefined);
  }

  /** From now on `loserId` leads to `winnerId` in single calls. */
  redirect(loserId: string, winnerId: string): void {
    this.merged.set(loserId, winnerId);
  }

  /** Up to `limit` records with an id above `after`, by rising id. */
  listPage(after: string | undefined, limit: number, archived: boolean): { records: CrmRecord[]; hasMore: boolean } {
    const ids = archived ? [...this.archivedIds].sort((a, b) => Number(a) - Number(b)) : this.orderedIds;
    const found: CrmRecord[] = [];
    for (let i = firstAbove(ids, Number(after ?? 0)); i < ids.length && found.length <= limit; i++) {
      const record = this.records.get(ids[i] ?? "");
      if (record && record.archived === archived) found.push(record);
    }
    return { records: found.slice(0, limit), hasMore: found.length > limit };
  }

  /** Builds the index of a property that just became unique; called when it is created, so there are no values yet. */
  indexUnique(property: string): void {
    if (!this.byUnique.has(property)) this.byUnique.set(property, new Map());
  }

  save(): SavedStore {
    return {
      nextId: this.ids.next,
      merged: [...this.merged],
      schema: this.schema.save(),
      ...(this.type.stage ? { pipelines: this.pipelines.save() } : {}),
    };
  }

  static load(type: ObjectType, saved: SavedStore): ObjectStore {
    const store = new ObjectStore(type, saved);
    for (const property of store.schema.listUnique()) store.indexUnique(property);
    for (const [loser, winner] of saved.merged) store.redirect(loser, winner);
    while (store.ids.next < saved.nextId) store.ids.take();
    return store;
  }

  private tell(before: CrmRecord | undefined, record: CrmRecord): void {
    const { feed, type } = this;
    if (!feed) return;
    if (!before) feed.emit({ kind: "creation", at: record.createdAt, type, record });
    else if (before.archived === record.archived && !record.archived) {
      feed.emit({ kind: "propertyChange", at: record.updatedAt, type, record, before });
    } else if (record.archived) feed.emit({ kind: "deletion", at: record.archivedAt ?? 0, type, record });
    else feed.emit({ kind: "restore", at: record.updatedAt, type, record });
  }

  private addKeys(record: CrmRecord): void {
    for (const email of listEmails(record)) this.byEmail.set(email, record.id);
    for (const [property, index] of this.byUnique) {
      const value = record.properties[property];
      if (value !== undefined) index.set(value, record.id);
    }
  }

  private dropKeys(record: CrmRecord): void {
    for (const email of listEmails(record)) if (this.byEmail.get(email) === record.id) this.byEmail.delete(email);
    for (const [property, index] of this.byUnique) {
      const value = record.properties[property];
      if (value !== undefined && index.get(value) === record.id) index.delete(value);
    }
  }
}

function firstAbove(ids: readonly string[], after: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(ids[middle]) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}
