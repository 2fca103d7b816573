"use client";

import clsx from "clsx";
import { useTranslations } from "next-intl";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import { Select } from "@/components/ui/select";
import type { StagesView } from "@/lib/contracts/stages";
import { fillByName, listStatuses, listUnnamed, type StatusRow, setStatus } from "./lead-status";
import { Warning } from "./warning";

type LeadStatusCardProps = {
  choices: StagesView["leadStatus"];
  map: Record<string, string>;
  disabled: boolean;
  onChange: (map: Record<string, string>) => void;
};

/** Stands for "does not travel"; no option can be named so. */
const NOTHING = "\n";
const GRID = "sm:grid sm:grid-cols-[minmax(0,1fr)_48px_minmax(0,1fr)] sm:items-center sm:gap-3 px-4";

/** L1: HubSpot's lead status beside Salesforce's, entry by entry; several of Salesforce's may mean the same. */
export function LeadStatusCard({ choices, map, disabled, onChange }: LeadStatusCardProps) {
  const t = useTranslations("stages.leadStatus");
  const rows = listStatuses(choices, map);
  const isEmpty = Object.keys(map).length === 0;
  const filled = fillByName(choices, map);
  const unnamed = listUnnamed(choices, map);
  const canFill = !disabled && Object.keys(filled).length > Object.keys(map).length;
  return (
    <Card>
      <CardHeader
        title={t("title")}
        note={isEmpty ? t("emptyNote") : t("note")}
        actions={
          canFill && (
            <Button size="sm" onClick={() => onChange(filled)}>
              {t("fill")}
            </Button>
          )
        }
      />
      <div className={clsx(GRID, "hidden h-8 border-line border-b font-medium text-ink-faint text-xs")}>
        <span className="flex items-center gap-1.5">
          <CrmTag letter="H" name="HubSpot" />
          {t("hubspot")}
        </span>
        <span />
        <span className="flex items-center gap-1.5">
          <CrmTag letter="S" name="Salesforce" />
          {t("salesforce")}
        </span>
      </div>
      <ul>
        {rows.map((row) => (
          <StatusLine
            key={row.value}
            row={row}
            hubspot={choices.hubspot}
            isEmpty={isEmpty}
            disabled={disabled}
            onChange={(hubspot) => onChange(setStatus(choices, map, row.value, hubspot))}
          />
        ))}
      </ul>
      {rows.length === 0 && <p className="px-4 py-3 text-ink-soft text-sm">{t("none")}</p>}
      {!isEmpty && unnamed.length > 0 && (
        <p className="border-line border-t px-4 py-2.5 text-ink-faint text-xs">
          {t("unnamed", { names: unnamed.join(", ") })}
        </p>
      )}
    </Card>
  );
}

type StatusLineProps = {
  row: StatusRow;
  hubspot: StagesView["leadStatus"]["hubspot"];
  isEmpty: boolean;
  disabled: boolean;
  onChange: (hubspot: string | null) => void;
};

function StatusLine({ row, hubspot, isEmpty, disabled, onChange }: StatusLineProps) {
  const t = useTranslations("stages.leadStatus");
  const isUnknown = row.hubspot !== null && !hubspot.some((one) => one.value === row.hubspot);
  const travels = row.hubspot !== null && !isUnknown && !row.isGone;
  const options = [
    { value: NOTHING, label: isEmpty ? t("choose") : t("stays") },
    ...hubspot,
    ...(isUnknown && row.hubspot !== null ? [{ value: row.hubspot, label: row.hubspot }] : []),
  ];
  return (
    <li
      className={clsx(
        GRID,
        // Stacked on narrow screens: Salesforce's value is what each line is about
        "flex min-h-12 flex-col-reverse gap-1.5 border-line border-b py-2 text-sm last:border-b-0 sm:py-1.5",
      )}
    >
      <div className="min-w-0">
        <Select
          label={t("of", { status: row.label })}
          value={row.hubspot ?? NOTHING}
          disabled={disabled}
          options={options}
          onChange={(value) => onChange(value === NOTHING ? null : value)}
          className="w-full"
        />
        {isUnknown && <Warning>{t("unknown")}</Warning>}
      </div>
      <BridgeArrow
        left={travels ? "main" : "none"}
        right={travels ? "main" : "none"}
        label={t(travels ? "bothWays" : "nothing")}
        className="max-sm:hidden"
      />
      <div className="min-w-0">
        <span className={clsx("block truncate", row.isGone && "text-ink-faint line-through")}>{row.label}</span>
        {row.isGone && <Warning>{t("gone")}</Warning>}
      </div>
    </li>
  );
}
