import { HUBSPOT_UNIQUE_PROPERTY, type ImportFilter, SALESFORCE_ID_FIELDS } from "@/lib/crm/face";
import type { ImportDates } from "@/lib/decide/job-request";
import { isActivity, TASK_SUBTYPES } from "@/lib/decide/object-of";
import type { SalesforceType } from "@/lib/decide/record-types";
import type { SyncContext } from "./load-sync-context";

/** What an import asks HubSpot for: of activities those that were made there; our own copies are no past to bring over. */
export function filterHubSpot(dates: ImportDates, { object, idFields }: SyncContext): ImportFilter {
  const filter = toFilter(dates);
  return isActivity(object) && idFields.hubspot ? { ...filter, blank: [HUBSPOT_UNIQUE_PROPERTY] } : filter;
}

/** The same for Salesforce, where only activities of a lead or contact travel (spec A4) and Tasks are of several kinds. */
export function filterSalesforce(
  dates: ImportDates,
  { object, idFields }: SyncContext,
  type: SalesforceType,
): ImportFilter {
  const filter = toFilter(dates);
  if (!isActivity(object)) return filter;
  const idField = SALESFORCE_ID_FIELDS[type];
  return {
    ...filter,
    present: ["WhoId"],
    ...(idFields.salesforce && idField !== null ? { blank: [idField] } : {}),
    ...(type === "Task" ? { oneOf: subtypesOf(object) } : {}),
  };
}

function subtypesOf(object: SyncContext["object"]): NonNullable<ImportFilter["oneOf"]> {
  const field = "TaskSubtype";
  if (object === "call" || object === "email") return { field, values: TASK_SUBTYPES[object], not: false };
  return { field, values: [...TASK_SUBTYPES.call, ...TASK_SUBTYPES.email], not: true };
}

function toFilter({ createdFrom, createdTo, modifiedFrom }: ImportDates): ImportFilter {
  const stamp = (text: string | null) => (text === null ? null : Date.parse(text));
  return { createdFrom: stamp(createdFrom), createdTo: stamp(createdTo), modifiedFrom: stamp(modifiedFrom) };
}
