"use client";

import clsx from "clsx";
import dynamic from "next/dynamic";
import { useFormatter, useTranslations } from "next-intl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { Skeleton } from "@/components/ui/skeleton";
import type { Overview } from "@/lib/contracts/overview";
import { FiguresTable } from "./figures-table";

type Hours = Overview["hours"];

// recharts weighs more than the rest of the page: it comes after the first paint
const ChangesChart = dynamic(() => import("./changes-chart").then((file) => file.ChangesChart).catch(missingPart), {
  ssr: false,
  loading: () => <Skeleton className="h-[216px] w-full" />,
});

const SERIES = [
  { key: "toSalesforce", swatch: "bg-accent" },
  { key: "toHubspot", swatch: "bg-accent/40" },
  { key: "failed", swatch: "bg-fail-solid" },
] as const;

function Legend({ hours }: { hours: Hours }) {
  const t = useTranslations("overview.changes");
  const format = useFormatter();
  return (
    <ul className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-xs">
      {SERIES.map(({ key, swatch }) => (
        <li key={key} className="flex items-center gap-1.5 text-ink-soft">
          <span className={clsx("size-2 rounded-[2px]", swatch)} aria-hidden />
          {t(key)}
          <span className="font-medium text-ink tabular-nums">
            {format.number(hours.reduce((sum, hour) => sum + hour[key], 0))}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Changes written per hour and direction over 24 hours; the same figures as a table for screen readers. */
export function ChangesCard({ hours }: { hours: Hours }) {
  const t = useTranslations("overview.changes");
  const quiet = hours.every((hour) => hour.toSalesforce + hour.toHubspot + hour.failed === 0);
  return (
    <Card aria-labelledby="changes-title">
      <CardHeader id="changes-title" title={t("title")} note={t("note")} />
      <CardBody>
        <Legend hours={hours} />
        {quiet ? (
          <p className="flex h-[216px] items-center justify-center rounded-md border border-line border-dashed px-6 text-center text-ink-faint text-sm">
            {t("quiet")}
          </p>
        ) : (
          <ChangesChart hours={hours} />
        )}
        <FiguresTable
          caption={t("title")}
          head={[t("hour"), ...SERIES.map(({ key }) => t(key))]}
          rows={hours.map((hour) => ({ at: hour.at, values: SERIES.map(({ key }) => hour[key]) }))}
        />
      </CardBody>
    </Card>
  );
}
