import type { ActivityLanguage } from "./activity-texts";
import { ACTIVITY_TOGGLES, type ActivityToggle } from "./activity-toggles";
import type { ActivityObject } from "./activity-values";
import { composeActivity } from "./compose-activity";
import type { Values } from "./record-types";

/** What a person reads of an activity before it is switched on: the Salesforce record and its subject. */
export type ActivityExample = { toggle: ActivityToggle; type: "Task" | "Event"; subject: string };

const NAMES: Record<
  ActivityLanguage,
  Record<"form" | "email" | "meeting" | "call" | "note" | "document" | "task", string>
> = {
  en: {
    form: "Download the brochure",
    email: "Spring newsletter",
    meeting: "Product demo",
    call: "Quarterly review",
    note: "Asked for the new price list",
    document: "Price list 2027",
    task: "Send the offer",
  },
  ja: {
    form: "資料ダウンロード",
    email: "春のニュースレター",
    meeting: "製品デモ",
    call: "四半期レビュー",
    note: "新しい価格表の依頼あり",
    document: "2027年度価格表",
    task: "見積書を送付",
  },
};

/** Noon of an ordinary day; only a meeting's Event needs it, and the day itself is not shown. */
const AT = "2026-01-15T12:00:00Z";

/** One example per toggle, composed by the very code that writes (A2). A task keeps its own subject. */
export function exampleActivities(language: ActivityLanguage): ActivityExample[] {
  return ACTIVITY_TOGGLES.map((toggle) => {
    if (toggle === "task") return { toggle, type: "Task", subject: NAMES[language].task };
    const { object, values } = sampleOf(toggle, language);
    const { type, values: written } = composeActivity({ object, values, language, timeZone: "UTC" });
    return { toggle, type, subject: String(written.Subject ?? "") };
  });
}

function sampleOf(
  toggle: Exclude<ActivityToggle, "task">,
  language: ActivityLanguage,
): { object: ActivityObject; values: Values } {
  const names = NAMES[language];
  switch (toggle) {
    case "form_submission":
      return { object: toggle, values: { form_name: names.form, occurred_at: AT } };
    case "document_view":
      return { object: toggle, values: { document_name: names.document, occurred_at: AT } };
    case "meeting":
      return { object: toggle, values: { hs_meeting_title: names.meeting, hs_meeting_start_time: AT } };
    case "call":
      return { object: toggle, values: { hs_call_title: names.call, hs_timestamp: AT } };
    case "note":
      return { object: toggle, values: { hs_note_body: names.note, hs_timestamp: AT } };
    default: {
      const [kind, , event] = toggle.split("_");
      const object = kind === "marketing" ? "marketing_email" : "sales_email";
      return { object, values: { event: event ?? "sent", email_name: names.email, occurred_at: AT } };
    }
  }
}
