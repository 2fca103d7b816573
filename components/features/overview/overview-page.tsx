"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { BrakeBanner } from "@/components/brake/brake-banner";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Card } from "@/components/ui/card";
import { ProblemState } from "@/components/ui/problem-state";
import { overviewQuery } from "@/lib/browser/overview-query";
import { ApiUseCard } from "./api-use-card";
import { BudgetNotice } from "./budget-notice";
import { ChangesCard } from "./changes-card";
import { FirstSteps } from "./first-steps";
import { HealthHeader } from "./health-header";
import { OverviewSkeleton } from "./overview-skeleton";
import { PaceCard } from "./pace-card";
import { RunsCard } from "./runs-card";
import { StateNumbers } from "./state-numbers";
import { StatesCard } from "./states-card";
import { TopErrorsCard } from "./top-errors-card";

/** Health in one sentence, the numbers behind it, and what happened lately. */
export function OverviewPage() {
  const t = useTranslations("overview");
  const { data, error, refetch } = useQuery(overviewQuery);
  if (!data && error) {
    return (
      <PageBody>
        <PageHeader title={t("title")} />
        <Card>
          <ProblemState error={error} onRetry={() => void refetch()} />
        </Card>
      </PageBody>
    );
  }
  if (!data) return <OverviewSkeleton />;
  return (
    <PageBody>
      <HealthHeader overview={data} />
      {data.connection.status === "setup" && data.lastCheckAt === null ? (
        <FirstSteps overview={data} />
      ) : (
        <div className="flex flex-col gap-4">
          <BrakeBanner />
          <BudgetNotice />
          <StateNumbers overview={data} />
          <div className="grid gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
            <ChangesCard hours={data.hours} />
            <PaceCard overview={data} />
            <StatesCard objects={data.objects} />
            <ApiUseCard />
            <RunsCard runs={data.runs} />
            <TopErrorsCard errors={data.topErrors} failing={data.counts.failing} />
          </div>
        </div>
      )}
    </PageBody>
  );
}
