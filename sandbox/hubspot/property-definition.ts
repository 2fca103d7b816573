import callProperties from "./data/call-properties.json";
import companyProperties from "./data/company-properties.json";
import contactProperties from "./data/contact-properties.json";
import customProperties from "./data/custom-properties.json";
import dealProperties from "./data/deal-properties.json";
import emailProperties from "./data/email-properties.json";
import meetingProperties from "./data/meeting-properties.json";
import noteProperties from "./data/note-properties.json";
import taskProperties from "./data/task-properties.json";
import ticketProperties from "./data/ticket-properties.json";
import {
  CALLS,
  COMPANIES,
  CONTACTS,
  DEALS,
  EMAILS,
  MEETINGS,
  NOTES,
  type ObjectType,
  TASKS,
  TICKETS,
} from "./object-types";

export type PropertyOption = {
  label: string;
  value: string;
  description: string;
  displayOrder: number;
  hidden: boolean;
};

/** A property definition in HubSpot's wire shape, which is also how the sandbox keeps it. */
export type PropertyDefinition = {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  groupName: string;
  description: string;
  options: PropertyOption[];
  displayOrder: number;
  calculated: boolean;
  externalOptions: boolean;
  hasUniqueValue: boolean;
  hidden: boolean;
  hubspotDefined: boolean;
  formField: boolean;
  /** How a number is shown; "percentage" shows 0.4 as 40 % */
  numberDisplayHint?: string;
  dataSensitivity: "non_sensitive";
  modificationMetadata: {
    archivable: boolean;
    readOnlyDefinition: boolean;
    readOnlyValue: boolean;
    readOnlyOptions?: boolean;
  };
  createdAt: string;
  updatedAt: string;
  archived: boolean;
  archivedAt?: string;
};

export type PropertyGroup = { name: string; label: string; displayOrder: number; archived: boolean };

type CompactProperty = {
  name: string;
  label: string;
  groupName: string;
  type: string;
  fieldType: string;
  calculated?: boolean;
  hidden?: boolean;
  formField?: boolean;
  externalOptions?: boolean;
  readOnlyValue?: boolean;
  options?: string[][];
};

const DEFINED_AT = "2020-06-30T15:57:36.811Z";

const GROUP_LABELS: Record<string, string> = {
  contactinformation: "Contact information",
  emailinformation: "Email information",
  analyticsinformation: "Analytics history",
  contact_activity: "Contact activity",
  conversioninformation: "Conversion information",
  facebook_ads_properties: "Facebook Ads properties",
  deal_information: "Deal information",
  sales_properties: "Sales properties",
  companyinformation: "Company information",
  dealinformation: "Deal information",
  companyactivity: "Company activity",
  dealactivity: "Deal activity",
  ticketinformation: "Ticket information",
  ticketactivity: "Ticket activity",
  engagement: "Activity information",
};

const STANDARD: Record<string, CompactProperty[]> = {
  [CONTACTS.name]: contactProperties,
  [COMPANIES.name]: companyProperties,
  [DEALS.name]: dealProperties,
  [TICKETS.name]: ticketProperties,
  [CALLS.name]: callProperties,
  [EMAILS.name]: emailProperties,
  [MEETINGS.name]: meetingProperties,
  [NOTES.name]: noteProperties,
  [TASKS.name]: taskProperties,
};

/** Options on the wire from a list of `[label, value]`. */
export function makeOptions(pairs: readonly (readonly string[])[]): PropertyOption[] {
  return pairs.map(([label = "", value = ""], index) => ({
    label,
    value,
    description: "",
    displayOrder: index,
    hidden: false,
  }));
}

function expandStandard(compact: CompactProperty): PropertyDefinition {
  const readOnlyValue = compact.readOnlyValue === true;
  return {
    name: compact.name,
    label: compact.label,
    type: compact.type,
    fieldType: compact.fieldType,
    groupName: compact.groupName,
    description: "",
    options: makeOptions(compact.options ?? []),
    displayOrder: -1,
    calculated: compact.calculated === true,
    externalOptions: compact.externalOptions === true,
    hasUniqueValue: false,
    hidden: compact.hidden === true,
    hubspotDefined: true,
    formField: compact.formField === true,
    dataSensitivity: "non_sensitive",
    modificationMetadata: {
      archivable: false,
      readOnlyDefinition: true,
      readOnlyValue,
      ...(compact.type === "enumeration" ? { readOnlyOptions: readOnlyValue } : {}),
    },
    createdAt: DEFINED_AT,
    updatedAt: DEFINED_AT,
    archived: false,
  };
}

/** HubSpot's own properties of a type, as a portal has them from the start. */
export function listStandardProperties(type: ObjectType): PropertyDefinition[] {
  const standard = STANDARD[type.name];
  if (standard) return standard.map(expandStandard);
  const groupName = `${type.name.replace(/^p\d+_/, "")}_information`;
  return customProperties.map((property) => expandStandard({ ...property, groupName }));
}

/** The label of one of HubSpot's own property groups. */
export function labelStandardGroup(name: string): string {
  return GROUP_LABELS[name] ?? name;
}
