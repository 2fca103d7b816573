/** The activities of HubSpot that can trigger and travel (spec A1): one toggle each. */
export const ACTIVITY_TOGGLES = [
  "form_submission",
  "marketing_email_sent",
  "marketing_email_opened",
  "marketing_email_clicked",
  "sales_email_sent",
  "sales_email_opened",
  "sales_email_clicked",
  "meeting",
  "call",
  "note",
  "document_view",
  "task",
] as const;
export type ActivityToggle = (typeof ACTIVITY_TOGGLES)[number];
