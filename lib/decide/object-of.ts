import { SALESFORCE_TYPES_OF, type SalesforceType, SYNC_OBJECTS, type SyncObject, type Values } from "./record-types";

/** Types that hold more than one of our objects: a Task is a task, a logged call or an e-mail by its TaskSubtype. */
export function isSharedType(type: SalesforceType): boolean {
  return SYNC_OBJECTS.filter((object) => SALESFORCE_TYPES_OF[object].includes(type)).length > 1;
}

/** The object that a Salesforce record belongs to when it did not come from HubSpot. */
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
      return "meeting";
    case "CampaignMember":
      return "campaign_member";
    case "Task":
      if (values.TaskSubtype === "Call") return "call";
      return values.TaskSubtype === "Email" || values.TaskSubtype === "ListEmail" ? "email" : "task";
  }
}
