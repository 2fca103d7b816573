import { z } from "zod";
import type { SalesforceType } from "@/lib/decide/record-types";
import { CrmCallError, type IdFields, SALESFORCE_ID_FIELDS } from "../face";
import type { CallSalesforce } from "./call";
import { listFieldsOf } from "./describe-fields";
import { grantIdFields } from "./grant-fields";
import type { SalesforcePaths } from "./paths";

/** What the id field is called in the org's set-up pages. */
const LABELS: Partial<Record<SalesforceType, string>> = {
  Lead: "HubSpot Contact ID",
  Contact: "HubSpot Contact ID",
  Account: "HubSpot Company ID",
  Opportunity: "HubSpot Deal ID",
  Task: "HubSpot Activity ID",
  Event: "HubSpot Activity ID",
};
/** HubSpot ids have up to 12 digits today; an external id cannot be widened everywhere later. */
const FIELD_LENGTH = 64;
/** What Salesforce answers when the field stands already. */
const ALREADY_THERE = ["DUPLICATE_DEVELOPER_NAME", "DUPLICATE_VALUE"];

/** Whether these types have their external-id field; missing ones are named "Lead.HubSpot_Contact_Id__c". */
export async function findIdFields(
  call: CallSalesforce,
  paths: SalesforcePaths,
  types: readonly SalesforceType[],
): Promise<IdFields> {
  const missing = (await listMissing(call, paths, types)).map((type) => `${type}.${SALESFORCE_ID_FIELDS[type]}`);
  return { present: missing.length === 0, missing };
}

/**
 * Creates what is missing through the Tooling API and makes it visible to our user. One that stands already is fine.
 * Throws CrmCallError, e.g. INSUFFICIENT_ACCESS without the right to customise the application.
 */
export async function createIdFields(
  call: CallSalesforce,
  paths: SalesforcePaths,
  types: readonly SalesforceType[],
): Promise<void> {
  const missing = await listMissing(call, paths, types);
  if (missing.length === 0) return;
  for (const type of missing) await createField(call, paths, type);
  const invisible = await listMissing(call, paths, types);
  if (invisible.length > 0) await grantIdFields(call, paths, invisible);
}

async function listMissing(
  call: CallSalesforce,
  paths: SalesforcePaths,
  types: readonly SalesforceType[],
): Promise<SalesforceType[]> {
  const missing: SalesforceType[] = [];
  for (const type of types) {
    if (SALESFORCE_ID_FIELDS[type] === null) continue;
    const fields = await listFieldsOf(call, paths, type);
    const field = fields.find(({ name }) => name === SALESFORCE_ID_FIELDS[type]);
    if (!field?.externalId || !(field.unique || isActivity(type))) missing.push(type);
  }
  return missing;
}

async function createField(call: CallSalesforce, paths: SalesforcePaths, type: SalesforceType): Promise<void> {
  try {
    await call({
      method: "POST",
      path: paths.customField,
      body: {
        // Tasks and events share the custom fields of their common parent.
        FullName: `${isActivity(type) ? "Activity" : type}.${SALESFORCE_ID_FIELDS[type]}`,
        Metadata: {
          label: LABELS[type] ?? "HubSpot ID",
          description: "The HubSpot record that this one is synced with. Kakehashi uses it to never create one twice.",
          type: "Text",
          length: FIELD_LENGTH,
          externalId: true,
          // Salesforce offers no unique fields on activities.
          ...(isActivity(type) ? {} : { unique: true, caseSensitive: false }),
        },
      },
      isWrite: true,
      reply: z.looseObject({ id: z.string() }),
    });
  } catch (error) {
    if (!(error instanceof CrmCallError) || !ALREADY_THERE.includes(error.failure.code)) throw error;
  }
}

function isActivity(type: SalesforceType): boolean {
  return type === "Task" || type === "Event";
}
