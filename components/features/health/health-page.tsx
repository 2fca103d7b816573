"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import dynamic from "next/dynamic";
import { useLocale, useTranslations } from "next-intl";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { missingOverlay } from "@/components/ui/missing-part";
import { ProblemState } from "@/components/ui/problem-state";
import { ProgressLine } from "@/components/ui/progress-line";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import type { ErrorSummary } from "@/lib/contracts/errors";
import { CategoryCard } from "./category-card";
import { ExcludedCard } from "./excluded-card";
import { HealthEmpty } from "./health-empty";
import { cardsOf, narrowGroups, quietCategories, sumRecords } from "./health-filters";
import { errorExportPath, errorSummaryQuery } from "./health-queries";
import { CardsSkeleton, HealthSkeleton } from "./health-skeleton";
import { HealthToolbar } from "./health-toolbar";
import { useHealthView } from "./use-health-view";
import { WaitingCard } from "./waiting-card";

// The drawer brings the code of its dialog along; the cards do not wait for it.
const ErrorPanel = dynamic(() => import("./error-panel").then((file) => file.ErrorPanel).catch(missingOverlay), {
  ssr: false,
});

/** What fails, by category and type; what does not take part, and what waits. */
export function HealthPage() {
  const t = useTranslations("health");
  const locale = useLocale();
  const control = useHealthView();
  const { view, openPanel } = control;
  const summary = useQuery(errorSummaryQuery(view, view.panel !== null));
  const { data } = summary;
  return (
    <PageBody wide>
      <PageHeader
        title={t("title")}
        description={
          data ? (
            <Sentence summary={data} tells={view.state === "open" && view.search === ""} />
          ) : (
            !summary.error && <Skeleton className="h-5 w-72" />
          )
        }
        actions={
          <a href={errorExportPath(view, view, locale)} download className={buttonClass()}>
            <Download aria-hidden />
            {t("export")}
          </a>
        }
      />
      {!data && summary.error ? (
        <Card>
          <ProblemState error={summary.error} onRetry={() => void summary.refetch()} />
        </Card>
      ) : !data ? (
        <HealthSkeleton />
      ) : (
        <>
          <HealthToolbar control={control} groups={data.groups} />
          <div className="relative grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_320px]">
            {summary.isPlaceholderData && (
              <ProgressLine label={t("title")} className="absolute inset-x-0 -top-3 rounded-none" />
            )}
            <Cards data={data} control={control} isOld={summary.isPlaceholderData} />
            <div className="grid gap-6">
              <WaitingCard states={data.states} object={view.object} />
              <ExcludedCard excluded={data.excluded} object={view.object} />
            </div>
          </div>
          {view.panel && (
            <ErrorPanel
              key={`${view.panel.type} ${view.panel.object} ${view.panel.side} ${view.state}`}
              target={view.panel}
              asked={view}
              groups={data.groups}
              onClose={() => openPanel(null)}
              onShowClosed={() => {
                openPanel(null);
                control.narrow({ state: "closed" });
              }}
            />
          )}
        </>
      )}
    </PageBody>
  );
}

/** `tells`: the numbers are those of all that fails, not of a search or of what has closed. */
function Sentence({ summary, tells }: { summary: ErrorSummary; tells: boolean }) {
  const t = useTranslations("health");
  const failing = summary.states.filter((row) => row.state === "failing");
  const kinds = new Set(summary.groups.map((group) => group.type)).size;
  return (
    <p className="tabular-nums">
      {tells && (
        <span>
          {failing.length === 0 || kinds === 0
            ? t("summaryNone")
            : t("summary", { records: sumRecords(failing), kinds })}
          {summary.lastCheckAt !== null && " · "}
        </span>
      )}
      {summary.lastCheckAt !== null && (
        <span className="text-ink-faint">
          {t.rich("lastCheck", { time: () => <RelativeTime at={summary.lastCheckAt ?? ""} /> })}
        </span>
      )}
    </p>
  );
}

type CardsProps = {
  data: ErrorSummary;
  control: ReturnType<typeof useHealthView>;
  /** The answer to the search before this one */
  isOld: boolean;
};

function Cards({ data, control, isOld }: CardsProps) {
  const t = useTranslations("health");
  const categories = useTranslations("errors.categories");
  const { view, openPanel, clear } = control;
  const groups = narrowGroups(data.groups, view);
  if (groups.length === 0) {
    if (isOld) return <CardsSkeleton />;
    return <HealthEmpty summary={data} view={view} onClear={clear} />;
  }
  const quiet = quietCategories(groups).map((category) => categories(category));
  return (
    <div className="grid gap-4">
      {cardsOf(groups).map((card) => (
        <CategoryCard key={card.category} card={card} state={view.state} onOpen={openPanel} />
      ))}
      {quiet.length > 0 && (
        <p className="px-1 text-ink-faint text-xs">{t("card.quiet", { categories: quiet.join(t("comma")) })}</p>
      )}
    </div>
  );
}
