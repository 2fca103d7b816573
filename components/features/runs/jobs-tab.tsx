"use client";

import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { ListChecks, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { JobProgress } from "@/components/jobs/job-progress";
import { previewQuery } from "@/components/jobs/job-queries";
import { PreviewSummary } from "@/components/jobs/preview-summary";
import { useJobName } from "@/components/jobs/use-job-words";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterChip } from "@/components/ui/filter-chip";
import { ProblemState } from "@/components/ui/problem-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { meQuery } from "@/lib/browser/me-query";
import { useUrlParams } from "@/lib/browser/use-url-params";
import type { Job } from "@/lib/contracts/jobs";
import { JOB_STATUSES, readJobFilter } from "./runs-filter";
import { jobsQuery } from "./runs-queries";

/** Imports, list syncs, resyncs and backfills: those under way with their bars, those before with what they came to. */
export function JobsTab() {
  const t = useTranslations("runs");
  const client = useQueryClient();
  const { params, setParams } = useUrlParams();
  const status = readJobFilter(params);
  const previewId = params.get("preview");
  const list = useInfiniteQuery(jobsQuery(status));
  const jobs = list.data?.pages.flatMap((page) => page.jobs) ?? [];
  const readAgain = useCallback(() => void client.invalidateQueries({ queryKey: ["jobs", "list"] }), [client]);
  const started = () => {
    setParams({ preview: null });
    readAgain();
  };
  return (
    <div className="flex flex-col gap-3">
      {previewId !== null && (
        <PreviewCard id={previewId} onStarted={started} onClose={() => setParams({ preview: null })} />
      )}
      <fieldset className="flex flex-wrap gap-1.5">
        <legend className="sr-only">{t("filter")}</legend>
        {JOB_STATUSES.map((value) => (
          <FilterChip
            key={value}
            label={t(`jobStatuses.${value}`)}
            pressed={status === value}
            onPress={() => setParams({ status: status === value ? null : value })}
          />
        ))}
      </fieldset>
      <Card className="min-w-0">
        {list.isPending ? (
          <div aria-busy="true" className="flex flex-col gap-4 p-4">
            <Skeleton className="h-10 w-full" />
            <Skeleton className="h-10 w-full" />
          </div>
        ) : list.isError && jobs.length === 0 ? (
          <ProblemState error={list.error} onRetry={() => void list.refetch()} />
        ) : jobs.length === 0 ? (
          <NoJobs isFiltered={status !== null} />
        ) : (
          <ul className="divide-y divide-line">
            {jobs.map((job) => (
              <JobRow key={job.id} job={job} onDone={readAgain} />
            ))}
          </ul>
        )}
        {list.hasNextPage && (
          <div className="border-line border-t p-1">
            <Button
              variant="ghost"
              size="sm"
              className="w-full"
              busy={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t("more")}
            </Button>
          </div>
        )}
      </Card>
    </div>
  );
}

function JobRow({ job, onDone }: { job: Job; onDone: () => void }) {
  const t = useTranslations("runs");
  const name = useJobName();
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="min-w-0 text-sm">
        <p className="truncate font-medium" title={name(job)}>
          {name(job)}
        </p>
        <p className="text-ink-faint text-xs">
          {t("startedBy", { by: job.by })} · <RelativeTime at={job.createdAt} />
        </p>
      </div>
      <JobProgress id={job.id} known={job} onDone={onDone} />
    </li>
  );
}

type PreviewCardProps = { id: string; onStarted: () => void; onClose: () => void };

/** What a wished import would do, above the jobs until it is carried out or put away. */
function PreviewCard({ id, onStarted, onClose }: PreviewCardProps) {
  const t = useTranslations("runs");
  const name = useJobName();
  const { data } = useQuery(previewQuery(id));
  return (
    <Card aria-labelledby="preview-title">
      <CardHeader id="preview-title" title={t("previewOf")} note={data && name(data)} />
      <div className="p-4">
        <PreviewSummary key={id} id={id} onStarted={onStarted} onClose={onClose} />
      </div>
    </Card>
  );
}

function NoJobs({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslations("runs.noJobs");
  const { data: me } = useQuery(meQuery);
  const { setParams } = useUrlParams();
  if (isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title={t("noMatch")}
        action={<Button onClick={() => setParams({ status: null })}>{t("clear")}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={ListChecks}
      title={t("title")}
      action={
        me?.permissions.includes("sync") && (
          <Button onClick={() => setParams({ import: "hubspot" })}>{t("action")}</Button>
        )
      }
    >
      {t("what")}
    </EmptyState>
  );
}
