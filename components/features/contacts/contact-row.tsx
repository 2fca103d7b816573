"use client";

import clsx from "clsx";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { GridPart } from "@/components/ui/grid-part";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RecordRow } from "@/lib/contracts/records";
import { ContactName, ContactState, useStateReason } from "./contact-name";

/** State first; widths are fixed where the content is, so that rows line up without measuring. */
export const ROW_GRID =
  "grid grid-cols-[104px_minmax(0,1.5fr)_minmax(0,1.3fr)_136px_minmax(0,232px)_112px] items-center gap-4 px-4 sm:px-6";

/** Where all rows fail or are excluded, the last column says why instead of when, and has more room. */
export const REASON_GRID =
  "grid grid-cols-[104px_minmax(0,1.2fr)_minmax(0,1fr)_120px_minmax(0,208px)_minmax(112px,1fr)] items-center gap-4 px-4 sm:px-6";

type ContactRowProps = {
  row: RecordRow;
  index: number;
  active: boolean;
  withReason: boolean;
  onOpen: (id: string) => void;
};

/** One row, 36 px: click or Enter opens the record, ids can be copied without leaving the list. */
export const ContactRow = memo(function ContactRow({ row, index, active, withReason, onOpen }: ContactRowProps) {
  const t = useTranslations("contacts");
  return (
    <GridPart
      id={`contact-${row.id}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={active}
      onClick={() => onOpen(row.id)}
      className={clsx(
        withReason ? REASON_GRID : ROW_GRID,
        "group h-9 cursor-pointer border-line border-b text-sm outline-none hover:bg-hover",
        active && "bg-hover shadow-[inset_2px_0_0_var(--color-accent)]",
      )}
    >
      <GridPart role="gridcell">
        <ContactState row={row} />
      </GridPart>
      <GridPart role="gridcell" className="min-w-0">
        <Link
          href={`/contacts/${row.id}`}
          prefetch={false}
          tabIndex={-1}
          onClick={(event) => event.stopPropagation()}
          className="block min-w-0"
        >
          <ContactName row={row} />
        </Link>
      </GridPart>
      <GridPart role="gridcell" className="truncate text-ink-soft">
        {row.email ?? <span className="text-ink-faint">{t("noEmail")}</span>}
      </GridPart>
      <IdCell id={row.hubspotId} what={t("columns.hubspot")} />
      <IdCell
        id={row.salesforceId}
        what={t("columns.salesforce")}
        tag={row.salesforceType === null ? null : t(row.salesforceType === "Lead" ? "lead" : "contact")}
      />
      {withReason ? (
        <ReasonCell row={row} />
      ) : (
        <GridPart role="gridcell" className="truncate text-right text-ink-faint text-xs tabular-nums">
          {row.lastSyncedAt === null ? t("never") : <RelativeTime at={row.lastSyncedAt} />}
        </GridPart>
      )}
    </GridPart>
  );
});

function ReasonCell({ row }: { row: RecordRow }) {
  const reason = useStateReason(row);
  return (
    <GridPart role="gridcell" title={reason ?? undefined} className="truncate text-ink-soft text-xs">
      {reason}
    </GridPart>
  );
}

function IdCell({ id, what, tag = null }: { id: string | null; what: string; tag?: string | null }) {
  const t = useTranslations("contacts");
  if (id === null) {
    return (
      <GridPart role="gridcell" className="truncate text-ink-faint text-xs">
        {t("notLinked")}
      </GridPart>
    );
  }
  return (
    <GridPart
      role="gridcell"
      tabIndex={-1}
      className="flex min-w-0 items-center gap-1 outline-none"
      onClick={(event) => event.target instanceof Element && event.target.closest("button") && event.stopPropagation()}
    >
      {tag !== null && <Badge>{tag}</Badge>}
      <span className="truncate font-mono text-ink-soft text-xs">{id}</span>
      <span className="opacity-0 focus-within:opacity-100 group-hover:opacity-100">
        <CopyButton value={id} what={`${what} ${id}`} />
      </span>
    </GridPart>
  );
}
