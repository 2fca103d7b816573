export type Value = string | null;
type Edit = { value: Value; second: number };
type Side = "hubspot" | "salesforce";

/**
 * Fields with few values. Whoever puts back what both sides had in common has edited nothing that a comparison with the
 * base could see: the other side's edit stands then, whichever was the newer.
 */
const REPEATED = new Set(["hubspot_owner_id", "status", "dealstage"]);

/**
 * The oracle's memory of what people did to the two-way fields of one record, independent of the engine: who put what
 * where and when. From it follows which values may stand at the end.
 */
export class ValueLog {
  /** The last person's edit of any field in Salesforce: LastModifiedDate is one per record */
  salesforceEditedAt = -1;
  private readonly edits = new Map<string, Record<Side, Edit | null>>();
  private readonly everHeld = new Map<string, Set<Value>>();
  /** Seconds at which everything that people had done had been carried over */
  private readonly cleans: number[] = [];
  private readonly all: Record<Side, Map<string, Edit[]>> = { hubspot: new Map(), salesforce: new Map() };
  /** What a field held on both sides after the last clean sync */
  private readonly settled = new Map<string, Value[]>();
  private blurredAt: number | null = null;

  note(side: Side, values: Record<string, Value>, second: number): void {
    for (const [name, value] of Object.entries(values)) {
      const before = this.edits.get(name) ?? { hubspot: null, salesforce: null };
      this.edits.set(name, { ...before, [side]: { value, second } });
      this.heldOf(name).add(value);
      this.all[side].set(name, [...this.editsOf(side, name), { value, second }]);
    }
    if (side === "salesforce") this.salesforceEditedAt = second;
  }

  noteClean(second: number): void {
    for (const name of this.edits.keys()) this.settled.set(name, this.allowed(name));
    this.cleans.push(second);
  }

  /** Two records became one: until that has been carried over, any value of either may stand. */
  blurWith(other: ValueLog, second: number): void {
    for (const [name, values] of other.everHeld) for (const value of values) this.heldOf(name).add(value);
    this.blurredAt = second;
  }

  /** Whether a sync has carried over the newest edit of this field. */
  isSettled(name: string): boolean {
    const edits = this.edits.get(name);
    const newest = Math.max(edits?.hubspot?.second ?? -1, edits?.salesforce?.second ?? -1);
    return newest >= 0 && (this.cleans.at(-1) ?? -1) > newest;
  }

  /** Whether a sync has carried over everything that people did to this record. */
  isEverySettled(): boolean {
    if ((this.cleans.at(-1) ?? -1) <= this.salesforceEditedAt) return false;
    return [...this.edits.keys()].every((name) => this.isSettled(name));
  }

  /** What people put there, the oldest first. */
  editsOf(side: Side, name: string): Edit[] {
    return this.all[side].get(name) ?? [];
  }

  lastEdit(side: Side, name: string): Edit | null {
    return this.edits.get(name)?.[side] ?? null;
  }

  /**
   * The values that a Two-way field may end with. The newest edit stands (spec F3); Salesforce keeps one time per
   * record, so that a later edit of another field there may make its older value win a conflict.
   */
  allowed(name: string): Value[] {
    const from = this.clearAgainAt();
    const { hubspot, salesforce } = this.edits.get(name) ?? { hubspot: null, salesforce: null };
    const inHubSpot = hubspot && hubspot.second > from ? hubspot : null;
    const inSalesforce = salesforce && salesforce.second > from ? salesforce : null;
    if (!inHubSpot && !inSalesforce) return this.blurredAt === null ? [null] : [null, ...this.heldOf(name)];
    if (!inHubSpot) return [inSalesforce?.value ?? null];
    if (!inSalesforce) return [inHubSpot.value];
    const [older, newer] =
      inSalesforce.second >= inHubSpot.second ? [inHubSpot, inSalesforce] : [inSalesforce, inHubSpot];
    const wasSettledBetween = this.cleans.some((at) => at >= older.second && at < newer.second);
    if (wasSettledBetween) return [newer.value];
    const isLaterBySalesforce = newer === inHubSpot && newer.second <= this.salesforceEditedAt;
    return isLaterBySalesforce || this.isPutBack(name, newer.value) ? [newer.value, older.value] : [newer.value];
  }

  /** Nobody told the oracle what a new record was given by default: that may have been put back as well. */
  private isPutBack(name: string, value: Value): boolean {
    return REPEATED.has(name) && (this.settled.get(name)?.includes(value) ?? true);
  }

  /** Two clean syncs after a merge what people edit is judged by itself again: the first may only find out. */
  private clearAgainAt(): number {
    const { blurredAt } = this;
    if (blurredAt === null) return -1;
    return this.cleans.filter((at) => at >= blurredAt)[1] ?? Number.POSITIVE_INFINITY;
  }

  private heldOf(name: string): Set<Value> {
    const held = this.everHeld.get(name) ?? new Set<Value>();
    this.everHeld.set(name, held);
    return held;
  }
}
