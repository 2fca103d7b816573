import type { ConnectionSettings } from "./connection-settings";
import type { SyncObject } from "./record-types";

/** Whether records of this object travel at all, in either direction (spec A1, A4, K1, section 2 "object sync on"). */
export function isObjectOn(object: SyncObject, settings: ConnectionSettings): boolean {
  const { activities, salesforceActivities } = settings;
  switch (object) {
    case "contact":
      return settings.contactSyncOn;
    case "company":
      return settings.company.on;
    case "deal":
      return settings.deal.on;
    case "task":
      return activities.task || salesforceActivities.task;
    case "call":
      return activities.call || salesforceActivities.call;
    case "email":
      return activities.sales_email_sent || salesforceActivities.email;
    case "meeting":
      return activities.meeting || salesforceActivities.event;
    case "note":
      return activities.note;
    case "form_submission":
      return activities.form_submission;
    case "marketing_email":
      return activities.marketing_email_sent || activities.marketing_email_opened || activities.marketing_email_clicked;
    case "sales_email":
      return activities.sales_email_opened || activities.sales_email_clicked;
    case "document_view":
      return activities.document_view;
    case "campaign_member":
      return settings.campaigns.rules.length > 0;
  }
}
