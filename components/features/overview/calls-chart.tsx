"use client";

import { useLocale, useTranslations } from "next-intl";
import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis } from "recharts";
import { formatClock } from "@/lib/browser/format-time";
import type { BudgetView } from "@/lib/contracts/budget";

type Hour = BudgetView["hours"][number];
const TICK = { fill: "var(--color-ink-faint)", fontSize: 11 };
const REASONS = ["check", "sync", "manual", "job"] as const;

function HourTooltip({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const t = useTranslations("overview.calls.reasons");
  const locale = useLocale();
  const hour = payload?.[0]?.payload as Hour | undefined;
  if (!active || !hour) return null;
  return (
    <div className="min-w-40 rounded-md bg-raised px-3 py-2 text-xs shadow-overlay">
      <p className="mb-1 font-medium">{formatClock(hour.at, locale)}</p>
      {REASONS.map((reason) => (
        <p key={reason} className="flex justify-between gap-4 text-ink-soft">
          {t(reason)} <span className="text-ink tabular-nums">{hour.byReason[reason]}</span>
        </p>
      ))}
    </div>
  );
}

/** Salesforce calls per hour; why, on hover. Loaded lazily by the card around it. */
export function CallsChart({ hours }: { hours: Hour[] }) {
  const locale = useLocale();
  return (
    <div className="h-[120px]" aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={hours}
          margin={{ top: 4, right: 16, bottom: 0, left: 16 }}
          barCategoryGap="24%"
          accessibilityLayer={false}
        >
          <XAxis
            dataKey="at"
            tickFormatter={(at: string) => formatClock(at, locale)}
            interval={5}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: "var(--color-line-strong)" }}
          />
          <Tooltip content={<HourTooltip />} cursor={{ fill: "var(--color-hover)" }} isAnimationActive={false} />
          <Bar dataKey="calls" fill="var(--color-accent)" minPointSize={1} isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
