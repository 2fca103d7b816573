"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import { budgetQuery } from "@/lib/browser/budget-query";
import { formatExact } from "@/lib/browser/format-time";
import type { BudgetView } from "@/lib/contracts/budget";
import { FiguresTable } from "./figures-table";

const CallsChart = dynamic(() => import("./calls-chart").then((file) => file.CallsChart).catch(missingPart), {
  ssr: false,
  loading: () => <Skeleton className="h-[120px] w-full" />,
});

/** Salesforce calls: what Kakehashi used of its share, and the whole org of its limit (spec Q1). */
export function ApiUseCard() {
  const t = useTranslations("overview.calls");
  const { data, error, refetch } = useQuery(budgetQuery);
  return (
    <Card aria-labelledby="calls-title">
      <CardHeader
        id="calls-title"
        title={t("title")}
        note={t("note")}
        actions={
          <Link href="/connection" className="text-ink-soft text-xs underline-offset-2 hover:text-ink hover:underline">
            {t("change")}
          </Link>
        }
      />
      <CardBody className="flex flex-col gap-4">
        {data ? (
          <CallFigures budget={data} />
        ) : error ? (
          <ProblemState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-[216px] w-full" />
        )}
      </CardBody>
    </Card>
  );
}

function CallFigures({ budget }: { budget: BudgetView }) {
  const t = useTranslations("overview.calls");
  const locale = useLocale();
  const { used, allocation, org, hours, byObject } = budget;
  const objects = byObject.filter(({ calls }) => calls > 0).toSorted((a, b) => b.calls - a.calls);
  return (
    <>
      <Gauge label={t("ours")} used={used} of={allocation} hint={t("reserved")} />
      {org ? (
        <Gauge
          label={t("org")}
          used={org.used}
          of={org.max}
          hint={t("seenAt", { time: formatExact(org.seenAt, locale) })}
        />
      ) : (
        <p className="text-ink-faint text-xs">{t("orgUnknown")}</p>
      )}
      <CallsChart hours={hours} />
      <FiguresTable
        caption={t("title")}
        head={[t("hour"), t("title")]}
        rows={hours.map(({ at, calls }) => ({ at, values: [calls] }))}
      />
      {objects.length > 0 && <ObjectCalls objects={objects} />}
    </>
  );
}

function Gauge({ label, used, of, hint }: { label: string; used: number; of: number | null; hint: string }) {
  const t = useTranslations("overview.calls");
  const format = useFormatter();
  const share = of === null || of === 0 ? 0 : Math.min(1, used / of);
  return (
    <div title={hint}>
      <p className="flex items-baseline justify-between gap-3 text-xs">
        <span className="text-ink-soft">{label}</span>
        <span className="tabular-nums">
          {of === null ? format.number(used) : t("usedOf", { used: format.number(used), max: format.number(of) })}
        </span>
      </p>
      <div className="mt-1.5 h-1 overflow-hidden rounded-full bg-pressed" aria-hidden>
        <span
          className={clsx("block h-full rounded-full", share >= 0.9 ? "bg-warn-solid" : "bg-accent")}
          style={{ width: `${Math.max(share * 100, used > 0 ? 0.5 : 0)}%` }}
        />
      </div>
    </div>
  );
}

function ObjectCalls({ objects }: { objects: BudgetView["byObject"] }) {
  const t = useTranslations("overview.calls.objects");
  const format = useFormatter();
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft text-xs">
      {objects.map(({ object, calls }) => (
        <li key={object}>
          {t.has(object) ? t(object) : object}{" "}
          <span className="font-medium text-ink tabular-nums">{format.number(calls)}</span>
        </li>
      ))}
    </ul>
  );
}
