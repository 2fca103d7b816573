import { createTranslator } from "next-intl";
import type { Side } from "@/lib/decide/record-types";
import enErrors from "@/messages/en/errors.json";
import enMail from "@/messages/en/mail.json";
import jaErrors from "@/messages/ja/errors.json";
import jaMail from "@/messages/ja/mail.json";

export type MailLanguage = "en" | "ja";

const MESSAGES = { en: { mail: enMail, errors: enErrors }, ja: { mail: jaMail, errors: jaErrors } };

export function toMailLanguage(language: string | null): MailLanguage {
  return language === "ja" ? "ja" : "en";
}

/** The words of e-mails in one language. */
export function mailWords(language: MailLanguage) {
  return createTranslator({ locale: language, messages: MESSAGES[language], namespace: "mail", timeZone: "UTC" });
}

/** What an error of this CRM is called on the pages; the type itself where it has no name yet. */
export function nameError(language: MailLanguage, type: string, side: Side): string {
  const t = createTranslator({ locale: language, messages: MESSAGES[language], namespace: "errors", timeZone: "UTC" });
  const key = `${type}.title` as Parameters<typeof t>[0];
  return t.has(key) ? t(key, { side }) : type;
}

/** Date and time in the person's own zone, named. */
export function formatMoment(at: Date, language: MailLanguage, timeZone: string): string {
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
    timeZone,
  });
  return `${format.format(at)} (${timeZone})`;
}
