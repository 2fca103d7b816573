import type { SalesforceCrm } from "../face";
import { createCall, DEFAULT_API_VERSION, type SalesforceOptions } from "./call";
import { describeFields } from "./describe-fields";
import { createIdFields, findIdFields } from "./id-fields";
import { makePaths } from "./paths";
import { listUsers, readAccount } from "./people";
import { readChanges } from "./read-changes";
import { readByIds, readByKeys, readMatches } from "./read-records";
import { readDeleted, removeRecords } from "./remove-records";
import { writeRecords } from "./write-records";

/** Salesforce behind the common face. Every method throws CrmCallError when a whole call fails. */
export function createSalesforceCrm(o: SalesforceOptions): SalesforceCrm {
  const call = createCall(o);
  const paths = makePaths(o.apiVersion ?? DEFAULT_API_VERSION);
  return {
    readChanges: (cursors, fields, types) => readChanges(call, paths, cursors, fields, types),
    readByIds: (ids, fields) => readByIds(call, paths, ids, fields),
    readByKeys: (types, keys, fields) => readByKeys(call, paths, types, keys, fields),
    readMatches: (wanted, fields, idFieldsPresent) => readMatches(call, paths, wanted, fields, idFieldsPresent),
    readDeleted: (ids) => readDeleted(call, paths, ids),
    remove: (targets) => removeRecords(call, paths, targets),
    write: (writes, idFieldsPresent) => writeRecords(call, paths, writes, idFieldsPresent),
    describe: (type) => describeFields(call, paths, type),
    listUsers: () => listUsers(call, paths),
    readAccount: () => readAccount(call, paths),
    findIdFields: (types) => findIdFields(call, paths, types),
    createIdFields: (types) => createIdFields(call, paths, types),
  };
}
