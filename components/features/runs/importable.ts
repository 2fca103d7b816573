import type { Settings } from "@/lib/browser/settings-draft";
import type { ImportForm } from "./import-form";

type On = Pick<Settings, "contactSyncOn" | "company" | "deal" | "activities" | "salesforceActivities">;

/** Whether anything of this kind would be taken: an object or activity that is switched off brings nothing over. */
export function isImportable({ source, object }: Pick<ImportForm, "source" | "object">, settings: On): boolean {
  if (object === "contact") return settings.contactSyncOn;
  if (object === "company" || object === "deal") return settings[object].on;
  const { activities, salesforceActivities } = settings;
  if (object === "marketing_email")
    return activities.marketing_email_sent || activities.marketing_email_opened || activities.marketing_email_clicked;
  if (source === "hubspot") return object === "email" ? activities.sales_email_sent : activities[object];
  if (object === "note" || object === "form_submission") return false;
  return salesforceActivities[object === "meeting" ? "event" : object];
}
