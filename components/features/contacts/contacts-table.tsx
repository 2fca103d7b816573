"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { GridPart } from "@/components/ui/grid-part";
import type { RecordRow } from "@/lib/contracts/records";
import { CARD_HEIGHT, ContactCard } from "./contact-card";
import { ContactRow, REASON_GRID, ROW_GRID } from "./contact-row";

/** Height of a row, px. */
const ROW_HEIGHT = 36;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;

type ContactsTableProps = {
  rows: RecordRow[];
  /** Rows in all, as far as known; for screen readers */
  total: number;
  cards: boolean;
  /** The last column says why a row fails or is excluded */
  withReason: boolean;
  hasMore: boolean;
  onMore: () => void;
};

/** Mount it anew when filters or `cards` change. Only the rows in sight are in the page. ↑ ↓ Home End PageUp PageDown move, Enter opens; the grid keeps the focus. */
export function ContactsTable({ rows, total, cards, withReason, hasMore, onMore }: ContactsTableProps) {
  const t = useTranslations("contacts");
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const height = cards ? CARD_HEIGHT : ROW_HEIGHT;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (hasMore && last >= rows.length - AHEAD) onMore();
  }, [hasMore, last, rows.length, onMore]);

  const open = useCallback((id: string) => router.push(`/contacts/${id}`), [router]);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    virtual.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = keyTarget(event.key, active, rows.length);
    const row = rows[active];
    if (event.target !== event.currentTarget) return;
    if (event.key === "Enter" && row) return open(row.id);
    if (to === null) return;
    event.preventDefault();
    move(to);
  };
  const activeRow = rows[active];
  const visible = items.some((item) => item.index === active);
  return (
    <GridPart
      ref={scroller}
      role={cards ? undefined : "grid"}
      aria-label={cards ? undefined : t("tableLabel")}
      aria-rowcount={cards ? undefined : total + 1}
      aria-activedescendant={activeRow && visible && !cards ? `contact-${activeRow.id}` : undefined}
      tabIndex={cards ? -1 : 0}
      onKeyDown={cards ? undefined : onKeyDown}
      onFocus={(event) => event.target === event.currentTarget && active < 0 && !cards && setActive(0)}
      className="relative min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
    >
      {!cards && <ContactsHead withReason={withReason} />}
      <GridPart role={cards ? undefined : "rowgroup"} className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <GridPart
              key={row.id}
              role="presentation"
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {cards ? (
                <ContactCard row={row} active={false} />
              ) : (
                <ContactRow
                  row={row}
                  index={item.index}
                  active={item.index === active}
                  withReason={withReason}
                  onOpen={open}
                />
              )}
            </GridPart>
          );
        })}
      </GridPart>
    </GridPart>
  );
}

/** Where a key leads from `active` (-1 = nowhere yet); null when the key does not move. */
function keyTarget(key: string, active: number, length: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: Math.max(0, active - 1),
    PageDown: active + 15,
    PageUp: active - 15,
    Home: 0,
    End: length - 1,
  };
  return moves[key] ?? null;
}

/** The sticky head; also stands over the skeleton rows. */
export function ContactsHead({ withReason }: { withReason: boolean }) {
  const t = useTranslations("contacts.columns");
  return (
    <GridPart role="rowgroup" className="sticky top-0 z-1 border-line border-b bg-surface">
      <GridPart
        role="row"
        aria-rowindex={1}
        tabIndex={-1}
        className={`${withReason ? REASON_GRID : ROW_GRID} h-8 font-medium text-ink-faint text-xs`}
      >
        <GridPart role="columnheader">{t("state")}</GridPart>
        <GridPart role="columnheader">{t("name")}</GridPart>
        <GridPart role="columnheader">{t("email")}</GridPart>
        <GridPart role="columnheader">{t("hubspot")}</GridPart>
        <GridPart role="columnheader">{t("salesforce")}</GridPart>
        <GridPart role="columnheader" className={withReason ? undefined : "text-right"}>
          {t(withReason ? "reason" : "lastSynced")}
        </GridPart>
      </GridPart>
    </GridPart>
  );
}
