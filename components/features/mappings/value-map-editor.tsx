"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { ValueRow, ValueTable } from "./mapping-form";

/** Stands for "no entry"; no picklist value can contain a line break. */
const NO_ENTRY = "\n";

type ValueMapEditorProps = {
  table: ValueTable;
  valueMap: Record<string, string>;
  onChange: (valueMap: Record<string, string>) => void;
  disabled: boolean;
};

/** HubSpot option → Salesforce value; unknown ones are marked, with what to do about them. */
export function ValueMapEditor({ table, valueMap, onChange, disabled }: ValueMapEditorProps) {
  const t = useTranslations("mappings.values");
  const open = table.rows.filter((row) => row.unknown || row.mapped !== null);
  const [view, setView] = useState<"open" | "all">(open.length > 0 ? "open" : "all");
  const rows = view === "open" ? open : table.rows;
  const choose = (row: ValueRow, to: string) => {
    const next = { ...valueMap };
    if (to === NO_ENTRY) delete next[row.value];
    else next[row.value] = to;
    onChange(next);
  };
  const unknown = table.rows.filter((row) => row.unknown).length;
  return (
    <section aria-label={t("title")}>
      <div className="mb-1.5 flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium text-sm">{t("title")}</h3>
        <SegmentedControl
          label={t("title")}
          value={view}
          onChange={setView}
          segments={[
            { value: "open", label: t("onlyUnknown", { count: open.length }) },
            { value: "all", label: t("showAll", { count: table.rows.length }) },
          ]}
        />
      </div>
      <p className="mb-2 text-ink-faint text-xs">{t("text")}</p>
      {rows.length > 0 && (
        <div className="max-h-80 overflow-y-auto rounded-lg border border-line">
          <div className="sticky top-0 z-1 grid grid-cols-2 gap-3 border-line border-b bg-raised px-3 py-1.5 font-medium text-ink-faint text-xs">
            <span>{t("hubspot")}</span>
            <span>{t("salesforce")}</span>
          </div>
          {rows.map((row) => (
            <div
              key={row.value}
              className="grid min-h-11 grid-cols-2 items-center gap-3 border-line border-b px-3 py-1 text-sm last:border-b-0"
            >
              <span className="min-w-0">
                <span className="block truncate" title={row.value}>
                  {row.label}
                </span>
                {row.unknown && (
                  <span className="flex items-center gap-1 text-warn text-xs">
                    <TriangleAlert className="size-3 shrink-0" aria-hidden />
                    {t("unknown")}
                  </span>
                )}
              </span>
              <Select
                label={`${row.label} → ${t("salesforce")}`}
                value={row.mapped ?? NO_ENTRY}
                disabled={disabled}
                onChange={(to) => choose(row, to)}
                options={[{ value: NO_ENTRY, label: row.sameAs === null ? t("choose") : t("same") }, ...table.options]}
              />
            </div>
          ))}
        </div>
      )}
      {unknown > 0 && <p className="mt-1.5 text-ink-faint text-xs">{t("unknownFix")}</p>}
      {table.orphans.length > 0 && (
        <p className="mt-1.5 text-ink-faint text-xs">
          <span className="font-medium text-ink-soft">{t("unknownHubspot", { count: table.orphans.length })}</span>:{" "}
          {table.orphans.slice(0, 8).join(", ")}
          {table.orphans.length > 8 && " …"}
          <span className="block">{t("unknownHubspotFix")}</span>
        </p>
      )}
    </section>
  );
}
