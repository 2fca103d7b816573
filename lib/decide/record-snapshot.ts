import type { Base, HubSpotReading, SalesforceReading, Side } from "./record-types";

/** A value of a HubSpot contact that no field of Salesforce holds but that follows from what Salesforce knows. */
export type DerivedValue = {
  property: string;
  value: string;
  /** Where it comes from, for the timeline */
  source: string;
};

/** Everything that is known of one record when it is decided. */
export type RecordSnapshot = {
  hubspot: HubSpotReading | null;
  salesforce: SalesforceReading | null;
  /** null = the pair has never been in sync */
  base: Base | null;
  /** The partner by email already belongs to another pair */
  partnerTaken: boolean;
  /** A partner is known by id but could not be read */
  missing: "hubspot" | "salesforce" | null;
  /** G2: whether HubSpot's inclusion list has it; null = no list is chosen, or there is no HubSpot record yet */
  inList?: boolean | null;
  /** C3: the side where a direct read confirmed that the record was deleted */
  deletedIn?: Side | null;
  /** What a Salesforce record that was deleted held when it was last read, for the filter */
  lastSalesforce?: SalesforceReading | null;
  /** Parents that must be in sync before this record can be written (spec P2, A5), "contact/hubspot/123" each */
  waitsFor?: string[];
  /** P1: whether a lone company has a contact that syncs; undefined = of no matter */
  hasSyncingContact?: boolean | undefined;
  /** A2: whether an activity belongs to a person that could be known; undefined = of no matter */
  hasContact?: boolean | undefined;
  /** L1, K1: what follows for a HubSpot contact from what Salesforce knows */
  derived?: DerivedValue[];
  /** HubSpot edit time per property, epoch ms; only fetched when a decision asked for it */
  hubspotEditTimes: Record<string, number>;
};
