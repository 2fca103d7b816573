import { ACTIVITY_TOGGLES } from "./activity-toggles";
import type { ConnectionSettings } from "./connection-settings";
import {
  type FieldMapping,
  MAPPED_OBJECTS,
  type MappedObject,
  SALESFORCE_TYPES,
  SALESFORCE_TYPES_OF,
  type SalesforceType,
  type Side,
  salesforceFieldOf,
} from "./record-types";

/** What our user may do with one Salesforce object, by Salesforce's own description of it. */
export type ObjectAccess = {
  label: string;
  queryable: boolean;
  createable: boolean;
  updateable: boolean;
  deletable: boolean;
  /** Only fields that our user may see */
  fields: Record<string, { label: string; isWritable: boolean; isGrantable: boolean }>;
};

export type Right = "read" | "create" | "edit" | "delete" | "see_field" | "edit_field" | "id_field" | "scope";

/** One right that is needed and not granted. */
export type MissingRight = {
  side: Side;
  /** "Lead", "Account"; of HubSpot "contact", "lists" */
  object: string;
  field: string | null;
  fieldLabel: string | null;
  /** The mapping that needs the field */
  hubspotProperty: string | null;
  right: Right;
  /** HubSpot's name of the permission */
  scope: string | null;
};

export type Verdict = "granted" | "missing" | "not_needed";
const OBJECT_RIGHTS = ["read", "create", "edit", "delete"] as const;
type ObjectRight = (typeof OBJECT_RIGHTS)[number];
export type CheckedObject = {
  type: SalesforceType;
  label: string;
  rights: Record<ObjectRight, Verdict>;
  /** Fields that mappings and ids need, and how many of them are not open */
  fields: number;
  fieldsMissing: number;
};

export type RightsInput = {
  settings: ConnectionSettings;
  mappings: Partial<Record<MappedObject, FieldMapping[]>>;
  /** Null for an object that our user may not see */
  access: Partial<Record<SalesforceType, ObjectAccess | null>>;
  idFields: Record<SalesforceType, string | null>;
};

/**
 * X9: what the settings and mappings need of Salesforce and our user may not, object by object and field by field. What
 * nothing needs is not asked for.
 */
export function findMissingRights(input: RightsInput): { checked: CheckedObject[]; missing: MissingRight[] } {
  const results = listTypesInUse(input.settings).map((type) => checkType(type, input));
  return { checked: results.map((one) => one.checked), missing: results.flatMap((one) => one.missing) };
}

/** The Salesforce objects that something travels to or from with these settings. */
export function listTypesInUse(settings: ConnectionSettings): SalesforceType[] {
  return SALESFORCE_TYPES.filter((type) => neededOf(type, settings, true).read);
}

type Needs = Record<ObjectRight, boolean>;

function neededOf(type: SalesforceType, settings: ConnectionSettings, writes: boolean): Needs {
  const { isOn, creates, isOurs } = tellUse(type, settings);
  return {
    read: isOn,
    create: isOn && creates,
    edit: isOn && (writes || creates),
    delete: isOn && isOurs && settings.whenDeletedInHubSpot === "delete",
  };
}

/** `isOurs`: a delete in HubSpot may delete it. */
function tellUse(
  type: SalesforceType,
  settings: ConnectionSettings,
): { isOn: boolean; creates: boolean; isOurs: boolean } {
  const { company, deal, activities, salesforceActivities, campaigns } = settings;
  switch (type) {
    case "Lead":
    case "Contact":
      return { isOn: settings.contactSyncOn, creates: createsPerson(type, settings), isOurs: true };
    case "Account":
      return { isOn: company.on, creates: company.toSalesforce === "create", isOurs: true };
    case "Opportunity":
      return { isOn: deal.on, creates: deal.toSalesforce === "create", isOurs: true };
    case "Task": {
      const goes = ACTIVITY_TOGGLES.some((toggle) => toggle !== "meeting" && activities[toggle]);
      const comes = salesforceActivities.task || salesforceActivities.call || salesforceActivities.email;
      return { isOn: goes || comes, creates: goes, isOurs: false };
    }
    case "Event":
      return { isOn: activities.meeting || salesforceActivities.event, creates: activities.meeting, isOurs: false };
    case "CampaignMember": {
      const isOn = campaigns.rules.length > 0;
      return { isOn, creates: isOn, isOurs: false };
    }
  }
}

function createsPerson(type: "Lead" | "Contact", settings: ConnectionSettings): boolean {
  const { hubspotToSalesforce, leadOrContactRules } = settings;
  if (hubspotToSalesforce === "nothing") return false;
  return hubspotToSalesforce === type.toLowerCase() || leadOrContactRules.some((rule) => rule.create === type);
}

type NeededField = { field: string; hubspotProperty: string | null; isWritten: boolean };

function checkType(type: SalesforceType, input: RightsInput): { checked: CheckedObject; missing: MissingRight[] } {
  const access = input.access[type] ?? null;
  const fields = listFields(type, input);
  const needs = neededOf(
    type,
    input.settings,
    fields.some((field) => field.isWritten),
  );
  const has: Needs = {
    read: access?.queryable === true,
    create: access?.createable === true,
    edit: access?.updateable === true,
    delete: access?.deletable === true,
  };
  const verdict = (right: ObjectRight): Verdict => (!needs[right] ? "not_needed" : has[right] ? "granted" : "missing");
  const rights = { read: verdict("read"), create: verdict("create"), edit: verdict("edit"), delete: verdict("delete") };
  const missing: MissingRight[] = OBJECT_RIGHTS.filter((right) => rights[right] === "missing")
    // Who may not see an object may do nothing with it: one line tells it.
    .filter((right) => right === "read" || rights.read !== "missing")
    .map((right) => ({ ...salesforceRight(type), right }));
  const missingFields = access ? fields.flatMap((field) => checkField(type, field, access)) : [];
  const checked = {
    type,
    label: access?.label ?? type,
    rights,
    fields: fields.length,
    fieldsMissing: access ? missingFields.length : fields.length,
  };
  return { checked, missing: [...missing, ...missingFields] };
}

function salesforceRight(type: SalesforceType): Omit<MissingRight, "right"> {
  return { side: "salesforce", object: type, field: null, fieldLabel: null, hubspotProperty: null, scope: null };
}

function listFields(type: SalesforceType, { mappings, idFields }: RightsInput): NeededField[] {
  const objects = MAPPED_OBJECTS.filter((object) => SALESFORCE_TYPES_OF[object].includes(type));
  const mapped = objects.flatMap((object) =>
    (mappings[object] ?? []).flatMap((mapping): NeededField[] => {
      const field = salesforceFieldOf(mapping, type);
      if (field === null || mapping.rule === "dont_sync") return [];
      const { hubspotProperty, rule } = mapping;
      return [{ field, hubspotProperty, isWritten: rule !== "always_salesforce" }];
    }),
  );
  const idField = idFields[type];
  return idField === null ? mapped : [...mapped, { field: idField, hubspotProperty: null, isWritten: true }];
}

/** While the object itself may not be edited, Salesforce shows every field as closed: that is told once. */
function checkField(type: SalesforceType, needed: NeededField, access: ObjectAccess): MissingRight[] {
  const { field, hubspotProperty, isWritten } = needed;
  const found = access.fields[field];
  const line = { ...salesforceRight(type), field, hubspotProperty, fieldLabel: found?.label ?? null };
  if (!found) return [{ ...line, right: hubspotProperty === null ? "id_field" : "see_field" }];
  const mayBeEdited = access.updateable || access.createable;
  if (!isWritten || found.isWritable || !found.isGrantable || !mayBeEdited) return [];
  return [{ ...line, right: "edit_field" }];
}

/** HubSpot's permissions that the settings need, with what each is for. */
function listNeededScopes(settings: ConnectionSettings): { scope: string; object: string }[] {
  const { activities, campaigns, company, deal, inclusionLists } = settings;
  const records = (object: string, plural: string) =>
    [`crm.objects.${plural}.read`, `crm.objects.${plural}.write`, `crm.schemas.${plural}.read`].map((scope) => ({
      scope,
      object,
    }));
  const needed = [...records("contact", "contacts"), { scope: "crm.objects.owners.read", object: "owners" }];
  if (company.on) needed.push(...records("company", "companies"));
  if (deal.on) needed.push(...records("deal", "deals"));
  if (Object.values(inclusionLists).some((list) => list !== null))
    needed.push({ scope: "crm.lists.read", object: "lists" });
  if (activities.form_submission || campaigns.rules.length > 0) needed.push({ scope: "forms", object: "forms" });
  if (activities.marketing_email_sent || activities.marketing_email_opened || activities.marketing_email_clicked)
    needed.push({ scope: "content", object: "marketing_emails" });
  if (activities.sales_email_sent || activities.sales_email_opened || activities.sales_email_clicked)
    needed.push({ scope: "sales-email-read", object: "sales_emails" });
  return needed;
}

/** X9: HubSpot's permissions that the settings need, beside those that were granted. */
export function findMissingScopes(
  settings: ConnectionSettings,
  granted: readonly string[],
): { needed: number; missing: MissingRight[] } {
  const needed = listNeededScopes(settings);
  const missing = needed
    .filter(({ scope }) => !granted.includes(scope))
    .map(({ scope, object }) => ({
      side: "hubspot" as const,
      object,
      field: null,
      fieldLabel: null,
      hubspotProperty: null,
      right: "scope" as const,
      scope,
    }));
  return { needed: needed.length, missing };
}
