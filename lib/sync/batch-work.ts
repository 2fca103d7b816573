import {
  type ContactRole,
  type HubSpotCrm,
  type HubSpotRecords,
  isHubSpotObject,
  type SalesforceCrm,
  type WriteOutcome,
} from "@/lib/crm/face";
import type { RemoteFailure } from "@/lib/decide/classify-error";
import type { DealContacts } from "@/lib/decide/deal-contacts";
import type { ComposedCopy } from "@/lib/decide/decide-activity";
import type { RecordDecision } from "@/lib/decide/decision-types";
import type { DerivedValue } from "@/lib/decide/record-snapshot";
import type { HubSpotReading, References, SalesforceReading, Side, Values } from "@/lib/decide/record-types";
import type { PersonFacts } from "@/lib/store/lifecycle-facts";
import type { ClaimedRecord } from "@/lib/store/record-claims";
import type { SyncContext } from "./load-sync-context";

export type Crms = { hubspot: HubSpotCrm; salesforce: SalesforceCrm };

/** One batch under one lease. */
export type Batch = {
  context: SyncContext;
  crms: Crms;
  token: bigint;
  runId: string;
  by: string | null;
  /** Parents that this batch names, by their own side's id: both sides of one pair have the same key */
  references: References;
  works: RecordWork[];
};

/** What is known and done for one claimed record while its batch runs. */
export type RecordWork = {
  claimed: ClaimedRecord;
  hubspot: HubSpotReading | null;
  salesforce: SalesforceReading | null;
  missing: "hubspot" | "salesforce" | null;
  /** It could not even be asked for: nothing of this work was read or decided */
  unread: boolean;
  /** Whether the inclusion list has it; null = no list is chosen, or there is no HubSpot record yet */
  inList: boolean | null;
  /** When it was last known to be in the list that it has left, epoch ms */
  memberUntil: number | null;
  /** The side where a direct read confirmed that it was deleted */
  deletedIn: Side | null;
  partnerTaken: boolean;
  justLinked: boolean;
  /** Its record was merged into another one, which it goes on with (spec M5) */
  followedMerge: boolean;
  candidates: { id: string; type: string; name: string; email: string | null }[] | null;
  editTimes: Record<string, number>;
  decision: Exclude<RecordDecision, { kind: "needs_edit_times" }> | null;
  /** Given back undone: the partner's row is held by another worker */
  deferred: boolean;
  /** Parents that must be in sync first, "contact/hubspot/123" each */
  waitsFor: string[];
  /** The same for what does not hold the record back: it is looked at again when one of these comes in sync */
  follows: string[];
  /** P1: whether a lone company has a contact that syncs */
  hasSyncingContact?: boolean;
  /** P2: the contacts of a deal and of its opportunity, and what of them has to travel */
  roles: DealContacts | null;
  /** The roles of the opportunity by Salesforce contact */
  roleIds: ReadonlyMap<string, ContactRole[]>;
  /** Activities: whether they belong to a contact, and the copy of those that have no mappings */
  hasContact?: boolean;
  copy: ComposedCopy | null;
  /** Why Salesforce would not have it, known before it was asked: nothing is sent and the record fails */
  refusal: RemoteFailure | null;
  /** Contacts: what follows for HubSpot from what Salesforce knows */
  derived: DerivedValue[];
  /** What Salesforce told of a contact besides its fields, as it was decided by */
  facts: PersonFacts | null;
  /** Sent along with a create where nothing else was decided for the field */
  additions: { hubspot: Values; salesforce: Values };
  /** HubSpot records to associate with the one that is created there */
  links: { object: "contact" | "company" | "deal"; id: string }[];
  /** Its row became part of another record of this batch */
  absorbed: boolean;
  journalId: string | null;
  /** Remote calls that carried this record */
  calls: number;
  hubspotSent: Values;
  salesforceSent: Values;
  hubspotOutcomes: WriteOutcome[];
  salesforceOutcomes: WriteOutcome[];
};

export function openWork(claimed: ClaimedRecord): RecordWork {
  return {
    claimed,
    hubspot:
      claimed.hubspotId && claimed.hubspotValues
        ? { id: claimed.hubspotId, values: claimed.hubspotValues, modifiedAt: claimed.hubspotStamp }
        : null,
    salesforce:
      claimed.salesforceId && claimed.salesforceType && claimed.salesforceValues
        ? {
            id: claimed.salesforceId,
            type: claimed.salesforceType,
            values: claimed.salesforceValues,
            modifiedAt: claimed.salesforceStamp,
          }
        : null,
    missing: null,
    unread: false,
    inList: null,
    memberUntil: null,
    deletedIn: null,
    partnerTaken: false,
    justLinked: false,
    followedMerge: false,
    candidates: null,
    editTimes: {},
    decision: null,
    deferred: false,
    waitsFor: [],
    follows: [],
    roles: null,
    roleIds: new Map(),
    copy: null,
    refusal: null,
    derived: [],
    facts: null,
    additions: { hubspot: {}, salesforce: {} },
    links: [],
    absorbed: false,
    journalId: null,
    calls: 0,
    hubspotSent: {},
    salesforceSent: {},
    hubspotOutcomes: [],
    salesforceOutcomes: [],
  };
}

/** The HubSpot records of the batch's object; null for what HubSpot keeps as events, not as records. */
export function hubspotRecords(batch: Batch): HubSpotRecords | null {
  const { object } = batch.context;
  return isHubSpotObject(object) ? batch.crms.hubspot.of(object) : null;
}

/** Works that go on to the next step. */
export function openWorks(batch: Batch): RecordWork[] {
  return batch.works.filter((w) => !w.deferred && !w.absorbed);
}
