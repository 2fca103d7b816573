"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { missingPart } from "@/components/ui/missing-part";
import { ProblemState } from "@/components/ui/problem-state";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import type { ObjectGroup, Overview } from "@/lib/contracts/overview";
import { FiguresTable } from "./figures-table";
import { historyQuery } from "./history-query";

const StatesChart = dynamic(() => import("./states-chart").then((file) => file.StatesChart).catch(missingPart), {
  ssr: false,
  loading: () => <Skeleton className="h-[200px] w-full" />,
});

const RANGES = ["1", "7", "30"] as const;
const SERIES = [
  { key: "inSync", swatch: "bg-ok-solid" },
  { key: "failing", swatch: "bg-fail-solid" },
  { key: "excluded", swatch: "bg-mute-solid" },
] as const;

/** Synced, failing and excluded records of one object over time. */
export function StatesCard({ objects }: { objects: Overview["objects"] }) {
  const t = useTranslations("overview.states");
  const names = useTranslations("overview.numbers.objects");
  const [object, setObject] = useState<ObjectGroup>("contact");
  const [range, setRange] = useState<(typeof RANGES)[number]>("1");
  const { data, error, refetch } = useQuery(historyQuery(object, Number(range)));
  const shown = objects.filter(({ on }) => on);
  const points = data?.states ?? [];
  return (
    <Card aria-labelledby="states-title">
      <CardHeader
        id="states-title"
        title={t("title")}
        actions={
          <SegmentedControl
            label={t("range")}
            value={range}
            onChange={setRange}
            segments={RANGES.map((days) => ({ value: days, label: t(`ranges.${days}`) }))}
          />
        }
      />
      <CardBody>
        <div className="mb-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          {shown.length > 1 && (
            <SegmentedControl
              label={t("object")}
              value={object}
              onChange={setObject}
              segments={shown.map((one) => ({ value: one.object, label: names(one.object) }))}
            />
          )}
          <ul className="flex flex-wrap gap-x-4 gap-y-1 text-ink-soft text-xs">
            {SERIES.map(({ key, swatch }) => (
              <li key={key} className="flex items-center gap-1.5">
                <span className={clsx("size-2 rounded-[2px]", swatch)} aria-hidden />
                {t(key)}
              </li>
            ))}
          </ul>
        </div>
        {data ? (
          <>
            {points.length > 1 ? (
              <StatesChart points={points} withDays={range !== "1"} />
            ) : (
              <p className="flex h-[200px] items-center justify-center rounded-md border border-line border-dashed px-6 text-center text-ink-faint text-sm">
                {t("tooNew")}
              </p>
            )}
            <FiguresTable
              caption={t("title")}
              head={[t("at"), ...SERIES.map(({ key }) => t(key))]}
              rows={points.map((point) => ({ at: point.at, values: SERIES.map(({ key }) => point[key]) }))}
            />
          </>
        ) : error ? (
          <ProblemState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-[200px] w-full" />
        )}
      </CardBody>
    </Card>
  );
}
