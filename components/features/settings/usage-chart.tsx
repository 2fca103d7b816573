"use client";

import { useTranslations } from "next-intl";
import { HourlyBars } from "@/components/ui/hourly-bars";
import type { BudgetView } from "@/lib/contracts/budget";
import { CALL_REASONS } from "./call-reasons";

/** Calls per hour, stacked by reason. Loaded lazily; the sums beside it say the same in text. */
export function UsageChart({ hours }: { hours: BudgetView["hours"] }) {
  const t = useTranslations("settings.sync.usage.reasons");
  const parts = CALL_REASONS.map(({ reason, color }) => ({
    key: reason,
    color,
    label: t(reason),
    count: (hour: BudgetView["hours"][number]) => hour.byReason[reason],
  }));
  return <HourlyBars hours={hours} parts={parts} />;
}
