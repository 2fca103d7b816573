"use client";

import clsx from "clsx";
import { Asterisk, CircleAlert, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { GridPart } from "@/components/ui/grid-part";
import type { Mapping } from "@/lib/contracts/mappings";
import { salesforceLines } from "./mapping-filter";
import { sortFindings } from "./mapping-form";
import { RuleMark } from "./rule-mark";
import { useMappingWords } from "./use-mapping-words";

/** HubSpot · rule · Salesforce · notes. */
export const MAPPING_GRID =
  "md:grid md:grid-cols-[minmax(0,1fr)_192px_minmax(0,1.15fr)_minmax(0,216px)] md:items-center md:gap-4";

/** One mapping; the whole row opens its editor. */
export function MappingRow({ mapping, onOpen }: { mapping: Mapping; onOpen: (id: string) => void }) {
  const t = useTranslations("mappings");
  const label = mapping.hubspot?.label ?? mapping.hubspotProperty;
  return (
    <GridPart
      role="row"
      className={clsx(
        MAPPING_GRID,
        "relative flex flex-col gap-2 border-line border-b px-4 py-3 text-sm last:border-b-0 hover:bg-hover md:min-h-14 md:py-2",
      )}
    >
      <GridPart role="cell" className="min-w-0">
        <span className="flex min-w-0 items-center gap-2">
          <button
            type="button"
            data-row={mapping.id}
            aria-label={t("edit", { name: label })}
            onClick={() => onOpen(mapping.id)}
            className={clsx(
              "min-w-0 truncate rounded-sm text-left font-medium after:absolute after:inset-0",
              mapping.rule === "dont_sync" && "text-ink-faint",
            )}
          >
            {label}
          </button>
          {mapping.isDefault && (
            <span title={t("defaultHint")} className="relative">
              <Badge>{t("default")}</Badge>
            </span>
          )}
        </span>
        <EndNote name={mapping.hubspotProperty} kind={mapping.hubspot?.kind ?? null} />
      </GridPart>
      <GridPart role="cell" className="flex items-center gap-2.5 md:flex-col md:gap-1">
        <RuleMark rule={mapping.rule} />
        <span className="text-ink-soft text-xs md:text-center">{t(`rules.${mapping.rule}.name`)}</span>
      </GridPart>
      <GridPart role="cell" className={clsx("min-w-0 grid gap-1", mapping.rule === "dont_sync" && "text-ink-faint")}>
        <SalesforceEnds mapping={mapping} />
      </GridPart>
      <GridPart role="cell" className="flex flex-wrap gap-1 empty:hidden md:empty:flex">
        <FindingChips mapping={mapping} />
      </GridPart>
    </GridPart>
  );
}

/** API name and type, quietly under a label. */
function EndNote({ name, kind }: { name: string; kind: string | null }) {
  const t = useTranslations("mappings");
  const words = useMappingWords();
  return (
    <span className="flex min-w-0 items-baseline gap-1.5 text-ink-faint text-xs">
      <span className="truncate font-mono text-2xs">{name}</span>
      <span aria-hidden>·</span>
      <span className="shrink-0">{kind === null ? t("missing") : words.kind(kind)}</span>
    </span>
  );
}

/** Lead and Contact are told apart; where an object has one Salesforce type, the tab names it. */
function SalesforceEnds({ mapping }: { mapping: Mapping }): ReactNode {
  const t = useTranslations("mappings");
  return salesforceLines(mapping).map((line) => (
    <div key={line.types.join()} className="min-w-0">
      <span className="flex min-w-0 items-center gap-2">
        <span className="min-w-0 truncate font-medium">{line.label}</span>
        {mapping.object === "contact" && line.types.map((type) => <Badge key={type}>{t(`types.${type}`)}</Badge>)}
        {line.isRequired && (
          <span title={t("requiredHint")} className="relative inline-flex text-ink-faint">
            <Asterisk className="size-3.5" aria-hidden />
            <span className="sr-only">{t("required")}</span>
          </span>
        )}
      </span>
      <EndNote name={line.name} kind={line.isMissing ? null : line.kind} />
    </div>
  ));
}

/** One chip per kind of finding; the whole text on hover. */
function FindingChips({ mapping }: { mapping: Mapping }): ReactNode {
  const words = useMappingWords();
  const shown = new Map(sortFindings(mapping.findings).map((f) => [f.issue, f]));
  return [...shown.values()].map((finding) => {
    const Icon = finding.severity === "error" ? CircleAlert : TriangleAlert;
    return (
      <span key={finding.issue} title={words.text(finding)} className="relative">
        <Badge tone={finding.severity === "error" ? "fail" : "warn"}>
          <Icon aria-hidden />
          {words.short(finding)}
        </Badge>
      </span>
    );
  });
}
