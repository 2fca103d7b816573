import { DEAL_COMPANIONS } from "./decide-deal-fields";
import type { FieldReason } from "./decide-field";
import type { FieldPlan } from "./decision-types";
import { type Base, type FieldMapping, isBlank, type Values } from "./record-types";

/** Blocked until something else changes (a parent syncs, a stage is mapped): still to be done, so it gets no base. */
const STILL_TO_DO: readonly FieldReason[] = [
  "parent_not_synced",
  "stage_unknown",
  "stage_pair_gone",
  "stage_without_counterpart",
  "currency_not_in_salesforce",
  "currency_not_in_hubspot",
  "not_a_value",
];

/**
 * The base after a sync: what each side holds now, except for fields whose write failed. Those keep what they had (or
 * stay without a base), so that they are still seen as changed at the next try.
 */
export function planBase(
  before: Base | null,
  now: { hubspot: Values; salesforce: Values },
  fields: FieldPlan[],
  failed: { hubspot: boolean; salesforce: boolean },
): Base {
  const base: Base = { hubspot: { ...now.hubspot }, salesforce: { ...now.salesforce } };
  for (const field of fields) {
    if (!isStillToDo(field, failed)) continue;
    keepOld(base.hubspot, before?.hubspot, field.hubspotProperty);
    keepOld(base.salesforce, before?.salesforce, field.salesforceField);
    const companion = DEAL_COMPANIONS[field.hubspotProperty];
    if (!companion) continue;
    keepOld(base.hubspot, before?.hubspot, companion.hubspot);
    keepOld(base.salesforce, before?.salesforce, companion.salesforce);
  }
  return base;
}

function isStillToDo({ decision }: FieldPlan, failed: { hubspot: boolean; salesforce: boolean }): boolean {
  if (decision.action === "write") return failed[decision.side];
  return decision.action === "blocked" && STILL_TO_DO.includes(decision.reason);
}

/**
 * Lead fields that every conversion brings over to the contact, whatever the org maps besides (Salesforce's standard lead
 * conversion mapping; it cannot be changed). An existing contact gets them where it has none.
 */
const ALWAYS_BROUGHT_OVER: Record<string, string> = {
  Salutation: "Salutation",
  FirstName: "FirstName",
  LastName: "LastName",
  Title: "Title",
  Email: "Email",
  Phone: "Phone",
  MobilePhone: "MobilePhone",
  Fax: "Fax",
  LeadSource: "LeadSource",
  Street: "MailingStreet",
  City: "MailingCity",
  State: "MailingState",
  PostalCode: "MailingPostalCode",
  Country: "MailingCountry",
};

/**
 * The base of a lead as that of the contact it became (spec M4): what the lead's fields held stands for the contact's
 * fields of the same mappings. A field that only the contact has is without a base, as on a first sync; so is one that the
 * conversion did not bring over: the lead still holds its value, so nobody cleared it. What every conversion brings over
 * and is blank now was cleared on the contact since.
 */
export function carryBase(
  base: Base | null,
  mappings: FieldMapping[],
  now: { lead: Values; contact: Values },
): Base | null {
  if (base === null) return null;
  const salesforce: Values = {};
  for (const { leadField, contactField } of mappings) {
    if (leadField === null || contactField === null) continue;
    const held = base.salesforce[leadField];
    const isLeftBehind =
      ALWAYS_BROUGHT_OVER[leadField] !== contactField &&
      isBlank(now.contact[contactField]) &&
      !isBlank(now.lead[leadField]);
    if (held !== undefined && !isLeftBehind) salesforce[contactField] = held;
  }
  return { hubspot: base.hubspot, salesforce };
}

function keepOld(values: Values, before: Values | undefined, name: string): void {
  const old = before?.[name];
  if (old === undefined) delete values[name];
  else values[name] = old;
}
