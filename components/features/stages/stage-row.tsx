"use client";

import clsx from "clsx";
import { Plus, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import {
  addLine,
  type Deals,
  findPairProblem,
  type HubSpotStage,
  type Line,
  linesOf,
  type Pair,
  type Place,
} from "./stage-pairs";
import { Warning } from "./warning";

export const STAGE_GRID = "md:grid md:grid-cols-[minmax(0,1fr)_152px_minmax(0,1.2fr)] md:items-start md:gap-4";

type StageRowProps = {
  stage: HubSpotStage;
  place: Place;
  deals: Deals;
  pairs: Pair[];
  disabled: boolean;
  onChange: (lines: Line[]) => void;
};

/** One HubSpot stage: the first Salesforce stage is the one that is written, further ones only come back to it. */
export function StageRow({ stage, place, deals, pairs, disabled, onChange }: StageRowProps) {
  const t = useTranslations("stages.deals");
  const lines = linesOf(pairs, place);
  const by = lines.length > 0 ? "pair" : (stage.automatic?.by ?? "none");
  const isStuck = by === "none";
  const free = deals.salesforce.find((one) => one.isActive && !lines.some((line) => line.stageName === one.name));
  const setLine = (index: number, line: Line | null) =>
    onChange(
      line === null ? lines.filter((_, at) => at !== index) : lines.map((one, at) => (at === index ? line : one)),
    );
  return (
    <li
      className={clsx(
        STAGE_GRID,
        "flex flex-col gap-1.5 border-line border-b px-4 py-2 text-sm last:border-b-0 md:py-1.5",
      )}
    >
      <div className="min-w-0 md:flex md:min-h-8 md:flex-col md:justify-center">
        <span className="block truncate font-medium">{stage.label}</span>
        <StageNote stage={stage} />
      </div>
      <div className="flex items-center gap-2 md:min-h-8 md:flex-col md:justify-center md:gap-0.5">
        <BridgeArrow left={isStuck ? "none" : "main"} right={isStuck ? "none" : "main"} label={t(`by.${by}`)} />
        <span aria-hidden className={clsx("text-xs", isStuck ? "text-warn" : "text-ink-soft")}>
          {t(`by.${by}`)}
        </span>
      </div>
      <div className="flex min-w-0 items-start gap-1">
        <div className="grid min-w-0 flex-1 gap-1.5">
          {lines.length === 0 ? (
            <FirstChoice stage={stage} deals={deals} disabled={disabled} onChoose={(line) => onChange([line])} />
          ) : (
            lines.map((line, index) => (
              <PairLine
                // The order is the identity: the first is written, and two may be the same while they are edited.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                key={index}
                stage={stage}
                line={line}
                isFirst={index === 0}
                deals={deals}
                disabled={disabled}
                onChange={(next) => setLine(index, next)}
              />
            ))
          )}
          {isStuck && <Warning>{t("stuck")}</Warning>}
        </div>
        {!disabled && free && (
          <IconButton
            label={t("add", { stage: stage.label })}
            onClick={() => onChange(addLine(lines, stage, { stageName: free.name, recordTypeId: null }))}
          >
            <Plus aria-hidden />
          </IconButton>
        )}
      </div>
    </li>
  );
}

function StageNote({ stage }: { stage: HubSpotStage }) {
  const t = useTranslations("stages.deals");
  const format = useFormatter();
  const percent = format.number(stage.probability, { style: "percent", maximumFractionDigits: 0 });
  return (
    <span className="block text-ink-faint text-xs tabular-nums">
      {stage.meaning === "open" ? percent : t(`meanings.${stage.meaning}`)}
    </span>
  );
}

/** Stands for "by itself"; no StageName can contain a line break. */
const AUTOMATIC = "\n";

function useStageOptions(deals: Deals) {
  const format = useFormatter();
  const t = useTranslations("stages.deals");
  return deals.salesforce
    .filter((one) => one.isActive)
    .map((one) => ({
      value: one.name,
      label: one.label,
      hint:
        one.meaning === "open"
          ? format.number(one.probability, { style: "percent", maximumFractionDigits: 0 })
          : t(`meanings.${one.meaning}`),
    }));
}

type FirstChoiceProps = {
  stage: HubSpotStage;
  deals: Deals;
  disabled: boolean;
  onChoose: (line: Line) => void;
};

/** Nothing is paired: what it meets by itself, and everything that it could be paired with. */
function FirstChoice({ stage, deals, disabled, onChoose }: FirstChoiceProps) {
  const t = useTranslations("stages.deals");
  const options = useStageOptions(deals);
  const met = stage.automatic?.stageName;
  const label = options.find((one) => one.value === met)?.label ?? met;
  const automatic = { value: AUTOMATIC, label: label ? t("automatic", { stage: label }) : t("noneFits") };
  return (
    <Select
      label={t("of", { stage: stage.label })}
      value={AUTOMATIC}
      disabled={disabled}
      options={[automatic, ...options]}
      onChange={(stageName) => stageName !== AUTOMATIC && onChoose({ stageName, recordTypeId: null })}
      className="w-full"
    />
  );
}

type PairLineProps = {
  stage: HubSpotStage;
  line: Line;
  isFirst: boolean;
  deals: Deals;
  disabled: boolean;
  onChange: (line: Line | null) => void;
};

function PairLine({ stage, line, isFirst, deals, disabled, onChange }: PairLineProps) {
  const t = useTranslations("stages.deals");
  const known = useStageOptions(deals);
  const problem = findPairProblem(line, deals);
  const options = known.some((one) => one.value === line.stageName)
    ? known
    : [...known, { value: line.stageName, label: line.stageName }];
  return (
    <div>
      <div className="flex min-w-0 flex-wrap items-center gap-1.5">
        <Select
          label={t(isFirst ? "of" : "alsoOf", { stage: stage.label })}
          value={line.stageName}
          disabled={disabled}
          options={options}
          onChange={(stageName) => onChange({ ...line, stageName })}
          className="min-w-0 flex-1 basis-40"
        />
        <RecordTypeChoice stage={stage} line={line} deals={deals} disabled={disabled} onChange={onChange} />
        {!disabled && (
          <IconButton size="sm" label={t("remove", { stage: stage.label })} onClick={() => onChange(null)}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      {!isFirst && problem === null && <p className="mt-0.5 text-ink-faint text-xs">{t("onlyBack")}</p>}
      {problem && <Warning>{t(`problems.${problem}`)}</Warning>}
    </div>
  );
}

/** Only orgs with record types of opportunities have something to choose. */
function RecordTypeChoice({ stage, line, deals, disabled, onChange }: Omit<PairLineProps, "isFirst">) {
  const t = useTranslations("stages.deals");
  if (deals.recordTypes.length === 0 && line.recordTypeId === null) return null;
  const known = deals.recordTypes.map(({ id, name }) => ({ value: id, label: name }));
  const own = line.recordTypeId;
  const gone = own !== null && !known.some((one) => one.value === own) ? [{ value: own, label: own }] : [];
  return (
    <Select
      label={t("recordTypeOf", { stage: stage.label })}
      value={own ?? AUTOMATIC}
      disabled={disabled}
      options={[{ value: AUTOMATIC, label: t("anyRecordType") }, ...known, ...gone]}
      onChange={(id) => onChange({ ...line, recordTypeId: id === AUTOMATIC ? null : id })}
      className="min-w-0 flex-1 basis-32"
    />
  );
}
