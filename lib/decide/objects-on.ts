import { ACTIVITY_TOGGLES, type ActivityToggle } from "./activity-toggles";
import type { ConnectionSettings, SalesforceActivityToggle } from "./connection-settings";
import type { ActivitySettings, SyncObject } from "./record-types";

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

/** The toggles of HubSpot → Salesforce that one activity object is split into. */
const TOGGLES_OF: Partial<Record<SyncObject, readonly ActivityToggle[]>> = {
  task: ["task"],
  call: ["call"],
  email: ["sales_email_sent"],
  meeting: ["meeting"],
  note: ["note"],
  form_submission: ["form_submission"],
  marketing_email: ACTIVITY_TOGGLES.filter((toggle) => toggle.startsWith("marketing_email_")),
  sales_email: ["sales_email_opened", "sales_email_clicked"],
  document_view: ["document_view"],
};

const SALESFORCE_TOGGLE_OF: Partial<Record<SyncObject, SalesforceActivityToggle>> = {
  task: "task",
  call: "call",
  email: "email",
  meeting: "event",
};

/** Which ways an activity object travels, and since when (spec A1, A4); undefined for what is no activity. */
export function activitySettingsOf(
  object: SyncObject,
  settings: ConnectionSettings,
  timeZone: string,
): ActivitySettings | undefined {
  const toggles = TOGGLES_OF[object];
  if (!toggles) return undefined;
  const { activities, salesforceActivities, activitiesSince, activityLanguage } = settings;
  const on = toggles.filter((toggle) => activities[toggle]);
  const back = SALESFORCE_TOGGLE_OF[object];
  return {
    language: activityLanguage,
    timeZone,
    toSalesforce: Object.fromEntries(on.map((toggle) => [toggle, momentOf(activitiesSince.hubspot[toggle])])),
    toHubSpot: back && salesforceActivities[back] ? momentOf(activitiesSince.salesforce[back]) : null,
  };
}

function momentOf(iso: string | undefined): number {
  return iso === undefined ? 0 : Date.parse(iso);
}
