"use client";

import clsx from "clsx";
import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { GridPart } from "@/components/ui/grid-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { recordPath } from "@/lib/browser/record-path";
import type { LinkedRow as Row } from "@/lib/contracts/records";
import { LIST_ROW } from "./list-columns";
import { RecordDetailText, RecordName, RecordStateWord, useRowReason } from "./record-cells";
import { RowBox } from "./row-box";

type RecordRowProps = {
  row: Row;
  index: number;
  active: boolean;
  /** Null: rows cannot be ticked */
  selected: boolean | null;
  withReason: boolean;
  onOpen: (row: Row) => void;
  onToggle: (index: number, extend: boolean) => void;
};

/** One row, 36 px: click or Enter opens the record, ids can be copied without leaving the list. */
export const RecordRow = memo(function RecordRow(props: RecordRowProps) {
  const { row, index, active, selected, withReason, onOpen, onToggle } = props;
  const t = useTranslations("records");
  return (
    <GridPart
      id={`record-${row.id}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected ?? undefined}
      data-active={active || undefined}
      onClick={() => onOpen(row)}
      className={clsx(
        LIST_ROW,
        "group h-9 cursor-pointer border-line border-b text-sm outline-none",
        selected ? "bg-accent-soft" : "hover:bg-hover",
        active && "shadow-[inset_2px_0_0_var(--color-accent)]",
        active && !selected && "bg-hover",
      )}
    >
      {selected !== null && (
        <GridPart role="gridcell" className="flex" onClick={(event) => event.stopPropagation()}>
          <RowBox checked={selected} name={row.name} onToggle={(extend) => onToggle(index, extend)} />
        </GridPart>
      )}
      <GridPart role="gridcell">
        <RecordStateWord row={row} />
      </GridPart>
      <GridPart role="gridcell" className="min-w-0">
        <Link
          href={recordPath(row.object, row.id)}
          prefetch={false}
          tabIndex={-1}
          onClick={(event) => event.stopPropagation()}
          className="block min-w-0"
        >
          <RecordName row={row} />
        </Link>
      </GridPart>
      <GridPart role="gridcell" className="truncate text-ink-soft">
        <RecordDetailText row={row} />
      </GridPart>
      <IdCell id={row.hubspotId} url={row.hubspotUrl} crm="HubSpot" />
      <IdCell
        id={row.salesforceId}
        url={row.salesforceUrl}
        crm="Salesforce"
        tag={tagOf(row) === null ? null : t(`types.${tagOf(row)}`)}
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

/** Only people are two things in Salesforce. */
function tagOf({ salesforceType }: Row): "Lead" | "Contact" | null {
  return salesforceType === "Lead" || salesforceType === "Contact" ? salesforceType : null;
}

function ReasonCell({ row }: { row: Row }) {
  const reason = useRowReason(row);
  return (
    <GridPart role="gridcell" title={reason ?? undefined} className="truncate text-ink-soft text-xs">
      {reason}
    </GridPart>
  );
}

type IdCellProps = { id: string | null; url: string | null; crm: "HubSpot" | "Salesforce"; tag?: string | null };

/** The id can be copied and leads to the record in its CRM; neither opens the record here. */
function IdCell({ id, url, crm, tag = null }: IdCellProps) {
  const t = useTranslations("records");
  if (id === null) {
    return (
      <GridPart role="gridcell" className="truncate text-ink-faint text-xs">
        {t("notLinked")}
      </GridPart>
    );
  }
  const isOwn = (target: EventTarget) => target instanceof Element && target.closest("button, a") !== null;
  return (
    <GridPart
      role="gridcell"
      tabIndex={-1}
      className="flex min-w-0 items-center gap-1 outline-none"
      onClick={(event) => isOwn(event.target) && event.stopPropagation()}
    >
      {tag !== null && <Badge>{tag}</Badge>}
      <span className="truncate font-mono text-ink-soft text-xs">{id}</span>
      <span className="flex shrink-0 opacity-0 focus-within:opacity-100 group-hover:opacity-100">
        <CopyButton value={id} what={`${crm} ${id}`} />
        {url !== null && (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            tabIndex={-1}
            aria-label={t("openIn", { crm })}
            title={t("openIn", { crm })}
            className="inline-flex size-6 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
          >
            <ArrowUpRight className="size-3.5" aria-hidden />
          </a>
        )}
      </span>
    </GridPart>
  );
}
