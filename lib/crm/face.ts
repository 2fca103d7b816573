import type { CallOutcome } from "@/lib/decide/activity-words";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { ObjectAccess } from "@/lib/decide/find-missing-rights";
import { HUBSPOT_TYPE_IDS } from "@/lib/decide/hubspot-type-ids";
import type { HubSpotStage, RecordType, SalesforceStage } from "@/lib/decide/map-stages";
import type {
  HubSpotReading,
  ObjectSchema,
  SalesforceReading,
  SalesforceType,
  Side,
  SyncObject,
  Values,
} from "@/lib/decide/record-types";
import type { TaskWords } from "@/lib/decide/task-words";
import type { HubSpotEvents, OpportunityRole, SalesforceCampaigns } from "./event-face";

/**
 * The face that both adapters show to the engine. Whole-call failures (no answer, 401, 429, HTML, half a body) are
 * thrown as `CrmCallError`; what happened to one record of an accepted batch comes back as its `WriteOutcome`.
 * Nothing is retried inside: all retrying is the engine's (both SDKs' own retries can double records).
 */
export class CrmCallError extends Error {
  constructor(readonly failure: RemoteFailure) {
    super(`${failure.side}: ${failure.code || failure.status} ${failure.message}`);
    this.name = "CrmCallError";
  }

  /**
   * By name: the production build loads this module once per bundle, and a lost sign-in is thrown by the start code's
   * copy and caught with the engine's. Plain `instanceof` would take it for a crash, and nothing would be suspended.
   */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === "CrmCallError" && "failure" in error;
  }
}

/** Where a check goes on: records modified at or after `stamp` (epoch ms), ties broken by id. */
export type ChangeCursor = { stamp: number; lastId: string };

export type ChangePage<Reading> = { readings: Reading[]; next: ChangeCursor; isLast: boolean };

/** What an import takes: made from `createdFrom` on and before `createdTo`, changed from `modifiedFrom` on; epoch ms, null = any. */
export type ImportFilter = {
  createdFrom: number | null;
  createdTo: number | null;
  modifiedFrom: number | null;
  /** Names that must hold nothing */
  blank?: string[];
  /** Salesforce: names that must hold something */
  present?: string[];
  /** Salesforce: what a field must hold, or with `not` must not hold */
  oneOf?: { field: string; values: string[]; not: boolean };
};

/**
 * `next` names the page after this one and may be kept for days; null = this was the last. `total`: how many records there
 * are, where the page tells. A page may be empty and not the last one: the CRM is still looking for the records.
 */
export type ImportPage<Reading> = { readings: Reading[]; next: string | null; total: number | null };

/** One record to write. `key` is the engine's own record id; it comes back on the outcome. */
export type WriteOutcome =
  | {
      key: string;
      ok: true;
      id: string;
      created: boolean;
      /** What the CRM holds now for what was sent (it may have normalised it, spec F7) and what was to be read back */
      stored: Values;
      /** Modification stamp after the write, epoch ms, null when the reply does not tell */
      modifiedAt: number | null;
    }
  | { key: string; ok: false; failure: RemoteFailure };

export type HubSpotWrite = {
  key: string;
  operation: "create" | "update";
  /** The record's id for an update, null for a create */
  id: string | null;
  /** Create: value of the unique property, by which a repeated create finds the first one (spec M6) */
  salesforceId: string | null;
  values: Values;
};

export type SalesforceWrite = {
  key: string;
  operation: "create" | "update";
  type: SalesforceType;
  id: string | null;
  /** Create: value of the external-id field, by which a repeated create finds the first one (spec M6) */
  hubspotId: string | null;
  values: Values;
  /** Fields to read back besides those sent: what Salesforce gives a new record by itself (owner, defaults, flows) */
  readBack?: string[];
};

/** A record to take away; `key` is the engine's own record id and comes back on the outcome. */
export type RemovalTarget = { key: string; id: string };

/** A HubSpot record in the recycle bin; `archivedAt` epoch ms, null when HubSpot does not tell. */
export type ArchivedRecord = { id: string; archivedAt: number | null };
export type ArchivedPage = { records: ArchivedRecord[]; next: string | null };

/** A Salesforce record in the recycle bin; `masterId` is the record that it was merged into. */
export type DeletedRecord = { id: string; masterId: string | null };

export type CrmPerson = { id: string; email: string; name: string; active: boolean };

/** Which id fields stand (spec M6, M7). Without them creating is guarded by the email match alone. */
export type IdFields = { present: boolean; missing: string[] };

/** Counts calls and spaces them out; shared by all processes (implemented over PostgreSQL by lib/store). */
export type CallGate = {
  /** Resolves when one call may be sent. bucket "search" is HubSpot's own 5-per-second limit. */
  acquire(bucket: "hubspot" | "hubspot_search" | "salesforce"): Promise<void>;
  /** Told after every call; `perTenSeconds` when a HubSpot reply carried X-HubSpot-RateLimit-Max, `pauseMs` when it asks for a pause */
  note(side: Side, perTenSeconds: number | null, pauseMs?: number): void;
};

/** Told of bulk jobs that write, so that one whose process dies can be stopped: it would write after us otherwise. */
export type BulkWatch = {
  /** Before Salesforce begins; what it throws keeps the job from beginning */
  started(jobId: string): Promise<void>;
  /** While it is waited for */
  seen(jobId: string): Promise<void>;
  ended(jobId: string): Promise<void>;
};

/** Fresh access tokens; refreshing, rotation and persisting under a lock live behind it (lib/access). */
export type TokenSource = {
  /** A token that is believed valid */
  current(): Promise<{ accessToken: string; baseUrl: string }>;
  /** Called once after a 401 with the refused token; throws CrmCallError (sign_in_lost) when it cannot be renewed */
  renew(refusedAccessToken: string): Promise<{ accessToken: string; baseUrl: string }>;
};

/** The objects that HubSpot keeps as CRM records. */
export const HUBSPOT_OBJECTS = ["contact", "company", "deal", "task", "call", "email", "meeting", "note"] as const;
export type HubSpotObject = (typeof HUBSPOT_OBJECTS)[number];

export function isHubSpotObject(object: SyncObject): object is HubSpotObject {
  return (HUBSPOT_OBJECTS as readonly SyncObject[]).includes(object);
}

/** One record that another one is associated with; `typeIds` are HubSpot's association type ids. */
export type AssociatedRecord = { id: string; typeIds: number[] };

/** One association to make or to take away. `key` is the engine's own record id; it comes back on the outcome. */
export type AssociationWrite = {
  key: string;
  fromId: string;
  toId: string;
  /** HubSpot's own kind of association, by ASSOCIATION_TYPES */
  typeId: number;
};

/** HubSpot's association type ids; primary = the one company that counts for a contact or deal. */
export const ASSOCIATION_TYPES = {
  contactToPrimaryCompany: 1,
  dealToPrimaryCompany: 5,
  dealToContact: 3,
} as const;

/** The same from an activity to whom it belongs. */
export const ACTIVITY_ASSOCIATION_TYPES = {
  task: { contact: 204, company: 192, deal: 216 },
  call: { contact: 194, company: 182, deal: 206 },
  email: { contact: 198, company: 186, deal: 210 },
  meeting: { contact: 200, company: 188, deal: 212 },
  note: { contact: 202, company: 190, deal: 214 },
} as const;

/** A contact's part in an opportunity. */
export type ContactRole = { id: string; opportunityId: string; contactId: string; isDeleted: boolean };
export type ContactRoleWrite =
  | { key: string; operation: "add"; opportunityId: string; contactId: string }
  | { key: string; operation: "remove"; roleId: string };

/** One object of HubSpot. */
export type HubSpotRecords = {
  /** Records changed since the cursor, oldest first, ≤ 200 a page, by search (index lag: overlap is the caller's) */
  readChanges(cursor: ChangeCursor | null, properties: string[]): Promise<ChangePage<HubSpotReading>>;
  /** Records of an import by rising id, 200 a page, by search; `place`: null at first, then what the last page answered */
  readImport(filter: ImportFilter, place: string | null, properties: string[]): Promise<ImportPage<HubSpotReading>>;
  /** ≤ 100 ids a call; ids that are gone are simply absent from the answer */
  readByIds(ids: string[], properties: string[]): Promise<HubSpotReading[]>;
  /** Which of these lie in the recycle bin; ≤ 100 ids a call */
  readArchived(ids: string[]): Promise<ArchivedRecord[]>;
  /** The whole recycle bin by rising id, 100 a page */
  listArchived(after: string | null): Promise<ArchivedPage>;
  /** What merged-away ids lead to, by the asked-for id; one call per id */
  readMerged(ids: string[], properties: string[]): Promise<Map<string, HubSpotReading>>;
  /** Into the recycle bin, 100 a call; ids that are gone already count as done */
  archive(targets: RemovalTarget[]): Promise<WriteOutcome[]>;
  /** Newest edit time per property, epoch ms, from the property history */
  readEditTimes(ids: string[], properties: string[]): Promise<Map<string, Record<string, number>>>;
  write(writes: HubSpotWrite[], idFieldsPresent: boolean): Promise<WriteOutcome[]>;
  describe(): Promise<ObjectSchema>;
  findIdFields(): Promise<IdFields>;
  createIdFields(): Promise<void>;
  /** A text property of ours; one that is there already is fine */
  createTextProperty(property: { name: string; label: string; description: string }): Promise<void>;
};

/** HubSpot's type ids of the objects that can have an inclusion list. */
export const LIST_OBJECT_TYPES = {
  contact: HUBSPOT_TYPE_IDS.contact,
  company: HUBSPOT_TYPE_IDS.company,
  deal: HUBSPOT_TYPE_IDS.deal,
} as const;

export type HubSpotList = {
  id: string;
  name: string;
  objectTypeId: string;
  /** HubSpot itself keeps the members true to the list's filters (processing type DYNAMIC) */
  isActive: boolean;
  size: number;
  /** HubSpot's own words for the last joining and leaving; a direct read does not tell them */
  addedAt: string | null;
  removedAt: string | null;
};
export type ListPage = { ids: string[]; next: string | null };

export type HubSpotLists = {
  /** Up to 100 lists of one type whose name has the text, and whether there are more */
  search(objectTypeId: string, text: string): Promise<{ lists: HubSpotList[]; hasMore: boolean }>;
  /** All in one call; lists that were deleted are absent */
  readByIds(ids: string[]): Promise<HubSpotList[]>;
  /** Null only when HubSpot itself says that there is none */
  read(id: string): Promise<HubSpotList | null>;
  /** 250 members a page, in the order in which they joined */
  readMembers(id: string, after: string | null): Promise<ListPage>;
};

export type HubSpotCrm = {
  of(object: HubSpotObject): HubSpotRecords;
  /** Contacts by primary or secondary address, not through the lagging search index */
  readByEmails(emails: string[], properties: string[]): Promise<HubSpotReading[]>;
  /** What each record is associated with, by its id; 1,000 ids a call, records without an association are absent */
  readAssociations(from: HubSpotObject, to: HubSpotObject, ids: string[]): Promise<Map<string, AssociatedRecord[]>>;
  lists: HubSpotLists;
  events: HubSpotEvents;
  /** 2,000 a call; one that is there already is fine */
  associate(from: HubSpotObject, to: HubSpotObject, writes: AssociationWrite[]): Promise<WriteOutcome[]>;
  /** Takes every kind of association between two records away */
  dissociate(
    from: HubSpotObject,
    to: HubSpotObject,
    writes: Omit<AssociationWrite, "typeId">[],
  ): Promise<WriteOutcome[]>;
  /** Stages of all deal pipelines in display order */
  readDealStages(): Promise<HubSpotStage[]>;
  /** What calls can end in; null where HubSpot does not tell */
  readCallOutcomes(): Promise<CallOutcome[] | null>;
  listOwners(): Promise<CrmPerson[]>;
  /** `furtherCurrencies`: those that deals may have besides the company's own */
  readAccount(): Promise<{
    portalId: string;
    name: string;
    timeZone: string;
    currency: string;
    furtherCurrencies: string[];
  }>;
};

export type SalesforceFields = Partial<Record<SalesforceType, string[]>>;
export type SalesforcePages = Partial<Record<SalesforceType, ChangePage<SalesforceReading>>> & {
  /** Contact roles, where they were asked for; they move no stamp of their opportunity */
  roles?: ChangePage<ContactRole>;
};

export type SalesforceCrm = {
  /**
   * Records of these types changed since their cursors, by SystemModstamp, five types to a composite call; ≤ 2,000 rows
   * of each a page. Deleted records come too, with IsDeleted. `next`/`isLast` per type.
   */
  readChanges(
    cursors: Partial<Record<SalesforceType, ChangeCursor | null>>,
    fields: SalesforceFields,
    types: readonly SalesforceType[],
    roles?: { cursor: ChangeCursor | null },
  ): Promise<SalesforcePages>;
  /**
   * Records of an import, ≤ 4,000 a page; above 2,000 a bulk query finds them. `place`: null at first, then what the last
   * page answered
   */
  readImport(
    wanted: { type: SalesforceType; filter: ImportFilter; fields: string[]; schema: ObjectSchema },
    place: string | null,
  ): Promise<ImportPage<SalesforceReading>>;
  /** Types are told by the ids' prefixes */
  readByIds(ids: string[], fields: SalesforceFields): Promise<SalesforceReading[]>;
  /** Records of these types with one of the values in a field, several queries a call */
  readByKeys(
    types: readonly SalesforceType[],
    keys: { field: string; value: string }[],
    fields: SalesforceFields,
  ): Promise<SalesforceReading[]>;
  /** Leads and Contacts with one of the emails or already carrying one of the HubSpot ids, several queries a call */
  readMatches(
    wanted: { emails: string[]; hubspotIds: string[] },
    fields: SalesforceFields,
    idFieldsPresent: boolean,
  ): Promise<SalesforceReading[]>;
  /** Which of these are deleted, by a direct read with the recycle bin; hidden and purged ones are absent */
  readDeleted(ids: string[]): Promise<DeletedRecord[]>;
  /** Into the recycle bin, collections of 200 inside composite calls */
  remove(targets: RemovalTarget[]): Promise<WriteOutcome[]>;
  /** Ends a bulk job that writes, wherever it stands; one that has ended already is fine */
  stopBulkJob(id: string): Promise<void>;
  /**
   * Collections of 200 inside composite calls, more than 2,000 of one kind by a bulk job; each followed by a query that
   * reads back what was stored
   */
  write(writes: SalesforceWrite[], idFieldsPresent: boolean): Promise<WriteOutcome[]>;
  readContactRoles(opportunityIds: string[]): Promise<ContactRole[]>;
  /** Collections of 200, five to a call */
  writeContactRoles(writes: ContactRoleWrite[]): Promise<WriteOutcome[]>;
  /** Stages in their order, inactive ones included, and the active record types; one call */
  readOpportunitySetup(): Promise<{ stages: SalesforceStage[]; recordTypes: RecordType[] }>;
  /** null: the org has one currency, which the REST API does not tell */
  readCurrencies(): Promise<{ corporate: string; active: string[] } | null>;
  /** The org's statuses and priorities of tasks in their order, one call; null where our user may not see them */
  readTaskWords(): Promise<TaskWords | null>;
  campaigns: SalesforceCampaigns;
  /** Contact roles that are new, or whose opportunity moved, since `since` (epoch ms), 2,000 a call */
  readRoles(since: number, after: string | null): Promise<{ roles: OpportunityRole[]; next: string | null }>;
  describe(type: SalesforceType): Promise<ObjectSchema>;
  /** What our user may do with an object and its fields; null when it may not see it */
  describeAccess(type: SalesforceType): Promise<ObjectAccess | null>;
  listUsers(): Promise<CrmPerson[]>;
  readAccount(): Promise<{ orgId: string; userId: string; name: string; userName: string }>;
  findIdFields(types: readonly SalesforceType[]): Promise<IdFields>;
  createIdFields(types: readonly SalesforceType[]): Promise<void>;
};

/** Names of the id fields that Kakehashi creates with consent (spec M6, M7). */
export const SALESFORCE_ID_FIELDS: Record<SalesforceType, string | null> = {
  Lead: "HubSpot_Contact_Id__c",
  Contact: "HubSpot_Contact_Id__c",
  Account: "HubSpot_Company_Id__c",
  Opportunity: "HubSpot_Deal_Id__c",
  Task: "HubSpot_Activity_Id__c",
  Event: "HubSpot_Activity_Id__c",
  // A person is a member of a campaign once: Salesforce itself keeps it unique.
  CampaignMember: null,
};
export const HUBSPOT_UNIQUE_PROPERTY = "kakehashi_salesforce_id";
/** Where people look for the Salesforce id on a HubSpot record. */
export const HUBSPOT_ID_PROPERTIES: Partial<Record<SalesforceType, string>> = {
  Lead: "salesforceleadid",
  Contact: "salesforcecontactid",
  Account: "salesforceaccountid",
  Opportunity: "salesforceopportunityid",
};
