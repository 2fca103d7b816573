"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ProgressLine } from "@/components/ui/progress-line";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCountdown } from "@/lib/browser/format-time";
import { overviewQuery } from "@/lib/browser/overview-query";
import { useNow } from "@/lib/browser/use-now";

/** The quiet countdown at the foot of the navigation. */
export function NextCheck() {
  const t = useTranslations("shell");
  const { data, error } = useQuery(overviewQuery);
  const now = useNow(1_000);
  if (!data && error) return <p className="px-2 text-ink-faint text-xs">{t("unknown")}</p>;
  if (!data) return <Skeleton className="mx-2 h-4 w-32" />;
  if (data.checkRunning) {
    return (
      <div className="px-2 text-ink-soft text-xs">
        {t("checking")}
        <ProgressLine label={t("checking")} className="mt-1.5" />
      </div>
    );
  }
  if (data.connection.status === "suspended") return <p className="px-2 text-warn text-xs">{t("suspended")}</p>;
  if (!data.nextCheckAt) return <p className="px-2 text-ink-faint text-xs">{t("noChecks")}</p>;
  const left = new Date(data.nextCheckAt).getTime() - now;
  return (
    <p className="flex justify-between px-2 text-ink-faint text-xs" suppressHydrationWarning>
      {left > 0 ? t("nextCheck") : t("checkDue")}
      {left > 0 && <span className="text-ink-soft tabular-nums">{formatCountdown(left)}</span>}
    </p>
  );
}
