import type { FieldMapping } from "./record-types";

/** HubSpot's task status → Salesforce's. */
export const TASK_STATUSES: Record<string, string> = {
  NOT_STARTED: "Not Started",
  IN_PROGRESS: "In Progress",
  COMPLETED: "Completed",
  WAITING: "Waiting on someone else",
  DEFERRED: "Deferred",
};

/** HubSpot's task priority → Salesforce's. Salesforce has no "none": it reads back as MEDIUM. */
export const TASK_PRIORITIES: Record<string, string> = { HIGH: "High", MEDIUM: "Normal", LOW: "Low", NONE: "Normal" };

/** HubSpot's task type ↔ TaskSubtype; Salesforce has no subtype for the other types (LINKED_IN, MEETING …). */
export const TASK_TYPES: Record<string, string> = { CALL: "Call", EMAIL: "Email", TODO: "Task" };

const map = (
  id: string,
  hubspotProperty: string,
  salesforceField: string,
  valueMap: Record<string, string> = {},
): FieldMapping => ({
  id,
  hubspotProperty,
  leadField: null,
  contactField: null,
  salesforceField,
  rule: "two_way",
  valueMap,
});

/**
 * A2: what keeps a HubSpot task and a Salesforce Task in step, both ways. Fixed: nobody edits them, and their ids never
 * change. hs_task_body is HTML and hs_timestamp a moment of the portal's day, see `plain-text` and `zoned-time`.
 */
export const TASK_MAPPINGS: readonly FieldMapping[] = [
  map("task-subject", "hs_task_subject", "Subject"),
  map("task-body", "hs_task_body", "Description"),
  map("task-status", "hs_task_status", "Status", TASK_STATUSES),
  map("task-priority", "hs_task_priority", "Priority", TASK_PRIORITIES),
  map("task-due", "hs_timestamp", "ActivityDate"),
  map("task-owner", "hubspot_owner_id", "OwnerId"),
];

/** The HubSpot value of a Salesforce one; a value of the org's own is `otherwise`. */
export function hubspotWordOf(words: Record<string, string>, salesforce: string, otherwise: string): string {
  const wanted = salesforce.trim().toLowerCase();
  return Object.entries(words).find(([, word]) => word.toLowerCase() === wanted)?.[0] ?? otherwise;
}
