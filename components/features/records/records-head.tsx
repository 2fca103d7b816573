"use client";

import clsx from "clsx";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { GridPart } from "@/components/ui/grid-part";
import type { RecordSort } from "@/lib/contracts/records";
import { LIST_ROW } from "./list-columns";
import { type ListedObject, turnSort } from "./record-filters";

type RecordsHeadProps = {
  object: ListedObject;
  withReason: boolean;
  sort: RecordSort;
  onSort: (sort: RecordSort) => void;
  /** Null: rows cannot be ticked */
  ticked: { all: boolean; some: boolean; onToggle: () => void } | null;
};

/** The sticky head; also stands over the skeleton rows. Name and last sync turn the order round. */
export function RecordsHead({ object, withReason, sort, onSort, ticked }: RecordsHeadProps) {
  const t = useTranslations("records");
  return (
    <GridPart role="rowgroup" className="sticky top-0 z-1 border-line border-b bg-surface">
      <GridPart
        role="row"
        aria-rowindex={1}
        tabIndex={-1}
        className={`${LIST_ROW} h-8 font-medium text-ink-faint text-xs`}
      >
        {ticked && (
          <GridPart role="columnheader" className="flex">
            <input
              type="checkbox"
              checked={ticked.all}
              ref={(box) => {
                if (box) box.indeterminate = ticked.some && !ticked.all;
              }}
              onChange={ticked.onToggle}
              aria-label={t("selectLoaded")}
              className="size-4 cursor-pointer accent-accent"
            />
          </GridPart>
        )}
        <GridPart role="columnheader">{t("columns.state")}</GridPart>
        <SortHead label={t("columns.name")} column="name" sort={sort} onSort={onSort} />
        <GridPart role="columnheader">{t(`columns.detail.${object}`)}</GridPart>
        <GridPart role="columnheader">HubSpot</GridPart>
        <GridPart role="columnheader">Salesforce</GridPart>
        {withReason ? (
          <GridPart role="columnheader">{t("columns.reason")}</GridPart>
        ) : (
          <SortHead label={t("columns.lastSynced")} column="synced" sort={sort} onSort={onSort} atEnd />
        )}
      </GridPart>
    </GridPart>
  );
}

type SortHeadProps = {
  label: string;
  column: "name" | "synced";
  sort: RecordSort;
  onSort: (sort: RecordSort) => void;
  atEnd?: boolean;
};

function SortHead({ label, column, sort, onSort, atEnd = false }: SortHeadProps) {
  const isHere = sort.endsWith(column);
  const isDown = sort.startsWith("-");
  const Arrow = isDown ? ArrowDown : ArrowUp;
  return (
    <GridPart
      role="columnheader"
      aria-sort={isHere ? (isDown ? "descending" : "ascending") : "none"}
      className={clsx("flex min-w-0", atEnd && "justify-end")}
    >
      <button
        type="button"
        onClick={() => onSort(turnSort(sort, column))}
        className={clsx(
          "group/sort -mx-1 flex h-6 items-center gap-1 rounded-sm px-1 hover:text-ink",
          isHere && "text-ink-soft",
        )}
      >
        {label}
        <Arrow
          className={clsx(
            "size-3",
            !isHere && "opacity-0 group-hover/sort:opacity-60 group-focus-visible/sort:opacity-60",
          )}
          aria-hidden
        />
      </button>
    </GridPart>
  );
}
