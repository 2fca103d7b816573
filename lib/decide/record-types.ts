/** Shapes that the whole house speaks about. Pure types: no I/O, no clock, no SDK. */

export type Side = "hubspot" | "salesforce";
export type SalesforceType = "Lead" | "Contact";

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
  /** Salesforce: a value outside the options is refused */
  restricted?: boolean;
  /** The API refuses writes: formula, roll-up, auto-number, system field, or no edit permission */
  readOnly: boolean;
  /** Formula, roll-up, calculated property */
  calculated: boolean;
  /** Must be present when a record is created and has no default of its own */
  required?: boolean;
};

export type ObjectSchema = Record<string, FieldSchema>;
export type Schemas = { hubspot: ObjectSchema; Lead: ObjectSchema; Contact: ObjectSchema };

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
  rule: UpdateRule;
  /** HubSpot option value -> Salesforce picklist value */
  valueMap: Record<string, string>;
};

/** Owners of HubSpot or users of Salesforce, by id. */
export type Person = { email: string; active: boolean };

export type CreationSettings = {
  /** C1, for a Salesforce lead that has no HubSpot contact */
  leadToHubSpot: "create" | "nothing";
  /** C1, for a Salesforce contact that has no HubSpot contact */
  contactToHubSpot: "create" | "nothing";
  /** C2, for a HubSpot contact that has no Salesforce record */
  hubspotToSalesforce: "lead" | "contact" | "nothing";
  /** Defaults for required Salesforce fields that no mapping fills */
  defaults: Record<SalesforceType, Record<string, string>>;
};

/** Everything a decision depends on besides the records themselves. */
export type SyncSettings = {
  connectionActive: boolean;
  contactSyncOn: boolean;
  creation: CreationSettings;
  mappings: FieldMapping[];
  schemas: Schemas;
  hubspotOwners: Record<string, Person>;
  salesforceUsers: Record<string, Person>;
};

export function salesforceFieldOf(mapping: FieldMapping, type: SalesforceType): string | null {
  return type === "Lead" ? mapping.leadField : mapping.contactField;
}

/** Blank = null, empty or only white space (spec, "Words"). */
export function isBlank(value: RawValue | undefined): boolean {
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}
