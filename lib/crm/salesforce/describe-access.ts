import { z } from "zod";
import type { ObjectAccess } from "@/lib/decide/find-missing-rights";
import type { SalesforceType } from "@/lib/decide/record-types";
import { CrmCallError } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";

const accessSchema = z.looseObject({
  label: z.string(),
  queryable: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  deletable: z.boolean(),
  fields: z.array(
    z.looseObject({
      name: z.string(),
      label: z.string(),
      createable: z.boolean(),
      updateable: z.boolean(),
      calculated: z.boolean().nullish(),
      permissionable: z.boolean().nullish(),
    }),
  ),
});

/** What Salesforce answers for an object that our user may not see at all: as if there were none. */
const HIDDEN_STATUS = [403, 404];

/** What our user may do with an object and its fields; null when it may not see it. Throws CrmCallError. */
export async function describeAccess(
  call: CallSalesforce,
  paths: SalesforcePaths,
  type: SalesforceType,
): Promise<ObjectAccess | null> {
  try {
    const reply = await call({ method: "GET", path: paths.describe(type), isWrite: false, reply: accessSchema });
    const { label, queryable, createable, updateable, deletable } = reply;
    const fields = reply.fields.map((field) => [
      field.name,
      {
        label: field.label,
        isWritable: field.createable || field.updateable,
        // Formulas, system fields and required ones know no field permission of their own.
        isGrantable: field.permissionable === true && field.calculated !== true,
      },
    ]);
    return { label, queryable, createable, updateable, deletable, fields: Object.fromEntries(fields) };
  } catch (error) {
    const isHidden = error instanceof CrmCallError && HIDDEN_STATUS.includes(error.failure.status);
    // A 403 for the whole API (switched off, its limit reached) is no missing object permission.
    if (isHidden && /^(NOT_FOUND|INVALID_TYPE|INSUFFICIENT_ACCESS)/.test(error.failure.code)) return null;
    throw error;
  }
}
