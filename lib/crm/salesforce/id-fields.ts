import { z } from "zod";
import type { SalesforceType } from "@/lib/decide/record-types";
import { CrmCallError, type IdFields, SALESFORCE_HUBSPOT_ID_FIELD } from "../face";
import type { CallSalesforce } from "./call";
import { listFieldsOf } from "./describe-fields";
import { grantIdFields } from "./grant-fields";
import type { SalesforcePaths } from "./paths";

const TYPES: SalesforceType[] = ["Lead", "Contact"];
/** HubSpot ids have up to 12 digits today; an external id cannot be widened everywhere later. */
const FIELD_LENGTH = 64;
/** What Salesforce answers when the field stands already. */
const ALREADY_THERE = ["DUPLICATE_DEVELOPER_NAME", "DUPLICATE_VALUE"];

/** Whether Lead and Contact have the unique external-id field; missing ones are named "Lead.HubSpot_Contact_Id__c". */
export async function findIdFields(call: CallSalesforce, paths: SalesforcePaths): Promise<IdFields> {
  const missing = (await listMissing(call, paths)).map((type) => `${type}.${SALESFORCE_HUBSPOT_ID_FIELD}`);
  return { present: missing.length === 0, missing };
}

/**
 * Creates what is missing through the Tooling API and makes it visible to our user. One that stands already is fine.
 * Throws CrmCallError, e.g. INSUFFICIENT_ACCESS without the right to customise the application.
 */
export async function createIdFields(call: CallSalesforce, paths: SalesforcePaths): Promise<void> {
  const missing = await listMissing(call, paths);
  if (missing.length === 0) return;
  for (const type of missing) await createField(call, paths, type);
  const invisible = await listMissing(call, paths);
  if (invisible.length > 0) await grantIdFields(call, paths, invisible);
}

async function listMissing(call: CallSalesforce, paths: SalesforcePaths): Promise<SalesforceType[]> {
  const missing: SalesforceType[] = [];
  for (const type of TYPES) {
    const fields = await listFieldsOf(call, paths, type);
    const field = fields.find(({ name }) => name === SALESFORCE_HUBSPOT_ID_FIELD);
    if (!field?.externalId || !field.unique) missing.push(type);
  }
  return missing;
}

async function createField(call: CallSalesforce, paths: SalesforcePaths, type: SalesforceType): Promise<void> {
  try {
    await call({
      method: "POST",
      path: paths.customField,
      body: {
        FullName: `${type}.${SALESFORCE_HUBSPOT_ID_FIELD}`,
        Metadata: {
          label: "HubSpot Contact ID",
          description:
            "The HubSpot contact that this record is synced with. Kakehashi uses it to never create one twice.",
          type: "Text",
          length: FIELD_LENGTH,
          externalId: true,
          unique: true,
          caseSensitive: false,
        },
      },
      isWrite: true,
      reply: z.looseObject({ id: z.string() }),
    });
  } catch (error) {
    if (!(error instanceof CrmCallError) || !ALREADY_THERE.includes(error.failure.code)) throw error;
  }
}
