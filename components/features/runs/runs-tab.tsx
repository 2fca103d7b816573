"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History, SearchX } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterChip } from "@/components/ui/filter-chip";
import { missingOverlay } from "@/components/ui/missing-part";
import { ProblemState } from "@/components/ui/problem-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrlParams } from "@/lib/browser/use-url-params";
import type { Run } from "@/lib/contracts/overview";
import { RUN_LOOK } from "./run-status";
import { RUN_KINDS, RUN_STATUSES, readRunFilter } from "./runs-filter";
import { runsQuery } from "./runs-queries";
import { RunsTable } from "./runs-table";

const RunDrawer = dynamic(() => import("./run-drawer").then((file) => file.RunDrawer).catch(missingOverlay), {
  ssr: false,
});

/** Checks and syncs with their filters; one of them opens beside the list. */
export function RunsTab() {
  const { params, setParams } = useUrlParams();
  const filter = readRunFilter(params);
  const list = useInfiniteQuery(runsQuery(filter));
  const runs = list.data?.pages.flatMap((page) => page.runs) ?? [];
  const openId = params.get("run");
  return (
    <>
      <Filters />
      <Card className="min-w-0 overflow-hidden">
        {list.isPending ? (
          <RowsSkeleton />
        ) : list.isError && runs.length === 0 ? (
          <ProblemState error={list.error} onRetry={() => void list.refetch()} />
        ) : runs.length === 0 ? (
          <NoRuns isFiltered={filter.kind !== null || filter.status !== null} />
        ) : (
          <RunsTable runs={runs} openId={openId} onOpen={(id) => setParams({ run: id })} />
        )}
        {list.hasNextPage && <More busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />}
      </Card>
      {openId !== null && <RunDrawer key={openId} id={openId} onClose={() => setParams({ run: null })} />}
    </>
  );
}

function Filters() {
  const t = useTranslations("runs");
  const { params, setParams } = useUrlParams();
  const { kind, status } = readRunFilter(params);
  const toggle = <V extends string>(name: string, value: V, now: V | null) =>
    setParams({ [name]: now === value ? null : value });
  return (
    <fieldset className="-mx-4 mb-3 flex min-w-0 gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0">
      <legend className="sr-only">{t("filter")}</legend>
      {RUN_KINDS.map((value: Run["kind"]) => (
        <FilterChip
          key={value}
          label={t(`kinds.${value}`)}
          pressed={kind === value}
          onPress={() => toggle("kind", value, kind)}
        />
      ))}
      <span aria-hidden className="mx-1 my-1 w-px shrink-0 bg-line" />
      {RUN_STATUSES.map((value: Run["status"]) => (
        <FilterChip
          key={value}
          label={t(`statuses.${value}`)}
          tone={RUN_LOOK[value].tone}
          pressed={status === value}
          onPress={() => toggle("status", value, status)}
        />
      ))}
    </fieldset>
  );
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslations("runs.empty");
  const { setParams } = useUrlParams();
  if (!isFiltered) {
    return (
      <EmptyState icon={History} title={t("title")}>
        {t("what")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t("noMatch")}
      action={<Button onClick={() => setParams({ kind: null, status: null })}>{t("clear")}</Button>}
    />
  );
}

function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  const t = useTranslations("runs");
  return (
    <div className="border-line border-t p-1">
      <Button variant="ghost" size="sm" className="w-full" busy={busy} onClick={onMore}>
        {t("more")}
      </Button>
    </div>
  );
}

function RowsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-5 p-4">
      {["a", "b", "c", "d", "e", "f"].map((key) => (
        <div key={key} className="flex gap-6">
          <Skeleton className="h-4 w-20" />
          <Skeleton className="h-4 w-1/3" />
          <Skeleton className="ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  );
}
