"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { ProgressLine } from "@/components/ui/progress-line";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem } from "@/lib/browser/api-client";
import { meQuery } from "@/lib/browser/me-query";
import type { Job } from "@/lib/contracts/jobs";
import { JobEnd } from "./job-end";
import { isOpenJob, jobQuery } from "./job-queries";
import { readProgress } from "./tell-progress";
import { useCancelJob } from "./use-cancel-job";
import { useJobProblemWords, useProgressLine } from "./use-job-words";

type JobProgressProps = {
  id: string;
  /** As a list told it already: nobody waits to see what is known */
  known?: Job;
  /** Called once, when a job that was seen under way has ended */
  onDone?: (job: Job) => void;
};

/**
 * A job as a thin bar with its figures, and Cancel; once it has ended what it came to, in words with links. Whoever has it
 * on the screen sees the same; after a reload it is found again with `openJobsQuery` or by its id in the URL.
 */
export function JobProgress({ id, known, onDone }: JobProgressProps) {
  const t = useTranslations("jobs");
  const { data: job, error, refetch } = useQuery({ ...jobQuery(id), ...(known ? { initialData: known } : {}) });
  useTellEnd(job, onDone);
  if (!job) {
    if (!error) return <Skeleton className="h-9 w-full max-w-[440px]" />;
    const isGone = error instanceof ApiProblem && error.code === "not_found";
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-ink-soft text-sm">
        {isGone ? t("gone") : t("unreadable")}
        {!isGone && (
          <Button size="sm" onClick={() => void refetch()}>
            {t("retry")}
          </Button>
        )}
      </p>
    );
  }
  return isOpenJob(job) ? <Running job={job} isStale={error !== null} /> : <JobEnd job={job} />;
}

function Running({ job, isStale }: { job: Job; isStale: boolean }) {
  const t = useTranslations("jobs");
  const line = useProgressLine(job);
  const problem = useJobProblemWords()(job);
  const { data: me } = useQuery(meQuery);
  const cancel = useCancelJob(job.id);
  const { done, total } = readProgress(job);
  return (
    <div className="min-w-0">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 text-ink-soft text-sm tabular-nums">{isStale ? t("noAnswer", { line }) : line}</p>
        {me?.permissions.includes("sync") && (
          <Button size="sm" variant="ghost" busy={cancel.busy} onClick={cancel.start}>
            {cancel.busy ? t("cancelling") : t("cancel")}
          </Button>
        )}
      </div>
      <ProgressLine
        label={t("progressLabel")}
        className="mt-1"
        {...(total === null || total === 0 ? {} : { value: done, max: total })}
      />
      {problem && (
        <p role="status" className="mt-1.5 text-warn text-xs">
          <span className="font-medium">{problem.title}</span> <span className="text-ink-soft">{problem.cure}</span>
        </p>
      )}
    </div>
  );
}

/** Only a job that was seen running ends in front of somebody; one that had ended before is old news. */
function useTellEnd(job: Job | undefined, onDone: JobProgressProps["onDone"]): void {
  const wasOpen = useRef(false);
  useEffect(() => {
    if (!job) return;
    if (isOpenJob(job)) wasOpen.current = true;
    else if (wasOpen.current) {
      wasOpen.current = false;
      onDone?.(job);
    }
  }, [job, onDone]);
}
