import { ENGAGEMENT_FIELDS } from "@/lib/decide/compose-engagement";
import { CONVERSION_COUNT } from "@/lib/decide/event-news";
import { TRIGGER_PROPERTIES } from "@/lib/decide/find-activity-triggers";
import type { SalesforceType, SyncObject } from "@/lib/decide/record-types";
import { CAMPAIGN_NAMES_PROPERTY } from "./campaign-names-property";

const ENGAGEMENT_PROPERTIES = ["hs_timestamp", "hs_createdate", "hubspot_owner_id"];
/** Whom a Salesforce activity belongs to. */
const PARENT_FIELDS = ["WhoId", "WhatId", "OwnerId"];
const TASK_FIELDS = [...ENGAGEMENT_FIELDS.Task, ...PARENT_FIELDS];
const EVENT_FIELDS = [...ENGAGEMENT_FIELDS.Event, ...PARENT_FIELDS];

/** HubSpot properties that the engine needs whatever is mapped: addresses, names, parents, what moves with a trigger. */
export const ALWAYS_READ_PROPERTIES: Record<SyncObject, readonly string[]> = {
  contact: [
    ...["email", "hs_additional_emails", "firstname", "lastname", "company", "hs_merged_object_ids"],
    ...TRIGGER_PROPERTIES,
    CONVERSION_COUNT,
    CAMPAIGN_NAMES_PROPERTY.name,
  ],
  company: ["name", "domain", "website", "hs_merged_object_ids"],
  deal: ["dealname", "pipeline", "dealstage", "amount", "deal_currency_code", "hs_merged_object_ids"],
  task: ["hs_task_subject", "hs_task_type"],
  call: [
    ...["hs_call_title", "hs_call_body", "hs_call_duration", "hs_call_direction", "hs_call_disposition"],
    ...["hs_call_from_number", "hs_call_to_number", ...ENGAGEMENT_PROPERTIES],
  ],
  email: [
    ...["hs_email_subject", "hs_email_text", "hs_email_html", "hs_email_direction", "hs_email_status"],
    ...["hs_email_from_email", "hs_email_to_email", ...ENGAGEMENT_PROPERTIES],
  ],
  meeting: [
    ...["hs_meeting_title", "hs_meeting_body", "hs_meeting_start_time", "hs_meeting_end_time", "hs_meeting_outcome"],
    ...["hs_meeting_location", "hs_meeting_external_url", "hs_internal_meeting_notes", ...ENGAGEMENT_PROPERTIES],
  ],
  note: ["hs_note_body", ...ENGAGEMENT_PROPERTIES],
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
  deal: { Opportunity: ["Name", "StageName", "RecordTypeId", "CurrencyIsoCode"] },
  task: { Task: TASK_FIELDS },
  call: { Task: TASK_FIELDS },
  email: { Task: TASK_FIELDS },
  meeting: { Event: EVENT_FIELDS },
  note: { Task: TASK_FIELDS },
  form_submission: { Task: TASK_FIELDS },
  marketing_email: { Task: TASK_FIELDS },
  sales_email: { Task: TASK_FIELDS },
  document_view: { Task: TASK_FIELDS },
  campaign_member: { CampaignMember: ["CampaignId", "LeadId", "ContactId", "Status", "HasResponded"] },
};
