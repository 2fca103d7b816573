"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ProgressLine } from "@/components/ui/progress-line";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem } from "@/lib/browser/api-client";
import type { Job, Preview } from "@/lib/contracts/jobs";
import { JobProgress } from "./job-progress";
import { isOpenJob, openJobsQuery, previewQuery } from "./job-queries";
import { PreviewActions } from "./preview-actions";
import { PreviewLine } from "./preview-line";
import { readProgress } from "./tell-progress";
import { useCancelJob } from "./use-cancel-job";
import { useJobProblemWords, useProgressLine } from "./use-job-words";

type PreviewSummaryProps = {
  id: string;
  /** The preview was carried out as this job */
  onStarted?: (job: Job) => void;
  /** The job that carried it out has ended */
  onDone?: (job: Job) => void;
  /** Offers to put it away; nothing has been written */
  onClose?: () => void;
  /** Only to look at, as in the set-up: carrying it out is not offered */
  isLookOnly?: boolean;
};

/**
 * A preview: its progress while it counts, then one line of what would happen, its records to look through, and *Carry
 * out*, which turns it into a job with its bar. Found again by its id, e.g. from the URL.
 */
export function PreviewSummary({ id, onStarted, onDone, onClose, isLookOnly = false }: PreviewSummaryProps) {
  const t = useTranslations("jobs.preview");
  const { data: preview, error } = useQuery(previewQuery(id));
  const { data: open } = useQuery(openJobsQuery);
  const [startedId, setStartedId] = useState<string | null>(null);
  const running = startedId ?? open?.jobs.find((job) => job.previewId === id)?.id;
  if (running) return <JobProgress id={running} {...(onDone ? { onDone } : {})} />;
  if (!preview) {
    if (!error) return <Skeleton className="h-9 w-full max-w-[440px]" />;
    const isGone = error instanceof ApiProblem && error.code === "not_found";
    return (
      <p role="alert" className="flex flex-wrap items-center gap-2 text-ink-soft text-sm">
        {isGone ? t("gone") : t("unreadable")}
        {onClose && (
          <Button size="sm" onClick={onClose}>
            {t("close")}
          </Button>
        )}
      </p>
    );
  }
  if (isOpenJob(preview)) return <Counting preview={preview} />;
  if (preview.status !== "done") return <NotCounted preview={preview} onClose={onClose} />;
  const take = (job: Job) => {
    setStartedId(job.id);
    onStarted?.(job);
  };
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <PreviewLine preview={preview} />
      <PreviewActions preview={preview} onStarted={isLookOnly ? null : take} onClose={onClose} />
    </div>
  );
}

function Counting({ preview }: { preview: Preview }) {
  const t = useTranslations("jobs.preview");
  const line = useProgressLine(preview);
  const problem = useJobProblemWords()(preview);
  const cancel = useCancelJob(preview.id, "previews");
  const { done, total } = readProgress(preview);
  return (
    <div className="min-w-0">
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="min-w-0 text-ink-soft text-sm tabular-nums">{t("counting", { line })}</p>
        <Button size="sm" variant="ghost" busy={cancel.busy} onClick={cancel.start}>
          {t("stop")}
        </Button>
      </div>
      <ProgressLine
        label={t("label")}
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

function NotCounted({ preview, onClose }: { preview: Preview; onClose: PreviewSummaryProps["onClose"] }) {
  const t = useTranslations("jobs.preview");
  const problem = useJobProblemWords()(preview);
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <p className="min-w-0">
        <span className="font-medium">{problem?.title ?? t("stopped")}</span>{" "}
        <span className="text-ink-soft">{problem?.cure}</span>
      </p>
      {onClose && (
        <Button size="sm" onClick={onClose}>
          {t("close")}
        </Button>
      )}
    </div>
  );
}
