"use client";

import { useTranslations } from "next-intl";
import { SearchInput } from "@/components/ui/search-input";
import { ExplainButton } from "./explain-button";
import type { ListedObject, RecordFilters } from "./record-filters";
import { ViewsButton } from "./views-button";

/** The API counts up to here and answers one more for "more". */
const COUNTED_UP_TO = 10_000;
const SEARCHED_UP_TO = 2_000;

type RecordsHeaderProps = {
  object: ListedObject;
  matching: number | undefined;
  /** Narrowed to a list that is longer than what is read of it */
  isPartOfList: boolean;
  filters: RecordFilters;
  typed: string;
  onType: (text: string) => void;
  /** A whole view: its filters, its search and its order */
  onOpen: (filters: RecordFilters) => void;
};

/** Title, how many match, the saved views, *Explain* and the search. */
export function RecordsHeader({ object, matching, isPartOfList, filters, typed, onType, onOpen }: RecordsHeaderProps) {
  const t = useTranslations("records");
  const countedUpTo = filters.search === "" ? COUNTED_UP_TO : SEARCHED_UP_TO;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="font-semibold text-xl tracking-tight">{t("title", { object })}</h1>
        <p role="status" className="text-ink-faint text-sm tabular-nums">
          {matching === undefined
            ? ""
            : matching > countedUpTo
              ? t("matchingMore", { count: countedUpTo })
              : t("matching", { count: matching })}
          {isPartOfList && <span className="ml-2">{t("list.partly")}</span>}
        </p>
      </div>
      <div className="flex w-full flex-wrap items-center gap-2 sm:w-auto">
        <ViewsButton object={object} filters={filters} onOpen={onOpen} />
        <ExplainButton object={object} />
        <SearchInput
          value={typed}
          onChange={onType}
          label={t("search", { object })}
          clearLabel={t("empty.clearSearch")}
          className="w-full sm:w-80"
        />
      </div>
    </div>
  );
}
