"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Download, SearchX, Split } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { missingPart } from "@/components/ui/missing-part";
import { ProblemState } from "@/components/ui/problem-state";
import { ProgressLine } from "@/components/ui/progress-line";
import { FilterBarSkeleton, Skeleton } from "@/components/ui/skeleton";
import { useUrlParams } from "@/lib/browser/use-url-params";
import { type ConflictFilters, isFiltered, readConflictFilters, toConflictQuery } from "./conflict-filters";
import { ConflictTable } from "./conflict-table";
import { conflictsQuery } from "./conflicts-queries";

// The boxes bring their positioning code along; the list does not wait for it.
const ConflictFilterBar = dynamic(
  () => import("./conflict-filter-bar").then((file) => file.ConflictFilterBar).catch(missingPart),
  {
    loading: () => <FilterBarSkeleton className="mb-4" />,
  },
);

/** Fields that were edited on both sides, with both values and what decided. */
export function ConflictsPage() {
  const t = useTranslations("conflicts");
  const { params, setParams } = useUrlParams();
  const filters = readConflictFilters(params);
  const list = useInfiniteQuery(conflictsQuery(filters));
  const conflicts = list.data?.pages.flatMap((page) => page.conflicts) ?? [];
  // Nothing was found with the filters of before: that says nothing about these.
  const isUnknown = !list.data || (list.isPlaceholderData && conflicts.length === 0);
  const change = (patch: Partial<ConflictFilters>) => setParams(patch);
  const clear = () => setParams({ object: null, field: null, winner: null, from: null, to: null });
  return (
    <PageBody wide>
      <PageHeader
        title={t("title")}
        description={t("intro")}
        actions={
          <a href={`/api/conflicts/export?${toConflictQuery(filters)}`} download className={buttonClass()}>
            <Download aria-hidden />
            {t("export")}
          </a>
        }
      />
      {!list.data && list.error ? (
        <Card>
          <ProblemState error={list.error} onRetry={() => void list.refetch()} />
        </Card>
      ) : (
        <>
          <ConflictFilterBar
            filters={filters}
            fields={list.data?.pages[0]?.fields ?? []}
            onChange={change}
            onClear={clear}
          />
          {isUnknown && <RowsSkeleton label={t("loading")} />}
          {list.data && !isUnknown && (
            <Card className="relative overflow-hidden">
              {list.isPlaceholderData && <ProgressLine label={t("loading")} className="absolute inset-x-0 top-0" />}
              {conflicts.length > 0 ? (
                <ConflictTable conflicts={conflicts} />
              ) : (
                <NoConflicts filtered={isFiltered(filters)} onClear={clear} />
              )}
            </Card>
          )}
          {list.hasNextPage && (
            <div className="mt-3 flex justify-center">
              <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t("more")}
              </Button>
            </div>
          )}
        </>
      )}
    </PageBody>
  );
}

function NoConflicts({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const t = useTranslations("conflicts");
  if (filtered) {
    return (
      <EmptyState
        icon={SearchX}
        title={t("empty.filteredTitle")}
        action={<Button onClick={onClear}>{t("clear")}</Button>}
      >
        {t("empty.filteredText")}
      </EmptyState>
    );
  }
  const open = (
    <Link href="/mappings" className={buttonClass()}>
      {t("empty.mappings")}
    </Link>
  );
  return (
    <EmptyState icon={Split} title={t("empty.title")} action={open}>
      {t("empty.text")}
    </EmptyState>
  );
}

const WIDTHS = ["72%", "58%", "66%", "49%", "61%", "54%"];

function RowsSkeleton({ label }: { label: string }) {
  return (
    <Card className="overflow-hidden">
      <div role="status" aria-label={label}>
        {WIDTHS.map((width) => (
          <div key={width} className="flex h-14 items-center border-line border-b px-4 last:border-b-0">
            <span style={{ width }}>
              <Skeleton className="h-3.5" />
            </span>
          </div>
        ))}
      </div>
    </Card>
  );
}
