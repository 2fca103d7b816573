"use client";

import clsx from "clsx";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { TONE_SOLID, type Tone } from "@/components/ui/tone";
import type { ListStatesView } from "@/lib/contracts/lists";
import type { ListObject } from "./lists-queries";

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
      {PARTS.filter(({ name }) => states[name] > 0).map(({ name, tone }) => (
        <span
          key={name}
          // Wide enough to be seen, or two failing of a thousand would hide
          className={clsx("h-full min-w-[3px]", TONE_SOLID[tone])}
          style={{ width: `${total === 0 ? 0 : (states[name] / total) * 100}%` }}
        />
      ))}
    </span>
  );
}

const LISTS = { contact: "/contacts", company: "/companies", deal: "/deals" } as const;

type StatesLegendProps = { states: States; object: ListObject; listId: string };

/** The same as a legend with counts; each leads to those members. Whom we never saw stands in no list of ours. */
export function StatesLegend({ states, object, listId }: StatesLegendProps) {
  const t = useTranslations("states");
  const own = useTranslations("lists.states");
  const format = useFormatter();
  const shown = PARTS.filter(({ name }) => states[name] > 0);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs tabular-nums">
      {shown.map(({ name, tone }) => (
        <li key={name}>
          <Link
            href={`${LISTS[object]}?state=${name}&list=${listId}`}
            className="flex items-center gap-1.5 rounded-sm text-ink-soft underline-offset-2 hover:text-ink hover:underline"
          >
            <span className={clsx("size-1.5 rounded-full", TONE_SOLID[tone])} aria-hidden />
            {t(name)} <span className="font-medium text-ink">{format.number(states[name])}</span>
          </Link>
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
