import type { ActivityLanguage } from "./activity-texts";
import { ACTIVITY_TOGGLES, type ActivityToggle } from "./activity-toggles";
import type { FieldCondition, SalesforceType } from "./record-types";

/** Salesforce activities that become HubSpot engagements (spec A4). */
export const SALESFORCE_ACTIVITY_TOGGLES = ["task", "call", "email", "event"] as const;
export type SalesforceActivityToggle = (typeof SALESFORCE_ACTIVITY_TOGGLES)[number];

/** What moves a contact's lifecycle stage by itself (spec L1). */
export const LIFECYCLE_STEPS = ["lead_converted", "opportunity_open", "opportunity_won"] as const;
export type LifecycleStep = (typeof LIFECYCLE_STEPS)[number];

/**
 * K1: a form, or every form ("*"), puts its submitters into a campaign with this member status. `since`: ISO, when the rule
 * was made; earlier submissions do not count. Kept by the engine, nobody sets it.
 */
export type CampaignRule = { formId: string; campaignId: string; campaignName: string; status: string; since?: string };

/** P2: a stage of a HubSpot pipeline beside a StageName, with a record type where the org has several. */
export type StagePair = { pipelineId: string; stageId: string; stageName: string; recordTypeId: string | null };

export type InclusionList = { listId: string; name: string };

export type OtherObjectSettings = {
  on: boolean;
  /** HubSpot record without a partner */
  toSalesforce: "create" | "nothing";
  /** Salesforce record without a partner */
  toHubSpot: "create" | "nothing";
};

/** Everything a person sets for one connection. Stored as one JSON value; what is missing there has its default. */
export type ConnectionSettings = {
  /** Minutes, 1–60 (spec T1) */
  checkEveryMinutes: number;
  contactSyncOn: boolean;
  leadToHubSpot: "create" | "nothing";
  contactToHubSpot: "create" | "nothing";
  hubspotToSalesforce: "lead" | "contact" | "nothing";
  /** C2: the first rule that holds decides between lead and contact */
  leadOrContactRules: { conditions: FieldCondition[]; create: "Lead" | "Contact" }[];
  /** Values for required Salesforce fields that no mapping fills */
  defaults: Partial<Record<SalesforceType, Record<string, string>>>;
  company: OtherObjectSettings & { matchByDomain: boolean };
  deal: OtherObjectSettings;
  activities: Record<ActivityToggle, boolean>;
  /** Opens and clicks update the Task of their send instead of making one each (spec A3) */
  rollUpEmailEvents: boolean;
  salesforceActivities: Record<SalesforceActivityToggle, boolean>;
  /** The language of what is written into Salesforce activities */
  activityLanguage: ActivityLanguage;
  /**
   * When each toggle was last turned on, ISO: what was last changed before does not travel (spec A1). Kept by the engine,
   * nobody sets it; a toggle without a moment was on before moments were kept.
   */
  activitiesSince: {
    hubspot: Partial<Record<ActivityToggle, string>>;
    salesforce: Partial<Record<SalesforceActivityToggle, string>>;
  };
  /** G2, per object; null = everybody */
  inclusionLists: Record<"contact" | "company" | "deal", InclusionList | null>;
  /** G4: only Salesforce records that meet all conditions travel to HubSpot */
  salesforceFilter: Partial<Record<SalesforceType, FieldCondition[]>>;
  /** C3 */
  whenDeletedInSalesforce: "nothing" | "archive";
  whenDeletedInHubSpot: "nothing" | "delete";
  /** C4: creates, overwrites and deletes of one run beyond which a person is asked; null = never */
  brakeAt: number | null;
  lifecycle: { on: boolean; steps: Record<LifecycleStep, string | null>; leadStatus: Record<string, string> };
  campaigns: { rules: CampaignRule[]; namesProperty: boolean };
  owners: {
    /** Paired by hand: HubSpot owner id → Salesforce user id; goes before the match by address */
    pairs: Record<string, string>;
    /** Owner of new contacts, accounts and opportunities whose HubSpot owner is nobody in Salesforce */
    defaultUserId: string | null;
  };
  /** Empty = stages meet by their labels and by what they mean (won, lost, open) */
  stagePairs: StagePair[];
  /** Salesforce calls in 24 h that Kakehashi may use; null = 80 % of what the org allows (spec Q1) */
  salesforceDailyCalls: number | null;
  /** T18: a worker listens to Salesforce's change events; the org selects entities for them and counts deliveries */
  salesforceEvents: boolean;
};

/** What a new connection starts with: contacts both ways, nothing deleted, activities as HubSpot's own integration has them. */
export const DEFAULT_SETTINGS: ConnectionSettings = {
  checkEveryMinutes: 15,
  contactSyncOn: true,
  leadToHubSpot: "create",
  contactToHubSpot: "create",
  hubspotToSalesforce: "lead",
  leadOrContactRules: [],
  // What Salesforce itself requires and a HubSpot record may lack.
  defaults: {
    Lead: { LastName: "(unknown)", Company: "(unknown)" },
    Contact: { LastName: "(unknown)" },
    Account: { Name: "(unknown)" },
    Opportunity: { Name: "(unknown)", StageName: "Prospecting" },
  },
  company: { on: false, toSalesforce: "create", toHubSpot: "create", matchByDomain: true },
  deal: { on: false, toSalesforce: "create", toHubSpot: "create" },
  activities: Object.fromEntries(ACTIVITY_TOGGLES.map((toggle) => [toggle, false])) as Record<ActivityToggle, boolean>,
  rollUpEmailEvents: true,
  salesforceActivities: { task: false, call: false, email: false, event: false },
  activityLanguage: "en",
  activitiesSince: { hubspot: {}, salesforce: {} },
  inclusionLists: { contact: null, company: null, deal: null },
  salesforceFilter: {},
  whenDeletedInSalesforce: "nothing",
  whenDeletedInHubSpot: "nothing",
  brakeAt: null,
  lifecycle: {
    on: false,
    steps: { lead_converted: "salesqualifiedlead", opportunity_open: "opportunity", opportunity_won: "customer" },
    leadStatus: {},
  },
  campaigns: { rules: [], namesProperty: false },
  owners: { pairs: {}, defaultUserId: null },
  stagePairs: [],
  salesforceDailyCalls: null,
  salesforceEvents: false,
};
