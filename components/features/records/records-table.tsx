"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { GridPart } from "@/components/ui/grid-part";
import { leavePlace, returnToPlace } from "@/lib/browser/left-place";
import { recordPath } from "@/lib/browser/record-path";
import type { RecordSort, LinkedRow as Row } from "@/lib/contracts/records";
import { CARD_HEIGHT, RecordCard } from "./record-card";
import type { ListedObject } from "./record-filters";
import { RecordRow } from "./record-row";
import { RecordsHead } from "./records-head";
import { readKey } from "./table-keys";
import type { Selection } from "./use-selection";

/** Height of a row, px. */
const ROW_HEIGHT = 36;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;

type RecordsTableProps = {
  object: ListedObject;
  /** The query of the page's address */
  query: string;
  rows: Row[];
  /** Rows in all, as far as known; for screen readers */
  total: number;
  cards: boolean;
  /** The last column says why a row fails or is excluded */
  withReason: boolean;
  sort: RecordSort;
  onSort: (sort: RecordSort) => void;
  /** Null: the role may not sync, so there is nothing to tick rows for */
  selection: Selection | null;
  hasMore: boolean;
  onMore: () => void;
};

/**
 * Mount it anew when filters or `cards` change. Only the rows in sight are in the page. The grid keeps the focus:
 * ↑ ↓ Home End PageUp PageDown move, Space or x ticks, with Shift on the way, Enter opens, Escape unticks all.
 */
export function RecordsTable(props: RecordsTableProps) {
  const { object, query, rows, total, cards, withReason, sort, onSort, selection, hasMore, onMore } = props;
  const t = useTranslations("records");
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const [left] = useState(() => returnToPlace(object, query));
  const [active, setActive] = useState(left?.active ?? -1);
  const height = cards ? CARD_HEIGHT : ROW_HEIGHT;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    initialOffset: left?.offset ?? 0,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onMore();
  }, [hasMore, last, rows.length, onMore]);

  useEffect(() => {
    // Whoever came by keys goes on by keys
    if (left && left.active >= 0) scroller.current?.focus({ preventScroll: true });
  }, [left]);
  const notePlace = () => leavePlace(object, { query, offset: scroller.current?.scrollTop ?? 0, active });
  const open = useCallback((row: Row) => router.push(recordPath(row.object, row.id)), [router]);
  const toggleOne = selection?.toggle;
  const toggle = useCallback((index: number, extend: boolean) => toggleOne?.(index, extend), [toggleOne]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const act = readKey(event, active, rows.length);
    const row = rows[active];
    if (act === null) return;
    event.preventDefault();
    if (act.kind === "open" && row) {
      notePlace();
      open(row);
    }
    if (act.kind === "tick" && row) selection?.toggle(active, event.shiftKey);
    if (act.kind === "untick") selection?.clear();
    if (act.kind === "all") selection?.set(rows.map(({ id }) => id));
    if (act.kind === "move") {
      if (event.shiftKey && selection && active >= 0) {
        if (!selection.ids.has(row?.id ?? "")) selection.toggle(active, false);
        selection.toggle(act.to, true);
      }
      setActive(act.to);
      virtual.scrollToIndex(act.to);
    }
  };
  const activeRow = rows[active];
  const visible = items.some((item) => item.index === active);
  const ticked = selection && {
    all: rows.length > 0 && rows.every(({ id }) => selection.ids.has(id)),
    some: selection.ids.size > 0,
    onToggle: () => (selection.ids.size > 0 ? selection.clear() : selection.set(rows.map(({ id }) => id))),
  };
  return (
    <GridPart
      ref={scroller}
      role={cards ? undefined : "grid"}
      aria-label={cards ? undefined : t("tableLabel", { object })}
      aria-rowcount={cards ? undefined : total + 1}
      aria-multiselectable={cards || !selection ? undefined : true}
      aria-activedescendant={activeRow && visible && !cards ? `record-${activeRow.id}` : undefined}
      tabIndex={cards ? -1 : 0}
      onKeyDown={cards ? undefined : onKeyDown}
      onClickCapture={notePlace}
      onFocus={(event) => event.target === event.currentTarget && active < 0 && !cards && setActive(0)}
      className={clsx(
        "relative min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2",
        // The bar of the selection must not hide the last rows
        selection && selection.ids.size > 0 && "pb-18",
      )}
    >
      {!cards && <RecordsHead object={object} withReason={withReason} sort={sort} onSort={onSort} ticked={ticked} />}
      <GridPart role={cards ? undefined : "rowgroup"} className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          const own = {
            row,
            index: item.index,
            selected: selection === null ? null : selection.ids.has(row.id),
            onToggle: toggle,
          };
          return (
            <GridPart
              key={row.id}
              role="presentation"
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {cards ? (
                <RecordCard {...own} />
              ) : (
                <RecordRow {...own} active={item.index === active} withReason={withReason} onOpen={open} />
              )}
            </GridPart>
          );
        })}
      </GridPart>
    </GridPart>
  );
}
