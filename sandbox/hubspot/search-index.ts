import type { ObjectType } from "./object-types";
import type { CrmRecord } from "./record";

type Pending = { at: number; id: string; record: CrmRecord | undefined };
type Stamp = { at: number; id: string };

/** So many entries of older versions may stay among the stamps: with more, counting what a page leaves out would cost. */
const MAX_STALE = 20_000;

/** A stamp that belongs further back than this waits for the next sweep. */
const MAX_STEPS_BACK = 1000;

function isBefore(a: Stamp, b: Stamp): boolean {
  return a.at < b.at || (a.at === b.at && Number(a.id) < Number(b.id));
}

/**
 * What search can see: every record as it was `indexLagMs` ago. Changes wait in a queue until they are old enough.
 * A list sorted by modification stamp makes "changed since" cheap; entries of older versions stay in it, are
 * recognised by their stamp and are swept out when there are many.
 */
export class SearchIndex {
  private readonly pending: Pending[] = [];
  private nextPending = 0;
  private readonly visible = new Map<string, CrmRecord>();
  private readonly byEmail = new Map<string, string>();
  private stamps: Stamp[] = [];
  private isSorted = true;
  /** The stamps of those entries in `stamps` that stand for no version any more. */
  private stale: number[] = [];
  /** Every id that was ever visible, in the order of coming: rising, but for records that others overtook. */
  private ids: string[] = [];
  private areIdsRising = true;

  constructor(readonly type: ObjectType) {}

  /** Queues a new version (undefined = gone) that came about at `at`, epoch ms. */
  enqueue(at: number, id: string, record: CrmRecord | undefined): void {
    this.pending.push({ at, id, record });
  }

  /** Makes every change visible that is at least `lagMs` old at `now`. Must be called before each search. */
  advance(now: number, lagMs: number): void {
    this.applyUntil(now, lagMs);
    if (!this.isSorted || this.stale.length > MAX_STALE) this.sweep();
  }

  /** Empties the queue without putting the stamps in order: sorting a million of them is for the first search. */
  settle(now: number): void {
    this.applyUntil(now, 0);
  }

  private applyUntil(now: number, lagMs: number): void {
    for (let next = this.pending[this.nextPending]; next; next = this.pending[this.nextPending]) {
      // A stamp in the future comes from a clock that was set back since; it must not hold up the queue.
      if (next.at > now - lagMs && next.at <= now) break;
      this.nextPending++;
      this.apply(next);
    }
    if (this.nextPending > 10_000 || this.nextPending === this.pending.length) {
      this.pending.splice(0, this.nextPending);
      this.nextPending = 0;
    }
  }

  get(id: string): CrmRecord | undefined {
    return this.visible.get(id);
  }

  /** By primary address, lower-case. */
  findByEmail(email: string): CrmRecord | undefined {
    const id = this.byEmail.get(email);
    return id === undefined ? undefined : this.visible.get(id);
  }

  all(): Iterable<CrmRecord> {
    return this.visible.values();
  }

  /** Number of visible records. */
  get size(): number {
    return this.visible.size;
  }

  /** Every visible record by rising id. */
  *allById(): Iterable<CrmRecord> {
    if (!this.areIdsRising || this.ids.length > 2 * this.visible.size + 1000) {
      this.ids = [...this.visible.keys()].sort((a, b) => Number(a) - Number(b));
      this.areIdsRising = true;
    }
    for (const id of this.ids) {
      const record = this.visible.get(id);
      if (record) yield record;
    }
  }

  /** How many visible records have their modification stamp in [from, to]. */
  countBetween(from: number, to: number): number {
    const end = to === Number.POSITIVE_INFINITY ? this.stamps.length : this.firstFrom(to + 1);
    const gone = this.stale.filter((at) => at >= from && at <= to).length;
    return end - this.firstFrom(from) - gone;
  }

  /** Visible records whose modification stamp is in [from, to], in rising (stamp, id). Costs what it yields. */
  *changedBetween(from: number, to: number): Iterable<CrmRecord> {
    let yielded: CrmRecord | undefined;
    for (let i = this.firstFrom(from); i < this.stamps.length; i++) {
      const stamp = this.stamps[i];
      if (!stamp || stamp.at > to) return;
      const record = this.visible.get(stamp.id);
      // A record that went and came back within one millisecond has two equal entries side by side.
      if (record?.updatedAt !== stamp.at || record === yielded) continue;
      yielded = record;
      yield record;
    }
  }

  private apply({ id, record }: Pending): void {
    const before = this.visible.get(id);
    const oldEmail = before?.properties.email;
    if (oldEmail !== undefined && this.byEmail.get(oldEmail) === id) this.byEmail.delete(oldEmail);
    if (before && before.updatedAt !== record?.updatedAt) this.stale.push(before.updatedAt);
    if (!record) {
      this.visible.delete(id);
      return;
    }
    if (!before) this.noteId(id);
    this.visible.set(id, record);
    if (record.properties.email !== undefined) this.byEmail.set(record.properties.email, id);
    if (before?.updatedAt === record.updatedAt) return;
    this.addStamp({ at: record.updatedAt, id });
  }

  /** A batch writes many records in one millisecond in any order, so that most stamps that are late are late by little. */
  private addStamp(stamp: Stamp): void {
    let at = this.stamps.length;
    const end = at - MAX_STEPS_BACK;
    if (this.isSorted) for (; at > end && isBefore(stamp, this.stamps[at - 1] ?? stamp); at--);
    if (at === this.stamps.length) this.stamps.push(stamp);
    else if (at > end) this.stamps.splice(at, 0, stamp);
    else {
      this.stamps.push(stamp);
      this.isSorted = false;
    }
  }

  private noteId(id: string): void {
    const last = this.ids.at(-1);
    if (last !== undefined && Number(last) >= Number(id)) this.areIdsRising = false;
    this.ids.push(id);
  }

  private sweep(): void {
    const live = this.stamps.filter((stamp) => this.visible.get(stamp.id)?.updatedAt === stamp.at);
    live.sort((a, b) => (isBefore(a, b) ? -1 : 1));
    // A record that went and came back within one millisecond has two equal entries.
    this.stamps = live.filter(({ at, id }, i) => live[i - 1]?.at !== at || live[i - 1]?.id !== id);
    this.stale = [];
    this.isSorted = true;
  }

  private firstFrom(at: number): number {
    let low = 0;
    let high = this.stamps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.stamps[middle]?.at ?? 0) >= at) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
