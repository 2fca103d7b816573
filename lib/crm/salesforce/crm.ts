import type { SalesforceCrm } from "../face";
import { abortJob, type Bulk } from "./bulk-job";
import { createCall, DEFAULT_API_VERSION, type SalesforceOptions } from "./call";
import { createCsvCall } from "./call-csv";
import { openCampaigns, readRoles } from "./campaigns";
import { readContactRoles, writeContactRoles } from "./contact-roles";
import { readCurrencies, readOpportunitySetup } from "./deal-facts";
import { describeAccess } from "./describe-access";
import { describeFields } from "./describe-fields";
import { createIdFields, findIdFields } from "./id-fields";
import { makePaths } from "./paths";
import { listUsers, readAccount } from "./people";
import { readChanges } from "./read-changes";
import { readImport } from "./read-import";
import { readByIds, readByKeys, readMatches } from "./read-records";
import { readDeleted, removeRecords } from "./remove-records";
import { readTaskWords } from "./task-words";
import { writeRecords } from "./write-records";

/** Salesforce behind the common face. Every method throws CrmCallError when a whole call fails. */
export function createSalesforceCrm(o: SalesforceOptions): SalesforceCrm {
  const call = createCall(o);
  const paths = makePaths(o.apiVersion ?? DEFAULT_API_VERSION);
  const bulk: Bulk = { call, callCsv: createCsvCall(o), paths, watch: o.bulkWatch };
  return {
    readChanges: (cursors, fields, types, roles) => readChanges(call, paths, cursors, fields, types, roles),
    readImport: (wanted, place) => readImport(bulk, wanted, place),
    readByIds: (ids, fields) => readByIds(call, paths, ids, fields),
    readByKeys: (types, keys, fields) => readByKeys(call, paths, types, keys, fields),
    readMatches: (wanted, fields, idFieldsPresent) => readMatches(call, paths, wanted, fields, idFieldsPresent),
    readDeleted: (ids) => readDeleted(call, paths, ids),
    remove: (targets) => removeRecords(call, paths, targets),
    stopBulkJob: (id) => abortJob(call, paths.bulkIngest(id)),
    write: (writes, idFieldsPresent) => writeRecords(call, paths, writes, idFieldsPresent, bulk),
    readContactRoles: (ids) => readContactRoles(call, paths, ids),
    writeContactRoles: (writes) => writeContactRoles(call, paths, writes),
    readOpportunitySetup: () => readOpportunitySetup(call, paths),
    readCurrencies: () => readCurrencies(call, paths),
    readTaskWords: () => readTaskWords(call, paths),
    campaigns: openCampaigns(call, paths),
    readRoles: (since, after) => readRoles(call, paths, since, after),
    describe: (type) => describeFields(call, paths, type),
    describeAccess: (type) => describeAccess(call, paths, type),
    listUsers: () => listUsers(call, paths),
    readAccount: () => readAccount(call, paths),
    findIdFields: (types) => findIdFields(call, paths, types),
    createIdFields: (types) => createIdFields(call, paths, types),
  };
}
