"use client";

import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { budgetQuery } from "@/lib/browser/budget-query";
import { formatExact } from "@/lib/browser/format-time";

/** Why work waits, or why Salesforce tells of no changes today; nothing while there are calls and events enough. */
export function BudgetNotice() {
  const t = useTranslations("overview.budget");
  const locale = useLocale();
  const format = useFormatter();
  const { data } = useQuery(budgetQuery);
  if (!data) return null;
  const { waiting, used, allocation, roomAt, events } = data;
  const quiet = events?.state === "limit_reached" ? events.retryAt : null;
  if (!waiting && quiet === null) return null;
  return (
    <div className="flex flex-col gap-3">
      {waiting && (
        <Banner tone="warn" title={t("waitingTitle")}>
          <p>
            {t("waitingWhat", { used: format.number(used), allocation: format.number(allocation ?? 0) })}{" "}
            {roomAt && t("roomAt", { time: formatExact(roomAt, locale) })}
          </p>
        </Banner>
      )}
      {quiet !== null && (
        <Banner tone="warn" title={t("quietTitle")}>
          <p>{t("quietWhat", { time: formatExact(quiet, locale) })}</p>
        </Banner>
      )}
    </div>
  );
}
