import { z } from "zod";
import type { SalesforceType } from "@/lib/decide/record-types";
import { CrmCallError, SALESFORCE_ID_FIELDS } from "../face";
import type { CallSalesforce } from "./call";
import type { SalesforcePaths } from "./paths";
import { readUserInfo } from "./people";
import { queryAll } from "./query";
import { readValue } from "./record-format";
import { quote } from "./soql";
import { errorListSchema, translateErrors } from "./translate-failure";

const resultsSchema = z.array(
  z.looseObject({ success: z.boolean(), errors: z.union([errorListSchema, z.array(z.never())]).nullish() }),
);

/**
 * Lets our user's profile read and edit the id field. A field made through the Tooling API belongs to no profile at
 * first, not even the administrator's, so that our own user would not see what it just created. Throws CrmCallError.
 */
export async function grantIdFields(
  call: CallSalesforce,
  paths: SalesforcePaths,
  types: readonly SalesforceType[],
): Promise<void> {
  const parent = await findProfileSet(call, paths);
  const records = types.map((type) => ({
    attributes: { type: "FieldPermissions" },
    ParentId: parent,
    SobjectType: type,
    Field: `${type}.${SALESFORCE_ID_FIELDS[type]}`,
    PermissionsRead: true,
    PermissionsEdit: true,
  }));
  const body = { allOrNone: false, records };
  const results = await call({ method: "POST", path: paths.collections, body, isWrite: true, reply: resultsSchema });
  for (const { success, errors } of results) {
    // DUPLICATE_VALUE: granted already.
    if (success || !errors || errors.length === 0 || errors[0]?.statusCode === "DUPLICATE_VALUE") continue;
    throw new CrmCallError(translateErrors(errors, 200));
  }
}

/** Every profile owns one permission set, which carries its field permissions. */
async function findProfileSet(call: CallSalesforce, paths: SalesforcePaths): Promise<string> {
  const { user_id } = await readUserInfo(call, paths);
  const soql = `SELECT Id,PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = ${quote(user_id)} AND PermissionSet.IsOwnedByProfile = true`;
  const [rows = []] = await queryAll(call, paths, [soql]);
  const id = rows[0] ? readValue(rows[0], "PermissionSetId") : null;
  if (typeof id === "string") return id;
  throw new CrmCallError({
    side: "salesforce",
    status: 200,
    code: "INSUFFICIENT_ACCESS",
    message: "The permission set of our user's profile cannot be read",
    fields: [],
    uncertain: false,
  });
}
