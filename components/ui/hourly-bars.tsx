"use client";

import { useLocale } from "next-intl";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCompact } from "@/lib/browser/format-count";
import { formatClock } from "@/lib/browser/format-time";

const TICK = { fill: "var(--color-ink-faint)", fontSize: 11 };
const HOUR_MS = 3_600_000;

/** One part of each bar, from the ground up. */
type BarPart<H> = { key: string; label: string; color: string; count: (hour: H) => number };

type HourlyBarsProps<H> = { hours: readonly H[]; parts: readonly BarPart<H>[] };

/** Stacked bars per hour (`at`: its start, ISO). Brings the chart library: load it lazily. The card tells the same in text. */
export function HourlyBars<H extends { at: string }>({ hours, parts }: HourlyBarsProps<H>) {
  const locale = useLocale();
  return (
    <div className="h-[216px]" aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={[...hours]}
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
          <Tooltip
            content={({ active, payload }) => {
              const hour = payload?.[0]?.payload as H | undefined;
              return active && hour ? <HourTip hour={hour} parts={parts} /> : null;
            }}
            cursor={{ fill: "var(--color-hover)" }}
            isAnimationActive={false}
          />
          {parts.map(({ key, color, count }) => (
            <Bar key={key} dataKey={count} stackId="hour" fill={color} isAnimationActive={false} />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

function HourTip<H extends { at: string }>({ hour, parts }: { hour: H; parts: readonly BarPart<H>[] }) {
  const locale = useLocale();
  const end = new Date(Date.parse(hour.at) + HOUR_MS);
  return (
    <div className="min-w-40 rounded-md bg-raised px-3 py-2 text-xs shadow-overlay">
      <p className="mb-1 font-medium">
        {formatClock(hour.at, locale)}–{formatClock(end, locale)}
      </p>
      {parts.map(({ key, label, count }) => (
        <p key={key} className="flex justify-between gap-4 text-ink-soft">
          {label} <span className="text-ink tabular-nums">{count(hour)}</span>
        </p>
      ))}
    </div>
  );
}
