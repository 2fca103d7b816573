"use client";

import { useQuery } from "@tanstack/react-query";
import { ListChecks, SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFollowedJobs } from "@/components/jobs/use-followed-job";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { ListProblem } from "@/components/lists/list-problem";
import { LIST_OBJECTS, listChoicesQuery } from "@/components/lists/lists-queries";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { moveBetweenRows } from "@/components/ui/move-between-rows";
import { ProblemState } from "@/components/ui/problem-state";
import { ProgressLine } from "@/components/ui/progress-line";
import { SearchInput } from "@/components/ui/search-input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { connectionQuery } from "@/lib/browser/connection-query";
import type { Job } from "@/lib/contracts/jobs";
import { ListHead, ListRow } from "./list-row";
import { type ListsView, useListsView } from "./use-lists-view";

const listOf = (job: Job) => (typeof job.request.listId === "string" ? job.request.listId : null);

/** HubSpot's lists: who is in them, how they stand, and *Sync now* with a preview before anything is written. */
export function ListsPage() {
  const t = useTranslations("lists");
  const view = useListsView();
  const problems = useQuery(connectionQuery).data?.problems ?? [];
  const problem = problems.find(({ object }) => object === view.object);
  return (
    <PageBody>
      <PageHeader title={t("title")} description={t("intro")} />
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <SegmentedControl
          label={t("object")}
          value={view.object}
          onChange={view.setObject}
          segments={LIST_OBJECTS.map((value) => ({ value, label: t(`objects.${value}`) }))}
        />
        <SearchInput
          value={view.typed}
          onChange={view.setTyped}
          label={t("search")}
          clearLabel={t("clearSearch")}
          className="w-full sm:w-72"
        />
      </div>
      {problem && (
        <div className="mb-3">
          <ListProblem problem={problem} />
        </div>
      )}
      <Card className="relative overflow-hidden">
        <Lists view={view} />
      </Card>
    </PageBody>
  );
}

function Lists({ view }: { view: ListsView }) {
  const t = useTranslations("lists");
  const choices = useQuery(listChoicesQuery(view.object, view.search));
  const jobs = useFollowedJobs(listOf);
  if (choices.isPending) return <ListsSkeleton />;
  if (choices.isError && !choices.data) {
    return <ProblemState error={choices.error} onRetry={() => void choices.refetch()} />;
  }
  const lists = choices.data?.lists ?? [];
  if (lists.length === 0) return <NoLists view={view} />;
  return (
    <>
      {choices.isPlaceholderData && (
        <ProgressLine label={t("loading")} className="absolute inset-x-0 top-0 z-2 rounded-none" />
      )}
      <ListHead />
      <ul className="divide-y divide-line" onKeyDown={moveBetweenRows}>
        {lists.map((list, place) => (
          <ListRow
            key={`${view.object} ${list.id}`}
            list={list}
            place={place}
            view={view}
            jobId={(view.listId === list.id ? view.jobId : null) ?? jobs.get(list.id) ?? null}
          />
        ))}
      </ul>
      {choices.data?.hasMore && (
        <p className="border-line border-t px-4 py-2 text-ink-faint text-xs">{t("more", { count: lists.length })}</p>
      )}
    </>
  );
}

function NoLists({ view }: { view: ListsView }) {
  const t = useTranslations("lists.empty");
  if (view.search === "") {
    return (
      <EmptyState icon={ListChecks} title={t("title", { object: view.object })}>
        {t("text")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t("noMatch", { search: view.search })}
      action={<Button onClick={() => view.setTyped("")}>{t("clear")}</Button>}
    >
      {t("noMatchText")}
    </EmptyState>
  );
}

function ListsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-5 p-4">
      {["a", "b", "c", "d"].map((key) => (
        <div key={key} className="flex items-center gap-4">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-4 w-16" />
          <Skeleton className="ml-auto h-7 w-20" />
        </div>
      ))}
    </div>
  );
}
