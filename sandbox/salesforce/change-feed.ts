import { randomUUID } from "node:crypto";
import type { ObjectDef } from "./schema";
import type { Row } from "./table";
import type { Writer } from "./writer";

export type ChangeType = "CREATE" | "UPDATE" | "DELETE" | "UNDELETE";
export type GapType = "GAP_CREATE" | "GAP_UPDATE" | "GAP_DELETE" | "GAP_UNDELETE" | "GAP_OVERFLOW";
/** One event as it is kept; the payload is made when it is delivered, from the version of the row at that time. */
export type ChangeEvent = {
  replayId: number;
  entity: string;
  type: ChangeType | GapType;
  ids: string[];
  row?: Row | undefined;
  changed?: string[] | undefined;
  at: number;
  origin: string;
  key: string;
  sequence: number;
  userId: string;
};
type Unnumbered = Omit<ChangeEvent, "replayId">;
/** What goes into the snapshot. */
export type SavedFeed = { lastId: number; droppedTo: number; selected: string[]; events: ChangeEvent[] };

/** Events are retained for 72 h (wire.md A.3.3). */
const RETENTION_MS = 72 * 3_600_000;
/** An event keeps a version of its row alive, about 2 KB: 100,000 of them stay below 200 MB. */
const KEPT_EVENTS = 100_000;
const SAVED_EVENTS = 2_000;
/** An organisation without the add-on licence may select five entities. */
export const MAX_SELECTED = 5;
const DEFAULT_SELECTED = ["Lead", "Contact", "Account", "Opportunity", "CampaignMember"];
/** Entities that have change events at all; custom objects have them too. */
const WITH_EVENTS = new Set([
  "Lead",
  "Contact",
  "Account",
  "Opportunity",
  "OpportunityContactRole",
  "Task",
  "Event",
  "Campaign",
  "CampaignMember",
  "CampaignMemberStatus",
  "Case",
  "User",
]);
/** Not part of change events (wire.md A.3.3); the id is in the header. */
const SILENT = new Set(["Id", "IsDeleted", "SystemModstamp", "LastViewedDate", "LastReferencedDate"]);

/** Whether the entity has a `…ChangeEvent`. */
export function hasChangeEvents(def: ObjectDef): boolean {
  return WITH_EVENTS.has(def.name) || def.name.endsWith("__c");
}

/** `LeadChangeEvent`, `My_Obj__ChangeEvent`. */
export function nameChangeEvent(def: ObjectDef): string {
  return def.name.endsWith("__c") ? def.name.replace(/c$/, "ChangeEvent") : `${def.name}ChangeEvent`;
}

/** The fields of a row that a change event may carry, with a value. */
function listFilled(def: ObjectDef, row: Row): string[] {
  return def.fields
    .filter((field) => !SILENT.has(field.name) && field.formula === undefined && field.type !== "address")
    .filter((field) => (row[field.name] ?? null) !== null)
    .map((field) => field.name);
}

function listChanged(def: ObjectDef, before: Row, row: Row): string[] {
  return def.fields
    .filter((field) => !SILENT.has(field.name) && field.formula === undefined && field.type !== "address")
    .filter((field) => (before[field.name] ?? null) !== (row[field.name] ?? null))
    .map((field) => field.name);
}

/** The event bus of an organisation: numbered change events of the selected entities, with retention. */
export class ChangeFeed {
  private events: ChangeEvent[] = [];
  /** Events of transactions that others cannot see yet. */
  private late: Unnumbered[] = [];
  private listeners = new Set<() => void>();
  private lastId = 1_000;
  private droppedTo = 1_000;
  selected = new Set(DEFAULT_SELECTED);

  constructor(private readonly now: () => number) {}

  clear(): void {
    this.events = [];
    this.late = [];
    // Replay ids never start again: a client with an id of before the reset must not be served wrong events.
    this.droppedTo = this.lastId;
    this.selected = new Set(DEFAULT_SELECTED);
  }

  /** Tells a held poll that something may have come. Answers the way to stop listening. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Notes a stored version of a row; `visibleAt` = epoch ms at which its transaction commits. */
  note(def: ObjectDef, before: Row | undefined, row: Row, writer: Writer, visibleAt: number): void {
    if (!this.selected.has(def.name)) return;
    const type: ChangeType = !before
      ? "CREATE"
      : row.IsDeleted && !before.IsDeleted
        ? "DELETE"
        : before.IsDeleted && !row.IsDeleted
          ? "UNDELETE"
          : "UPDATE";
    const changed =
      type === "DELETE" ? [] : type === "UPDATE" && before ? listChanged(def, before, row) : listFilled(def, row);
    if (type === "UPDATE" && changed.length === 0) return;
    const transaction = writer.transaction ?? makeTransaction();
    const event: Unnumbered = {
      entity: def.name,
      type,
      ids: [row.Id],
      row: type === "DELETE" ? undefined : row,
      changed,
      at: Math.max(this.now(), visibleAt),
      origin: nameOrigin(writer),
      key: transaction.key,
      sequence: transaction.next++,
      userId: writer.userId,
    };
    if (visibleAt > this.now()) this.late.push(event);
    else this.append(event);
  }

  /** Puts an event without record data, such as a gap, on the bus. */
  announce(type: GapType, entity: string, ids: string[], userId: string): number {
    const { key } = makeTransaction();
    this.append({ entity, type, ids, at: this.now(), origin: "", key, sequence: 1, userId });
    return this.lastId;
  }

  /** Events after a replay id that are still retained, oldest first. */
  readAfter(replayId: number): ChangeEvent[] {
    this.settle();
    let low = 0;
    let high = this.events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.events[middle]?.replayId ?? 0) <= replayId) low = middle + 1;
      else high = middle;
    }
    return this.events.slice(low);
  }

  /** The replay id to go on from: -1 = now, -2 = all retained. Undefined for an id that was never given or is retained no longer. */
  findStart(replayId: number): number | undefined {
    this.settle();
    if (replayId === -1) return this.lastId;
    if (replayId === -2) return this.droppedTo;
    return replayId < this.droppedTo || replayId > this.lastId ? undefined : replayId;
  }

  toJson(): SavedFeed {
    const events = this.events.slice(-SAVED_EVENTS);
    const droppedTo = events.length < this.events.length ? (events[0]?.replayId ?? 1) - 1 : this.droppedTo;
    return { lastId: this.lastId, droppedTo, selected: [...this.selected], events };
  }

  fromJson(saved: SavedFeed): void {
    this.events = saved.events;
    this.lastId = saved.lastId;
    this.droppedTo = saved.droppedTo;
    this.selected = new Set(saved.selected);
  }

  private append(event: Unnumbered): void {
    // Ids rise, but not one by one: clients must not count on it.
    this.lastId += 1 + (this.lastId % 3);
    this.events.push({ ...event, replayId: this.lastId });
    if (this.events.length > KEPT_EVENTS * 1.1) this.drop(this.events.length - KEPT_EVENTS);
    for (const listener of this.listeners) listener();
  }

  private settle(): void {
    const now = this.now();
    if (this.late.length > 0) {
      const due = this.late.filter((event) => event.at <= now);
      this.late = this.late.filter((event) => event.at > now);
      for (const event of due) this.append(event);
    }
    let old = 0;
    while (old < this.events.length && (this.events[old]?.at ?? 0) < now - RETENTION_MS) old++;
    if (old > 0) this.drop(old);
  }

  private drop(count: number): void {
    this.droppedTo = this.events[count - 1]?.replayId ?? this.droppedTo;
    this.events = this.events.slice(count);
  }
}

/** The key that all events of one transaction share. */
export function makeTransaction(): { key: string; next: number } {
  return { key: randomUUID(), next: 1 };
}

/** `com/salesforce/api/rest/67.0;client=name`; changes made by people in the browser have the user interface as origin. */
function nameOrigin(writer: Writer): string {
  const version = writer.version.replace(/^v/, "");
  if (writer.byHand) return `com/salesforce/api/soap/${version};client=SfdcInternalAPI/`;
  const { api, client } = writer.origin ?? { api: "rest", client: undefined };
  return `com/salesforce/api/${api}/${version}${client ? `;client=${client}` : ""}`;
}
