"use client";

import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/ui/error-state";

type CrashNoticeProps = { digest: string | undefined; onRetry: () => void };

/** What a page shows when it broke while rendering; `digest` finds the cause in the server's log. */
export function CrashNotice({ digest, onRetry }: CrashNoticeProps) {
  const t = useTranslations("shell.crash");
  return (
    <ErrorState title={t("title")} requestId={digest} onRetry={onRetry}>
      {t("what")}
    </ErrorState>
  );
}
