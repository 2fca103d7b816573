"use client";

import { useLocale, useTranslations } from "next-intl";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCompact } from "@/lib/browser/format-count";
import { formatClock, formatDate, formatExact } from "@/lib/browser/format-time";
import type { History } from "@/lib/contracts/overview";

type Point = History["states"][number];
const TICK = { fill: "var(--color-ink-faint)", fontSize: 11 };
const LINES = [
  { key: "inSync", stroke: "var(--color-ok-solid)" },
  { key: "excluded", stroke: "var(--color-mute-solid)" },
  { key: "failing", stroke: "var(--color-fail-solid)" },
] as const;

function PointTooltip({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const t = useTranslations("overview.states");
  const locale = useLocale();
  const point = payload?.[0]?.payload as Point | undefined;
  if (!active || !point) return null;
  return (
    <div className="min-w-40 rounded-md bg-raised px-3 py-2 text-xs shadow-overlay">
      <p className="mb-1 font-medium">{formatExact(point.at, locale)}</p>
      {(["inSync", "due", "failing", "excluded"] as const).map((key) => (
        <p key={key} className="flex justify-between gap-4 text-ink-soft">
          {t(key)} <span className="text-ink tabular-nums">{point[key]}</span>
        </p>
      ))}
    </div>
  );
}

/** One line per state. Loaded lazily by the card around it. */
export function StatesChart({ points, withDays }: { points: Point[]; withDays: boolean }) {
  const locale = useLocale();
  const data = points.map((point) => ({ ...point, time: Date.parse(point.at) }));
  return (
    <div className="h-[200px]" aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={data} margin={{ top: 4, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} syncWithTicks stroke="var(--color-line)" />
          <XAxis
            dataKey="time"
            type="number"
            domain={["dataMin", "dataMax"]}
            scale="time"
            minTickGap={48}
            tickFormatter={(at: number) => (withDays ? formatDate(at, locale) : formatClock(at, locale))}
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
          <Tooltip content={<PointTooltip />} isAnimationActive={false} />
          {LINES.map(({ key, stroke }) => (
            <Line
              key={key}
              dataKey={key}
              stroke={stroke}
              strokeWidth={1.5}
              dot={points.length < 4}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
