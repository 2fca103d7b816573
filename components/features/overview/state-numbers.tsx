"use client";

import clsx from "clsx";
import { CircleAlert, CircleCheck, CircleDashed, CirclePause, CircleSlash, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { TONE_SOLID, TONE_TEXT, type Tone } from "@/components/ui/tone";
import type { ObjectGroup, Overview } from "@/lib/contracts/overview";
import type { RecordState } from "@/lib/contracts/records";

type Figure = { state: RecordState; tone: Tone; icon: LucideIcon; count: number };

const LISTS: Record<Exclude<ObjectGroup, "activity">, string> = {
  contact: "/contacts",
  company: "/companies",
  deal: "/deals",
};

/** Where the records of a group stand in a state; activities have no list, but Sync health has those that do not sync. */
function pathOf(object: ObjectGroup, state: RecordState): string | null {
  if (object !== "activity") return `${LISTS[object]}?state=${state}`;
  return state === "in_sync" ? null : "/health";
}

/** The records of all objects in a state: on Sync health, which shows all that does not sync; else where there is one list only. */
function pathOfAll({ objects }: Overview, state: RecordState): string | null {
  if (state !== "in_sync") return "/health";
  const [only, ...others] = objects.filter(({ counts }) => counts.in_sync > 0);
  return only === undefined || others.length > 0 ? null : pathOf(only.object, state);
}

function pickFigures({ counts, connection }: Overview): Figure[] {
  const waiting: Figure =
    connection.status === "suspended"
      ? { state: "paused", tone: "warn", icon: CirclePause, count: counts.paused }
      : { state: "due", tone: "info", icon: CircleDashed, count: counts.due };
  return [
    { state: "in_sync", tone: "ok", icon: CircleCheck, count: counts.in_sync },
    waiting,
    { state: "failing", tone: "fail", icon: CircleAlert, count: counts.failing },
    { state: "excluded", tone: "mute", icon: CircleSlash, count: counts.excluded },
  ];
}

function ShareBar({ figures, total }: { figures: Figure[]; total: number }) {
  return (
    <div className="flex h-1 gap-px overflow-hidden rounded-t-[7px] bg-pressed" aria-hidden>
      {figures
        .filter((figure) => figure.count > 0)
        .map((figure) => (
          <span
            key={figure.state}
            // 4 px at least, so that seven failing of a million are still seen
            className={clsx("min-w-1 transition-[flex-grow] duration-500", TONE_SOLID[figure.tone])}
            style={{ flexGrow: figure.count / Math.max(1, total), flexBasis: 0 }}
          />
        ))}
    </div>
  );
}

/** The four numbers over all objects, and under each the same per object; every one leads to exactly those records. */
export function StateNumbers({ overview }: { overview: Overview }) {
  const t = useTranslations("overview.numbers");
  const states = useTranslations("states");
  const format = useFormatter();
  const figures = pickFigures(overview);
  const total = figures.reduce((sum, figure) => sum + figure.count, 0);
  const noteOf = (figure: Figure) => {
    if (figure.state === "due" && overview.counts.syncing > 0) return t("syncing", { count: overview.counts.syncing });
    if (figure.state === "failing" && figure.count === 0) return t("notes.noneFailing");
    if (figure.state !== "in_sync") return t(`notes.${figure.state}`);
    return total === 0 ? t("share", { share: "–" }) : t("share", { share: format.number(figure.count / total, SHARE) });
  };
  return (
    <Card aria-label={t("label")}>
      <ShareBar figures={figures} total={total} />
      <ul className="grid grid-cols-2 lg:grid-cols-4">
        {figures.map((figure) => (
          <li
            key={figure.state}
            className="border-line px-4 py-3.5 odd:border-r nth-[n+3]:border-t lg:border-r lg:nth-[n+3]:border-t-0 lg:last:border-r-0"
          >
            <p className="flex items-center gap-1.5 font-medium text-ink-soft text-xs">
              <figure.icon className={clsx("size-3.5", TONE_TEXT[figure.tone])} aria-hidden />
              {states(figure.state)}
            </p>
            <p className="mt-1 font-semibold text-2xl text-ink tabular-nums tracking-tight">
              <Total
                path={figure.count > 0 ? pathOfAll(overview, figure.state) : null}
                name={`${states(figure.state)}: ${format.number(figure.count)}`}
              >
                {format.number(figure.count)}
              </Total>
            </p>
            <p className="text-ink-faint text-xs">{noteOf(figure)}</p>
            <ObjectLinks overview={overview} state={figure.state} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Total({ path, name, children }: { path: string | null; name: string; children: string }) {
  if (path === null) return children;
  return (
    <Link href={path} aria-label={name} className="rounded-sm underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}

const OBJECT_LINE = "-mx-2 flex h-6 items-center justify-between gap-3 rounded-sm px-2 text-ink-soft text-xs";

function ObjectLinks({ overview, state }: { overview: Overview; state: RecordState }) {
  const t = useTranslations("overview.numbers.objects");
  const format = useFormatter();
  const shown = overview.objects.filter(({ on, counts }) => on || counts[state] > 0);
  return (
    <ul className="mt-2.5 flex flex-col">
      {shown.map(({ object, counts }) => {
        const path = pathOf(object, state);
        const line = (
          <>
            {t(object)}
            <span className={clsx("tabular-nums", counts[state] === 0 ? "text-ink-faint" : "font-medium text-ink")}>
              {format.number(counts[state])}
            </span>
          </>
        );
        return (
          <li key={object}>
            {path === null ? (
              <span className={OBJECT_LINE}>{line}</span>
            ) : (
              <Link href={path} className={clsx(OBJECT_LINE, "hover:bg-hover hover:text-ink")}>
                {line}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** 99.4 %: one digit after the point, never rounded up to 100 % */
const SHARE = { style: "percent", maximumFractionDigits: 1, roundingMode: "floor" } as const;
