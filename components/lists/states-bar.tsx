"use client";

import clsx from "clsx";
import { useFormatter, useTranslations } from "next-intl";
import { TONE_SOLID, type Tone } from "@/components/ui/tone";
import type { ListStatesView } from "@/lib/contracts/lists";

type States = ListStatesView["states"];

const PARTS: readonly { name: keyof States; tone: Tone }[] = [
  { name: "in_sync", tone: "ok" },
  { name: "due", tone: "info" },
  { name: "failing", tone: "fail" },
  { name: "excluded", tone: "mute" },
];

/** Members as one thin stacked bar, with the same in words for those who cannot see it. Whom we never saw stays empty. */
export function StatesBar({ states, className }: { states: States; className?: string }) {
  const t = useTranslations("lists.states");
  const total = Object.values(states).reduce((sum, count) => sum + count, 0);
  const label = [...PARTS.map((part) => part.name), "unknown" as const]
    .filter((name) => states[name] > 0)
    .map((name) => t(name, { count: states[name] }))
    .join(" · ");
  return (
    <span
      role="img"
      aria-label={label || t("nobody")}
      title={label}
      className={clsx("flex h-1.5 overflow-hidden rounded-full bg-pressed", className)}
    >
      {PARTS.map(({ name, tone }) => (
        <span
          key={name}
          className={clsx("h-full", TONE_SOLID[tone])}
          style={{ width: `${total === 0 ? 0 : (states[name] / total) * 100}%` }}
        />
      ))}
    </span>
  );
}

/** The same as a legend with counts. */
export function StatesLegend({ states }: { states: States }) {
  const t = useTranslations("states");
  const own = useTranslations("lists.states");
  const format = useFormatter();
  const shown = PARTS.filter(({ name }) => states[name] > 0);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs tabular-nums">
      {shown.map(({ name, tone }) => (
        <li key={name} className="flex items-center gap-1.5 text-ink-soft">
          <span className={clsx("size-1.5 rounded-full", TONE_SOLID[tone])} aria-hidden />
          {t(name)} <span className="font-medium text-ink">{format.number(states[name])}</span>
        </li>
      ))}
      {states.unknown > 0 && (
        <li className="flex items-center gap-1.5 text-ink-soft">
          <span className="size-1.5 rounded-full bg-pressed" aria-hidden />
          {own("unknownName")} <span className="font-medium text-ink">{format.number(states.unknown)}</span>
        </li>
      )}
    </ul>
  );
}
