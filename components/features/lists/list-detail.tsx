"use client";

import { type UseQueryResult, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { JobProgress } from "@/components/jobs/job-progress";
import { PreviewSummary } from "@/components/jobs/preview-summary";
import { type ListObject, listStatesQuery } from "@/components/lists/lists-queries";
import { StatesBar, StatesLegend } from "@/components/lists/states-bar";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem } from "@/lib/browser/api-client";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { ListChoice, ListStatesView } from "@/lib/contracts/lists";
import type { ListsView } from "./use-lists-view";

type ListDetailProps = {
  list: ListChoice;
  view: ListsView;
  states: UseQueryResult<ListStatesView>;
  previewId: string | null;
  jobId: string | null;
  isOpen: boolean;
};

/** Under a list's row: the job or the preview that is under way, and how its members stand. */
export function ListDetail({ list, view, states, previewId, jobId, isOpen }: ListDetailProps) {
  const client = useQueryClient();
  const { queryKey } = listStatesQuery(view.object, list.id);
  const readAgain = useCallback(() => {
    void client.invalidateQueries({ queryKey });
    void client.invalidateQueries({ queryKey: ["records"] });
    void client.invalidateQueries({ queryKey: ["overview"] });
  }, [client, queryKey]);
  return (
    <div className="flex flex-col gap-3 border-line border-t bg-hover/50 px-4 py-3 sm:pl-[38px]">
      {previewId !== null ? (
        <PreviewSummary
          key={previewId}
          id={previewId}
          onStarted={(job) => view.showJob(list.id, job.id)}
          onClose={view.putAway}
        />
      ) : (
        jobId !== null && <JobProgress key={jobId} id={jobId} onDone={readAgain} />
      )}
      {isOpen && <Standing states={states} list={list} object={view.object} />}
    </div>
  );
}

type StandingProps = { states: UseQueryResult<ListStatesView>; list: ListChoice; object: ListObject };

function Standing({ states, list, object }: StandingProps) {
  const t = useTranslations("lists");
  const words = useProblemWords();
  if (states.data) {
    const { data } = states;
    return (
      <div className="flex flex-col gap-2">
        <StatesBar states={data.states} className="max-w-[440px] sm:hidden" />
        <StatesLegend states={data.states} object={object} listId={list.id} />
        {!data.isComplete && <p className="text-ink-faint text-xs">{t("partly", { counted: data.counted })}</p>}
        {list.isChosen && (
          <p className="text-ink-faint text-xs">
            {t("isInclusion")}{" "}
            <Link href="/inclusion" className="underline underline-offset-2">
              {t("openInclusion")}
            </Link>
          </p>
        )}
      </div>
    );
  }
  if (!states.error) return <Skeleton className="h-4 w-64" />;
  const isGone = states.error instanceof ApiProblem && states.error.code === "not_found";
  return (
    <p role="alert" className="flex flex-wrap items-center gap-2 text-ink-soft text-sm">
      {isGone ? t("vanished") : words(states.error).title}
      {!isGone && (
        <Button size="sm" onClick={() => void states.refetch()}>
          {t("retry")}
        </Button>
      )}
    </p>
  );
}
