import { ACTIVITY_TOGGLES, type ActivityToggle } from "@/lib/decide/activity-toggles";
import { act, readEvents, readTasks } from "./activities";
import type { SyncWorld } from "./world";

/** One thing that a HubSpot contact does or that is done with it, and how its copy in Salesforce is named. */
export type ActivityTrigger = { code: string; toggle: ActivityToggle; object: string; subject: string };

/** T2–T9, one for each toggle. */
export const ACTIVITY_TRIGGERS: ActivityTrigger[] = [
  { code: "T2", toggle: "form_submission", object: "form_submission", subject: "HubSpot – Form submitted" },
  { code: "T3", toggle: "marketing_email_sent", object: "marketing_email", subject: "HubSpot – Marketing email sent" },
  {
    code: "T3",
    toggle: "marketing_email_opened",
    object: "marketing_email",
    subject: "HubSpot – Marketing email opened",
  },
  {
    code: "T3",
    toggle: "marketing_email_clicked",
    object: "marketing_email",
    subject: "HubSpot – Marketing email clicked",
  },
  { code: "T4", toggle: "sales_email_sent", object: "email", subject: "HubSpot – Email sent" },
  { code: "T4", toggle: "sales_email_opened", object: "sales_email", subject: "HubSpot – Sales email opened" },
  { code: "T4", toggle: "sales_email_clicked", object: "sales_email", subject: "HubSpot – Sales email clicked" },
  { code: "T5", toggle: "meeting", object: "meeting", subject: "HubSpot – Meeting" },
  { code: "T6", toggle: "call", object: "call", subject: "HubSpot – Call" },
  { code: "T7", toggle: "note", object: "note", subject: "HubSpot – Note" },
  { code: "T8", toggle: "document_view", object: "document_view", subject: "HubSpot – Document viewed" },
  { code: "T9", toggle: "task", object: "task", subject: "Send the offer" },
];

/** Settings under which every activity makes a record of its own. */
export const EVERY_ACTIVITY = { hubspot: [...ACTIVITY_TOGGLES] };

/** Everything that ACTIVITY_TRIGGERS names happens to one contact, between two checks. */
export async function playActivities(world: SyncWorld, { contact, email }: { contact: string; email: string }) {
  await act(world, "submitForm", { email });
  await act(world, "sendMarketingEmail", { email, emailName: "News" });
  await act(world, "openMarketingEmail", { email });
  await act(world, "clickMarketingEmail", { email, url: "https://example.com/offer" });
  await act(world, "sendSalesEmail", { id: contact });
  await act(world, "openSalesEmail", { email });
  await act(world, "clickSalesEmail", { email });
  await act(world, "scheduleMeeting", { id: contact, title: "Demo" });
  await act(world, "logCall", { id: contact, title: "Intro" });
  await act(world, "addNote", { id: contact, body: "Likes tea" });
  await act(world, "viewDocument", { email });
  await act(world, "createTask", { id: contact });
}

/** The subjects of all Tasks and Events on a lead or contact. */
export async function readSubjects(world: SyncWorld, whoId: string): Promise<string[]> {
  const rows = [...(await readTasks(world, whoId)), ...(await readEvents(world, whoId))];
  return rows.map(({ Subject }) => String(Subject));
}

export function countSubject(subjects: string[], { subject }: ActivityTrigger): number {
  return subjects.filter((one) => one.startsWith(subject)).length;
}
