"use client";

import { useTranslations } from "next-intl";

/** What the server has against a place of a file: a flaw of a setting or of a mapping. */
export function useFaultWords(): (code: string) => string {
  const own = useTranslations("settings.config.faults");
  const fields = useTranslations("problems.fields");
  const issues = useTranslations("mappings.issues");
  return (code) => {
    if (own.has(code)) return own(code);
    if (fields.has(code)) return fields(code);
    return issues.has(`${code}.text`) ? issues(`${code}.text`) : code;
  };
}
