"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { CircleAlert, CircleCheck, CircleDashed, CirclePause, RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { TONE_TEXT } from "@/components/ui/tone";
import { meQuery } from "@/lib/browser/me-query";
import type { Overview } from "@/lib/contracts/overview";
import { CheckProgress } from "./check-progress";
import { tellHealth } from "./tell-health";
import { useCheckNow } from "./use-check-now";

const ICON = { ok: CircleCheck, info: CircleDashed, fail: CircleAlert, mute: CircleDashed, warn: CirclePause };

function LastCheck({ overview }: { overview: Overview }) {
  const t = useTranslations("overview");
  if (overview.checkRunning) return <CheckProgress run={overview.runs.find((run) => run.status === "running")} />;
  if (!overview.lastCheckAt) return <p className="text-ink-soft text-sm">{t("check.never")}</p>;
  const at = overview.lastCheckAt;
  return (
    <p className="text-ink-soft text-sm">
      {t.rich("check.last", { minutes: overview.checkEveryMinutes, time: () => <RelativeTime at={at} /> })}
    </p>
  );
}

/** One sentence of health, the last check under it, *Check now* at the right. */
export function HealthHeader({ overview }: { overview: Overview }) {
  const t = useTranslations("overview");
  const { data: me } = useQuery(meQuery);
  const { start, busy } = useCheckNow(overview);
  const health = tellHealth(overview);
  const Icon = ICON[health.tone];
  const mayCheck = me?.permissions.includes("sync") === true;
  const canCheck = overview.connection.status === "active";
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-8 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        <p className="mb-1 text-ink-faint text-xs">{t("title")}</p>
        <h1 className="flex items-start gap-2.5 font-semibold text-xl tracking-tight">
          <Icon className={clsx("mt-1 size-5 shrink-0", TONE_TEXT[health.tone])} aria-hidden />
          <span className="tabular-nums">{t(`health.${health.kind}`, health.values)}</span>
        </h1>
        <div className="mt-1 min-h-7 pl-[30px]">
          <LastCheck overview={overview} />
        </div>
      </div>
      {mayCheck && canCheck && (
        <Button variant="primary" busy={busy} onClick={start} icon={<RefreshCw aria-hidden />} className="sm:mt-5">
          {busy ? t("check.running") : t("check.now")}
        </Button>
      )}
    </header>
  );
}
