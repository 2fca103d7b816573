import type { VirtualClock } from "../shared/clock";
import type { LimitSettings } from "../shared/limits";
import type { RowReader, SavedState } from "../shared/snapshot";
import { BulkJobs } from "./bulk-jobs";
import { ChangeFeed, type SavedFeed } from "./change-feed";
import { CometClients } from "./cometd-state";
import { makeId } from "./ids";
import { type ObjectDef, type ObjectJson, readStandardObjects, Schema } from "./schema";
import { formatDate, formatStamp } from "./stamps";
import { type Row, Table, type Value } from "./table";

export type ValidationRule = {
  object: string;
  name: string;
  errorCondition: string;
  errorMessage: string;
  errorField?: string | undefined;
};
export type DuplicateRule = { object: string; name: string; matchField: string; action: "Block" | "Alert" };
export type Trigger = { object: string; message: string; event?: "insert" | "update" | "delete" | undefined };
/** Changes fields of a record that is being written; texts in `set` that start with `=` are formulas. */
export type Flow = {
  object: string;
  name: string;
  event?: "insert" | "update" | undefined;
  when?: string | undefined;
  set: Record<string, Value>;
};
/** A number of the parent that follows from its children; `field` = what is summed, otherwise children are counted. */
export type RollUp = {
  parent: string;
  name: string;
  child: string;
  lookup: string;
  field?: string | undefined;
  /** A boolean or text field of the child that must have a value other than false. */
  only?: string | undefined;
};

export type AssignmentRule = { object: string; ownerId: string; when?: string | undefined };
export type FieldPermission = { readable: boolean; editable: boolean };
type ObjectPermission = { readable: boolean; createable: boolean; editable: boolean };
export type Login = { userId: string; clientId: string; scope: string; refreshToken?: string | undefined };
export type AuthCode = {
  userId: string;
  clientId: string;
  redirectUri: string;
  scope: string;
  challenge?: string | undefined;
  method: "S256" | "plain";
  issuedAt: number;
};
export type Locator = { ids: string[]; soql: string; all: boolean; batch: number; createdAt: number };

/** What administrators set up and what is not records: everything here goes into the snapshot as it is. */
export type Setup = {
  validationRules: ValidationRule[];
  duplicateRules: DuplicateRule[];
  triggers: Trigger[];
  /** By `object.field` in lower case; a field without an entry may be read and edited. */
  permissions: Record<string, FieldPermission>;
  /** By object in lower case; one without an entry may be read, created and edited. Absent in older snapshots. */
  objectPermissions?: Record<string, ObjectPermission>;
  hidden: string[];
  commitLagMs: number;
  rotateRefreshTokens: boolean;
  /** Fixed session ids that were killed. */
  deadSessions: string[];
  accessTokens: Record<string, Login>;
  refreshTokens: Record<string, Login>;
  /** API calls by the hour in which they came (hours since 1970). */
  usage: { hours: Record<string, number> };
  tokenCounter: number;
  flows: Flow[];
  assignmentRules: AssignmentRule[];
  rollUps: RollUp[];
  /** By object name: the record type of new records. */
  defaultRecordTypes: Record<string, string>;
  /** By record type id and field name: the picklist values that it allows. */
  recordTypePicklists: Record<string, Record<string, string[]>>;
  /** What Tooling API ids of custom fields stand for, as `Lead.Ext__c`. */
  fieldIds: Record<string, string>;
  /** Epoch ms of the last emptying of the recycle bin; 0 = never. */
  binEmptiedAt: number;
  /** Streaming events delivered on this day (UTC), and how many are allowed. */
  delivered: { day: string; used: number; max: number };
};

/** What goes into a snapshot beside the rows; `numbers` = the next record number by object. */
type SavedHead = {
  version: number;
  schema: ObjectJson[];
  changedAt: number;
  setup: Setup;
  feed: SavedFeed;
  numbers: Record<string, number>;
};

/** Change events an Enterprise organisation gets delivered in 24 h. */
const DELIVERED_PER_DAY = 25_000;

function makeSetup(): Setup {
  return {
    validationRules: [],
    duplicateRules: [],
    triggers: [],
    permissions: {},
    hidden: [],
    commitLagMs: 0,
    rotateRefreshTokens: false,
    deadSessions: [],
    accessTokens: {},
    refreshTokens: {},
    usage: { hours: {} },
    tokenCounter: 0,
    flows: [],
    assignmentRules: [],
    rollUps: [],
    defaultRecordTypes: {},
    recordTypePicklists: {},
    fieldIds: {},
    binEmptiedAt: 0,
    delivered: { day: "", used: 0, max: DELIVERED_PER_DAY },
  };
}

/** The whole organisation: schema, records, set-up. One per server; replaced as a whole by a reset. */
export class OrgState {
  schema: Schema;
  setup: Setup = makeSetup();
  readonly codes = new Map<string, AuthCode>();
  readonly locators = new Map<string, Locator>();
  /** Row id → epoch ms until which another transaction holds it. */
  readonly locks = new Map<string, number>();
  /** Requests of others that run longer than 20 s: how many, and until when (epoch ms). */
  longRequests = { count: 0, until: 0 };
  readonly bulk: BulkJobs;
  readonly feed: ChangeFeed;
  readonly streaming: CometClients;
  private tables = new Map<string, Table>();
  /** The user behind the fixed session id and client credentials. */
  adminId = makeId("005", 1);

  constructor(
    readonly clock: VirtualClock,
    readonly limits: LimitSettings,
    private readonly onChange: () => void,
  ) {
    this.schema = new Schema(readStandardObjects(), clock.now());
    const now = () => clock.now();
    this.bulk = new BulkJobs(now);
    this.feed = new ChangeFeed(now);
    this.streaming = new CometClients(now);
    this.buildTables();
  }

  /**
   * An empty organisation again, with the standard schema and without rules. Logins stay: user ids are the same after every
   * seeding, and a client that is connected would otherwise have to be connected anew for each test.
   */
  clear(): void {
    const { accessTokens, refreshTokens, tokenCounter } = this.setup;
    this.schema = new Schema(readStandardObjects(), this.clock.now());
    this.setup = { ...makeSetup(), accessTokens, refreshTokens, tokenCounter };
    this.codes.clear();
    this.locators.clear();
    this.locks.clear();
    this.longRequests = { count: 0, until: 0 };
    this.bulk.clear();
    this.feed.clear();
    this.streaming.clear();
    this.buildTables();
  }

  /** The table of an object, by canonical name. */
  table(object: string): Table {
    const table = this.tables.get(object);
    if (!table) throw new Error(`no table for ${object}`);
    return table;
  }

  /** Finds a row by 18-character id, whatever its object. */
  findRow(id: string): Row | undefined {
    const def = this.schema.findByPrefix(id);
    return def ? this.table(def.name).get(id) : undefined;
  }

  /** Puts a row of the set-up (queue, record type, stage, …) as it is, without checks. */
  insertSetupRow(object: string, values: Record<string, Value>, at = this.clock.now()): Row {
    const stamp = formatStamp(at);
    const row: Row = { Id: this.newId(object), IsDeleted: false, SystemModstamp: stamp };
    const { def } = this.table(object);
    for (const field of def.fields) row[field.name] ??= field.default ?? (field.type === "boolean" ? false : null);
    Object.assign(row, { CreatedDate: stamp, LastModifiedDate: stamp, CreatedById: this.adminId });
    Object.assign(row, { LastModifiedById: this.adminId, ...values });
    this.table(object).put(row);
    return row;
  }

  newId(object: string): string {
    const table = this.table(object);
    return makeId(table.def.keyPrefix, table.nextNumber++);
  }

  /** Call after every change, so that it is saved. */
  touch(): void {
    this.onChange();
  }

  objectPermission(object: string): ObjectPermission {
    const all = { readable: true, createable: true, editable: true };
    return this.setup.objectPermissions?.[object.toLowerCase()] ?? all;
  }

  permission(object: string, field: string): FieldPermission {
    return this.setup.permissions[`${object}.${field}`.toLowerCase()] ?? { readable: true, editable: true };
  }

  /** Counts one call, or takes one back (−1), and tells the standing. */
  countCall(by = 1): { used: number; max: number } {
    const { used, max } = this.readUsage();
    const hour = this.readHour();
    this.setup.usage.hours[hour] = (this.setup.usage.hours[hour] ?? 0) + by;
    return { used: used + by, max };
  }

  /** The calls of the last 24 h, which roll on by the hour. */
  readUsage(): { used: number; max: number } {
    const { hours } = this.setup.usage;
    const now = this.readHour();
    let used = 0;
    for (const hour of Object.keys(hours)) {
      const age = now - Number(hour);
      // A clock set back would leave hours of the future, which never run out.
      if (age < 0 || age >= 24) delete hours[hour];
      else used += hours[hour] ?? 0;
    }
    return { used, max: this.limits.current.daily };
  }

  setUsed(used: number): void {
    this.setup.usage.hours = { [this.readHour()]: used };
  }

  private readHour(): number {
    return Math.floor(this.clock.now() / 3_600_000);
  }

  readDelivered(): { used: number; max: number } {
    const day = formatDate(this.clock.now());
    if (this.setup.delivered.day !== day) this.setup.delivered = { ...this.setup.delivered, day, used: 0 };
    return this.setup.delivered;
  }

  /** Counts events delivered to one client; false = the daily limit does not allow them. */
  countDelivered(count: number): boolean {
    const delivered = this.readDelivered();
    if (this.limits.current.enforce && delivered.used + count > delivered.max) return false;
    delivered.used += count;
    return true;
  }

  save(): SavedState {
    const numbers = [...this.tables.values()].map((table) => [table.def.name, table.nextNumber]);
    const head: SavedHead = {
      version: 2,
      schema: this.schema.toJson(),
      changedAt: this.schema.changedAt,
      setup: this.setup,
      feed: this.feed.toJson(),
      numbers: Object.fromEntries(numbers),
    };
    return { head, rows: this.saveRows() };
  }

  private *saveRows(): SavedState["rows"] {
    for (const table of this.tables.values()) for (const row of table.saveRows()) yield [table.def.name, row];
  }

  /** Takes over the head of a saved state. Throws when it is of another version. */
  load(head: unknown): void {
    const saved = head as SavedHead;
    if (saved.version !== 2) throw new Error("the saved Salesforce sandbox is of another version; start over");
    this.schema = new Schema(saved.schema, saved.changedAt);
    // A state saved by an older version of this server lacks the objects that came later.
    for (const json of readStandardObjects()) if (!this.schema.findObject(json.name)) this.schema.addObject(json);
    this.setup = { ...makeSetup(), ...saved.setup };
    this.feed.fromJson(saved.feed);
    this.buildTables();
    for (const [name, number] of Object.entries(saved.numbers)) this.table(name).nextNumber = number;
  }

  /** Takes one row of a saved state. */
  readonly putSaved: RowReader = (part, row) => this.tables.get(part)?.putSaved(row as Row);

  /** Follows the last saved row. */
  settle(): void {
    for (const table of this.tables.values()) table.settle();
  }

  /** Adds a custom object with its empty table. */
  addObject(json: ObjectJson): ObjectDef {
    const def = this.schema.addObject(json);
    this.tables.set(def.name, new Table(def, () => this.clock.now()));
    this.schema.changedAt = this.clock.now();
    this.touch();
    return def;
  }

  removeObject(def: ObjectDef): void {
    this.schema.removeObject(def);
    this.tables.delete(def.name);
    this.schema.changedAt = this.clock.now();
    this.touch();
  }

  private buildTables(): void {
    const now = () => this.clock.now();
    this.tables = new Map(this.schema.objects.map((def) => [def.name, new Table(def, now)]));
  }
}
