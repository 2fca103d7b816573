"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { FilterChip } from "@/components/ui/filter-chip";
import { Kbd } from "@/components/ui/kbd";
import { ProgressLine } from "@/components/ui/progress-line";
import { SearchInput } from "@/components/ui/search-input";
import { ApiProblem } from "@/lib/browser/api-client";
import { RECORD_TONE } from "@/lib/browser/record-tone";
import { useMediaQuery } from "@/lib/browser/use-media-query";
import type { RecordList, RecordState } from "@/lib/contracts/records";
import { chipStates, sumCounts } from "./contact-filters";
import { ContactsEmpty } from "./contacts-empty";
import { contactListQuery } from "./contacts-queries";
import { ContactsSkeleton } from "./contacts-skeleton";
import { ContactsHead, ContactsTable } from "./contacts-table";
import { useContactFilters } from "./use-contact-filters";

/** Above this the server stops counting (its answer is then one more). */
const COUNTED_UP_TO = 10_000;

/** The list of records: search, state chips, rows. Fills the window; only the rows scroll. */
export function ContactsPage() {
  const t = useTranslations("contacts");
  const { filters, typed, setTyped, setState, clearSearch } = useContactFilters();
  const list = useInfiniteQuery(contactListQuery(filters));
  const cards = useMediaQuery("(max-width: 899px)");
  const withReason = filters.state === "failing" || filters.state === "excluded";
  const first = list.data?.pages[0];
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const { fetchNextPage, isFetchingNextPage, isFetchNextPageError } = list;
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage, isFetchNextPageError]);
  return (
    <div className="flex h-[calc(100dvh-48px)] min-h-[480px] flex-col lg:h-dvh">
      <header className="flex flex-col gap-3 px-4 pt-5 pb-3 sm:px-6">
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
          <div className="flex items-baseline gap-3">
            <h1 className="font-semibold text-xl tracking-tight">{t("title")}</h1>
            <Matching first={first} />
          </div>
          <SearchInput
            value={typed}
            onChange={setTyped}
            label={t("search")}
            clearLabel={t("clearSearch")}
            className="w-full sm:w-80"
          />
        </div>
        <StateChips first={first} state={filters.state} onState={setState} />
      </header>
      <div className="relative mx-0 flex min-h-0 flex-1 flex-col border-line border-t bg-surface">
        {list.isPlaceholderData && (
          <ProgressLine label={t("loading")} className="absolute inset-x-0 top-0 z-2 rounded-none" />
        )}
        {list.isPending ? (
          <>
            {!cards && <ContactsHead withReason={withReason} />}
            <ContactsSkeleton />
          </>
        ) : list.isError && rows.length === 0 ? (
          <ErrorState
            title={t("error.title")}
            requestId={list.error instanceof ApiProblem ? list.error.requestId : undefined}
            onRetry={() => void list.refetch()}
          >
            {t("error.text")}
          </ErrorState>
        ) : rows.length === 0 && first ? (
          <ContactsEmpty
            filters={filters}
            total={sumCounts(first.counts)}
            onClearSearch={clearSearch}
            onClearState={() => setState(null)}
          />
        ) : (
          <ContactsTable
            key={`${filters.search} ${filters.state} ${cards}`}
            rows={rows}
            total={first?.matching ?? rows.length}
            cards={cards}
            withReason={withReason}
            hasMore={list.hasNextPage}
            onMore={loadMore}
          />
        )}
        {isFetchNextPageError && (
          <p
            role="alert"
            className="flex items-center justify-center gap-3 border-line border-t py-2 text-fail text-xs"
          >
            {t("error.more")}
            <Button size="sm" onClick={() => void fetchNextPage()}>
              {t("error.retry")}
            </Button>
          </p>
        )}
      </div>
      {!cards && (
        <footer className="flex h-8 shrink-0 items-center gap-1.5 border-line border-t px-6 text-2xs text-ink-faint">
          <Kbd>↑</Kbd> <Kbd>↓</Kbd> <Kbd>Enter</Kbd> {t("keys")}
        </footer>
      )}
    </div>
  );
}

function Matching({ first }: { first: RecordList | undefined }) {
  const t = useTranslations("contacts");
  if (!first) return null;
  const capped = first.matching > COUNTED_UP_TO;
  return (
    <p role="status" className="text-ink-faint text-sm tabular-nums">
      {capped ? t("matchingMore", { count: COUNTED_UP_TO }) : t("matching", { count: first.matching })}
    </p>
  );
}

type StateChipsProps = {
  first: RecordList | undefined;
  state: RecordState | null;
  onState: (state: RecordState | null) => void;
};

function StateChips({ first, state, onState }: StateChipsProps) {
  const t = useTranslations("contacts");
  const states = useTranslations("states");
  const format = useFormatter();
  const counts: Partial<Record<RecordState, number>> = first?.counts ?? {};
  const count = (value: number) => (first ? format.number(value) : "–");
  return (
    <fieldset className="-mx-4 flex min-w-0 gap-1.5 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:px-0">
      <legend className="sr-only">{t("filterByState")}</legend>
      <FilterChip
        label={t("all")}
        count={count(sumCounts(counts))}
        pressed={state === null}
        onPress={() => onState(null)}
      />
      {chipStates(counts, state).map((name) => (
        <FilterChip
          key={name}
          label={states(name)}
          count={count(counts[name] ?? 0)}
          tone={RECORD_TONE[name]}
          pressed={state === name}
          onPress={() => onState(state === name ? null : name)}
        />
      ))}
    </fieldset>
  );
}
