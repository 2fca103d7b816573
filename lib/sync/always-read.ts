import type { SalesforceType, SyncObject } from "@/lib/decide/record-types";

/** HubSpot properties that the engine needs whatever is mapped: addresses, names, parents, what moves with a trigger. */
export const ALWAYS_READ_PROPERTIES: Record<SyncObject, readonly string[]> = {
  contact: ["email", "hs_additional_emails", "firstname", "lastname", "company"],
  company: ["name", "domain"],
  deal: ["dealname", "pipeline", "dealstage"],
  task: ["hs_task_subject"],
  call: [],
  email: [],
  meeting: [],
  note: [],
  form_submission: [],
  marketing_email: [],
  sales_email: [],
  document_view: [],
  campaign_member: [],
};

/** The same for Salesforce; conversion, merges and deletes are read with every record (lib/crm/salesforce). */
export const ALWAYS_READ_FIELDS: Record<SyncObject, Partial<Record<SalesforceType, readonly string[]>>> = {
  contact: {
    Lead: ["Email", "FirstName", "LastName", "Company", "IsConverted", "ConvertedContactId"],
    Contact: ["Email", "FirstName", "LastName"],
  },
  company: { Account: ["Name", "Website"] },
  deal: { Opportunity: ["Name", "StageName"] },
  task: { Task: ["Subject"] },
  call: {},
  email: {},
  meeting: {},
  note: {},
  form_submission: {},
  marketing_email: {},
  sales_email: {},
  document_view: {},
  campaign_member: {},
};
