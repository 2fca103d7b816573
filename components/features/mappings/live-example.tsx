"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BridgeArrow } from "@/components/ui/bridge-arrow";
import { Button } from "@/components/ui/button";
import { CrmTag } from "@/components/ui/crm-tag";
import { Skeleton } from "@/components/ui/skeleton";
import { useDebounced } from "@/lib/browser/use-debounced";
import { useProblemWords } from "@/lib/browser/use-problem-words";
import type { MappingInput } from "@/lib/contracts/mappings";
import type { RecordRow } from "@/lib/contracts/records";
import type { MappedObject } from "@/lib/decide/record-types";
import { exampleRecordsQuery, mappingTrialQuery } from "./mappings-queries";
import { RecordPicker } from "./record-picker";
import { readTrial, type TrialView } from "./tell-trial";

/** Each try reads both CRMs: it waits until a choice has stood still for this long, ms. */
const TRY_AFTER_MS = 500;

type LiveExampleProps = {
  object: MappedObject;
  /** The mapping as edited; null while it is incomplete */
  input: MappingInput | null;
  isSettled: boolean;
  /** It cannot be saved as it is, so nothing of it will ever be written */
  isBlocked: boolean;
};

/** F14: what the mapping as edited would write on a real record, before it is saved. Nothing is written by looking. */
export function LiveExample({ object, input, isSettled, isBlocked }: LiveExampleProps) {
  const t = useTranslations("mappings.example");
  const first = useQuery(exampleRecordsQuery(object, ""));
  const [picked, setPicked] = useState<RecordRow | null>(null);
  const record = picked ?? first.data?.rows[0] ?? null;
  const settled = useDebounced(input, TRY_AFTER_MS);
  const trial = useQuery(mappingTrialQuery(isBlocked ? null : settled, record?.id ?? null));
  const isOld = trial.isFetching || settled !== input || !isSettled;
  return (
    // Stays in sight while rule and options are tried out above it
    <section
      aria-label={t("title")}
      className="-mx-5 -mb-4 border-line border-t bg-raised px-5 py-3 md:sticky md:-bottom-4 md:z-2"
    >
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 className="font-medium text-sm" title={t("text")}>
          {t("title")}
        </h3>
        <RecordPicker object={object} record={record} onPick={setPicked} />
      </div>
      <div aria-live="polite" aria-busy={isOld} className="min-h-[76px]">
        {isBlocked && isSettled ? (
          <p className="text-ink-soft text-sm">{t("cannotSave")}</p>
        ) : record === null && first.isError ? (
          <TrialFailure error={first.error} onRetry={() => void first.refetch()} />
        ) : record === null ? (
          <p className="text-ink-soft text-sm">{first.isPending ? t("looking") : t("noRecords")}</p>
        ) : trial.data && !isOld ? (
          <TrialResult trial={readTrial(trial.data)} />
        ) : trial.isError && !isOld ? (
          <TrialFailure error={trial.error} onRetry={() => void trial.refetch()} />
        ) : (
          <div className="grid gap-2" role="status" aria-label={t("looking")}>
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-9 w-full" />
          </div>
        )}
      </div>
    </section>
  );
}

function TrialResult({ trial }: { trial: TrialView }) {
  const t = useTranslations("mappings.example");
  const reasons = useTranslations("reasons.fields");
  if (trial.kind === "no_field") return <p className="text-ink-soft text-sm">{t("noField")}</p>;
  const reason = reasons(reasons.has(trial.reason) ? trial.reason : "other");
  const side = trial.side ?? "none";
  return (
    <div className="grid gap-2">
      <p className="text-sm">
        {t.rich(`results.${trial.kind}`, {
          side,
          value: trial.value,
          b: (chunks) => <strong className="break-words font-semibold">{chunks}</strong>,
        })}{" "}
        <span className="text-ink-soft">{t("because", { reason })}</span>
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-3 text-sm">
        <SideValue letter="H" name="HubSpot" {...trial.hubspot} />
        <BridgeArrow
          left={trial.side === "hubspot" ? "main" : "none"}
          right={trial.side === "salesforce" ? "main" : "none"}
          label={t("direction", { side })}
          className={trial.side ? "text-info!" : undefined}
        />
        <SideValue letter="S" name="Salesforce" {...trial.salesforce} />
      </div>
    </div>
  );
}

type SideValueProps = { letter: "H" | "S"; name: string; now: string; after: string | null };

function SideValue({ letter, name, now, after }: SideValueProps) {
  const t = useTranslations("mappings.example");
  const shown = (text: string) => (text === "" ? <em className="text-ink-faint">{t("empty")}</em> : text);
  return (
    <div className="flex min-w-0 items-start gap-2">
      <CrmTag letter={letter} name={name} className="mt-0.5" />
      <div className="min-w-0">
        <p className={clsx("line-clamp-2 break-words", after !== null && "text-ink-faint line-through")}>
          {shown(now)}
        </p>
        {after !== null && (
          <p className="mt-0.5 line-clamp-2 break-words rounded-sm bg-info-soft px-1.5 py-0.5">{shown(after)}</p>
        )}
      </div>
    </div>
  );
}

function TrialFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTranslations("mappings.example");
  const { title, what } = useProblemWords()(error);
  return (
    <div className="flex flex-wrap items-start justify-between gap-2 text-sm">
      <div className="min-w-0">
        <p className="font-medium text-fail">{title}</p>
        <p className="text-ink-soft">{what}</p>
      </div>
      <Button size="sm" onClick={onRetry}>
        {t("again")}
      </Button>
    </div>
  );
}
