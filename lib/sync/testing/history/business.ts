import type { Person } from "./edit-log";
import type { ValueLog } from "./value-log";

/** A company with its account, or a deal with its opportunity. */
export type Business = {
  object: "company" | "deal";
  /** Its name on both sides, and in the log */
  key: string;
  hubspotId: string | null;
  salesforceId: string | null;
  /** A company's contact, whose account it is */
  person: Person | null;
  /** A deal's company */
  parent: Business | null;
  values: ValueLog;
};

export const TYPE = { company: "companies", deal: "deals" } as const;
export const OBJECT = { company: "Account", deal: "Opportunity" } as const;
/** HubSpot property → Salesforce field of what is edited. */
export const EDITED = {
  company: { phone: "Phone", city: "BillingCity" },
  deal: { amount: "Amount", dealstage: "StageName" },
} as const;
export const STAGES: Record<string, string> = {
  appointmentscheduled: "Prospecting",
  qualifiedtobuy: "Qualification",
  presentationscheduled: "Needs Analysis",
  contractsent: "Negotiation/Review",
  closedwon: "Closed Won",
  closedlost: "Closed Lost",
};
