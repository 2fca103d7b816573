import type { HubSpotCrm } from "../face";
import { createCall, type HubSpotOptions } from "./call";
import { describeFields } from "./describe-fields";
import { createIdFields, findIdFields } from "./id-fields";
import { listOwners, readAccount } from "./people";
import { readChanges } from "./read-changes";
import { readByEmails, readByIds, readEditTimes } from "./read-records";
import { writeRecords } from "./write-records";

/** HubSpot behind the common face. Every method throws CrmCallError when a whole call fails. */
export function createHubSpotCrm(o: HubSpotOptions): HubSpotCrm {
  const call = createCall(o);
  return {
    readChanges: (cursor, properties) => readChanges(call, cursor, properties),
    readByIds: (ids, properties) => readByIds(call, ids, properties),
    readByEmails: (emails, properties) => readByEmails(call, emails, properties),
    readEditTimes: (ids, properties) => readEditTimes(call, ids, properties),
    write: (writes, idFieldsPresent) => writeRecords(call, writes, idFieldsPresent),
    describe: () => describeFields(call),
    listOwners: () => listOwners(call),
    readAccount: () => readAccount(call),
    findIdFields: () => findIdFields(call),
    createIdFields: () => createIdFields(call),
  };
}
