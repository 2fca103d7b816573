import { SALESFORCE_TYPES_OF, type SalesforceType, SYNC_OBJECTS, type SyncObject, type Values } from "./record-types";

/** Types that hold more than one of our objects: a Task is a task, a logged call or an e-mail by its TaskSubtype. */
export function isSharedType(type: SalesforceType): boolean {
  return SYNC_OBJECTS.filter((object) => SALESFORCE_TYPES_OF[object].includes(type)).length > 1;
}

/** Activities share one id field over Tasks and Events, and HubSpot numbers each object by itself: the key names both. */
const KEY_FIELD = "HubSpot_Activity_Id__c";

/**
 * What the id field of a Salesforce record holds for a HubSpot record (spec M6, A3): its id, for activities with the
 * object before it, "call:123".
 */
export function salesforceKeyOf(object: SyncObject, hubspotId: string): string {
  return isActivity(object) ? `${object}:${hubspotId}` : hubspotId;
}

export function isActivity(object: SyncObject): boolean {
  return SALESFORCE_TYPES_OF[object].some((type) => type === "Task" || type === "Event");
}

/** The HubSpot activity that this Task or Event is the copy of; null where it was made in Salesforce. */
export function copiedFrom(values: Values): { object: SyncObject; hubspotId: string } | null {
  const [name, hubspotId] = String(values[KEY_FIELD] ?? "").split(":");
  const object = SYNC_OBJECTS.find((known) => known === name);
  return object && hubspotId ? { object, hubspotId } : null;
}

/** The subtypes of Tasks that are no plain tasks. */
export const TASK_SUBTYPES = { call: ["Call"], email: ["Email", "ListEmail"] };

/** The object that a Salesforce record belongs to: that of the HubSpot record it is a copy of, else by its own kind. */
export function objectOfSalesforce(type: SalesforceType, values: Values): SyncObject {
  switch (type) {
    case "Lead":
    case "Contact":
      return "contact";
    case "Account":
      return "company";
    case "Opportunity":
      return "deal";
    case "Event":
      return copiedFrom(values)?.object ?? "meeting";
    case "CampaignMember":
      return "campaign_member";
    case "Task": {
      const copied = copiedFrom(values);
      if (copied) return copied.object;
      const subtype = String(values.TaskSubtype ?? "");
      if (TASK_SUBTYPES.call.includes(subtype)) return "call";
      return TASK_SUBTYPES.email.includes(subtype) ? "email" : "task";
    }
  }
}
