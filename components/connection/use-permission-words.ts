"use client";

import { useTranslations } from "next-intl";
import type { MissingRight } from "@/lib/contracts/permissions";

export type PermissionWords = { title: string; without: string; cure: string };

/** What is missing, what does not work without it, and where it is granted. */
export function usePermissionWords(): (missing: MissingRight) => PermissionWords {
  const t = useTranslations("permissions");
  return (missing) => {
    const { right, object, field, fieldLabel, hubspotProperty, scope } = missing;
    const known = t.has(`objects.${object}`);
    const values = {
      object: known ? t(`objects.${object}`) : object,
      field: fieldLabel ?? field ?? "",
      property: hubspotProperty ?? "",
      scope: scope ?? "",
    };
    return {
      title: t(`rights.${right}.title`, values),
      without: right === "scope" && known ? t(`without.${object}`) : t(`rights.${right}.without`, values),
      cure: t(`rights.${right}.cure`, values),
    };
  };
}
