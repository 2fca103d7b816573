import type { HubSpotCrm } from "../face";
import { archiveRecords, listArchived, readArchived, readMerged } from "./archive-records";
import { readAssociations } from "./associations";
import { createCall, type HubSpotOptions } from "./call";
import { readCallOutcomes } from "./call-outcomes";
import { readDealStages } from "./deal-stages";
import { describeFields } from "./describe-fields";
import { openEvents } from "./events";
import { createIdFields, createTextProperty, findIdFields } from "./id-fields";
import { openLists } from "./lists";
import { openObject } from "./open-object";
import { listOwners, readAccount } from "./people";
import { readChanges } from "./read-changes";
import { readImport } from "./read-import";
import { readByEmails, readByIds, readEditTimes } from "./read-records";
import { associate, dissociate } from "./write-associations";
import { writeRecords } from "./write-records";

/** HubSpot behind the common face. Every method throws CrmCallError when a whole call fails. */
export function createHubSpotCrm(o: HubSpotOptions): HubSpotCrm {
  const call = createCall(o);
  return {
    of: (object) => {
      const open = openObject(call, object);
      return {
        readChanges: (cursor, properties) => readChanges(open, cursor, properties),
        readImport: (filter, place, properties) => readImport(open, filter, place, properties),
        readByIds: (ids, properties) => readByIds(open, ids, properties),
        readEditTimes: (ids, properties) => readEditTimes(open, ids, properties),
        readArchived: (ids) => readArchived(open, ids),
        listArchived: (after) => listArchived(open, after),
        readMerged: (ids, properties) => readMerged(open, ids, properties),
        archive: (targets) => archiveRecords(open, targets),
        write: (writes, idFieldsPresent) => writeRecords(open, writes, idFieldsPresent),
        describe: () => describeFields(open),
        findIdFields: () => findIdFields(open),
        createIdFields: () => createIdFields(open),
        createTextProperty: (property) => createTextProperty(open, property),
      };
    },
    readByEmails: (emails, properties) => readByEmails(openObject(call, "contact"), emails, properties),
    readAssociations: (from, to, ids) => readAssociations(call, from, to, ids),
    lists: openLists(call),
    events: openEvents(call),
    associate: (from, to, writes) => associate(call, from, to, writes),
    dissociate: (from, to, writes) => dissociate(call, from, to, writes),
    readDealStages: () => readDealStages(call),
    readCallOutcomes: () => readCallOutcomes(call),
    listOwners: () => listOwners(call),
    readAccount: () => readAccount(call),
  };
}
