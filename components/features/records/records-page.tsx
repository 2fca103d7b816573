"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { type CSSProperties, useCallback, useEffect, useMemo, useState } from "react";
import { GridPart } from "@/components/ui/grid-part";
import { Kbd } from "@/components/ui/kbd";
import { missingPart } from "@/components/ui/missing-part";
import { ProgressLine } from "@/components/ui/progress-line";
import { connectionQuery } from "@/lib/browser/connection-query";
import { meQuery } from "@/lib/browser/me-query";
import { useMediaQuery } from "@/lib/browser/use-media-query";
import type { ConnectionView } from "@/lib/contracts/connection";
import { FilterChips } from "./filter-chips";
import { listColumns } from "./list-columns";
import { MoreFailed } from "./more-failed";
import { type ListedObject, sumCounts, writeFilters } from "./record-filters";
import { RecordsError } from "./records-error";
import { RecordsHead } from "./records-head";
import { RecordsHeader } from "./records-header";
import { recordListQuery } from "./records-queries";
import { RecordsSkeleton } from "./records-skeleton";
import { RecordsTable } from "./records-table";
import { useRecordFilters } from "./use-record-filters";
import { useSelection } from "./use-selection";

const BulkBar = dynamic(() => import("./bulk-bar").then((file) => file.BulkBar).catch(missingPart), { ssr: false });
const RecordsEmpty = dynamic(() => import("./records-empty").then((file) => file.RecordsEmpty).catch(missingPart), {
  ssr: false,
});
const JobStrip = dynamic(() => import("./job-strip").then((file) => file.JobStrip).catch(missingPart), { ssr: false });

/** The box of the head over rows that are not here yet */
const NOTHING_TICKED = { all: false, some: false, onToggle: () => undefined };

/** The list of one object's records: views, search, chips, rows. Fills the window; only the rows scroll. */
export function RecordsPage({ object }: { object: ListedObject }) {
  const t = useTranslations("records");
  const { filters, typed, setTyped, change, open } = useRecordFilters();
  const list = useInfiniteQuery(recordListQuery(object, filters));
  const { data: me } = useQuery(meQuery);
  const { data: connection } = useQuery(connectionQuery);
  const cards = useMediaQuery("(max-width: 899px)");
  const withReason = filters.state === "failing" || filters.state === "excluded";
  const first = list.data?.pages[0];
  // Until the other list's answer is here, its name is not
  const listOf = list.isPlaceholderData ? null : first?.list;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const rowIds = useMemo(() => rows.map((row) => row.id), [rows]);
  const selection = useSelection(rowIds);
  const [jobIds, setJobIds] = useState<readonly string[]>([]);
  const view = `${object}${writeFilters(filters)}`;
  const { clear } = selection;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was ticked under other filters is out of sight
  useEffect(() => clear(), [view, clear]);
  const { fetchNextPage, isFetchingNextPage, isFetchNextPageError } = list;
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage, isFetchNextPageError]);
  const maySync = me?.permissions.includes("sync") ?? false;
  const noteStarted = (started: string[]) => {
    setJobIds((known) => [...new Set([...known, ...started])]);
    clear();
  };
  const columns = { "--columns": listColumns({ withReason, selectable: maySync }) } as CSSProperties;
  const head = { object, withReason, sort: filters.sort, onSort: (sort: typeof filters.sort) => change({ sort }) };
  return (
    <div className="flex h-[calc(100dvh-48px)] min-h-[480px] flex-col lg:h-dvh">
      <header className="flex flex-col gap-3 px-4 pt-5 pb-3 sm:px-6">
        <RecordsHeader
          object={object}
          matching={first?.matching}
          isPartOfList={listOf?.isComplete === false}
          filters={filters}
          typed={typed}
          onType={setTyped}
          onOpen={open}
        />
        <FilterChips object={object} first={first} listName={listOf?.name} filters={filters} onChange={change} />
      </header>
      <JobStrip
        object={object}
        jobIds={jobIds}
        onPutAway={(id) => setJobIds((known) => known.filter((one) => one !== id))}
      />
      <div className="relative flex min-h-0 flex-1 flex-col border-line border-t bg-surface" style={columns}>
        {list.isPlaceholderData && (
          <ProgressLine label={t("loading")} className="absolute inset-x-0 top-0 z-2 rounded-none" />
        )}
        {list.isPending ? (
          <>
            <GridPart role="table" aria-label={t("loading")} className="max-[899px]:hidden">
              <RecordsHead {...head} ticked={maySync ? NOTHING_TICKED : null} />
            </GridPart>
            <RecordsSkeleton selectable={maySync} />
          </>
        ) : list.isError && rows.length === 0 ? (
          <RecordsError
            error={list.error}
            hasList={filters.list !== null}
            onRetry={() => void list.refetch()}
            onClearList={() => change({ list: null })}
          />
        ) : rows.length === 0 && first ? (
          <RecordsEmpty
            object={object}
            isOn={connection ? isOn(connection.settings, object) : null}
            filters={filters}
            total={sumCounts(first.counts)}
            listName={listOf?.name}
            onChange={change}
          />
        ) : (
          <RecordsTable
            key={`${view} ${cards}`}
            {...head}
            query={writeFilters(filters)}
            rows={rows}
            total={first?.matching ?? rows.length}
            cards={cards}
            selection={maySync ? selection : null}
            hasMore={list.hasNextPage}
            onMore={loadMore}
          />
        )}
        {isFetchNextPageError && <MoreFailed onRetry={() => void fetchNextPage()} />}
        {selection.ids.size > 0 && (
          <BulkBar
            object={object}
            filters={filters}
            matching={first?.matching ?? 0}
            selection={selection}
            onStarted={noteStarted}
          />
        )}
      </div>
      <footer className="flex h-8 shrink-0 items-center gap-1.5 border-line border-t px-6 text-2xs [&>kbd:not(:first-child):not(:nth-child(2))]:ml-2 text-ink-faint max-[899px]:hidden">
        <Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("keys.move")}
        <Kbd>Enter</Kbd> {t("keys.open")}
        {maySync && (
          <>
            <Kbd>x</Kbd> {t("keys.select")}
          </>
        )}
      </footer>
    </div>
  );
}

function isOn(settings: ConnectionView["settings"], object: ListedObject): boolean {
  return object === "contact" ? settings.contactSyncOn : settings[object].on;
}
