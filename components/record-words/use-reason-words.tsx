"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RecordDetail, SyncErrorView, Trigger } from "@/lib/contracts/records";
import { useFieldName } from "./use-field-name";

/** Marks the names of fields inside a sentence. */
function strong(chunks: ReactNode): ReactNode {
  return <strong className="font-semibold text-ink">{chunks}</strong>;
}

/** Words for triggers: `because` inside a sentence, `name` as a line of its own. Unknown codes are shown as they are. */
export function useTriggerWords() {
  const t = useTranslations("reasons");
  const format = useFormatter();
  const nameField = useFieldName();
  const fieldsOf = (trigger: Trigger): string => {
    const names = trigger.fields.map((name, index) => nameField(name, trigger.labels[index] ?? name));
    if (names.length === 0) return "none";
    return names.length <= 2
      ? format.list(names)
      : t("triggers.fieldsMore", { fields: names.slice(0, 2).join(", "), count: names.length - 2 });
  };
  const word = (group: "triggers" | "triggerNames", trigger: Trigger): ReactNode =>
    t.rich(t.has(`${group}.${trigger.code}`) ? `${group}.${trigger.code}` : `${group}.other`, {
      fields: fieldsOf(trigger),
      side: trigger.side ?? "none",
      by: trigger.by ?? "none",
      code: trigger.code,
      b: strong,
    });
  return {
    because: (trigger: Trigger) => word("triggers", trigger),
    name: (trigger: Trigger) => word("triggerNames", trigger),
  };
}

type ErrorWords = { title: string; short: string; what: string; fix: string; category: string; retry: string };

/** Title, cause and cure of an error in the person's language; a type we do not know reads as `unknown`. */
export function useErrorWords(
  salesforceType: RecordDetail["salesforceType"],
): (error: Pick<SyncErrorView, "type" | "category" | "side" | "retry" | "fields">) => ErrorWords {
  const t = useTranslations("errors");
  return (error) => {
    const type = t.has(`${error.type}.title`) ? error.type : "unknown";
    const values = {
      side: error.side,
      object: salesforceType ?? "none",
      field: error.fields[0] ? error.fields[0].label || error.fields[0].field : "none",
    };
    return {
      title: t(`${type}.title`, values),
      short: t(`${type}.short`, values),
      what: t(`${type}.what`, values),
      fix: t(`${type}.fix`, values),
      category: t.has(`categories.${error.category}`) ? t(`categories.${error.category}`) : error.category,
      retry: t(`retry.${error.retry}`),
    };
  };
}

/** Words for why a field is as it is, and for its rule. */
export function useFieldWords() {
  const t = useTranslations("reasons");
  return {
    reason: (code: string) => t(t.has(`fields.${code}`) ? `fields.${code}` : "fields.other"),
    rule: (code: string) => (t.has(`rules.${code}`) ? t(`rules.${code}`) : code),
  };
}
