"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { recordPath } from "@/lib/browser/record-path";
import type { RecordRow } from "@/lib/contracts/records";
import { RecordDetailText, RecordName, RecordStateWord, useRowReason } from "./record-cells";
import { RowBox } from "./row-box";

/** Height of a card on narrow screens, px; fixed so that the list can be virtual. */
export const CARD_HEIGHT = 76;

type RecordCardProps = {
  row: RecordRow;
  index: number;
  selected: boolean | null;
  onToggle: (index: number, extend: boolean) => void;
};

/** The same row for narrow screens: name and state on top, address and time below. */
export const RecordCard = memo(function RecordCard({ row, index, selected, onToggle }: RecordCardProps) {
  const t = useTranslations("records");
  // "No email" stands where the address would.
  const isTold = row.exclusionReason === "no_email" && row.email === null;
  const why = useRowReason(row);
  const reason = isTold ? null : why;
  return (
    <div className={selected ? "flex items-center bg-accent-soft" : "flex items-center"}>
      {selected !== null && (
        <RowBox checked={selected} name={row.name} onToggle={(extend) => onToggle(index, extend)} reachable />
      )}
      <Link
        href={recordPath(row.object, row.id)}
        prefetch={false}
        className="flex h-[76px] min-w-0 flex-1 items-center gap-3 border-line border-b px-4 focus-visible:-outline-offset-2"
      >
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex items-center justify-between gap-3 text-sm">
            <RecordName row={row} />
            <RecordStateWord row={row} />
          </span>
          <span className="truncate text-ink-soft text-xs">
            <RecordDetailText row={row} />
          </span>
          <span className="truncate text-ink-faint text-xs">
            {reason ?? (row.lastSyncedAt === null ? t("never") : <RelativeTime at={row.lastSyncedAt} />)}
          </span>
        </span>
        <ChevronRight className="size-4 shrink-0 text-ink-faint" aria-hidden />
      </Link>
    </div>
  );
});
