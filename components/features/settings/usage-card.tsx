"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useFormatter, useTranslations } from "next-intl";
import { Banner } from "@/components/ui/banner";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { missingPart } from "@/components/ui/missing-part";
import { ProblemState } from "@/components/ui/problem-state";
import { ProgressLine } from "@/components/ui/progress-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { budgetQuery } from "@/lib/browser/budget-query";
import type { BudgetView } from "@/lib/contracts/budget";
import { CALL_REASONS } from "./call-reasons";

const UsageChart = dynamic(() => import("./usage-chart").then((file) => file.UsageChart).catch(missingPart), {
  ssr: false,
  loading: () => <Skeleton className="h-[216px] w-full" />,
});

/** Q1: where the Salesforce calls of the last 24 h went, by hour and reason, against what may be used. */
export function UsageCard() {
  const t = useTranslations("settings.sync.usage");
  const { data, error, refetch } = useQuery(budgetQuery);
  return (
    <Card aria-labelledby="usage-title" className="mt-6">
      <CardHeader id="usage-title" title={t("title")} note={t("note")} />
      {data ? (
        <Usage budget={data} />
      ) : error ? (
        <ProblemState error={error} onRetry={() => void refetch()} />
      ) : (
        <div aria-busy="true" className="p-4">
          <Skeleton className="h-[280px] w-full" />
        </div>
      )}
    </Card>
  );
}

function Usage({ budget }: { budget: BudgetView }) {
  const t = useTranslations("settings.sync.usage");
  const format = useFormatter();
  const { used, allocation, waiting, roomAt, byReason, byObject } = budget;
  return (
    <CardBody className="flex flex-col gap-4">
      {waiting && (
        <Banner tone="warn" title={t("waiting")}>
          {t("waitingWhat")} {roomAt && <RelativeTime at={roomAt} />}
        </Banner>
      )}
      <div>
        <p className="text-sm tabular-nums">
          <span className="font-semibold">{format.number(used)}</span>{" "}
          <span className="text-ink-soft">
            {allocation === null ? t("usedOnly") : t("usedOf", { allocation: format.number(allocation) })}
          </span>
        </p>
        {allocation !== null && <ProgressLine label={t("share")} value={used} max={allocation} className="mt-2" />}
      </div>
      <UsageChart hours={budget.hours} />
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <div>
          <h3 className="text-ink-faint text-xs">{t("byReason")}</h3>
          <KeyValueList
            items={CALL_REASONS.map(({ reason, color }) => ({
              key: reason,
              label: (
                <span className="inline-flex items-center gap-2">
                  <span className="size-2 rounded-xs" style={{ background: color }} aria-hidden />
                  {t(`reasons.${reason}`)}
                </span>
              ),
              value: format.number(byReason[reason]),
            }))}
          />
        </div>
        <div>
          <h3 className="text-ink-faint text-xs">{t("byObject")}</h3>
          <KeyValueList
            items={byObject.map(({ object, calls }) => ({
              key: object,
              label: t.has(`objects.${object}`) ? t(`objects.${object}`) : object,
              value: format.number(calls),
            }))}
          />
        </div>
      </div>
    </CardBody>
  );
}
