"use client";

import type { UseInfiniteQueryResult } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import type { ErrorRecord } from "@/lib/contracts/errors";
import { ErrorRecordRow } from "./error-record-row";
import type { Chosen } from "./use-chosen";

type ErrorRecordListProps = {
  rows: readonly ErrorRecord[];
  query: Pick<
    UseInfiniteQueryResult,
    "isPending" | "hasNextPage" | "isFetchingNextPage" | "isFetchNextPageError" | "fetchNextPage"
  >;
  /** Null: there is nothing to choose */
  chosen: Chosen | null;
};

/** The affected records; the next page comes when the end is near. */
export function ErrorRecordList({ rows, query, chosen }: ErrorRecordListProps) {
  const t = useTranslations("health.panel");
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const end = useRef<HTMLDivElement>(null);
  const mayLoad = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    const mark = end.current;
    if (!mayLoad || !mark) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), {
      rootMargin: "400px",
    });
    watch.observe(mark);
    return () => watch.disconnect();
  }, [mayLoad, fetchNextPage]);
  if (query.isPending) return <RowsSkeleton label={t("loading")} />;
  return (
    <>
      <div className="overflow-hidden rounded-md border border-line">
        {chosen && (
          <label className="flex h-8 items-center gap-3 border-line border-b bg-hover/60 px-3 text-ink-soft text-xs">
            <input
              type="checkbox"
              checked={chosen.isAll}
              onChange={chosen.toggleAll}
              className="size-3.5 accent-accent"
            />
            {t("selectAll")}
          </label>
        )}
        <ul className="divide-y divide-line">
          {rows.map((row) => (
            <ErrorRecordRow key={row.error.id} row={row} chosen={chosen} />
          ))}
        </ul>
      </div>
      <div ref={end} />
      {hasNextPage && (
        <div className="flex justify-center pt-3">
          <Button size="sm" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
    </>
  );
}

function RowsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="overflow-hidden rounded-md border border-line">
      {["70%", "52%", "64%", "46%"].map((width) => (
        <div key={width} className="flex h-12 items-center border-line border-b px-3 last:border-b-0">
          <span style={{ width }}>
            <Skeleton className="h-3.5" />
          </span>
        </div>
      ))}
    </div>
  );
}
