import { type Conversion, convertLead } from "./convert-lead";
import { badRequest, SalesforceError } from "./errors";
import { normaliseId, ORG_ID } from "./ids";
import { mergeRecords } from "./merge-records";
import { createRecord, deleteRecord, updateRecord } from "./records";
import { purgeRecord, undeleteRecord } from "./recycle-bin";
import { findKeyField, upsertRecord } from "./routes/sobjects";
import type { ObjectDef } from "./schema";
import type { OrgState } from "./state";
import type { Fields, Writer } from "./writer";
import { listChildren, readChild, type XmlNode, type XmlValue } from "./xml";

type Result = { [name: string]: XmlValue };
export type SoapCall = (state: OrgState, body: XmlNode, writer: Writer) => XmlValue;

/** The SOAP form of one record's failure. */
function tellErrors(error: unknown): Result[] {
  if (!(error instanceof SalesforceError)) throw error;
  const isMissing = error.errorCode === "NOT_FOUND";
  const message = isMissing ? "invalid cross reference id" : error.message;
  const statusCode = isMissing ? "INVALID_CROSS_REFERENCE_KEY" : error.errorCode;
  return [{ fields: error.fields?.length ? error.fields : null, message, statusCode }];
}

/** Does each item on its own; a refused one gets `success:false` and its errors. */
function runEach<T>(items: T[], work: (item: T) => Result, failure: Result = { id: null }): Result[] {
  return items.map((item) => {
    try {
      return { ...work(item), success: true };
    } catch (error) {
      return { ...failure, errors: tellErrors(error), success: false };
    }
  });
}

function findObject(state: OrgState, name: string | undefined): ObjectDef {
  const def = name === undefined ? undefined : state.schema.findObject(name);
  if (!def) throw badRequest("INVALID_TYPE", `sObject type '${name ?? ""}' is not supported.`);
  return def;
}

function findById(state: OrgState, id: string): ObjectDef {
  const def = state.schema.findByPrefix(id);
  if (!def) throw badRequest("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", []);
  return def;
}

/** `<sObjects><type>Lead</type><fieldsToNull>Title</fieldsToNull><Id>…</Id>…</sObjects>` */
function readRecord(state: OrgState, node: XmlNode): { def: ObjectDef; id: string; fields: Fields } {
  const def = findObject(state, readChild(node, "type") ?? node.attributes.type?.replace(/^.*:/, ""));
  const fields: Fields = {};
  let id = "";
  for (const child of node.children) {
    if (child.name === "type") continue;
    if (child.name === "fieldsToNull") fields[child.text.trim()] = null;
    else if (child.name.toLowerCase() === "id") id = child.text.trim() || id;
    else fields[child.name] = child.attributes.nil === "true" ? null : child.text;
  }
  return { def, id, fields };
}

function readConversion(state: OrgState, node: XmlNode): Conversion {
  const leadId = readChild(node, "leadId") ?? "";
  const lead = state.findRow(normaliseId(leadId) ?? "");
  const convertedStatus = readChild(node, "convertedStatus");
  if (!convertedStatus) throw badRequest("REQUIRED_FIELD_MISSING", "Required fields are missing: [convertedStatus]");
  const without = readChild(node, "doNotCreateOpportunity") === "true";
  return {
    leadId,
    convertedStatus,
    accountId: readChild(node, "accountId") || undefined,
    contactId: readChild(node, "contactId") || undefined,
    ownerId: readChild(node, "ownerId") || undefined,
    opportunityId: readChild(node, "opportunityId") || undefined,
    // Without a name the opportunity is called like the company.
    opportunityName: without ? undefined : readChild(node, "opportunityName") || `${lead?.Company ?? ""}-`,
  };
}

function runMergeRequest(state: OrgState, node: XmlNode, writer: Writer): Result {
  const master = listChildren(node, "masterRecord")[0];
  if (!master) throw badRequest("REQUIRED_FIELD_MISSING", "Required fields are missing: [masterRecord]");
  const { def, id, fields } = readRecord(state, master);
  const ids = listChildren(node, "recordToMergeIds").map((loser) => normaliseId(loser.text.trim()) ?? loser.text);
  // The values that were chosen for the master come along with it.
  if (Object.keys(fields).length > 0) updateRecord(state, def, id, fields, writer);
  const kept = mergeRecords(state, normaliseId(id) ?? id, ids, writer);
  return { id: kept.Id, mergedRecordIds: ids };
}

const readIds = (body: XmlNode): string[] => listChildren(body, "ids").map((node) => node.text.trim());

/** The partner calls that are kept, by the name of their element. */
export const SOAP_CALLS: Record<string, SoapCall> = {
  create: (state, body, writer) =>
    runEach(listChildren(body, "sObjects"), (node) => {
      const { def, fields } = readRecord(state, node);
      return { id: createRecord(state, def, fields, writer).Id };
    }),
  update: (state, body, writer) =>
    runEach(listChildren(body, "sObjects"), (node) => {
      const { def, id, fields } = readRecord(state, node);
      return { id: updateRecord(state, def, id, fields, writer).Id };
    }),
  upsert: (state, body, writer) =>
    runEach(
      listChildren(body, "sObjects"),
      (node) => {
        const { def, id, fields } = readRecord(state, node);
        const wanted = readChild(body, "externalIDFieldName") ?? "Id";
        const key = findKeyField(state, def, wanted);
        const name = Object.keys(fields).find((field) => field.toLowerCase() === key.name.toLowerCase()) ?? "";
        const { [name]: value, ...rest } = fields;
        const { row, created } = upsertRecord(
          state,
          def,
          key,
          key.type === "id" ? id : String(value ?? ""),
          rest,
          writer,
        );
        return { id: row.Id, created };
      },
      { created: false, id: null },
    ),
  delete: (state, body, writer) =>
    runEach(readIds(body), (id) => {
      deleteRecord(state, findById(state, id), id, writer);
      return { id: normaliseId(id) };
    }),
  undelete: (state, body, writer) => runEach(readIds(body), (id) => ({ id: undeleteRecord(state, id, writer).Id })),
  emptyRecycleBin: (state, body) =>
    runEach(readIds(body), (id) => {
      purgeRecord(state, id);
      return { id: normaliseId(id) };
    }),
  convertLead: (state, body, writer) =>
    runEach(listChildren(body, "leadConverts"), (node) => convertLead(state, readConversion(state, node), writer), {
      accountId: null,
      contactId: null,
      leadId: null,
      opportunityId: null,
    }),
  merge: (state, body, writer) =>
    runEach(listChildren(body, "mergeRequests"), (node) => runMergeRequest(state, node, writer)),
  getServerTimestamp: (state) => ({ timestamp: new Date(state.clock.now()).toISOString() }),
  getUserInfo: (state, _body, writer) => {
    const user = state.table("User").get(writer.userId);
    const organization = [...state.table("Organization").readAll()][0];
    return {
      accessibilityMode: false,
      organizationId: ORG_ID,
      organizationMultiCurrency: false,
      organizationName: organization?.Name ?? "",
      profileId: user?.ProfileId ?? null,
      sessionSecondsValid: 7200,
      userEmail: user?.Email,
      userFullName: user?.Name,
      userId: writer.userId,
      userLanguage: user?.LanguageLocaleKey,
      userLocale: user?.LocaleSidKey,
      userName: user?.Username,
      userTimeZone: user?.TimeZoneSidKey,
      userType: user?.UserType,
    };
  },
};
