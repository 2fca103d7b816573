"use client";

import { useLocale, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCompact } from "@/lib/browser/format-count";
import { formatClock } from "@/lib/browser/format-time";
import type { BudgetView } from "@/lib/contracts/budget";
import { CALL_REASONS } from "./call-reasons";

type Hour = BudgetView["hours"][number];
const TICK = { fill: "var(--color-ink-faint)", fontSize: 11 };
const HOUR_MS = 3_600_000;

function HourTooltip({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const t = useTranslations("settings.sync.usage.reasons");
  const locale = useLocale();
  const hour = payload?.[0]?.payload as Hour | undefined;
  if (!active || !hour) return null;
  const end = new Date(Date.parse(hour.at) + HOUR_MS);
  return (
    <div className="min-w-40 rounded-md bg-raised px-3 py-2 text-xs shadow-overlay">
      <p className="mb-1 font-medium">
        {formatClock(hour.at, locale)}–{formatClock(end, locale)}
      </p>
      {CALL_REASONS.map(({ reason }) => (
        <p key={reason} className="flex justify-between gap-4 text-ink-soft">
          {t(reason)} <span className="text-ink tabular-nums">{hour.byReason[reason]}</span>
        </p>
      ))}
    </div>
  );
}

/** Calls per hour, stacked by reason. Loaded lazily; the sums beside it say the same in text. */
export function UsageChart({ hours }: { hours: BudgetView["hours"] }) {
  const locale = useLocale();
  return (
    <div className="h-[216px]" aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={hours}
          // Room for the last hour’s name, which stands under its bar on narrow screens too
          margin={{ top: 4, right: 12, bottom: 0, left: 0 }}
          barCategoryGap="24%"
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} syncWithTicks stroke="var(--color-line)" />
          <XAxis
            dataKey="at"
            tickFormatter={(at: string) => formatClock(at, locale)}
            interval={3}
            tick={TICK}
            tickLine={false}
            axisLine={{ stroke: "var(--color-line-strong)" }}
          />
          <YAxis
            allowDecimals={false}
            tick={TICK}
            tickFormatter={(count: number) => formatCompact(count, locale)}
            tickLine={false}
            axisLine={false}
            width={48}
            tickCount={5}
          />
          <Tooltip content={<HourTooltip />} cursor={{ fill: "var(--color-hover)" }} isAnimationActive={false} />
          {CALL_REASONS.map(({ reason, color }) => (
            <Bar key={reason} dataKey={`byReason.${reason}`} stackId="hour" fill={color} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
