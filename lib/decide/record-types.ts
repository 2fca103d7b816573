import type { ActivityLanguage } from "./activity-texts";
import type { ActivityToggle } from "./activity-toggles";

/** Shapes that the whole house speaks about. Pure types: no I/O, no clock, no SDK. */

export type Side = "hubspot" | "salesforce";

/**
 * Everything that is kept as a record of its own, parents before their children: a company is synced before its contacts,
 * contacts before deals, all of them before the activities that belong to them.
 */
export const SYNC_OBJECTS = [
  "company",
  "contact",
  "deal",
  "task",
  "call",
  "email",
  "meeting",
  "note",
  "form_submission",
  "marketing_email",
  "sales_email",
  "document_view",
  "campaign_member",
] as const;
export type SyncObject = (typeof SYNC_OBJECTS)[number];

/** Objects with field mappings that people edit. */
export const MAPPED_OBJECTS = ["contact", "company", "deal", "task"] as const;
export type MappedObject = (typeof MAPPED_OBJECTS)[number];

/** The mapped object whose field descriptions serve this one: activities are Tasks and Events in Salesforce. */
export function toMappedObject(object: SyncObject): MappedObject {
  return MAPPED_OBJECTS.find((mapped) => mapped === object) ?? "task";
}

export const SALESFORCE_TYPES = [
  "Lead",
  "Contact",
  "Account",
  "Opportunity",
  "Task",
  "Event",
  "CampaignMember",
] as const;
export type SalesforceType = (typeof SALESFORCE_TYPES)[number];

/** The Salesforce types that one object meets. */
export const SALESFORCE_TYPES_OF: Record<SyncObject, readonly SalesforceType[]> = {
  company: ["Account"],
  contact: ["Lead", "Contact"],
  deal: ["Opportunity"],
  task: ["Task"],
  call: ["Task"],
  email: ["Task"],
  meeting: ["Event"],
  note: ["Task"],
  form_submission: ["Task"],
  marketing_email: ["Task"],
  sales_email: ["Task"],
  document_view: ["Task"],
  campaign_member: ["CampaignMember"],
};

/** A value as the vendor's JSON carries it. HubSpot: string or null. Salesforce: string, number, boolean or null. */
export type RawValue = string | number | boolean | null;
export type Values = Record<string, RawValue>;

/** What one side held when it was last read. `modifiedAt` in epoch ms, by that side's own clock. */
export type HubSpotReading = { id: string; values: Values; modifiedAt: number };
export type SalesforceReading = { id: string; type: SalesforceType; values: Values; modifiedAt: number };

/** What each side held, per property and field, when the pair was last in sync. */
export type Base = { hubspot: Values; salesforce: Values };

export type FieldKind =
  | "text"
  | "longtext"
  | "email"
  | "phone"
  | "url"
  | "number"
  | "boolean"
  | "date"
  | "datetime"
  | "picklist"
  | "multipicklist"
  | "owner"
  | "reference"
  | "unsupported";

export type FieldOption = { value: string; label: string; active: boolean };

/** One property or field as its CRM describes it. */
export type FieldSchema = {
  name: string;
  label: string;
  kind: FieldKind;
  /** The vendor's own word, e.g. "enumeration/checkbox" or "multipicklist" */
  remoteType: string;
  /** Longest text in characters, where the vendor states one */
  length?: number;
  options?: FieldOption[];
  /** What 40 % is in the API: HubSpot's percentages are fractions, 0.4, as its own deal probability; Salesforce's are 40 */
  percent?: "fraction" | "whole";
  /** Salesforce: a value outside the options is refused */
  restricted?: boolean;
  /** The API refuses writes: formula, roll-up, auto-number, system field, or no edit permission */
  readOnly: boolean;
  /** Formula, roll-up, calculated property */
  calculated: boolean;
  /** Must be present when a record is created and has no default of its own */
  required?: boolean;
  /** Salesforce: label of the field that decides which options are allowed (a dependent picklist) */
  controlledBy?: string;
};

export type ObjectSchema = Record<string, FieldSchema>;
/** HubSpot's properties of one object beside the fields of every Salesforce type; a type never described is empty. */
export type Schemas = { hubspot: ObjectSchema } & Record<SalesforceType, ObjectSchema>;

export function emptySchemas(): Schemas {
  const types = SALESFORCE_TYPES.map((type) => [type, {}] as const);
  return { hubspot: {}, ...(Object.fromEntries(types) as Record<SalesforceType, ObjectSchema>) };
}

export const UPDATE_RULES = [
  "prefer_salesforce",
  "always_salesforce",
  "two_way",
  "dont_sync",
  "prefer_hubspot",
  "always_hubspot",
] as const;
export type UpdateRule = (typeof UPDATE_RULES)[number];

/** One row of the field mapping page: a HubSpot property with the Lead field and the Contact field it stands for. */
export type FieldMapping = {
  id: string;
  hubspotProperty: string;
  leadField: string | null;
  contactField: string | null;
  /** The field of the one Salesforce type of a company, deal or task; contacts have none */
  salesforceField?: string | null;
  rule: UpdateRule;
  /** HubSpot option value -> Salesforce picklist value */
  valueMap: Record<string, string>;
  /** Salesforce picklist value -> HubSpot option value, where several mean the same; goes before `valueMap` */
  salesforceValues?: Record<string, string>;
  /** HubSpot option -> the one that stands for it in Salesforce, where no value there means it */
  standIns?: Record<string, string>;
  /** Values that the maps do not name do not travel */
  onlyListed?: boolean;
};

/** Owners of HubSpot or users of Salesforce, by id. */
export type Person = { email: string; active: boolean };

/** One condition on a record's own values; several are joined by AND (spec C2, G4). */
export type FieldCondition = {
  field: string;
  operator: "is" | "is_not" | "contains" | "not_contains" | "is_blank" | "is_not_blank" | "greater" | "less";
  /** Compared as text without regard to case; numbers and dates by size. Several values: one of them is enough */
  values: string[];
};

export type CreationSettings = {
  /** C1: what a Salesforce record of this type without a HubSpot partner does */
  toHubSpot: Partial<Record<SalesforceType, "create" | "nothing">>;
  /** C2: the Salesforce type that a HubSpot record without a partner becomes; null = nothing is created */
  toSalesforce: SalesforceType | null;
  /** C2, beyond HubSpot: the first rule whose conditions hold decides before `toSalesforce` does */
  rules?: { conditions: FieldCondition[]; create: SalesforceType }[];
  /** Defaults for required Salesforce fields that no mapping fills */
  defaults: Partial<Record<SalesforceType, Record<string, string>>>;
};

/** Ids of paired parents by their own side's id: both sides of one pair have the same key. */
export type References = Record<Side, Record<string, string>>;

/** The two CRMs' own words, as activities are composed with them. */
export type ActivityWords = {
  /** What the org calls a completed task and an ordinary priority */
  org: { completedStatus?: string; normalPriority?: string };
  /** Salesforce's status and priority → HubSpot's */
  statuses: Record<string, string>;
  priorities: Record<string, string>;
  /** Labels of call outcomes by id; null = HubSpot's six */
  outcomes: Record<string, string> | null;
  /** The same without the deleted ones: what a call can be given */
  liveOutcomes: Record<string, string> | null;
};

/** How the activities of one object travel and are written (spec A1, A2, A4). */
export type ActivitySettings = {
  language: ActivityLanguage;
  /** IANA name of the portal's time zone */
  timeZone: string;
  /** HubSpot → Salesforce: toggles that are on, with the epoch ms since when; 0 = since always */
  toSalesforce: Partial<Record<ActivityToggle, number>>;
  /** Salesforce → HubSpot: epoch ms since when; null = off */
  toHubSpot: number | null;
  /** The org's and the portal's own words; absent = the standard ones */
  words?: ActivityWords;
};

/** Everything a decision depends on besides the records themselves. */
export type SyncSettings = {
  object: SyncObject;
  connectionActive: boolean;
  objectSyncOn: boolean;
  creation: CreationSettings;
  mappings: FieldMapping[];
  schemas: Schemas;
  hubspotOwners: Record<string, Person>;
  salesforceUsers: Record<string, Person>;
  /** IANA name of the portal's time zone, in which a moment is a day (F10); absent = UTC */
  timeZone?: string;
  /** Parents that reference fields of this batch name (a contact's company, a deal's account) */
  references?: References;
  /** G4: a Salesforce record that does not meet all of them is not taken to HubSpot */
  salesforceFilter?: Partial<Record<SalesforceType, FieldCondition[]>>;
  /** Activities only */
  activity?: ActivitySettings | undefined;
  /** C3: what a confirmed delete on one side does to the other; absent = nothing */
  whenDeleted?: { salesforce: "nothing" | "archive"; hubspot: "nothing" | "delete" };
  /** G2: the inclusion list of this object; null = none is chosen */
  inclusionList?: { listId: string; name: string } | null;
};

export function salesforceFieldOf(mapping: FieldMapping, type: SalesforceType): string | null {
  if (type === "Lead") return mapping.leadField;
  return type === "Contact" ? mapping.contactField : (mapping.salesforceField ?? null);
}

/** Blank = null, empty or only white space (spec, "Words"). */
export function isBlank(value: RawValue | undefined): boolean {
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}
