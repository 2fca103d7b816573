import { TextPool } from "../shared/text-pool";
import type { ObjectDef } from "./schema";

export type Value = string | number | boolean | null;
/** A record by canonical field names. Dates are stored as they are answered: `2026-11-23T10:00:05.000+0000`. */
export type Row = Record<string, Value> & { Id: string; SystemModstamp: string; IsDeleted: boolean };

/** One id, or several: nearly every value belongs to one row, and a Set for each would cost more than the row's own text. */
type Ids = string | Set<string>;
type StampEntry = { stamp: string; id: string };
type Pending = { until: number; before: Row | undefined };

/** Values of these types hardly ever stand in two rows. */
const OWN_TYPES = new Set(["id", "email", "phone", "textarea", "datetime"]);
/** References by which children are looked up often; an index on all of them would cost memory for nothing. */
const PARENT_FIELDS = new Set(["AccountId", "LeadId", "ContactId", "WhoId", "WhatId", "CampaignId", "OpportunityId"]);

/**
 * All rows of one object, with indexes: by id, by value of the indexed fields (case-insensitive), and by SystemModstamp.
 * Deleted rows stay, with IsDeleted = true.
 */
export class Table {
  private readonly rows = new Map<string, Row>();
  private readonly values = new Map<string, Map<string, Ids>>();
  private stamps: StampEntry[] = [];
  private readonly currentStamp = new Map<string, StampEntry>();
  private readonly pending = new Map<string, Pending>();
  private template: Record<string, Value> | undefined;
  private templateFields = 0;
  private readonly texts = new TextPool();
  nextNumber = 1;

  constructor(
    readonly def: ObjectDef,
    private readonly now: () => number,
  ) {
    for (const field of def.fields) {
      const parent = PARENT_FIELDS.has(field.name) || (field.type === "reference" && field.name.endsWith("__c"));
      if (field.idLookup || field.externalId || field.unique || parent) this.values.set(field.name, new Map());
    }
  }

  /** Whether some rows are still seen in an older version: then `readSince` is not in order. */
  get hasPending(): boolean {
    return this.pending.size > 0;
  }

  /** The newest version, also when others cannot see it yet. */
  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  /** What a reader sees: the version before, while a person's transaction has not committed. */
  read(id: string): Row | undefined {
    const pending = this.pending.get(id);
    if (!pending) return this.rows.get(id);
    if (this.now() < pending.until) return pending.before;
    this.pending.delete(id);
    return this.rows.get(id);
  }

  /** Every row a reader sees, in no order. */
  *readAll(): Generator<Row> {
    for (const row of this.rows.values()) {
      const seen = this.pending.size === 0 ? row : this.read(row.Id);
      if (seen) yield seen;
    }
  }

  isIndexed(field: string): boolean {
    return this.values.has(field);
  }

  /** Rows whose indexed field equals a value, ignoring case. Newest versions; deleted rows included. */
  findByValue(field: string, value: string): Row[] {
    const ids = this.values.get(field)?.get(value.toLowerCase());
    if (!ids) return [];
    if (typeof ids === "string") return [this.rows.get(ids)].filter((row) => row !== undefined);
    return [...ids].map((id) => this.rows.get(id)).filter((row) => row !== undefined);
  }

  /** Rows with SystemModstamp ≥ `stamp` (> when `exclusive`), oldest first. */
  *readSince(stamp: string, exclusive: boolean): Generator<Row> {
    let at = this.findStamp(stamp, exclusive);
    const entries = this.stamps;
    for (; at < entries.length; at++) {
      const entry = entries[at];
      if (!entry) continue;
      const row = this.currentStamp.get(entry.id) === entry ? this.read(entry.id) : undefined;
      // A row in an open transaction is read in its older version, which the loop below yields.
      if (row?.SystemModstamp === entry.stamp) yield row;
    }
    // The committed older version of a row in an open transaction has no entry of its own any more.
    for (const [id, { before }] of this.pending) {
      const row = this.read(id);
      if (row && row === before && (exclusive ? row.SystemModstamp > stamp : row.SystemModstamp >= stamp)) yield row;
    }
  }

  /** Adds or replaces a row. `visibleAt` (epoch ms) = until then readers see the version before. */
  put(row: Row, visibleAt?: number): void {
    const old = this.rows.get(row.Id);
    const kept = this.compact(row);
    if (visibleAt !== undefined && visibleAt > this.now()) {
      this.pending.set(row.Id, { until: visibleAt, before: this.read(row.Id) });
    } else if (visibleAt === undefined) {
      this.pending.delete(row.Id);
    }
    this.rows.set(kept.Id, kept);
    this.reindex(old, kept);
    if (old?.SystemModstamp !== row.SystemModstamp) this.addStamp(row);
  }

  /** Takes a row away for good: only to undo a creation. */
  remove(id: string): void {
    const old = this.rows.get(id);
    if (!old) return;
    this.unindex(old);
    this.rows.delete(id);
    this.pending.delete(id);
    this.currentStamp.delete(id);
  }

  /** Starts an index for a field that was added while running. */
  addIndex(field: string): void {
    const index = new Map<string, Ids>();
    this.values.set(field, index);
    for (const row of this.rows.values()) addTo(index, row[field], row.Id);
  }

  /** Every row, newest versions, without the fields that are empty: half of the text of a snapshot. */
  *saveRows(): Iterable<Partial<Row>> {
    for (const row of this.rows.values()) {
      yield Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Partial<Row>;
    }
  }

  /** Takes a row back from a snapshot; `settle` follows the last one. */
  putSaved(row: Row): void {
    const kept = this.compact(this.unite(row));
    this.rows.set(kept.Id, kept);
    this.reindex(undefined, kept);
    const entry = { stamp: kept.SystemModstamp, id: kept.Id };
    this.currentStamp.set(kept.Id, entry);
    this.stamps.push(entry);
  }

  /** A row that was parsed from text, with what is equal in it, or in many rows, held once again. */
  private unite(row: Row): Row {
    const own = new Map<string, string>();
    const united: Record<string, Value> = {};
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== "string") {
        united[name] = value;
        continue;
      }
      const isOwn = OWN_TYPES.has(this.def.findField(name)?.type ?? "id") || name === "Name";
      const kept = own.get(value) ?? (isOwn ? value : this.texts.keep(value));
      united[name] = kept;
      own.set(kept, kept);
    }
    return united as Row;
  }

  /** Puts the stamps in order: one by one, each would have to be moved to its place. */
  settle(): void {
    this.stamps.sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0));
  }

  /**
   * Copies a row into an object that the engine stores as plain slots. One built key by key is stored as a hash table, which
   * took 3.3 KB a record instead of half of it.
   */
  private compact(row: Row): Row {
    if (!this.template || this.templateFields !== this.def.fieldCount) this.makeTemplate();
    const kept = { ...this.template } as Row;
    for (const name in row) kept[name] = row[name] ?? null;
    return kept;
  }

  private makeTemplate(): void {
    const fields = this.def.fields;
    this.templateFields = fields.length;
    const stored = fields.filter((field) => field.formula === undefined && field.type !== "address");
    const empty = ["Id", "IsDeleted", "SystemModstamp", ...stored.map((field) => field.name)].map((name) => [
      name,
      null,
    ]);
    // The JSON parser makes objects of the lean kind; building this one key by key would not.
    this.template = JSON.parse(JSON.stringify(Object.fromEntries(empty))) as Record<string, Value>;
  }

  private reindex(old: Row | undefined, row: Row): void {
    for (const [field, index] of this.values) {
      if (old && old[field] === row[field]) continue;
      if (old) removeFrom(index, old[field], row.Id);
      addTo(index, row[field], row.Id);
    }
  }

  private unindex(row: Row): void {
    for (const [field, index] of this.values) {
      removeFrom(index, row[field], row.Id);
    }
  }

  private addStamp(row: Row): void {
    const entry = { stamp: row.SystemModstamp, id: row.Id };
    this.currentStamp.set(row.Id, entry);
    const last = this.stamps.at(-1);
    // Nearly always the newest; only a clock set back needs the search.
    if (!last || last.stamp <= entry.stamp) this.stamps.push(entry);
    else this.stamps.splice(this.findStamp(entry.stamp, true), 0, entry);
    if (this.stamps.length > 1000 + this.rows.size * 2) {
      this.stamps = this.stamps.filter((known) => this.currentStamp.get(known.id) === known);
    }
  }

  private findStamp(stamp: string, exclusive: boolean): number {
    let low = 0;
    let high = this.stamps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const found = this.stamps[middle]?.stamp ?? "";
      if (found < stamp || (exclusive && found === stamp)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function addTo(index: Map<string, Ids>, value: Value | undefined, id: string): void {
  if (typeof value !== "string") return;
  const key = value.toLowerCase();
  const ids = index.get(key);
  if (ids === undefined) index.set(key, id);
  else if (typeof ids !== "string") ids.add(id);
  else if (ids !== id) index.set(key, new Set([ids, id]));
}

function removeFrom(index: Map<string, Ids>, value: Value | undefined, id: string): void {
  if (typeof value !== "string") return;
  const key = value.toLowerCase();
  const ids = index.get(key);
  if (ids === undefined) return;
  if (typeof ids === "string") {
    if (ids === id) index.delete(key);
  } else if (ids.delete(id) && ids.size === 0) index.delete(key);
}
