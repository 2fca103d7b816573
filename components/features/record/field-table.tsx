"use client";

import clsx from "clsx";
import { ChevronRight, CircleAlert, Split } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState } from "react";
import { useFieldName } from "@/components/record-words/use-field-name";
import { useFieldWords } from "@/components/record-words/use-reason-words";
import { ValueText } from "@/components/record-words/value-text";
import { Badge } from "@/components/ui/badge";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { buttonClass } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { GridPart } from "@/components/ui/grid-part";
import { arrowOfRule } from "@/lib/browser/rule-arrow";
import type { FieldRow, SyncErrorView } from "@/lib/contracts/records";
import { CardSection } from "./card-section";
import { arrangeFields, type FieldLine } from "./field-table-view";

const GRID = "sm:grid sm:grid-cols-[minmax(0,1fr)_minmax(0,216px)_minmax(0,1fr)]";

type FieldTableProps = { fields: FieldRow[]; errors: SyncErrorView[]; held: boolean };

/**
 * HubSpot value · what happens and why · Salesforce value; rows that differ first, the others folded away.
 * `held`: a gate is closed, so what is planned would only be written once it opens.
 */
export function FieldTable({ fields, errors, held }: FieldTableProps) {
  const t = useTranslations("record.table");
  const table = useMemo(() => arrangeFields(fields, errors), [fields, errors]);
  const [chosen, setChosen] = useState<boolean | null>(null);
  // Without a difference there is nothing to put first: the whole table is shown.
  const showSame = chosen ?? table.differing.length === 0;
  if (fields.length === 0) {
    const action = (
      <Link href="/mappings" className={buttonClass()}>
        {t("openMappings")}
      </Link>
    );
    return (
      <CardSection title={t("title")}>
        <EmptyState title={t("none")} action={action}>
          {t("noneText")}
        </EmptyState>
      </CardSection>
    );
  }
  const lines = showSame ? [...table.differing, ...table.same] : table.differing;
  return (
    <CardSection
      title={t("title")}
      note={t(held ? "summaryHeld" : "summary", { differ: table.differing.length, pending: table.pendingCount })}
    >
      <GridPart role="table" aria-label={t("title")}>
        <GridPart
          role="row"
          className={clsx(GRID, "hidden border-line border-y bg-hover/60 font-medium text-ink-faint text-xs")}
        >
          <GridPart role="columnheader" className="px-4 py-1.5 sm:px-5">
            {t("hubspot")}
          </GridPart>
          <GridPart role="columnheader" className="px-3 py-1.5 text-center">
            {t("rule")}
          </GridPart>
          <GridPart role="columnheader" className="px-4 py-1.5 sm:px-5">
            {t("salesforce")}
          </GridPart>
        </GridPart>
        {lines.map((line) => (
          <FieldLineRow key={`${line.row.mappingId} ${line.row.salesforceField}`} line={line} held={held} />
        ))}
      </GridPart>
      {table.same.length > 0 && (
        <button
          type="button"
          aria-expanded={showSame}
          onClick={() => setChosen(!showSame)}
          className="flex h-9 w-full items-center gap-2 border-line border-t px-4 text-ink-faint text-xs hover:bg-hover hover:text-ink focus-visible:-outline-offset-2 sm:px-5"
        >
          <ChevronRight className={clsx("size-3.5 transition-transform", showSame && "rotate-90")} aria-hidden />
          {showSame ? t("hideSame") : t("showSame", { count: table.same.length })}
        </button>
      )}
    </CardSection>
  );
}

function FieldLineRow({ line, held }: { line: FieldLine; held: boolean }) {
  const { row } = line;
  const nameField = useFieldName();
  return (
    <GridPart
      role="row"
      className={clsx(GRID, "group border-line border-t py-2.5 first:border-t-0 sm:items-start sm:py-2")}
    >
      <SideCell
        label={nameField(row.hubspotProperty, row.hubspotLabel)}
        name={row.hubspotProperty}
        shown={{ value: row.hubspot, text: row.hubspotText }}
        base={line.changedInHubspot ? { value: row.base?.hubspot ?? null, text: row.baseText?.hubspot ?? null } : null}
        pending={line.pending?.side === "hubspot" ? line.pending : null}
        held={held}
        letter="H"
      />
      <MiddleCell line={line} />
      <SideCell
        label={nameField(row.salesforceField, row.salesforceLabel)}
        name={row.salesforceField}
        shown={{ value: row.salesforce, text: row.salesforceText }}
        base={
          line.changedInSalesforce
            ? { value: row.base?.salesforce ?? null, text: row.baseText?.salesforce ?? null }
            : null
        }
        pending={line.pending?.side === "salesforce" ? line.pending : null}
        held={held}
        letter="S"
      />
    </GridPart>
  );
}

type Shown = { value: FieldRow["hubspot"]; text: string | null };
type SideCellProps = {
  label: string;
  name: string;
  shown: Shown;
  /** What stood here at the last sync, when this side was changed since */
  base: Shown | null;
  /** What a sync would write here */
  pending: Shown | null;
  held: boolean;
  letter: "H" | "S";
};

function SideCell({ label, name, shown, base, pending, held, letter }: SideCellProps) {
  const t = useTranslations("record.table");
  const since = base && t("changedSince", { value: base.text ?? (String(base.value ?? "") || t("empty")) });
  return (
    <GridPart role="cell" className="min-w-0 px-4 sm:px-5">
      <p title={name} className="flex items-baseline gap-1.5 truncate text-ink-faint text-xs">
        <span aria-hidden className="font-semibold text-2xs sm:hidden">
          {letter}
        </span>
        {label}
      </p>
      <div className="flex min-w-0 items-start gap-1.5 text-sm">
        {since && (
          <span
            role="img"
            aria-label={since}
            title={since}
            className="mt-2 size-1.5 shrink-0 rounded-full bg-info-solid"
          />
        )}
        <ValueText {...shown} className={pending ? "text-ink-faint" : undefined} struck={pending !== null && !held} />
        {shown.text !== null && <CopyRaw value={String(shown.value)} />}
      </div>
      {pending && (
        <p className="mt-0.5 flex min-w-0 flex-wrap items-start gap-x-1.5 rounded-sm bg-info-soft px-1.5 py-0.5 text-info text-sm">
          <span className="shrink-0 font-medium text-2xs leading-5">{t(held ? "wouldBe" : "willBe")}</span>
          <ValueText value={pending.value} text={pending.text} className="text-ink" />
        </p>
      )}
    </GridPart>
  );
}

/** The id or option value behind a name, for the clipboard; in sight while the row is pointed at or the button has the focus. */
function CopyRaw({ value }: { value: string }) {
  return (
    <span className="-my-0.5 opacity-0 focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
      <CopyButton value={value} what={value} />
    </span>
  );
}

/** The rule as an arrow, its name on hover; under it why the field is as it is. Blue when something will travel now. */
function MiddleCell({ line }: { line: FieldLine }) {
  const t = useTranslations("record.table");
  const words = useFieldWords();
  const { row, pending } = line;
  const rule = words.rule(row.rule);
  const arrow = arrowOfRule(row.rule);
  const ends = pending
    ? { left: pending.side === "hubspot" ? "main" : "none", right: pending.side === "salesforce" ? "main" : "none" }
    : { left: arrow.toHubspot, right: arrow.toSalesforce };
  const label = pending ? t(pending.side === "hubspot" ? "toHubspot" : "toSalesforce") : rule;
  return (
    <GridPart
      role="cell"
      className="my-1.5 flex items-center gap-3 px-4 sm:my-0 sm:flex-col sm:gap-1 sm:px-2 sm:pt-1 sm:text-center"
    >
      <span title={rule} className="flex h-4 items-center">
        <BridgeArrow
          left={ends.left as "main" | "faint" | "none"}
          right={ends.right as "main" | "faint" | "none"}
          label={label}
          className={pending ? "text-info!" : undefined}
        />
      </span>
      <span className="min-w-0 text-ink-soft text-xs">
        {words.reason(row.action === "needs_edit_time" ? "needs_edit_time" : row.reason)}
        <Marks line={line} />
      </span>
    </GridPart>
  );
}

function Marks({ line: { row, atFault } }: { line: FieldLine }): ReactNode {
  const t = useTranslations("record.table");
  if (!row.conflict && row.action !== "blocked" && !atFault) return null;
  return (
    <span className="mt-0.5 flex flex-wrap gap-1 sm:justify-center">
      {row.conflict && (
        <Badge tone="warn">
          <Split aria-hidden />
          {t("conflict")}
        </Badge>
      )}
      {atFault && (
        <Badge tone="fail">
          <CircleAlert aria-hidden />
          {t("atFault")}
        </Badge>
      )}
      {row.action === "blocked" && <Badge tone="fail">{t("blocked")}</Badge>}
    </span>
  );
}
