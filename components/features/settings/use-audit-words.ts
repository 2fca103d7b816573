"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** Names of actions and of who acts, in the person's language. */
export function useAuditWords() {
  const t = useTranslations("settings.audit");
  const nameAction = useCallback(
    (action: string) => (t.has(`actions.${action}`) ? t(`actions.${action}`) : action),
    [t],
  );
  const nameActor = useCallback(
    (by: string) => {
      if (by === "system") return t("system");
      if (by === "api-key") return t("settingsKey");
      return by.startsWith("api-key:") ? t("key", { name: by.slice("api-key:".length) }) : by;
    },
    [t],
  );
  return { nameAction, nameActor };
}
