"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { timelineQuery } from "./record-queries";
import { TimelineItem } from "./timeline-item";

/** Every sync of the record, newest first. */
export function Timeline({ id }: { id: string }) {
  const t = useTranslations("record.timeline");
  const query = useInfiniteQuery(timelineQuery(id));
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Card aria-labelledby="timeline-title">
      <CardHeader id="timeline-title" title={t("title")} />
      {query.isPending && <TimelineSkeleton />}
      {query.isError && entries.length === 0 && (
        <div role="alert" className="flex flex-wrap items-center justify-between gap-2 p-4 text-ink-soft text-sm">
          {t("error")}
          <Button size="sm" onClick={() => void query.refetch()}>
            {t("retry")}
          </Button>
        </div>
      )}
      {query.isSuccess && entries.length === 0 && (
        <EmptyState icon={History} title={t("empty")}>
          {t("emptyText")}
        </EmptyState>
      )}
      {entries.length > 0 && (
        <ol className="px-4 py-3">
          {entries.map((entry, index) => (
            <TimelineItem key={entry.id} entry={entry} last={index === entries.length - 1} />
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <div className="border-line border-t p-2">
          <Button
            variant="ghost"
            size="sm"
            className="w-full"
            busy={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {query.isFetchingNextPage ? t("loadingMore") : t("more")}
          </Button>
        </div>
      )}
    </Card>
  );
}

export function TimelineSkeleton() {
  return (
    <div aria-hidden className="grid gap-5 p-4">
      {["a", "b", "c", "d"].map((key) => (
        <div key={key} className="flex gap-3">
          <Skeleton className="size-4 rounded-full!" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-3.5 w-2/3" />
            <Skeleton className="h-3 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  );
}
