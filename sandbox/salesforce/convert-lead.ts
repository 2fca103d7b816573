import { badRequest } from "./errors";
import {
  createRecord,
  type Fields,
  findForWrite,
  stampRow,
  storeRow,
  Transaction,
  updateRecord,
  type Writer,
} from "./records";
import type { ObjectDef } from "./schema";
import { formatDate } from "./stamps";
import type { OrgState } from "./state";
import type { Row } from "./table";

export type Conversion = {
  leadId: string;
  accountId?: string | undefined;
  contactId?: string | undefined;
  opportunityName?: string | undefined;
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
  const account = input.accountId
    ? findForWrite(state, accounts, input.accountId, writer)
    : createRecord(state, accounts, makeAccountFields(lead), writer);
  const fields = makeContactFields(lead, account.Id);
  const contact = input.contactId
    ? fillContact(state, contacts, input.contactId, fields, writer)
    : createRecord(state, contacts, fields, writer);
  const opportunity = input.opportunityName
    ? createRecord(
        state,
        requireObject(state, "Opportunity"),
        makeOpportunityFields(state, input.opportunityName, account.Id),
        writer,
      )
    : undefined;
  const converted: Row = {
    ...lead,
    IsConverted: true,
    Status: "Closed - Converted",
    ConvertedDate: formatDate(state.clock.now()),
    ConvertedAccountId: account.Id,
    ConvertedContactId: contact.Id,
    ConvertedOpportunityId: opportunity?.Id ?? null,
  };
  stampRow(state, converted, writer);
  storeRow(state, leads, converted, writer);
  return { leadId: lead.Id, accountId: account.Id, contactId: contact.Id, opportunityId: opportunity?.Id ?? null };
}

function makeOpportunityFields(state: OrgState, name: string, accountId: string): Fields {
  return {
    Name: name,
    AccountId: accountId,
    StageName: "Prospecting",
    CloseDate: formatDate(state.clock.now() + 30 * 86_400_000),
  };
}
