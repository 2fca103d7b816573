import type { Base, HubSpotReading, SalesforceReading } from "./record-types";

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
  /** Parents that must be in sync before this record can be written (spec P2, A5), "contact/hubspot/123" each */
  waitsFor?: string[];
  /** HubSpot edit time per property, epoch ms; only fetched when a decision asked for it */
  hubspotEditTimes: Record<string, number>;
};
