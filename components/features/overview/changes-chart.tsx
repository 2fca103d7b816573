"use client";

import { useLocale, useTranslations } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCompact } from "@/lib/browser/format-count";
import { formatClock } from "@/lib/browser/format-time";
import type { Overview } from "@/lib/contracts/overview";

type Hour = Overview["hours"][number];
const TICK = { fill: "var(--color-ink-faint)", fontSize: 11 };

function HourTooltip({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const t = useTranslations("overview.changes");
  const locale = useLocale();
  const hour = payload?.[0]?.payload as Hour | undefined;
  if (!active || !hour) return null;
  const end = new Date(new Date(hour.at).getTime() + 3_600_000);
  return (
    <div className="min-w-40 rounded-md bg-raised px-3 py-2 text-xs shadow-overlay">
      <p className="mb-1 font-medium">
        {formatClock(hour.at, locale)}–{formatClock(end, locale)}
      </p>
      {(["toSalesforce", "toHubspot", "failed"] as const).map((key) => (
        <p key={key} className="flex justify-between gap-4 text-ink-soft">
          {t(key)} <span className="text-ink tabular-nums">{hour[key]}</span>
        </p>
      ))}
    </div>
  );
}

/** The accent at 40 % on the card's own ground, opaque so that no grid line shines through */
const ACCENT_PALE = "color-mix(in srgb, var(--color-accent) 40%, var(--color-surface))";

/** Stacked bars per hour. Loaded lazily by the card around it. */
export function ChangesChart({ hours }: { hours: Overview["hours"] }) {
  const locale = useLocale();
  return (
    <div className="h-[216px]" aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={hours}
          margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
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
          <Bar dataKey="toSalesforce" stackId="hour" fill="var(--color-accent)" isAnimationActive={false} />
          <Bar dataKey="toHubspot" stackId="hour" fill={ACCENT_PALE} isAnimationActive={false} />
          <Bar dataKey="failed" stackId="hour" fill="var(--color-fail-solid)" isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
