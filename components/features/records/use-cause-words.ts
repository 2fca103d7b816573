"use client";

import { useTranslations } from "next-intl";
import type { RecordRow } from "@/lib/contracts/records";

/** Words of a few for an error type and for an exclusion reason, standing alone. */
export function useCauseWords() {
  const errors = useTranslations("errors");
  const reasons = useTranslations("reasons");
  return {
    error: (type: string, side: RecordRow["errorSide"]): string =>
      errors(errors.has(`${type}.title`) ? `${type}.title` : "unknown.title", { side: side ?? "salesforce" }),
    reason: (code: string): string => {
      const key = `exclusions.${code}`;
      const words = reasons(reasons.has(key) ? key : "exclusions.other");
      // Written for the middle of a sentence; here it stands alone
      return words.charAt(0).toUpperCase() + words.slice(1);
    },
  };
}
