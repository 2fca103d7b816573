import { badRequest } from "./errors";
import { createRecord, findForWrite, stampRow, storeRow, updateRecord } from "./records";
import type { ObjectDef } from "./schema";
import { formatDate } from "./stamps";
import type { OrgState } from "./state";
import type { Row } from "./table";
import { type Fields, Transaction, type Writer } from "./writer";

export type Conversion = {
  leadId: string;
  accountId?: string | undefined;
  contactId?: string | undefined;
  opportunityName?: string | undefined;
  opportunityId?: string | undefined;
  /** One of the lead statuses that mean converted. */
  convertedStatus?: string | undefined;
  /** Who owns what is made; otherwise the lead's owner. */
  ownerId?: string | undefined;
};

/** Lead field → Contact field, as the standard mapping has it. */
const TO_CONTACT: Record<string, string> = {
  Salutation: "Salutation",
  FirstName: "FirstName",
  LastName: "LastName",
  Title: "Title",
  Email: "Email",
  Phone: "Phone",
  MobilePhone: "MobilePhone",
  Fax: "Fax",
  LeadSource: "LeadSource",
  Description: "Description",
  Street: "MailingStreet",
  City: "MailingCity",
  State: "MailingState",
  PostalCode: "MailingPostalCode",
  Country: "MailingCountry",
  OwnerId: "OwnerId",
  HasOptedOutOfEmail: "HasOptedOutOfEmail",
};

function requireObject(state: OrgState, name: string): ObjectDef {
  const def = state.schema.findObject(name);
  if (!def) throw new Error(`no object ${name}`);
  return def;
}

function makeAccountFields(lead: Row): Fields {
  const { Company, Phone, Website, Industry, NumberOfEmployees, AnnualRevenue, OwnerId } = lead;
  return { Name: Company, Phone, Website, Industry, NumberOfEmployees, AnnualRevenue, OwnerId: ownerFor(OwnerId) };
}

/** A queue may own a lead but no contact or account: those go to the person who converts. */
function ownerFor(ownerId: unknown): unknown {
  return typeof ownerId === "string" && ownerId.startsWith("005") ? ownerId : null;
}

function makeContactFields(lead: Row, accountId: string): Fields {
  const fields: Fields = { AccountId: accountId };
  for (const [from, to] of Object.entries(TO_CONTACT)) fields[to] = lead[from];
  fields.OwnerId = ownerFor(lead.OwnerId);
  return fields;
}

/** An existing contact keeps what it has; only its empty fields are filled. */
function fillContact(state: OrgState, def: ObjectDef, id: string, fields: Fields, writer: Writer): Row {
  const known = findForWrite(state, def, id, writer);
  const empty = Object.entries(fields).filter(([name, value]) => (known[name] ?? null) === null && value !== null);
  return updateRecord(state, def, id, Object.fromEntries(empty), writer);
}

/**
 * Converts a lead: account and contact (new, or the given ones), an opportunity if named, and the lead marked as converted.
 * All or nothing. Throws SalesforceError.
 */
export function convertLead(state: OrgState, input: Conversion, writer: Writer): Record<string, string | null> {
  const tx = new Transaction(writer.tx);
  try {
    const result = runConversion(state, input, { ...writer, tx });
    tx.commit();
    return result;
  } catch (error) {
    tx.rollBack();
    throw error;
  }
}

function runConversion(state: OrgState, input: Conversion, writer: Writer): Record<string, string | null> {
  const [leads, contacts, accounts] = ["Lead", "Contact", "Account"].map((name) => requireObject(state, name)) as [
    ObjectDef,
    ObjectDef,
    ObjectDef,
  ];
  const lead = findForWrite(state, leads, input.leadId, writer);
  if (lead.IsConverted === true)
    throw badRequest("CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead", []);
  if (input.convertedStatus !== undefined) checkConvertedStatus(state, input.convertedStatus);
  const owner = input.ownerId ?? lead.OwnerId ?? null;
  const account = input.accountId
    ? findForWrite(state, accounts, input.accountId, writer)
    : createRecord(state, accounts, makeAccountFields({ ...lead, OwnerId: owner }), writer);
  const fields = makeContactFields({ ...lead, OwnerId: owner }, account.Id);
  const contact = input.contactId
    ? fillContact(state, contacts, input.contactId, fields, writer)
    : createRecord(state, contacts, fields, writer);
  const opportunity = findOrMakeOpportunity(state, input, account.Id, contact.Id, writer);
  const converted: Row = {
    ...lead,
    IsConverted: true,
    Status: input.convertedStatus ?? "Closed - Converted",
    ConvertedDate: formatDate(state.clock.now()),
    ConvertedAccountId: account.Id,
    ConvertedContactId: contact.Id,
    ConvertedOpportunityId: opportunity?.Id ?? null,
  };
  stampRow(state, converted, writer);
  storeRow(state, leads, converted, writer);
  moveActivities(state, lead.Id, contact.Id, writer);
  return { leadId: lead.Id, accountId: account.Id, contactId: contact.Id, opportunityId: opportunity?.Id ?? null };
}

/** Calls, meetings and campaign memberships of the lead go on with the contact. */
function moveActivities(state: OrgState, leadId: string, contactId: string, writer: Writer): void {
  for (const object of ["Task", "Event", "CampaignMember"]) {
    const lookup = object === "CampaignMember" ? "LeadId" : "WhoId";
    for (const row of state.table(object).findByValue(lookup, leadId)) {
      if (row.IsDeleted) continue;
      const moved: Row = { ...row, [object === "CampaignMember" ? "ContactId" : "WhoId"]: contactId };
      stampRow(state, moved, writer);
      storeRow(state, requireObject(state, object), moved, writer);
    }
  }
}

function findOrMakeOpportunity(
  state: OrgState,
  input: Conversion,
  accountId: string,
  contactId: string,
  writer: Writer,
): Row | undefined {
  const def = requireObject(state, "Opportunity");
  if (input.opportunityId) return findForWrite(state, def, input.opportunityId, writer);
  if (!input.opportunityName) return undefined;
  const made = createRecord(state, def, makeOpportunityFields(state, input.opportunityName, accountId), writer);
  const role = { OpportunityId: made.Id, ContactId: contactId, IsPrimary: true };
  createRecord(state, requireObject(state, "OpportunityContactRole"), role, writer);
  return made;
}

function checkConvertedStatus(state: OrgState, status: string): void {
  const known = [...state.table("LeadStatus").readAll()].some((row) => row.ApiName === status && row.IsConverted);
  if (!known) throw badRequest("INVALID_STATUS", `invalid convertedStatus: ${status}`, []);
}

function makeOpportunityFields(state: OrgState, name: string, accountId: string): Fields {
  return {
    Name: name,
    AccountId: accountId,
    StageName: "Prospecting",
    CloseDate: formatDate(state.clock.now() + 30 * 86_400_000),
  };
}
