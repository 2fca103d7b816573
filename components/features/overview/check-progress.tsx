"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ProgressLine } from "@/components/ui/progress-line";
import { formatDuration } from "@/lib/browser/format-time";
import { useNow } from "@/lib/browser/use-now";
import type { Run } from "@/lib/contracts/overview";
import { measureRun } from "./run-progress";

/** `3,120 of 10,000 · 640/s · 11 s left · 2 failed` over a thin bar; before anything is known to be due, what is being asked. */
export function CheckProgress({ run }: { run: Run | undefined }) {
  const t = useTranslations("overview.progress");
  const locale = useLocale();
  const format = useFormatter();
  const now = useNow(1_000);
  const progress = run && run.due > 0 ? measureRun(run, now) : null;
  const parts = progress && [
    t("done", { done: progress.done, due: progress.due }),
    progress.perSecond === null
      ? ""
      : t("rate", { rate: format.number(progress.perSecond, { maximumSignificantDigits: 3 }) }),
    progress.leftMs === null ? "" : t("left", { time: formatDuration(Math.max(1_000, progress.leftMs), locale) }),
    progress.failed > 0 ? t("failed", { failed: progress.failed }) : "",
  ];
  return (
    <div className="max-w-[440px]">
      <p className="text-ink-soft text-sm tabular-nums">{parts ? parts.filter(Boolean).join(" · ") : t("asking")}</p>
      <ProgressLine
        label={t("label")}
        className="mt-1.5"
        {...(progress ? { value: progress.done, max: progress.due } : {})}
      />
    </div>
  );
}
