"use client";

import { useTranslations } from "next-intl";
import type { RecordRow } from "@/lib/contracts/records";

/** Words of a few for an error type and for an exclusion reason, standing alone. */
export function useCauseWords() {
  const errors = useTranslations("errors");
  const reasons = useTranslations("jobs.reasons");
  return {
    error: (type: string, side: RecordRow["errorSide"]): string =>
      errors(errors.has(`${type}.title`) ? `${type}.title` : "unknown.title", { side: side ?? "salesforce" }),
    reason: (code: string): string => {
      const words = reasons(reasons.has(code) ? code : "other");
      // Written for the middle of a line; here it stands alone
      return words.charAt(0).toUpperCase() + words.slice(1);
    },
  };
}
