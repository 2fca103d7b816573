"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { Card, CardHeader } from "@/components/ui/card";
import { CrmTag } from "@/components/ui/crm-tag";
import { type Deals, listComing, type Pair, type Pipeline, withLines } from "./stage-pairs";
import { STAGE_GRID, StageRow } from "./stage-row";
import { Warning } from "./warning";

type PipelineCardProps = {
  pipeline: Pipeline;
  deals: Deals;
  pairs: Pair[];
  disabled: boolean;
  onChange: (pairs: Pair[]) => void;
};

/** The stages of one pipeline with where each goes, and folded below what comes from Salesforce. */
export function PipelineCard({ pipeline, deals, pairs, disabled, onChange }: PipelineCardProps) {
  const t = useTranslations("stages.deals");
  const own = pairs.filter((pair) => pair.pipelineId === pipeline.id).length;
  return (
    <Card aria-label={pipeline.label}>
      <CardHeader level={3} title={pipeline.label} note={own === 0 ? t("allAutomatic") : t("paired", { count: own })} />
      <div
        className={clsx(
          STAGE_GRID,
          "hidden h-8 border-line border-b px-4 font-medium text-ink-faint text-xs md:items-center!",
        )}
      >
        <span className="flex items-center gap-1.5">
          <CrmTag letter="H" name="HubSpot" />
          {t("hubspot")}
        </span>
        <span className="text-center">{t("how")}</span>
        <span className="flex items-center gap-1.5">
          <CrmTag letter="S" name="Salesforce" />
          {t("salesforce")}
        </span>
      </div>
      <ul>
        {pipeline.stages.map((stage) => {
          const place = { pipelineId: pipeline.id, stageId: stage.id };
          return (
            <StageRow
              key={stage.id}
              stage={stage}
              place={place}
              deals={deals}
              pairs={pairs}
              disabled={disabled}
              onChange={(lines) => onChange(withLines(pairs, place, lines))}
            />
          );
        })}
      </ul>
      <ComingFromSalesforce pipeline={pipeline} deals={deals} pairs={pairs} />
    </Card>
  );
}

/** The way back is not always the same way: stages that meet one HubSpot stage, and those nobody paired. */
function ComingFromSalesforce({ pipeline, deals, pairs }: Pick<PipelineCardProps, "pipeline" | "deals" | "pairs">) {
  const t = useTranslations("stages.deals");
  const [open, setOpen] = useState(false);
  const coming = listComing(deals, pairs, pipeline.id);
  const lost = coming.filter((one) => one.to === null).length;
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex h-9 w-full items-center gap-2 border-line border-t px-4 text-ink-soft text-xs hover:bg-hover hover:text-ink focus-visible:-outline-offset-2"
      >
        <ChevronRight className={clsx("size-3.5 transition-transform", open && "rotate-90")} aria-hidden />
        {t("coming")}
        {lost > 0 && <span className="text-warn">{t("comingLost", { count: lost })}</span>}
      </button>
      {open && (
        <ul className="border-line border-t">
          {coming.map(({ from, by, to }) => (
            <li
              key={from.name}
              className={clsx(STAGE_GRID, "flex flex-col gap-1 border-line border-b px-4 py-2 text-sm last:border-b-0")}
            >
              <span className="min-w-0">
                {to ? (
                  <>
                    <span className="block truncate">{to.stage.label}</span>
                    {to.pipeline.id !== pipeline.id && (
                      <span className="block text-ink-faint text-xs">
                        {t("movesTo", { pipeline: to.pipeline.label })}
                      </span>
                    )}
                  </>
                ) : (
                  <Warning>{t("comesNowhere")}</Warning>
                )}
              </span>
              <span className="flex items-center gap-2 md:flex-col md:gap-0.5">
                <BridgeArrow left={to ? "main" : "none"} right="none" label={t(`by.${by}`)} />
                <span aria-hidden className="text-ink-soft text-xs">
                  {t(`by.${by}`)}
                </span>
              </span>
              <span className="truncate">{from.label}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
