import type { ActivityToggle } from "./activity-toggles";
import { textOf } from "./activity-values";
import type { SyncObject, Values } from "./record-types";

/**
 * A1: the toggle that one activity of HubSpot travels under; null = none does, it never travels. A one-to-one email counts
 * as sent only when it went out: drafts, scheduled and bounced ones and a contact's own replies are no "sales email sent".
 */
export function toggleOfActivity(object: SyncObject, values: Values): ActivityToggle | null {
  switch (object) {
    case "task":
    case "call":
    case "meeting":
    case "note":
    case "form_submission":
    case "document_view":
      return object;
    case "email":
      return isSentEmail(values) ? "sales_email_sent" : null;
    case "marketing_email":
    case "sales_email": {
      const event = textOf(values.event);
      return event === "sent" || event === "opened" || event === "clicked" ? `${object}_${event}` : null;
    }
    default:
      return null;
  }
}

/** An email that was logged by hand has no status: it counts as sent. */
function isSentEmail(values: Values): boolean {
  const status = textOf(values.hs_email_status);
  return textOf(values.hs_email_direction) !== "INCOMING_EMAIL" && (status === "" || status === "SENT");
}
